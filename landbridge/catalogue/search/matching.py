"""A company's question and the offers of the catalogue that answer it, with reasons that can be read aloud."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from landbridge.algorithms.matching import offers, ranking
from landbridge.algorithms.matching.offers import Capacity, Offer, Place, Reach
from landbridge.algorithms.matching.question import Reading, read_prose
from landbridge.algorithms.matching.reasons import Reason, sentences_of
from landbridge.catalogue import rules
from landbridge.catalogue.models import Certificate, Confirmation, Record, Service
from landbridge.catalogue.search import index
from landbridge.catalogue.search.terms import synonyms
from landbridge.catalogue.states import Freshness, Kind
from landbridge.foundation import clock
from landbridge.foundation.search.engine import Engine
from landbridge.foundation.search.hybrid import ranked
from landbridge.foundation.ui import formatting
from landbridge.programmes.models import Region

CANDIDATES = 1_000  # of each ranking of texts
LOOKED_AT = 150  # offers whose facts are read
COMPETENT = 50  # of them at least, where so many have a wanted competence
SHOWN = 20
KINDS = (Kind.FACILITY, Kind.SERVICE, Kind.EQUIPMENT, Kind.EXPERT)


@dataclass(frozen=True, slots=True)
class Question:
    """What a company wants. Competences by key with their weights; one of the ways of access and of the languages
    suffices; every certificate counts. `needed_by` is when the work is to be done.
    """

    text: str
    competences: Mapping[str, float] = field(default_factory=dict)
    access_modes: Sequence[str] = ()
    languages: Sequence[str] = ()
    certificates: Sequence[str] = ()
    needed_by: date | None = None


@dataclass(frozen=True, slots=True)
class Why:
    """One reason, in the reader's language; `code` says of what sort it is."""

    code: str
    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Match:
    """An offer that answers, its score from 0 to 1, whether it stands outside the region, and the reasons."""

    record_id: int
    score: float
    reasons: tuple[Why, ...]
    is_outside: bool = True


def match(
    question: Question | str, *, region: Region | None = None, inside: bool = False, limit: int = SHOWN
) -> list[Match]:
    """The offers that answer best, best first: of other regions, and of the company's own when `inside` is asked."""
    asked = Question(question) if isinstance(question, str) else question
    searched = index.searched()
    reading = read_prose(asked.text, vocabulary=searched.vocabulary(), synonyms=synonyms())
    wanted = _wanted(asked, reading, region=region, inside=inside)
    texts = _candidates(asked, reading, searched, region=region, inside=inside)
    found = ranking.match(
        wanted,
        _offers(list(texts), today=wanted.today),
        texts=texts,
        rarity=_rarity(searched),
        most=limit,
    )
    return [
        Match(
            record_id=one.offer.id,
            score=one.score,
            reasons=tuple(Why(reason.code, said(reason)) for reason in one.reasons),
            is_outside=one.is_outside,
        )
        for one in found
    ]


def said(reason: Reason) -> str:
    """A reason as a sentence in the reader's language."""
    params = {
        name: formatting.day(value) if isinstance(value, date) else formatting.number(value)
        if isinstance(value, int) else value
        for name, value in reason.params.items()
    }  # fmt: skip
    return _(reason.message) % params


def _wanted(asked: Question, reading: Reading, *, region: Region | None, inside: bool) -> offers.Question:
    return offers.Question(
        reading=reading,
        competences=dict(asked.competences),
        access_modes=frozenset(asked.access_modes),
        languages=frozenset(asked.languages),
        certificates=frozenset(asked.certificates),
        needed_on=asked.needed_by,
        today=clock.now().date(),
        region=region.key if region else "",
        place=Place(float(region.latitude), float(region.longitude)) if region else None,
        reach=Reach.ANYWHERE if inside or region is None else Reach.OUTSIDE_ONLY,
    )


def _candidates(
    asked: Question, reading: Reading, searched: Engine, *, region: Region | None, inside: bool
) -> dict[int, float]:
    """The offers whose facts are worth reading, with the fit of their texts; some of them for their competences."""
    filters: dict[str, Sequence[str]] = {"kind": [str(kind) for kind in KINDS]}
    unless = {} if inside or region is None else {"region": [region.key]}
    fits = ranked(
        reading, searched=searched, meaning=index.meaning(), filters=filters, unless=unless, limit=CANDIDATES
    )
    chosen = dict(list(fits.items())[:LOOKED_AT])
    if asked.competences:
        competent = {**filters, "competence": list(asked.competences)}
        found = searched.best(reading, filters=competent, unless=unless, limit=COMPETENT).ids
        if not found:
            found = tuple(searched.ids(filters=competent, unless=unless)[:COMPETENT].tolist())
        chosen |= {number: fits.get(number, 0.0) for number in found}
    return chosen


