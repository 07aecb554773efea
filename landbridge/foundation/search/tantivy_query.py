"""A reading of a question as a query of tantivy."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import tantivy

from landbridge.algorithms.matching.question import Group, Reading, Way
from landbridge.foundation.search.engine import Filters

BODY = "body"
EXACT = "exact"
TITLE_WEIGHT = 0.3

Query = tantivy.Query
MUST, SHOULD, MUST_NOT = tantivy.Occur.Must, tantivy.Occur.Should, tantivy.Occur.MustNot
Clause = tuple[tantivy.Occur, tantivy.Query]


class Asking:
    """One reading, to be asked under changing filters."""

    def __init__(self, schema: tantivy.Schema, reading: Reading, *, every: bool, unless: Filters) -> None:
        self._schema = schema
        self._reading = reading
        self._must = [*self._needed(every=every), *self._refused(unless)]
        self._should = [] if every else list(self._ranking())

    def query(self, filters: Filters) -> tantivy.Query:
        """Everything together; filters do not change the score."""
        must = [
            *self._must,
            *((MUST, self._one_of(name, values)) for name, values in filters.items() if values),
        ]
        if not self._should:
            scored = self._titles() if self._reading.groups else []
            positive = any(occur == MUST for occur, _query in must)
            return Query.boolean_query([*(must if positive else [(MUST, Query.all_query()), *must]), *scored])
        ranking = Query.boolean_query(self._should)
        return Query.boolean_query([(MUST, ranking), *must]) if must else ranking

    def _needed(self, *, every: bool) -> Iterator[Clause]:
        if every:
            for group in self._reading.groups:
                yield MUST, self._any_way(group)
        for phrase in self._reading.phrases:
            yield MUST, self._phrase(phrase)

    def _refused(self, unless: Filters) -> Iterator[Clause]:
        for group in self._reading.excluded:
            yield MUST_NOT, self._any_way(group)
        for phrase in self._reading.excluded_phrases:
            yield MUST_NOT, self._phrase(phrase)
        for name, values in unless.items():
            if values:
                yield MUST_NOT, self._one_of(name, values)

    def _ranking(self) -> Iterator[Clause]:
        """Any word may be there. A word of several parts counts by its parts, too."""
        for group in self._reading.groups:
            own, *others = group.ways
            if len(own.stems) > 1:
                for stem in own.stems:
                    yield SHOULD, self._term(BODY, stem, weight=group.weight)
            if others or len(own.stems) == 1:
                ways = others if len(own.stems) > 1 else group.ways
                yield SHOULD, self._best_way(ways, weight=group.weight)
        yield from self._titles()

    def _titles(self) -> list[Clause]:
        if not self._reading.is_short:  # in a longer one, single words of a title say little
            return []
        stems = {stem: group.weight for group in self._reading.groups for stem in group.ways[0].stems}
        return [
            (SHOULD, self._term("title", stem, weight=weight * TITLE_WEIGHT))
            for stem, weight in stems.items()
        ]

    def _any_way(self, group: Group) -> tantivy.Query:
        return self._best_way(group.ways, weight=group.weight)

    def _best_way(self, ways: Sequence[Way], *, weight: float) -> tantivy.Query:
        queries = [self._way(way, weight=weight * way.weight) for way in ways]
        return queries[0] if len(queries) == 1 else Query.disjunction_max_query(queries)

    def _way(self, way: Way, *, weight: float) -> tantivy.Query:
        if len(way.stems) == 1:
            return self._term(BODY, way.stems[0], weight=weight)
        return Query.boolean_query([(MUST, self._term(BODY, stem, weight=weight)) for stem in way.stems])

    def _term(self, field: str, stem: str, *, weight: float) -> tantivy.Query:
        return Query.boost_query(Query.term_query(self._schema, field, stem, "freq"), weight)

    def _phrase(self, said: tuple[str, ...]) -> tantivy.Query:
        if len(said) == 1:
            return Query.term_query(self._schema, EXACT, said[0], "freq")
        return Query.phrase_query(self._schema, EXACT, list(said))

    def _one_of(self, name: str, values: Collection[str]) -> tantivy.Query:
        chosen = Query.term_set_query(self._schema, f"facets.{name}", sorted(values))
        return Query.const_score_query(chosen, 0.0)
