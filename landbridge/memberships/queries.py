"""Whose hat is it: the actor of a request, the hats of a person, the people behind an organisation or desk."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext

from landbridge.foundation.outbox.recipient import Recipient
from landbridge.foundation.people.models import Person
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.roles import SCOPE_OF, Role
from landbridge.foundation.ui.parts import Step
from landbridge.memberships import rules
from landbridge.memberships.models import Hat, Invitation, Membership, MembershipRows
from landbridge.organisations.models import Organisation
from landbridge.programmes.models import Partner, Programme, Region


# ── Who acts ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def hats_of(person_id: int) -> list[Membership]:
    """All hats that the person can wear now, the longest held first."""
    return list(
        Membership.objects.current()
        .filter(person_id=person_id)
        .select_related("organisation", "region", "partner", "programme")
        .order_by("began_at", "pk")
    )


def actor_of(person: Person, *, worn: int | None = None, hats: Sequence[Membership] | None = None) -> Actor:
    """The person under the hat they chose (`worn`, a membership's id), else under the first they hold.

    One query; none where the caller has loaded the hats already (`hats_of`).
    """
    held = hats_of(person.pk) if hats is None else hats
    hat = next((hat for hat in held if hat.pk == worn), held[0] if held else None)
    if hat is None:
        return Actor(person_id=person.pk, name=person.name)
    return actor_under(hat, person=person)


def actor_under(hat: Membership, *, person: Person) -> Actor:
    """The person under exactly this hat."""
    return Actor(
        person_id=person.pk,
        name=person.name,
        role=Role(hat.role),
        membership_id=hat.pk,
        region_id=hat.region_id,
        partner_id=hat.partner_id,
        programme_id=hat.programme_id,
        organisation_id=hat.organisation_id,
        scope_name=hat.scope_name,
    )


# ── Who is behind it ─────────────────────────────────────────────────────────────────────────────────────────────────
def members_of(organisation_id: int, *, role: Role | None = None) -> MembershipRows:
    """The hats that people wear for an organisation now."""
    rows = Membership.objects.current().filter(organisation_id=organisation_id)
    return rows.filter(role=role) if role else rows


def desk_of(region_id: int) -> MembershipRows:
    """The Access Brokers of a region."""
    return Membership.objects.current().filter(role=Role.BROKER, region_id=region_id)


def finance_of(partner_id: int) -> MembershipRows:
    """The finance officers of a partner."""
    return Membership.objects.current().filter(role=Role.FINANCE, partner_id=partner_id)


def office_of(programme_id: int) -> MembershipRows:
    """The people of a programme's office; where it has none of its own, those of the whole network."""
    own = Membership.objects.current().filter(role=Role.OFFICE, programme_id=programme_id)
    return own if own.exists() else Membership.objects.current().filter(role=Role.OFFICE, programme=None)


def recipients(memberships: MembershipRows) -> list[Recipient]:
    """Whom to write to: each person once, in the order of the hats."""
    people = {
        hat.person_id: hat.person
        for hat in memberships.current()
        .filter(person__is_active=True)
        .select_related("person")
        .order_by("pk")
    }
    return [Recipient(email=one.email, name=one.name, language=one.language) for one in people.values()]


# ── What a hat holds for, and who may give it ────────────────────────────────────────────────────────────────────────
def scope_id_of(hat: Hat) -> int | None:
    """The id of what the hat holds for; None for the whole network."""
    found: int | None = getattr(hat, f"{SCOPE_OF[Role(hat.role)]}_id")
    return found


def worn_hat(person_id: int, role: Role, scope_id: int | None) -> Membership | None:
    """The person's current hat of this role and scope."""
    scope = {f"{SCOPE_OF[role]}_id": scope_id}
    return Membership.objects.current().filter(person_id=person_id, role=role, **scope).first()


def others_beside(hat: Membership) -> list[int]:
    """Other people who act for the same organisation, or in the same office; their hats are locked meanwhile."""
    same = Membership.objects.current().exclude(person_id=hat.person_id)
    if hat.organisation_id:
        Organisation.objects.filter(pk=hat.organisation_id).for_update().first()
        same = same.filter(organisation_id=hat.organisation_id)
    else:
        scope = {f"{SCOPE_OF[Role(hat.role)]}_id": scope_id_of(hat)}
        same = same.filter(role=hat.role, **scope)
    return [other.pk for other in same.order_by("pk").for_update()]


def is_within_reach(role: Role, scope_id: int | None, *, by: Actor) -> bool:
    """Whether the actor looks after what this role holds for."""
    if by.role is Role.SYSTEM or (by.role is Role.OFFICE and by.programme_id is None):
        return True
    if by.role is Role.OFFICE:
        return _is_of_programme(role, scope_id, programme_id=by.programme_id or 0)
    return role in rules.OF_AN_ORGANISATION and scope_id is not None and scope_id == by.organisation_id


def _is_of_programme(role: Role, scope_id: int | None, *, programme_id: int) -> bool:
    column = SCOPE_OF[role]
    if column == "programme":
        return scope_id == programme_id
    if column == "organisation":
        return True  # a company belongs to the network, and every programme's office looks after it
    partners = Partner.objects.filter(programme_id=programme_id)
    return (
        partners.filter(region_id=scope_id or 0) if column == "region" else partners.filter(pk=scope_id or 0)
    ).exists()


def facts_of_giving(
    role: Role, scope_id: int | None, *, email: str, by: Actor, at: datetime, directly: bool = False
) -> rules.Giving:
    """What the rules want to know before a hat is offered, or given `directly`."""
    column = SCOPE_OF[role]
    organisation = Organisation.objects.filter(pk=scope_id or 0).first() if column == "organisation" else None
    person = Person.objects.filter(email=email).first()
    scope = {f"{column}_id": scope_id}
    offers = Invitation.objects.open().filter(email=email, role=role, expires_at__gt=at, **scope)
    within_reach = is_within_reach(role, scope_id, by=by)
    if directly and by.role is not Role.SYSTEM:
        within_reach = within_reach and column != "organisation"
    fits = organisation is None or role in (*_roles_within(organisation), Role.INVESTOR)
    return rules.Giving(
        role=role,
        is_within_reach=within_reach,
        is_for_oneself=person is not None and person.pk == by.person_id,
        is_worn_already=person is not None and worn_hat(person.pk, role, scope_id) is not None,
        is_offered_already=not directly and offers.exists(),
        organisation_is_closed=organisation is not None and organisation.is_closed,
        fits=fits and _exists(column, scope_id),
    )


def _exists(column: str, scope_id: int | None) -> bool:
    """Whether there is what the role holds for; only a programme's roles may hold for the whole network."""
    if scope_id is None:
        return column == "programme"
    tables = {"organisation": Organisation, "region": Region, "partner": Partner, "programme": Programme}
    return tables[column]._default_manager.filter(pk=scope_id).exists()


def _roles_within(organisation: Organisation) -> tuple[Role, ...]:
    return rules.roles_within(kind=organisation.kind, offers_access=organisation.offers_access)


# ── Invitations ──────────────────────────────────────────────────────────────────────────────────────────────────────
def hash_of(token: str) -> str:
    """What is kept of an invitation's token."""
    return hashlib.sha256(token.encode()).hexdigest()


def invitation_of(token: str) -> Invitation | None:
    """The invitation that the link of a letter stands for."""
    rows = Invitation.objects.select_related("organisation", "region", "partner", "programme")
    return rows.filter(token_hash=hash_of(token)).first()


def open_offers_to(person: Person, *, at: datetime) -> list[Invitation]:
    """The invitations that the person may accept now."""
    rows = Invitation.objects.open().filter(email=person.email, expires_at__gt=at)
    return list(
        rows.select_related("organisation", "region", "partner", "programme").order_by("invited_at", "pk")
    )


def offer(invitation: Invitation, *, reader_email: str) -> rules.Offer:
    """The invitation as the rules see it, for whoever has this address."""
    return rules.Offer(
        email=invitation.email,
        expires_at=invitation.expires_at,
        is_accepted=invitation.accepted_at is not None,
        is_revoked=invitation.revoked_at is not None,
        reader_email=reader_email,
    )


def way_of(invitation: Invitation, *, at: datetime) -> list[Step]:
    """Sent, then accepted; or taken back, or run out."""
    sent = Step(gettext("Sent"), at=invitation.invited_at, state="done")
    if invitation.accepted_at:
        return [sent, Step(gettext("Accepted"), at=invitation.accepted_at, state="done")]
    if invitation.revoked_at:
        return [sent, Step(gettext("Taken back"), at=invitation.revoked_at, state="off")]
    if at >= invitation.expires_at:
        return [sent, Step(gettext("Ran out"), at=invitation.expires_at, state="off")]
    return [sent, Step(gettext("Waits for an answer"), state="current"), Step(gettext("Accepted"))]


# How the record's events are told on the page of an invitation.
