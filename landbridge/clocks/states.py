"""How a clock ends, and how pressing one that runs is."""

from __future__ import annotations

from enum import StrEnum

from landbridge.foundation.problems import N_


class Ending(StrEnum):
    """Why a clock no longer runs."""

    MET = "met"
    HANDED_OVER = "handed_over"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        return NAME_OF[self]


NAME_OF = {
    Ending.MET: N_("Done"),
    Ending.HANDED_OVER: N_("Handed over"),
    Ending.CANCELLED: N_("No longer needed"),
}


class Urgency(StrEnum):
    """How pressing a clock is at a moment, the most pressing first."""

    LATE = "late"
    TODAY = "today"
    SOON = "soon"
    LATER = "later"
    PAUSED = "paused"

    @property
    def label(self) -> str:
        return URGENCY_NAMES[self]


URGENCY_NAMES = {
    Urgency.LATE: N_("Overdue"),
    Urgency.TODAY: N_("Due today"),
    Urgency.SOON: N_("Due soon"),
    Urgency.LATER: N_("In time"),
    Urgency.PAUSED: N_("Paused"),
}
