"""The search box: words and filters to one page of public records, with exact counts and what was read differently."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from landbridge.algorithms.matching.question import Correction, Expansion, Reading
from landbridge.catalogue.models import Record
from landbridge.catalogue.search import index
from landbridge.catalogue.search.documents import FACETS
from landbridge.catalogue.search.places import places
from landbridge.catalogue.search.terms import synonyms
from landbridge.foundation.search.engine import Engine, Filters, reading
from landbridge.programmes.models import Region

ON_A_PAGE = 20
FEW = 5  # so few hits, and others that say something near are shown beneath them
MOST_CLOSE = 5
NEAR_ENOUGH = 0.42  # cosine of a question and the sentence that answers it, at least
LONGEST_TEXT = 300
EVERY = 1_000_000


@dataclass(frozen=True, slots=True)
class Found:
    """One page of what was found. `facets` counts the hits of each value as if nothing of that facet were chosen.

    `undone` are the words that were, as asked, neither corrected nor expanded. `close` are records that say
    something near, where the words found few; they are not counted.
    """

    hits: tuple[int, ...] = ()
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    total: int = 0
    expanded: tuple[Expansion, ...] = ()
    corrected: tuple[Correction, ...] = ()
    undone: tuple[str, ...] = ()
    close: tuple[int, ...] = ()


def search(
    text: str,
    filters: Filters | None = None,
    page: int = 1,
    *,
    literally: Collection[str] = (),
    sort: str = "",
    facets: Sequence[str] = FACETS,
    size: int = ON_A_PAGE,
) -> Found:
    """Find public records that have every word and one of the values of each facet.

    `sort`: "" by fit, "name", or "near-" with the key of a region. `literally`: words to take as they were typed.
    """
    searched = index.searched()
    asked = read(text, searched=searched, literally=literally)
    chosen = {name: tuple(values) for name, values in (filters or {}).items() if values}
    by_fit = not sort
    found = searched.search(
        asked,
        filters=chosen,
        facets=facets,
        limit=size if by_fit else EVERY,
        offset=max(page - 1, 0) * size if by_fit else 0,
    )
    hits = found.ids if by_fit else _sorted(found.ids, sort)[max(page - 1, 0) * size :][:size]
    return Found(
        hits=_public(hits),
        facets=found.facets,
        total=found.total,
        expanded=asked.expansions,
        corrected=asked.corrections,
        undone=tuple(literally),
        close=_close(asked, searched, chosen, besides=found.ids) if found.total <= FEW and page <= 1 else (),
    )


def found_numbers(text: str, filters: Filters | None = None, *, literally: Collection[str] = ()) -> list[int]:
    """The numbers of everything that is found, best first: for the map and for alerts."""
    searched = index.searched()
    chosen = {name: tuple(values) for name, values in (filters or {}).items() if values}
    asked = read(text, searched=searched, literally=literally)
    if asked.is_empty:
        every: list[int] = searched.ids(filters=chosen).tolist()
        return every
    return list(searched.search(asked, filters=chosen, limit=EVERY).ids)


def read(text: str, *, searched: Engine, literally: Collection[str] = ()) -> Reading:
    """A search box, read with the words of the index and the synonyms of the vocabulary."""
    return reading(text[:LONGEST_TEXT], searched=searched, synonyms=synonyms(), literally=literally)


def _sorted(numbers: Sequence[int], sort: str) -> list[int]:
    known = places()
    region = Region.objects.filter(key=sort.removeprefix("near-")).first() if sort != "name" else None
    if region is None:
        return known.by_name(numbers)
    return known.by_distance(numbers, north=float(region.latitude), east=float(region.longitude))


def _public(numbers: Sequence[int]) -> tuple[int, ...]:
    """Only what is public at this moment, whatever an index still holds."""
    kept = set(Record.objects.public().filter(pk__in=numbers).values_list("pk", flat=True))
    return tuple(number for number in numbers if number in kept)


def _close(asked: Reading, searched: Engine, chosen: Filters, *, besides: Sequence[int]) -> tuple[int, ...]:
    """Records that have some of the words, or whose sentences mean nearly the same."""
    if not asked.groups:
        return ()
    found: list[int] = []
    meant = index.meaning()
    if meant is not None:
        allowed = searched.ids(filters=chosen)
        near = meant.vectors.nearest(
            meant.encoder.question(asked.typed), limit=MOST_CLOSE + len(besides), allowed=allowed
        )
        likely = np.asarray(near.scores) >= NEAR_ENOUGH
        found += [int(number) for number in np.asarray(near.ids)[likely]]
    if len(asked.groups) > 1:
        found += searched.best(asked, filters=chosen, limit=MOST_CLOSE + len(besides)).ids
    return _public([number for number in dict.fromkeys(found) if number not in set(besides)][:MOST_CLOSE])
