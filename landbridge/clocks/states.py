"""How a clock ends, and what it may be about."""

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
