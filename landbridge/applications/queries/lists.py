"""The list of applications, as each role sees it, and what it can be filtered by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Q

from landbridge.applications.models import Application, ApplicationRows
from landbridge.calls.models import Call, Offer
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.roles import Role
from landbridge.memberships.models import Membership
from landbridge.organisations.models import Organisation
from landbridge.programmes.models import Region

MOST_FOUND = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What the list can be filtered by."""

    calls: list[tuple[int, str]]
    incentives: list[str]
    regions: list[tuple[int, str]]


def choices_for(actor: Actor) -> Choices:
    """The calls, incentives and regions that a list of this actor's may hold."""
    calls = Call.objects.visible_to(actor).published()
    return Choices(
        calls=list(calls.order_by("-closes_at", "-pk").values_list("pk", "title")),
        incentives=list(
            Offer.objects.filter(call__in=calls.values("pk"))
            .order_by("name")
            .values_list("name", flat=True)
            .distinct()
        ),
        regions=list(Region.objects.order_by("name").values_list("pk", "name")),
    )


def listed(actor: Actor, filters: Mapping[str, str]) -> ApplicationRows:
    """The applications that the actor sees, newest first, filtered; only the columns that a list shows."""
    rows = Application.objects.visible_to(actor)
    if state := filters.get("state"):
        rows = rows.filter(state=state)
    if call := filters.get("call"):
        rows = rows.filter(call_id=int(call))
    if incentive := filters.get("incentive"):
        rows = rows.filter(offer__name=incentive)
    if region := filters.get("region"):
        rows = rows.filter(applicant__region_id=int(region))
    if text := filters.get("q"):
        rows = rows.filter(
            Q(number__icontains=text)
            | Q(title__icontains=text)
            | Q(applicant__name__icontains=text)
            | Q(provider__name__icontains=text)
        )
    return (
        rows.select_related("call", "offer", "applicant__region", "provider")
        .only(
            "number",
            "title",
            "state",
            "requested_eur",
            "submitted_at",
            "started_at",
            "call__title",
            "call__closes_at",
            "call__time_zone",
            "offer__name",
            "applicant__name",
            "applicant__region__name",
            "provider__name",
        )
        .order_by("-pk")
    )


COLUMNS = (
    "number",
    "state",
    "title",
    "applicant",
    "region",
    "provider",
    "call",
    "incentive",
    "requested_eur",
    "submitted_at",
)


def as_table(rows: ApplicationRows) -> Iterator[tuple[object, ...]]:
    """The same rows for an export, one cell for each of COLUMNS."""
    for row in rows.iterator(chunk_size=500):
        region = row.applicant.region
        yield (
            row.number,
            row.state,
            row.title,
            row.applicant.name,
            region.name if region else "",
            row.provider.name if row.provider else "",
            row.call.title,
            row.offer.name,
            row.requested_eur,
            row.submitted_at,
        )


def providers_for(application: Application, text: str) -> list[Organisation]:
    """Organisations outside the applicant's region that work with companies abroad, by name, at most 20.

    Without a word to look for, only those for which somebody acts here and can confirm.
    """
    rows = (
        Organisation.objects.offering_access()
        .filter(region__isnull=False)
        .exclude(region_id=application.applicant.region_id or 0)
        .exclude(pk=application.applicant_id)
    )
    if text:
        rows = rows.filter(Q(name__icontains=text) | Q(town__icontains=text))
    else:
        acting = Membership.objects.current().filter(role=Role.PROVIDER)
        rows = rows.filter(pk__in=acting.values("organisation_id"))
    return list(rows.select_related("region").order_by("name", "pk")[:MOST_FOUND])
