"""The page of one record: everything that is public about it, and what hangs on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from landbridge.catalogue import rules
from landbridge.catalogue.models import (
    Certificate,
    Confirmation,
    Equipment,
    Identifier,
    Price,
    Provenance,
    Record,
    Service,
)
from landbridge.catalogue.queries.cards import TONES, Card, cards, named, names_of_competences, paid_by
from landbridge.catalogue.queries.map import Window, window_at
from landbridge.catalogue.states import FRESHNESS_NAMES, KIND_NAMES, Kind
from landbridge.foundation.ui import map as drawing
from landbridge.programmes.models import Incentive

MOST_PARTS = 100
MOST_SUCCESSORS = 10  # withdrawn ones in a row
SMALL_ZOOM = 2  # steps of zoom of the small map
PART_ORDER = (Kind.SERVICE, Kind.EQUIPMENT, Kind.EXPERT, Kind.FACILITY, Kind.ORGANISATION)
ADDRESSES = {
    "ror": "https://ror.org/",
    "orcid": "https://orcid.org/",
    "doi": "https://doi.org/",
    "rrid": "https://scicrunch.org/resolver/",
}


@dataclass(frozen=True, slots=True)
class Held:
    """A certificate with its name, and whether it holds today."""

    name: str
    scope: str
    expires_on: date | None
    holds: bool


@dataclass(frozen=True, slots=True)
class Known:
    """An identifier with its scheme's name and, where there is one, its address."""

    scheme: str
    value: str
    href: str


@dataclass(frozen=True, slots=True)
class SmallMap:
    """A point of the drawing and the window around it."""

    x: float
    y: float
    window: Window


@dataclass(frozen=True, slots=True)
class Shown:
    """A record as its page shows it. `parts` are grouped by kind, each group with its name."""

    record: Record
    kind: str
    freshness: str
    tone: str
    competences: list[str]
    languages: list[str]
    service: Service | None = None
    access_modes: list[str] = field(default_factory=list)
    equipment: Equipment | None = None
    prices: list[tuple[str, Price, bool]] = field(default_factory=list)
    certificates: list[Held] = field(default_factory=list)
    identifiers: list[Known] = field(default_factory=list)
    incentives: list[Incentive] = field(default_factory=list)
    parts: list[tuple[str, list[Card]]] = field(default_factory=list)
    sources: list[Provenance] = field(default_factory=list)
    cases: int = 0


def shown(record: Record, *, today: date) -> Shown:
    """Everything that is public about a record; a dozen queries."""
    freshness = rules.freshness(confirmed_on=record.confirmed_on, due_on=record.due_on, today=today)
    service = Service.objects.filter(record=record).first()
    return Shown(
        record=record,
        kind=_(KIND_NAMES[Kind(record.kind)]),
        freshness=_(FRESHNESS_NAMES[freshness]),
        tone=TONES[freshness],
        competences=list(names_of_competences([record.pk]).get(record.pk, [])),
        languages=named(record.languages, rules.LANGUAGES),
        service=service,
        access_modes=named(service.access_modes, rules.ACCESS_MODES) if service else [],
        equipment=Equipment.objects.filter(record=record).first() if record.kind == Kind.EQUIPMENT else None,
        prices=[
            (_(rules.CUSTOMERS.get(one.customer, one.customer)), one, one.holds_until >= today)
            for one in Price.objects.filter(record=record).order_by("customer", "unit", "pk")
        ],
        certificates=[_held(one, today=today) for one in record.certificates.order_by("scheme", "pk")],
        identifiers=[_known(one) for one in record.identifiers.order_by("scheme", "pk")],
        incentives=list(paid_by([record.pk]).get(record.pk, [])),
        parts=_parts(record, today=today),
        sources=list(
            Provenance.objects.filter(record=record).select_related("source").order_by("source__name")
        ),
        cases=Confirmation.objects.filter(record=record, way="case").count(),
    )


def _parts(record: Record, *, today: date) -> list[tuple[str, list[Card]]]:
    """The public records below it; for an organisation, its facilities and what hangs on none."""
    rows = Record.objects.public()
    below = rows.filter(parent=record)
    if record.kind == Kind.ORGANISATION:
        below = rows.filter(organisation=record.organisation_id, parent__isnull=True).exclude(pk=record.pk)
    found = cards(list(below.order_by("name", "pk").values_list("pk", flat=True)[:MOST_PARTS]), today=today)
    groups = [(_(KIND_NAMES[kind]), kind) for kind in PART_ORDER]
    return [(name, group) for name, _kind in groups if (group := [one for one in found if one.kind == name])]


def _held(one: Certificate, *, today: date) -> Held:
    return Held(
        name=named([one.scheme], rules.CERTIFICATES)[0],
        scope=one.scope,
        expires_on=one.expires_on,
        holds=one.expires_on is None or one.expires_on >= today,
    )


def _known(one: Identifier) -> Known:
    start = ADDRESSES.get(one.scheme, "")
    bare = one.value.removeprefix(start) if start else one.value
    return Known(named([one.scheme], rules.IDENTIFIERS)[0], bare, f"{start}{bare}" if start else "")


def around(record: Record) -> SmallMap | None:
    """The place of a record on a small map; None where no place is known or it lies beyond the drawing."""
    north, east = record.latitude, record.longitude
    if north is None and record.parent is not None:
        north, east = record.parent.latitude, record.parent.longitude
    if north is None or east is None:
        return None
    x, y = drawing.project(float(north), float(east))
    if not (0 <= x <= drawing.width() and 0 <= y <= drawing.height()):
        return None
    return SmallMap(round(x, 1), round(y, 1), window_at(x, y, SMALL_ZOOM))


def successor_of(gone: Record) -> Record | None:
    """The public record that stands in the place of a withdrawn one, where need be over others withdrawn since."""
    seen, number = {gone.pk}, gone.successor_id
    while number is not None and number not in seen and len(seen) < MOST_SUCCESSORS:
        seen.add(number)
        following = Record.objects.get(pk=number)
        if following.is_public:
            return following
        number = following.successor_id
    return None


def side_by_side(numbers: Sequence[int], *, today: date) -> list[Shown]:
    """The public ones of these records, each as its page shows it, in this order."""
    rows = Record.objects.public().filter(pk__in=numbers).select_related("organisation", "region", "parent")
    found = {row.pk: row for row in rows}
    return [shown(found[number], today=today) for number in numbers if number in found]
