"""Records as documents of the index: what is searched, what is filtered by, and what answers by meaning.

Only what is public gets in. A facility is found by its services and equipment as well: their names are among its
text, their ways of access, certificates and incentives among its facets.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any

from django.db.models import Q

from landbridge.algorithms.matching.reasons import sentences_of
from landbridge.catalogue import rules
from landbridge.catalogue.models import Certificate, Competence, Record, Service
from landbridge.catalogue.states import Freshness
from landbridge.foundation.search.engine import Document
from landbridge.programmes.states import S as PhaseState

FACETS = ("region", "country", "kind", "mode", "certificate", "language", "voucher", "freshness")
MOST_ITEMS = 16  # of a record that are compared with a question one by one
AT_ONCE = 500  # records that are read together
OVERDUE_BOOST = 0.7
_COLUMNS = (
    "pk", "kind", "name", "summary", "description", "texts", "techniques", "languages", "country", "town",
    "parent_id", "region__key", "organisation__name", "parent__name", "confirmed_on", "due_on",
)  # fmt: skip


@dataclass(slots=True)
class Known:
    """What belongs to some records, each under the record's number."""

    services: dict[int, dict[str, Any]] = field(default_factory=dict)
    parts: dict[int, list[tuple[int, str, str]]] = field(default_factory=lambda: defaultdict(list))
    competences: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    certificates: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    paid: set[int] = field(default_factory=set)
    terms: dict[int, tuple[str, list[str]]] = field(default_factory=dict)


def public_numbers() -> Iterator[int]:
    """The numbers of all records that may be found, rising."""
    return Record.objects.public().order_by("pk").values_list("pk", flat=True).iterator(chunk_size=5_000)


def documents(numbers: Iterable[int], *, today: date) -> Iterator[Document]:
    """The documents of those records that are public, in their order; seven queries for each 500."""
    rest = iter(numbers)
    while chunk := list(islice(rest, AT_ONCE)):
        rows = list(Record.objects.public().filter(pk__in=chunk).order_by("pk").values_list(*_COLUMNS))
        known = known_of([row[0] for row in rows], today=today)
        for row in rows:
            yield _document(dict(zip(_COLUMNS, row, strict=True)), known, today=today)


def known_of(numbers: Sequence[int], *, today: date) -> Known:
    """What belongs to these records and to their public parts."""
    known = Known()
    parts = Record.objects.public().filter(parent__in=numbers).order_by("pk")
    for pk, parent, name, summary in parts.values_list("pk", "parent_id", "name", "summary"):
        known.parts[parent].append((pk, name, summary))
    every = [*numbers, *(pk for found in known.parts.values() for pk, _name, _summary in found)]
    for service in Service.objects.filter(record__in=every).values(
        "record_id", "access_modes", "inputs", "outputs"
    ):
        known.services[service["record_id"]] = dict(service)
    holding = Certificate.objects.filter(Q(expires_on__isnull=True) | Q(expires_on__gte=today))
    for pk, scheme in holding.filter(record__in=every).order_by("pk").values_list("record_id", "scheme"):
        known.certificates[pk].append(scheme)
    paid = Service.incentives.through.objects.filter(
        service__record__in=every, incentive__phase__state=PhaseState.RUNNING
    )
    known.paid = set(paid.values_list("service__record_id", flat=True))
    links = Record.competences.through.objects.filter(record__in=every).order_by("pk")
    for pk, competence in links.values_list("record_id", "competence_id"):
        known.competences[pk].append(competence)
    wanted = {one for found in known.competences.values() for one in found}
    terms = Competence.objects.accepted().filter(pk__in=wanted)
    for pk, key, name, names, synonyms in terms.values_list("pk", "key", "name", "names", "synonyms"):
        known.terms[pk] = (key, [name, *names.values(), *synonyms])
    return known


def _document(row: dict[str, Any], known: Known, *, today: date) -> Document:
    pk = row["pk"]
    parts = known.parts.get(pk, [])
    own = [pk, *(part for part, _name, _summary in parts)]
    terms = [known.terms[one] for one in known.competences.get(pk, []) if one in known.terms]
    freshness = rules.freshness(confirmed_on=row["confirmed_on"], due_on=row["due_on"], today=today)
    service = known.services.get(pk, {})
    said = [
        row["summary"], row["organisation__name"], row["parent__name"] or "", row["town"],
        *(name for _key, names in terms for name in names),
        *map(str, row["techniques"]),
        *_further(row["texts"]),
    ]  # fmt: skip
    items = [
        *sentences_of(row["description"]),
        *(text for text in (service.get("inputs", ""), service.get("outputs", "")) if text),
        *(f"{name}. {summary}" if summary else name for _pk, name, summary in parts),
    ]
    facets = {
        "region": (row["region__key"],) if row["region__key"] else (),
        "country": (row["country"],),
        "kind": (row["kind"],),
        "mode": _each(known.services[one]["access_modes"] for one in own if one in known.services),
        "certificate": _each(known.certificates[one] for one in own if one in known.certificates),
        "language": _each([row["languages"]]),
        "voucher": ("yes",) if known.paid.intersection(own) else (),
        "freshness": (str(freshness),),
        "competence": tuple(key for key, _names in terms),
    }
    return Document(
        id=pk,
        title=row["name"],
        text=" · ".join(part for part in said if part),
        items=tuple(items),
        facets=facets,
        boost=OVERDUE_BOOST if freshness is Freshness.OVERDUE else 1.0,
    )


def meanings(document: Document) -> list[str]:
    """The texts of a document that may answer a question each by itself."""
    return [f"{document.title}. {document.text}", *document.items][:MOST_ITEMS]


def _each(lists: Iterable[Iterable[object]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(value) for values in lists for value in values))


def _further(texts: object) -> Iterator[str]:
    """What is said in further languages."""
    if isinstance(texts, dict):
        for said in texts.values():
            if isinstance(said, dict):
                yield from (str(text) for text in said.values() if text)
