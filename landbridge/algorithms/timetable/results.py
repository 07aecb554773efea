"""What comes out: the meetings with their proof, the wishes left over with their reasons, and what a repair changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from landbridge.algorithms.timetable.problem import Placed


def N_(message: str) -> str:  # noqa: N802 - the name gettext tools look for
    """Mark a message for translation; it is translated when shown."""
    return message


class Effort(StrEnum):
    """How long to look for better; counted in steps, never in seconds."""

    QUICK = "quick"
    NORMAL = "normal"
    THOROUGH = "thorough"


class Stage(StrEnum):
    """What the solver is at."""

    BOUND = "bound"
    PLACING = "placing"
    IMPROVING = "improving"
    GAPS = "gaps"
    TABLES = "tables"
    DONE = "done"


class Why(StrEnum):
    """Why a wish was not placed."""

    NO_COMMON_SLOT = "no_common_slot"
    NO_COMMON_TABLE = "no_common_table"
    BLOCKED_BY_LOCK = "blocked_by_lock"
    PERSON_FULL = "person_full"
    TABLES_FULL = "tables_full"
    OUTWEIGHED = "outweighed"
    CROWDED_OUT = "crowded_out"
    NOT_MOVED = "not_moved"

    @property
    def label(self) -> str:
        """The reason as one sentence, marked for translation."""
        return LABELS[self]


LABELS = {
    Why.NO_COMMON_SLOT: N_("There is no slot in which both are there."),
    Why.NO_COMMON_TABLE: N_("There is no table that both can reach while both are there."),
    Why.BLOCKED_BY_LOCK: N_("Locked meetings take every slot, table or place that they could have had."),
    Why.PERSON_FULL: N_("One of the two, or both, have as many meetings as they can hold."),
    Why.TABLES_FULL: N_("All tables are taken in the slots in which both are free."),
    Why.OUTWEIGHED: N_("In every slot they share, one of the two has a meeting that weighs as much or more."),
    Why.CROWDED_OUT: N_(
        "In every slot they share, one of the two has another meeting, and no exchange was found that brings more."
    ),
    Why.NOT_MOVED: N_(
        "Placing it would move more published meetings than is allowed, or than it is worth, or was not asked for."
    ),
}


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A wish without a meeting. `who` are the people who are the reason; `meetings` of `most` each of them has."""

    wish: int
    why: Why
    who: tuple[int, ...] = ()
    meetings: tuple[int, ...] = ()
    most: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the solver is: the stage, 0 to 1 of the whole, the weight placed and its share of the bound."""

    stage: Stage
    done: float
    weight: int
    share: float


@dataclass(frozen=True, slots=True)
class Statistics:
    """How good a timetable is for the people in it.

    `nobody`: who could meet somebody and meets nobody. `fewer_than_three`: below three, or what is possible if that is
    less (`nobody` among them). `idle_slots`: free slots between two meetings of the same part of the day. `jain`: fairness
    of the shares of what each could have, 1 if all are equal. `seconds` of processor time are not compared.
    """

    meetings: int
    mutual: int
    nobody: int
    fewer_than_three: int
    idle_slots: int
    changes_of_table: int
    jain: float
    seconds: float = field(default=0.0, compare=False)


@dataclass(frozen=True, slots=True)
class Timetable:
    """Who meets whom, when and where. `bound` is proved: no timetable of this problem weighs more."""

    placed: tuple[Placed, ...]
    unplaced: tuple[Unplaced, ...]
    weight: int
    bound: float
    share: float
    seed: int
    iterations: int
    statistics: Statistics
    code_version: str


@dataclass(frozen=True, slots=True)
class Repair:
    """What a repair changed, and the timetable after it.

    `moved` meetings have another slot or table. `people_disturbed` are in one of these; whose meeting was cancelled because
    it had become impossible, or who has a new one, does not count.
    """

    cancelled: tuple[Placed, ...]
    moved: tuple[tuple[Placed, Placed], ...]
    added: tuple[Placed, ...]
    placed: tuple[Placed, ...]
    unplaced: tuple[Unplaced, ...]
    people_disturbed: tuple[int, ...]
