"""Who may get, accept and give up a hat."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from landbridge.foundation.permissions.roles import Role
from landbridge.foundation.problems import N_, Problem

INVITATION_HOLDS = timedelta(days=14)

# The kinds of organisation that may be a company in the sense of the SME definition, whatever their legal form.
ENTERPRISES = frozenset({"company", "other"})
OF_AN_ORGANISATION = frozenset({Role.SME, Role.PROVIDER, Role.INVESTOR})


def roles_within(*, kind: str, offers_access: bool) -> tuple[Role, ...]:
    """The roles that people of such an organisation may have, the first one first."""
    roles = []
    if kind in ENTERPRISES:
        roles.append(Role.SME)
    if offers_access:
        roles.append(Role.PROVIDER)
    return tuple(roles)


def problems_with_founding(*, kind: str, offers_access: bool) -> Iterator[Problem]:
    """Somebody who registers an organisation needs a role in it."""
    if not roles_within(kind=kind, offers_access=offers_access):
        yield Problem(
            code="no_role",
            message=N_("Universities, institutes, hospitals and agencies take part by offering access."),
            cure=N_(
                "Tick that it takes questions and visitors, or choose another kind if it is an enterprise."
            ),
            field="offers_access",
        )


@dataclass(frozen=True, slots=True)
class Giving:
    """One hat, about to be offered or given to somebody. `fits` says whether the organisation has this role."""

    role: Role
    is_within_reach: bool
    is_for_oneself: bool = False
    is_worn_already: bool = False
    is_offered_already: bool = False
    organisation_is_closed: bool = False
    fits: bool = True


def problems_with_giving(facts: Giving) -> Iterator[Problem]:
    """Nobody gives a hat to themselves, or one that lies outside the part of the network they look after."""
    if not facts.is_within_reach:
        yield Problem(
            code="out_of_reach",
            message=N_("This role lies outside what you look after."),
            cure=N_("Ask the programme office of the programme, or somebody of the organisation itself."),
            field="role",
        )
    if facts.is_for_oneself:
        yield Problem(
            code="for_oneself",
            message=N_("Nobody gives a role to themselves."),
            cure=N_("Ask a second person who may give it."),
            field="email",
        )
    if facts.is_worn_already:
        yield Problem(
            code="worn_already",
            message=N_("This person has this role already."),
            cure=N_("There is nothing to do."),
            field="email",
        )
    if facts.is_offered_already:
        yield Problem(
            code="offered_already",
            message=N_("An invitation to this address is open already."),
            cure=N_("Send its letter once more, or take it back first."),
            field="email",
        )
    if facts.organisation_is_closed:
        yield Problem("organisation_closed", N_("This organisation is closed."), field="role")
    if not facts.fits:
        yield Problem(
            code="role_does_not_fit",
            message=N_("Nobody of this organisation can have this role."),
            cure=N_("Companies apply; organisations that offer access are facilities. Check its facts."),
            field="role",
        )


def problems_with_provider_invitation(
    *, offers_access: bool, is_closed: bool, is_ones_own: bool, has_people: bool, is_offered_already: bool
) -> Iterator[Problem]:
    """A company may invite somebody of a facility only while nobody speaks for that facility in the network."""
    if not offers_access or is_closed:
        yield Problem(
            code="offers_no_access",
            message=N_("This organisation takes no questions and visitors."),
            cure=N_("Choose a facility or expert from the list."),
        )
    if is_ones_own:
        yield Problem("ones_own", N_("Nobody is their own provider."), N_("Choose one in another region."))
    if has_people:
        yield Problem(
            code="has_people",
            message=N_("Somebody speaks for this organisation already; only they invite their colleagues."),
            cure=N_("Share the draft: they are told at once."),
        )
    if is_offered_already:
        yield Problem(
            code="offered_already",
            message=N_("Somebody of this organisation has been invited already."),
            cure=N_("Remind them; or wait until the invitation has run out and name somebody else."),
        )


@dataclass(frozen=True, slots=True)
class Offer:
    """An invitation as it stands, and the address of whoever wants to accept it."""

    email: str
    expires_at: datetime
    is_accepted: bool
    is_revoked: bool
    reader_email: str


def problems_with_acceptance(offer: Offer, *, at: datetime) -> Iterator[Problem]:
    """An invitation counts for the address it went to, once, until it runs out or is taken back."""
    if offer.is_accepted:
        yield Problem(
            code="accepted_already",
            message=N_("This invitation has been accepted already."),
            cure=N_("If it was you, you find the role among your roles."),
        )
    elif offer.is_revoked:
        yield Problem(
            code="revoked",
            message=N_("This invitation was taken back."),
            cure=N_("Ask whoever invited you whether that was meant."),
        )
    elif at >= offer.expires_at:
        yield Problem(
            code="expired",
            message=N_("This invitation ran out on %(expired)s."),
            cure=N_("Ask whoever invited you to send it once more."),
            params={"expired": offer.expires_at},
        )
    elif offer.email.lower() != offer.reader_email.lower():
        yield Problem(
            code="another_address",
            message=N_("The invitation went to %(invited)s; you are signed in as %(reader)s."),
            cure=N_("Sign out and sign in with that address, or ask for an invitation to the one you use."),
            params={"invited": masked(offer.email), "reader": offer.reader_email},
        )


def problems_with_change(*, is_accepted: bool, is_revoked: bool) -> Iterator[Problem]:
    """Only an open invitation is sent again or taken back."""
    if is_accepted:
        yield Problem(
            code="accepted_already",
            message=N_("This invitation has been accepted in the meantime."),
            cure=N_("You can end the person's role instead."),
        )
    if is_revoked:
        yield Problem("revoked", N_("This invitation was taken back already."), N_("Invite the person anew."))


def problems_with_end(
    *, is_ended: bool, is_last: bool, role: Role, running_matters: int
) -> Iterator[Problem]:
    """Somebody stays as long as something runs: the last of an organisation, the last of a programme's office."""
    if is_ended:
        yield Problem("ended_already", N_("This role has ended already."), N_("There is nothing to do."))
    elif is_last and running_matters and role in OF_AN_ORGANISATION:
        yield Problem(
            code="last_with_running_matters",
            message=N_("Nobody else acts for this organisation, and it has matters under way: %(count)s."),
            cure=N_("Invite a colleague first, or bring the applications and vouchers to an end."),
            params={"count": running_matters},
        )
    elif is_last and role is Role.OFFICE:
        yield Problem(
            code="last_of_the_office",
            message=N_("Nobody else is in this programme office."),
            cure=N_("Give somebody else the role first."),
        )


def masked(email: str) -> str:
    """An address that its owner recognises and nobody else learns: "e…@example.org"."""
    name, _at, domain = email.partition("@")
    return f"{name[:1]}…@{domain}"
