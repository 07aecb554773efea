"""A catalogue to measure on: public facilities with their services and equipment, invented from a seed.

The texts are those of `records.py`: names of real organisations, numbered, and sentences around drawn terms. The rows
are written past the actions, in bulk, with the index built afterwards; nothing of it says anything about anybody.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from benchmarks.records import AROUND, Sources

if TYPE_CHECKING:
    from landbridge.catalogue.models import Competence
    from landbridge.programmes.models import Incentive, Region

TOGETHER = 5  # a facility, and services and equipment of the same organisation after it
AT_ONCE = 5_000  # records written together
LANGUAGES = ("en", "de", "fr", "nl", "da")
DEGREES_ABOUT = 0.7  # how far from the region's desk they stand, standard deviation
DAYS = 430  # since a record was confirmed, at most: about one in seven is overdue
MARK = "BENCH"


@dataclass
class Drawn:
    """What chance draws from."""

    chance: random.Random
    names: Sequence[str]
    regions: Sequence[Region]
    terms: Sequence[Competence]
    incentives: Sequence[Incentive]
    at: datetime
    weights: Sequence[float] = field(default_factory=list)

    def some_terms(self, number: int) -> list[Competence]:
        """By Zipf's law: few terms are on very many records."""
        return self.chance.choices(self.terms, cum_weights=self.weights, k=number)

    def sentence(self) -> str:
        one, two = self.some_terms(2)
        return self.chance.choice(AROUND).format(one=one.name, two=two.name)


def build(number: int, *, found: Sources, seed: int, at: datetime) -> int:
    """Write so many records, unless they are there; answers how many were written."""
    from landbridge.catalogue.models import Record
    from landbridge.programmes.models import Incentive, Region
    from landbridge.programmes.states import S as PhaseState

    missing = number - Record.objects.filter(contact_name=MARK).count()
    if missing <= 0:
        return 0
    drawn = Drawn(
        chance=random.Random(f"{seed} {number - missing}"),
        names=found.names,
        regions=list(Region.objects.active().order_by("pk")),
        terms=_terms(found, seed=seed),
        incentives=list(Incentive.objects.filter(phase__state=PhaseState.RUNNING).order_by("pk")),
        at=at,
    )
    drawn.weights = list(itertools.accumulate(1 / place for place in range(1, len(drawn.terms) + 1)))
    for start in range(number - missing, number, AT_ONCE):
        _write(range(start, min(start + AT_ONCE, number)), drawn)
    return missing


def _terms(found: Sources, *, seed: int) -> list[Competence]:
    """Terms of the vocabularies as accepted competences beside the product's own, in an order of chance."""
    from landbridge.catalogue.models import Competence

    known = {name.casefold() for name in Competence.objects.values_list("name", flat=True)}
    new = {term.casefold(): term for term in found.terms if len(term) <= 120 and term.casefold() not in known}
    Competence.objects.bulk_create(
        Competence(key=f"bench-{place}", name=term) for place, term in enumerate(new.values(), len(known))
    )
    every = list(Competence.objects.accepted().order_by("pk"))
    random.Random(seed).shuffle(every)
    return every


def _write(places: range, drawn: Drawn) -> None:
    from django.db import transaction

    from landbridge.catalogue.models import Certificate, Record, Service

    with transaction.atomic():
        records = list(_records(places, drawn))
        Record.objects.bulk_create([row for row in records if row.kind == "facility"])
        Record.objects.bulk_create([row for row in records if row.kind != "facility"])
        _competences(records, drawn)
        asked = Service.objects.bulk_create(_service(row, drawn) for row in records if row.kind == "service")
        links = Service.incentives.through
        links.objects.bulk_create(
            links(service_id=one.pk, incentive_id=drawn.chance.choice(drawn.incentives).pk)
            for one in asked
            if drawn.incentives and drawn.chance.random() < 0.3
        )
        Certificate.objects.bulk_create(_certificates(records, drawn))


def _records(places: range, drawn: Drawn) -> Iterator[Any]:
    from landbridge.catalogue.models import Record
    from landbridge.organisations.models import Organisation

    chance, facility = drawn.chance, None
    owners = Organisation.objects.bulk_create(
        Organisation(
            name=f"{_name(place, drawn)} {MARK}"[:150],
            kind="institute",
            country=(region := chance.choice(drawn.regions)).country,
            region=region,
            town=region.name[:35],
            registered_at=drawn.at,
        )
        for place in range(places.start, places.stop, TOGETHER)
    )
    for place in places:
        owner = owners[(place - places.start) // TOGETHER]
        is_first = place % TOGETHER == 0 or facility is None
        row = Record(
            kind="facility" if is_first else chance.choice(("service", "service", "equipment")),
            organisation=owner,
            parent=None if is_first or chance.random() < 0.3 else facility,
            region=owner.region,
            name=_name(place, drawn),
            summary=drawn.sentence()[:300],
            description=" ".join(drawn.sentence() for _ in range(chance.randint(1, 3))),
            languages=chance.sample(LANGUAGES, chance.randint(1, 3)),
            country=owner.country,
            town=owner.town,
            latitude=round(float(owner.region.latitude) + chance.gauss(0, DEGREES_ABOUT), 5),
            longitude=round(float(owner.region.longitude) + chance.gauss(0, DEGREES_ABOUT), 5),
            contact_name=MARK,
            is_demonstration=True,
            **_published(drawn),
        )
        facility = row if is_first else facility
        yield row


def _published(drawn: Drawn) -> dict[str, object]:
    confirmed: date = drawn.at.date() - timedelta(days=drawn.chance.randint(0, DAYS))
    return {
        "state": "published",
        "consented_at": drawn.at,
        "confirmed_on": confirmed,
        "due_on": confirmed + timedelta(days=365),
        "created_at": drawn.at,
        "changed_at": drawn.at,
        "published_at": drawn.at,
    }


def _competences(records: Sequence[Any], drawn: Drawn) -> None:
    from landbridge.catalogue.models import Record

    links = Record.competences.through
    links.objects.bulk_create(
        links(record_id=row.pk, competence_id=term)
        for row in records
        for term in dict.fromkeys(one.pk for one in drawn.some_terms(drawn.chance.randint(1, 4)))
    )


def _service(row: Any, drawn: Drawn) -> Any:
    from landbridge.catalogue.models import Service
    from landbridge.catalogue.rules import ACCESS_MODES

    chance = drawn.chance
    return Service(
        record=row,
        access_modes=chance.sample([str(mode) for mode in ACCESS_MODES], chance.randint(1, 3)),
        inputs=f"A sample for {drawn.some_terms(1)[0].name}."[:500],
        outputs="A report with the data.",
        unit="sample",
        lead_time_days=chance.randint(1, 60),
        capacity="Two weeks each month." if chance.random() < 0.5 else "",
    )


def _certificates(records: Sequence[Any], drawn: Drawn) -> Iterator[Any]:
    from landbridge.catalogue.models import Certificate
    from landbridge.catalogue.rules import CERTIFICATES

    for row in records:
        if drawn.chance.random() < 0.2:
            until = drawn.at.date() + timedelta(days=drawn.chance.randint(30, 900))
            yield Certificate(record=row, scheme=drawn.chance.choice(list(CERTIFICATES)), expires_on=until)


def _name(place: int, drawn: Drawn) -> str:
    name, again = drawn.names[place % len(drawn.names)], place // len(drawn.names)
    return f"{name[:180]} {again}" if again else name[:180]
