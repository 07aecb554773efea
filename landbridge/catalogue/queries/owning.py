"""Who claims what: facts for the rules, and the claims that wait for a broker."""

from __future__ import annotations

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db.models import Case, QuerySet, When

from landbridge.catalogue import rules
from landbridge.catalogue.models import OwnershipClaim, Record
from landbridge.catalogue.states import Claim, Kind, S
from landbridge.foundation.people.models import Person
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.roles import Role
from landbridge.memberships.queries import worn_hat
from landbridge.organisations.models import Organisation


def claim_facts(organisation: Organisation, person: Person, *, way: str, at: datetime) -> rules.ClaimFacts:
    """What the rules want to know before this person claims this organisation."""
    lately = OwnershipClaim.objects.filter(way="code", claimed_at__gt=at - rules.COUNTED_FOR)
    mine = OwnershipClaim.objects.filter(organisation=organisation, person_id=person.pk)
    return rules.ClaimFacts(
        way=way,
        stands_in_catalogue=Record.objects.public().filter(organisation=organisation).exists(),
        is_closed=organisation.is_closed,
        is_of_it_already=worn_hat(person.pk, Role.PROVIDER, organisation.pk) is not None,
        is_open_already=mine.filter(state__in=[Claim.OPEN, Claim.CODE_SENT]).exists(),
        codes_of_person=lately.filter(person_id=person.pk).count(),
        codes_to_organisation=lately.filter(organisation=organisation).count(),
        failed_here=lately.filter(
            organisation=organisation, person_id=person.pk, state=Claim.REFUSED
        ).exists(),
        has_address=bool(listed_address(organisation))
        or (
            organisation.region_id is not None
            and bool(organisation.region and organisation.region.desk_email)
        ),
    )


def is_confirmed(person: Person) -> bool:
    """Whether the person has shown that letters to their address reach them."""
    return bool(EmailAddress.objects.filter(user_id=person.pk, email=person.email, verified=True).exists())


def website_of(organisation: Organisation) -> str:
    """The organisation's website, from its own facts or its published record."""
    records = Record.objects.public().filter(organisation=organisation, kind=Kind.ORGANISATION)
    return organisation.website or records.values_list("website", flat=True).first() or ""


def listed_address(organisation: Organisation) -> str:
    """The address that the catalogue lists for the organisation, its own record's before those of its facilities.

    An expert's address is a person's own and is not used.
    """
    listed = Record.objects.filter(organisation=organisation, state__in=[S.PUBLISHED, S.HIDDEN])
    own = listed.exclude(contact_email="").exclude(kind=Kind.EXPERT)
    nearest = Case(When(kind=Kind.ORGANISATION, then=0), When(kind=Kind.FACILITY, then=1), default=2)
    return own.order_by(nearest, "pk").values_list("contact_email", flat=True).first() or ""


def claims_waiting(actor: Actor) -> QuerySet[OwnershipClaim]:
    """Claims that a broker may decide, the oldest first."""
    return (
        OwnershipClaim.objects.filter(
            state__in=[Claim.OPEN, Claim.CODE_SENT],
            organisation__in=Organisation.objects.visible_to(actor).values("pk"),
        )
        .select_related("organisation")
        .order_by("claimed_at", "pk")
    )
