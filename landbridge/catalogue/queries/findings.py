"""What is off in the catalogue: public records without their consent or days, successors that lead in a circle."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import F, Q

from landbridge.catalogue.models import Competence, OwnershipClaim, Record
from landbridge.catalogue.states import Claim, Kind, S, Term
from landbridge.foundation.permissions.roles import Role
from landbridge.memberships.models import Membership


def findings() -> Iterator[str]:
    """Everything in which the catalogue contradicts itself, in words; nothing when all is well."""
    yield from _without_consent()
    yield from _wrong_parts()
    yield from _circles()
    yield from _without_hat()
    yield from _unsaid_terms()


def _without_consent() -> Iterator[str]:
    """Published records of other kinds than experts are shown by their publication."""
    rows = Record.objects.filter(state=S.PUBLISHED, consented_at__isnull=True).exclude(kind=Kind.EXPERT)
    for record in rows.order_by("pk"):
        yield f"The record {record} ({record.pk}) is published and not shown."


def _wrong_parts() -> Iterator[str]:
    wrong = ~Q(parent__kind=Kind.FACILITY) | ~Q(parent__organisation=F("organisation"))
    for record in Record.objects.filter(parent__isnull=False).filter(wrong).order_by("pk"):
        yield f"The record {record} ({record.pk}) hangs on something that is no facility of its organisation."


def _circles() -> Iterator[str]:
    """Readers of a withdrawn record arrive somewhere."""
    leads_to = dict(Record.objects.exclude(successor=None).values_list("pk", "successor_id"))
    for start in sorted(leads_to):
        seen, here = {start}, leads_to[start]
        while here in leads_to and here not in seen:
            seen.add(here)
            here = leads_to[here]
        if here in seen:
            yield f"The successors of record {start} lead in a circle."


def _without_hat() -> Iterator[str]:
    """Whoever proved to speak for an organisation got its hat, even where they took it off since."""
    for claim in OwnershipClaim.objects.filter(state=Claim.PROVED).order_by("pk"):
        hats = Membership.objects.filter(
            person_id=claim.person_id, role=Role.PROVIDER, organisation=claim.organisation_id
        )
        if not hats.exists():
            yield f"The claim {claim.pk} was proved, and nobody got the hat."


def _unsaid_terms() -> Iterator[str]:
    gone = Competence.objects.filter(state__in=[Term.REFUSED, Term.MERGED], records__isnull=False)
    for term in gone.distinct().order_by("pk"):
        yield f"The term {term} is not in the list any more, and records carry it."
