"""The states of a programme's phase."""

from __future__ import annotations

from enum import StrEnum

from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import N_
from landbridge.foundation.workflow import Move, Workflow


class S(StrEnum):
    PLANNED = "planned"
    RUNNING = "running"
    HIBERNATING = "hibernating"
    CLOSED = "closed"


class M(StrEnum):
    START = "start"
    HIBERNATE = "hibernate"
    WAKE = "wake"
    CLOSE = "close"


NAME_OF = {
    S.PLANNED: N_("Planned"),
    S.RUNNING: N_("Running"),
    S.HIBERNATING: N_("Hibernating"),
    S.CLOSED: N_("Closed"),
}

WORKFLOW = Workflow(
    #    move         from                          to              who may
    Move(M.START,     (S.PLANNED,),                 S.RUNNING,      P.PROGRAMME_EDIT),
    Move(M.HIBERNATE, (S.RUNNING,),                 S.HIBERNATING,  P.PROGRAMME_EDIT),
    Move(M.WAKE,      (S.HIBERNATING,),             S.RUNNING,      P.PROGRAMME_EDIT),
    Move(M.CLOSE,     (S.RUNNING, S.HIBERNATING),   S.CLOSED,       P.PROGRAMME_EDIT),
)  # fmt: skip
