"""Where a figure comes from, and which way is better."""

from __future__ import annotations

from enum import StrEnum

from landbridge.foundation.problems import N_


class Came(StrEnum):
    """Where a reading's value comes from."""

    COMPUTED = "computed"
    PUBLISHED = "published"
    ENTERED = "entered"

    @property
    def label(self) -> str:
        return CAME_NAMES[self]


CAME_NAMES = {
    Came.COMPUTED: N_("Counted in the records"),
    Came.PUBLISHED: N_("As the programme published it"),
    Came.ENTERED: N_("Entered by hand"),
}


class Kind(StrEnum):
    """What an indicator speaks of, in the words of the programme authorities."""

    OUTPUT = "output"
    RESULT = "result"
    PROCESS = "process"

    @property
    def label(self) -> str:
        return KIND_NAMES[self]


KIND_NAMES = {
    Kind.OUTPUT: N_("Output"),
    Kind.RESULT: N_("Result"),
    Kind.PROCESS: N_("Process"),
}
