"""The states of a transfer between two partners' lines: both agree before anything moves."""

from __future__ import annotations

from enum import StrEnum

from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import N_
from landbridge.foundation.workflow import Move, Workflow


class S(StrEnum):
    PROPOSED = "proposed"
    POSTED = "posted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class M(StrEnum):
    AGREE = "agree"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"


NAME_OF = {
    S.PROPOSED: N_("Waits for the other side"),
    S.POSTED: N_("Agreed and posted"),
    S.REFUSED: N_("Refused"),
    S.WITHDRAWN: N_("Withdrawn"),
}

WORKFLOW = Workflow(
    #    move        from              to            who may
    Move(M.AGREE,    (S.PROPOSED,),    S.POSTED,     P.BUDGET_MOVE),
    Move(M.REFUSE,   (S.PROPOSED,),    S.REFUSED,    P.BUDGET_MOVE),
    Move(M.WITHDRAW, (S.PROPOSED,),    S.WITHDRAWN,  P.BUDGET_MOVE),
)  # fmt: skip
