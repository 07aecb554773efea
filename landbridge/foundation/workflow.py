"""A workflow is a table of moves: the same table gives the check, the buttons, the diagram and the tests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import N_, NotAllowed, Problem, Refused


class Stateful(Protocol):
    """Anything with a lifecycle: one column named `state`."""

    state: str


class MayAct(Protocol):
    """Whoever asks for a move; see `Actor`."""

    def may(self, permission: P, /) -> bool: ...


@dataclass(frozen=True, slots=True)
class Move:
    """One way from some states to one state, and who may take it."""

    name: str
    sources: tuple[str, ...]
    target: str
    permission: P


class Workflow:
    """All moves of one lifecycle, in the order in which they are offered."""

    def __init__(self, *moves: Move) -> None:
        self.moves = moves
        self._by_name = {move.name: move for move in moves}
        if len(self._by_name) != len(moves):
            raise ValueError("A move's name stands once in its workflow.")

    def __iter__(self) -> Iterator[Move]:
        return iter(self.moves)

    def target(self, name: str, *, of: Stateful, by: MayAct) -> str:
        """The state that the move leads to.

        Raises `NotAllowed` where the actor's role does not hold the permission, and `Refused` where the
        object does not stand in a state from which the move is possible.
        """
        move = self._by_name[name]
        if not by.may(move.permission):
            raise NotAllowed(move.permission)
        if of.state not in move.sources:
            raise Refused(
                [
                    Problem(
                        code="wrong_state",
                        message=N_("This is no longer possible: it has moved on in the meantime."),
                        cure=N_(
                            "Look at the page again; it shows where things stand and what can be done next."
                        ),
                        params={"state": of.state, "move": name},
                    )
                ]
            )
        return move.target

    def allows(self, name: str, *, of: Stateful, by: MayAct) -> bool:
        """Whether the button for this move is shown."""
        move = self._by_name[name]
        return of.state in move.sources and by.may(move.permission)

    def open_to(self, by: MayAct, *, of: Stateful) -> list[Move]:
        """The moves that this actor may take now, in the order of the table."""
        return [move for move in self.moves if of.state in move.sources and by.may(move.permission)]

    def reachable_from(self, start: str) -> frozenset[str]:
        """All states that some sequence of moves leads to from `start`, itself included."""
        found = {start}
        frontier = [start]
        while frontier:
            here = frontier.pop()
            for move in self.moves:
                if here in move.sources and move.target not in found:
                    found.add(move.target)
                    frontier.append(move.target)
        return frozenset(found)
