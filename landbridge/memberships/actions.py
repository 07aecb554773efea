"""Hats: founded with a company, offered by letter, accepted, given, taken off."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Unpack

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse

from landbridge.foundation.audit.record import record
from landbridge.foundation.outbox.tell import Recipient, tell
from landbridge.foundation.people.models import Person
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.permissions.roles import SCOPE_OF, Role
from landbridge.foundation.problems import NotAllowed, Refused, refuse_if
from landbridge.memberships import queries, rules
from landbridge.memberships.models import Invitation, Membership
from landbridge.organisations import actions as organisations
from landbridge.organisations.actions import Details
from landbridge.organisations.models import Kind, Organisation
from landbridge.organisations.queries import running_matters


@transaction.atomic
def found_company(*, by: Actor, at: datetime, **details: Unpack[Details]) -> Membership:
    """Register an organisation and make the person its first member; gives the hat to wear.

    An enterprise gives the company's hat, and a second one where it offers access; a university, institute, hospital
    or agency gives the facility's hat alone.
    """
    if by.person_id is None:
        raise NotAllowed("found_company")
    kind, offers_access = details.get("kind", Kind.COMPANY), details.get("offers_access", False)
    refuse_if(rules.problems_with_founding(kind=kind, offers_access=offers_access))
    organisation = organisations.register(by=by, at=at, **details)
    roles = rules.roles_within(kind=kind, offers_access=offers_access)
    hats = [_put_on(by.person_id, role, organisation.pk, at=at) for role in roles]
    for hat in hats:
        record("membership.began", hat, by=by, at=at, role=hat.role, reason="registered the organisation")
    return hats[0]


# ── Offered by letter ────────────────────────────────────────────────────────────────────────────────────────────────
@transaction.atomic
def invite(
    *, email: str, role: Role, scope_id: int | None, name: str = "", by: Actor, at: datetime
) -> Invitation:
    """Offer a hat by letter to an address; it holds for 14 days.

    `scope_id` is the id of the organisation, region, partner or programme that the role is scoped to. People of a
    company or facility invite to their own; the office to every role of its programme.
    """
    if not by.may(P.MEMBERSHIP_INVITE):
        raise NotAllowed(P.MEMBERSHIP_INVITE)
    email = email.strip().lower()
    refuse_if(rules.problems_with_giving(queries.facts_of_giving(role, scope_id, email=email, by=by, at=at)))
    return _offer(email, role, scope_id, name=name, by=by, at=at)


@transaction.atomic
def invite_provider(
    *, organisation_id: int, email: str, name: str = "", by: Actor, at: datetime
) -> Invitation:
    """Let a company invite a contact of the facility it named, while nobody speaks for that facility yet.

    Raises `Refused` with `has_people` where somebody does: they are told when the draft is shared.
    """
    if not by.may(P.APPLICATION_DRAFT):
        raise NotAllowed(P.APPLICATION_DRAFT)
    organisation = Organisation.objects.for_update().get(pk=organisation_id)
    open_offers = Invitation.objects.open().filter(organisation=organisation, expires_at__gt=at)
    refuse_if(
        rules.problems_with_provider_invitation(
            offers_access=organisation.offers_access,
            is_closed=organisation.is_closed,
            is_ones_own=organisation.pk == by.organisation_id,
            has_people=queries.members_of(organisation.pk).exists(),
            is_offered_already=open_offers.exists(),
        )
    )
    return _offer(email.strip().lower(), Role.PROVIDER, organisation.pk, name=name, by=by, at=at)


def _offer(email: str, role: Role, scope_id: int | None, *, name: str, by: Actor, at: datetime) -> Invitation:
    scope = {f"{SCOPE_OF[role]}_id": scope_id}
    for stale in Invitation.objects.open().filter(email=email, role=role, expires_at__lte=at, **scope):
        stale.revoked_at = at
        stale.save(update_fields=["revoked_at"])
    token = secrets.token_urlsafe(32)
    invitation = Invitation(
        email=email,
        name=name.strip(),
        role=role,
        token_hash=queries.hash_of(token),
        invited_by_id=by.person_id,
        invited_by_name=by.name,
        invited_at=at,
        expires_at=at + rules.INVITATION_HOLDS,
        **scope,
    )
    try:
        with transaction.atomic():
            invitation.save(force_insert=True)
    except IntegrityError:
        offered = rules.Giving(role=role, is_within_reach=True, is_offered_already=True)
        raise Refused(rules.problems_with_giving(offered)) from None
    record("invitation.sent", invitation, by=by, at=at, role=role, scope=invitation.scope_name)
    _send(invitation, token, at=at)
    return invitation


@transaction.atomic
def resend(*, invitation_id: int, by: Actor, at: datetime) -> Invitation:
    """Send the letter once more, with a new link and a new end; the old link no longer works."""
    invitation = _open_invitation(invitation_id, by=by)
    token = secrets.token_urlsafe(32)
    invitation.token_hash = queries.hash_of(token)
    invitation.expires_at = at + rules.INVITATION_HOLDS
    invitation.save(update_fields=["token_hash", "expires_at"])
    record("invitation.resent", invitation, by=by, at=at)
    _send(invitation, token, at=at)
    return invitation


@transaction.atomic
def revoke(*, invitation_id: int, by: Actor, at: datetime) -> Invitation:
    """Take an offer back; its link no longer works."""
    invitation = _open_invitation(invitation_id, by=by)
    invitation.revoked_at = at
    invitation.save(update_fields=["revoked_at"])
    record("invitation.revoked", invitation, by=by, at=at)
    return invitation


@transaction.atomic
def accept_invitation(*, invitation_id: int, by: Actor, at: datetime) -> Membership:
    """Put on the hat that was offered to one's address. Who holds the link but another address is refused.

    The view looks the invitation up by the link's token; the address is checked here.
    """
    if by.person_id is None:
        raise NotAllowed("accept_invitation")
    person = Person.objects.get(pk=by.person_id)
    invitation = Invitation.objects.for_update().get(pk=invitation_id)
    refuse_if(rules.problems_with_acceptance(queries.offer(invitation, reader_email=person.email), at=at))
    invitation.accepted_at = at
    invitation.save(update_fields=["accepted_at"])
    hat = _put_on(person.pk, Role(invitation.role), queries.scope_id_of(invitation), at=at)
    record("invitation.accepted", invitation, by=by, at=at)
    record(
        "membership.began",
        hat,
        by=by,
        at=at,
        role=hat.role,
        reason=f"invited by {invitation.invited_by_name}",
    )
    inviter = Person.objects.filter(pk=invitation.invited_by_id or 0, is_active=True).first()
    if inviter is not None:
        context = {"who": person.name, "hat": hat.hat_name}
        tell("memberships/accepted", invitation, to=[_recipient(inviter)], at=at, context=context)
    return hat


# ── Given and taken off ──────────────────────────────────────────────────────────────────────────────────────────────
@transaction.atomic
def grant(*, person_id: int, role: Role, scope_id: int | None = None, by: Actor, at: datetime) -> Membership:
    """Give a hat to somebody who has an account, without a letter of invitation.

    The office gives the roles of its programme (region's desk, partner's finance, the programme's own); a hat of
    an organisation is only offered, so that nobody acts for a company that its people or the person did not choose.
    Landbridge itself gives every hat. A hat that is worn already is given back unchanged.
    """
    if not by.may(P.MEMBERSHIP_GRANT):
        raise NotAllowed(P.MEMBERSHIP_GRANT)
    person = Person.objects.get(pk=person_id)
    worn = queries.worn_hat(person.pk, role, scope_id)
    if worn is not None:
        return worn
    facts = queries.facts_of_giving(role, scope_id, email=person.email, by=by, at=at, directly=True)
    refuse_if(rules.problems_with_giving(facts))
    hat = _put_on(person.pk, role, scope_id, at=at)
    record("membership.began", hat, by=by, at=at, role=role, reason="given")
    if by.role is not Role.SYSTEM:
        tell(
            "memberships/given",
            hat,
            to=[_recipient(person)],
            at=at,
            context={"who": by.name, "hat": hat.hat_name},
        )
    return hat


@transaction.atomic
def leave(*, membership_id: int, by: Actor, at: datetime) -> Membership:
    """Take one's own hat off. The last one of an organisation stays while anything of it runs."""
    hat = Membership.objects.filter(person_id=by.person_id or 0).for_update().get(pk=membership_id)
    return _take_off(hat, reason="left", by=by, at=at)


@transaction.atomic
def end(*, membership_id: int, reason: str = "", by: Actor, at: datetime) -> Membership:
    """End another's hat: a colleague of the same organisation, or the office within its programme."""
    hat = Membership.objects.visible_to(by).for_update().get(pk=membership_id)
    is_colleague = by.may(P.MEMBERSHIP_INVITE) and by.organisation_id == hat.organisation_id is not None
    is_office = by.may(P.MEMBERSHIP_GRANT) and queries.is_within_reach(
        Role(hat.role), queries.scope_id_of(hat), by=by
    )
    if not is_colleague and not is_office:
        raise NotAllowed(P.MEMBERSHIP_GRANT)
    _take_off(hat, reason=reason.strip(), by=by, at=at)
    if hat.person_id != by.person_id:
        context = {"who": by.name, "hat": hat.hat_name, "reason": reason.strip()}
        tell("memberships/ended", hat, to=[_recipient(hat.person)], at=at, context=context)
    return hat


def _take_off(hat: Membership, *, reason: str, by: Actor, at: datetime) -> Membership:
    others = queries.others_beside(hat)
    refuse_if(
        rules.problems_with_end(
            is_ended=hat.ended_at is not None,
            is_last=not others,
            role=Role(hat.role),
            running_matters=running_matters(hat.organisation_id) if hat.organisation_id else 0,
        )
    )
    hat.ended_at = at
    hat.save(update_fields=["ended_at"])
    record("membership.ended", hat, by=by, at=at, role=hat.role, reason=reason)
    return hat


def _put_on(person_id: int, role: Role, scope_id: int | None, *, at: datetime) -> Membership:
    """The hat, begun now or worn already: two posts at once make one."""
    try:
        with transaction.atomic():
            scope = {f"{SCOPE_OF[role]}_id": scope_id}
            return Membership.objects.create(person_id=person_id, role=role, began_at=at, **scope)
    except IntegrityError:
        worn = queries.worn_hat(person_id, role, scope_id)
        if worn is None:
            raise
        return worn


def _open_invitation(invitation_id: int, *, by: Actor) -> Invitation:
    if not by.may(P.MEMBERSHIP_INVITE):
        raise NotAllowed(P.MEMBERSHIP_INVITE)
    invitation = Invitation.objects.visible_to(by).for_update().get(pk=invitation_id)
    if not queries.is_within_reach(Role(invitation.role), queries.scope_id_of(invitation), by=by):
        raise NotAllowed(P.MEMBERSHIP_INVITE)
    accepted, revoked = invitation.accepted_at is not None, invitation.revoked_at is not None
    refuse_if(rules.problems_with_change(is_accepted=accepted, is_revoked=revoked))
    return invitation


def _send(invitation: Invitation, token: str, *, at: datetime) -> None:
    link = settings.LANDBRIDGE_ADDRESS + reverse("memberships:acceptance", args=[token])
    context = {
        "inviter": invitation.invited_by_name,
        "hat": invitation.hat_name,
        "invitation_link": link,
        "expires_at": invitation.expires_at,
    }
    to = Recipient(email=invitation.email, name=invitation.name)
    tell("memberships/invitation", invitation, to=[to], at=at, context=context)


def _recipient(person: Person) -> Recipient:
    return Recipient(email=person.email, name=person.name, language=person.language)
