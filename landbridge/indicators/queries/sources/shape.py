"""What a named source is: a query with parameters, and how a figure is made of its rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from landbridge.indicators.queries.facts import Facts
from landbridge.indicators.queries.scopes import Scope
from landbridge.indicators.rules import Made, Row
from landbridge.indicators.states import Kind


@dataclass(frozen=True, slots=True)
class Parameter:
    """What an indicator may tell its source: the key, its name, and the values that it may have with their names.

    Without choices it is a whole number between `low` and `high`. Empty always means: all.
    """

    key: str
    name: str
    choices: Callable[[], Sequence[tuple[str, str]]] | None = None
    low: int = 0
    high: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """A query with a name. It gives facts that the database counts, or rows that were put together in Python.

    `divides_by` says by which places it can be told apart: "programme", "phase", "partner", "region"; asked for
    another place, nothing is known. `asked` says how many were asked, where rows are answers. With `is_restated` a row
    changes its share in later days, so that each day of a series is read by itself.
    """

    key: str
    name: str
    explanation: str
    made: Made
    facts: Callable[[Scope], Sequence[Facts]] | None = None
    rows: Callable[[Scope], Sequence[Row]] | None = None
    asked: Callable[[Scope], int | None] | None = None
    parameters: tuple[Parameter, ...] = ()
    divides_by: frozenset[str] = frozenset({"programme", "phase", "partner", "region"})
    kind: Kind = Kind.OUTPUT
    is_euro: bool = False
    is_restated: bool = False

    def knows(self, scope: Scope) -> bool:
        """Whether it can be told apart by this place."""
        asked = {
            "phase": scope.phase_id,
            "partner": scope.partner_id,
            "region": scope.region_id,
        }
        return all(place in self.divides_by for place, pk in asked.items() if pk)
