"""What the network gives away of its catalogue: public rows as plain values, and the stubs of those that are gone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse

from landbridge.catalogue.models import Record
from landbridge.foundation.money import Money

PORTION = 500


@dataclass(frozen=True, slots=True)
class Published:
    """Everything of one record that may leave the house; no contact, nothing of a person who did not agree."""

    id: int
    address: str
    kind: str
    name: str
    summary: str
    description: str
    organisation: str
    organisation_website: str
    parent_id: int | None
    parent: str
    region: str
    country: str
    town: str
    latitude: float | None
    longitude: float | None
    competences: tuple[tuple[str, str], ...]
    techniques: tuple[str, ...]
    languages: tuple[str, ...]
    access_modes: tuple[str, ...]
    certificates: tuple[tuple[str, str, date | None], ...]
    prices: tuple[tuple[str, Money, str, date], ...]
    identifiers: tuple[tuple[str, str], ...]
    website: str
    confirmed_on: date
    due_on: date
    changed_at: datetime
    sources: tuple[tuple[str, str], ...]
    is_demonstration: bool


@dataclass(frozen=True, slots=True)
class Gone:
    """A record that was public once and is not now; `successor_id` is where it went, if that is public."""

    id: int
    address: str
    changed_at: datetime
    successor_id: int | None


def address_of(record_id: int) -> str:
    """The lasting address of a record, in pages and as its name in data."""
    return settings.LANDBRIDGE_ADDRESS + reverse("catalogue:record", args=[record_id])


def ever_public() -> QuerySet[Record]:
    """Records that are public, and those that were: what a harvester must hear of."""
    return Record.objects.filter(published_at__isnull=False)


def changes(
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    after: tuple[datetime, int] | None = None,
    rows: QuerySet[Record] | None = None,
    limit: int = PORTION,
) -> list[Published | Gone]:
    """The next records in the order in which they changed, each once; `after` is where the last portion ended."""
    found = ever_public() if rows is None else rows
    if since is not None:
        found = found.filter(changed_at__gte=since)
    if until is not None:
        found = found.filter(changed_at__lte=until)
    if after is not None:
        moment, pk = after
        found = found.filter(Q(changed_at__gt=moment) | Q(changed_at=moment, pk__gt=pk))
    page = list(found.order_by("changed_at", "pk")[:limit])
    shown = {row.id: row for row in published(page)}
    successors = _public_among({row.successor_id for row in page if row.successor_id})
    return [
        shown.get(row.pk)
        or Gone(
            id=row.pk,
            address=address_of(row.pk),
            changed_at=row.changed_at,
            successor_id=row.successor_id if row.successor_id in successors else None,
        )
        for row in page
    ]


def everything() -> Iterator[Published]:
    """All public records by number, a portion at a time."""
    last = 0
    while page := list(Record.objects.public().filter(pk__gt=last).order_by("pk")[:PORTION]):
        last = page[-1].pk
        yield from published(page)


def published(records: Sequence[Record]) -> list[Published]:
    """Those of these records that are public, as plain values; the same number of queries for one and for all."""
    keys = [record.pk for record in records]
    rows = (
        Record.objects.public()
        .filter(pk__in=keys)
        .select_related("organisation", "region", "parent", "service")
        .prefetch_related("competences", "certificates", "prices", "identifiers", "provenances__source")
    )
    known = {row.pk: _published(row) for row in rows}
    return [known[key] for key in keys if key in known]


def _published(row: Record) -> Published:
    if row.confirmed_on is None or row.due_on is None:
        raise ValueError(f"Record {row.pk} is public and was never confirmed.")
    service = getattr(row, "service", None)
    parent = row.parent if row.parent is not None and row.parent.is_public else None
    return Published(
        id=row.pk,
        address=address_of(row.pk),
        kind=row.kind,
        name=row.name,
        summary=row.summary,
        description=row.description,
        organisation=row.organisation.name,
        organisation_website=row.organisation.website,
        parent_id=parent.pk if parent else None,
        parent=parent.name if parent else "",
        region=row.region.key if row.region else "",
        country=row.country,
        town=row.town,
        latitude=None if row.latitude is None else float(row.latitude),
        longitude=None if row.longitude is None else float(row.longitude),
        competences=_sorted((one.key, one.name) for one in row.competences.all()),
        techniques=tuple(row.techniques),
        languages=tuple(row.languages),
        access_modes=tuple(service.access_modes) if service else (),
        certificates=tuple((one.scheme, one.scope, one.expires_on) for one in row.certificates.all()),
        prices=tuple((one.customer, one.amount_eur, one.unit, one.holds_until) for one in row.prices.all()),
        identifiers=_sorted((one.scheme, one.value) for one in row.identifiers.all()),
        website=row.website,
        confirmed_on=row.confirmed_on,
        due_on=row.due_on,
        changed_at=row.changed_at,
        sources=_sorted((one.source.name, one.source.licence) for one in row.provenances.all()),
        is_demonstration=row.is_demonstration,
    )


def _sorted(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(pairs))


def _public_among(keys: set[int]) -> set[int]:
    return set(Record.objects.public().filter(pk__in=keys).values_list("pk", flat=True)) if keys else set()
