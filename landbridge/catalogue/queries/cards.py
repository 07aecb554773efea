"""What a card of a list and the page of a record show of it: public fields alone, never the contact."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from landbridge.catalogue import rules
from landbridge.catalogue.models import Record, Service
from landbridge.catalogue.states import FRESHNESS_NAMES, KIND_NAMES, Freshness, Kind, Term
from landbridge.programmes.models import Incentive
from landbridge.programmes.states import S as PhaseState

TONES = {Freshness.FRESH: "good", Freshness.DUE: "wait", Freshness.OVERDUE: "late"}


@dataclass(frozen=True, slots=True)
class Card:
    """One record in a list."""

    pk: int
    name: str
    summary: str
    kind: str
    href: str
    organisation: str
    town: str
    country: str
    region: str
    confirmed_on: date | None
    freshness: str
    tone: str
    is_demonstration: bool
    competences: list[str] = field(default_factory=list)
    access_modes: list[str] = field(default_factory=list)
    is_paid: bool = False


def cards(numbers: Sequence[int], *, today: date) -> list[Card]:
    """The public ones of these records, in this order; four queries."""
    rows = Record.objects.public().filter(pk__in=numbers).select_related("organisation", "region")
    found = {row.pk: row for row in rows.defer("description", "texts", "locked_fields")}
    kept = list(found)
    competences = names_of_competences(kept)
    modes = dict(Service.objects.filter(record__in=kept).values_list("record_id", "access_modes"))
    paid = paid_by(kept)
    return [
        _card(
            found[number],
            competences=competences.get(number, []),
            modes=modes.get(number, []),
            is_paid=bool(paid.get(number)),
            today=today,
        )
        for number in dict.fromkeys(numbers)
        if number in found
    ]


def names_of_competences(numbers: Sequence[int]) -> Mapping[int, list[str]]:
    """The accepted terms of these records by name in the reader's language."""
    found: dict[int, list[str]] = defaultdict(list)
    links = Record.competences.through.objects.filter(
        record__in=numbers, competence__state=Term.ACCEPTED
    ).order_by("competence__name", "pk")
    language = (get_language() or "en").partition("-")[0]
    for number, name, names in links.values_list("record_id", "competence__name", "competence__names"):
        found[number].append(names.get(language) or name)
    return found


def paid_by(numbers: Sequence[int]) -> Mapping[int, list[Incentive]]:
    """The incentives of running phases that can pay for these services."""
    found: dict[int, list[Incentive]] = defaultdict(list)
    links = Service.incentives.through.objects.filter(
        service__record__in=numbers, incentive__phase__state=PhaseState.RUNNING
    )
    for link in links.select_related("service", "incentive__phase__programme").order_by(
        "incentive__name", "pk"
    ):
        found[link.service.record_id].append(link.incentive)
    return found


def named(codes: Iterable[object], names: Mapping[Any, str]) -> list[str]:
    """Codes of a closed list by their names; one that is not in it as it stands."""
    return [_(names[code]) if code in names else str(code) for code in map(str, codes)]


def _card(row: Record, *, competences: list[str], modes: list[object], is_paid: bool, today: date) -> Card:
    freshness = rules.freshness(confirmed_on=row.confirmed_on, due_on=row.due_on, today=today)
    return Card(
        pk=row.pk,
        name=row.name,
        summary=row.summary,
        kind=_(KIND_NAMES[Kind(row.kind)]),
        href=row.get_absolute_url(),
        organisation="" if row.kind == Kind.ORGANISATION else row.organisation.name,
        town=row.town,
        country=row.country,
        region=row.region.name if row.region else "",
        confirmed_on=row.confirmed_on,
        freshness=_(FRESHNESS_NAMES[freshness]),
        tone=TONES[freshness],
        is_demonstration=row.is_demonstration,
        competences=competences,
        access_modes=named(modes, rules.ACCESS_MODES),
        is_paid=is_paid,
    )