def _offers(numbers: Sequence[int], *, today: date) -> list[Offer]:
    """The facts of these records, as far as they are public; six queries."""
    columns = (
        "pk", "name", "summary", "description", "languages", "region__key", "confirmed_on", "due_on", "north",
        "east",
    )  # fmt: skip
    rows = (
        Record.objects.public()
        .filter(pk__in=numbers)
        .annotate(
            north=Coalesce("latitude", "parent__latitude"), east=Coalesce("longitude", "parent__longitude")
        )
    )
    services = {one["record_id"]: one for one in _services(numbers)}
    certificates: dict[int, dict[str, date | None]] = defaultdict(dict)
    held = Certificate.objects.filter(record__in=numbers).order_by("pk")
    for pk, scheme, until in held.values_list("record_id", "scheme", "expires_on"):
        certificates[pk][scheme] = until
    competences = _competences(numbers)
    results = _results(numbers)
    return [
        _offer(
            dict(zip(columns, row, strict=True)),
            service=services.get(row[0], {}),
            certificates=certificates.get(row[0], {}),
            competences=competences.get(row[0], {}),
            results=results.get(row[0], 0),
            today=today,
        )
        for row in rows.values_list(*columns)
    ]


def _services(numbers: Sequence[int]) -> Iterable[dict[str, Any]]:
    rows = Service.objects.filter(record__in=numbers).values(
        "record_id", "access_modes", "inputs", "outputs", "lead_time_days", "capacity", "is_full_until"
    )
    return [dict(row) for row in rows]


def _competences(numbers: Sequence[int]) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = defaultdict(dict)
    links = Record.competences.through.objects.filter(record__in=numbers).order_by("pk")
    for pk, key, name in links.values_list("record_id", "competence__key", "competence__name"):
        found[pk][key] = name
    return found


def _results(numbers: Sequence[int]) -> dict[int, int]:
    """How many cases used each record before."""
    rows = Confirmation.objects.filter(record__in=numbers, way="case").values("record_id")
    return dict(rows.annotate(number=Count("pk")).values_list("record_id", "number"))


def _offer(
    row: Mapping[str, Any],
    *,
    service: Mapping[str, Any],
    certificates: Mapping[str, date | None],
    competences: Mapping[str, str],
    results: int,
    today: date,
) -> Offer:
    fresh = rules.freshness(confirmed_on=row["confirmed_on"], due_on=row["due_on"], today=today)
    texts = [row["summary"], row["description"], service.get("inputs", ""), service.get("outputs", "")]
    return Offer(
        id=row["pk"],
        title=row["name"],
        sentences=(row["name"], *(line for text in texts for line in sentences_of(text))),
        competences=competences,
        access_modes=_named(service.get("access_modes", []), rules.ACCESS_MODES),
        languages=_named(row["languages"], rules.LANGUAGES),
        certificates=certificates,
        certificate_names=_named(certificates, rules.CERTIFICATES),
        capacity=_capacity(service, today=today),
        lead_days=service.get("lead_time_days"),
        results=results,
        confirmed_on=row["confirmed_on"],
        is_overdue=fresh is Freshness.OVERDUE,
        region=row["region__key"] or "",
        place=Place(float(row["north"]), float(row["east"])) if row["north"] is not None else None,
    )


def _capacity(service: Mapping[str, Any], *, today: date) -> Capacity:
    if service.get("is_full_until") and service["is_full_until"] > today:
        return Capacity.FULL
    return Capacity.FREE if service.get("capacity") else Capacity.UNKNOWN


def _named(codes: Iterable[Any], names: Mapping[Any, str]) -> dict[str, str]:
    return {str(code): _(names[code]) if code in names else str(code) for code in codes}


def _rarity(searched: Engine) -> Callable[[str], float]:
    """How much a stem tells: the fewer documents use it, the more."""
    known, number = searched.vocabulary(), max(searched.count(), 1)

    def of(stem: str) -> float:
        return math.log(1 + number / (1 + known.count(stem)))

    return of
