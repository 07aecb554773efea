"""The states of a bank account: nobody is paid on an account that one person alone entered."""

from __future__ import annotations

from enum import StrEnum

from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import N_
from landbridge.foundation.workflow import Move, Workflow


class S(StrEnum):
    PROPOSED = "proposed"
    APPROVED = "approved"
    REFUSED = "refused"
    REPLACED = "replaced"


class M(StrEnum):
    APPROVE = "approve"
    REFUSE = "refuse"
    REPLACE = "replace"


NAME_OF = {
    S.PROPOSED: N_("Waits for a second person"),
    S.APPROVED: N_("In use"),
    S.REFUSED: N_("Refused"),
    S.REPLACED: N_("Replaced"),
}

WORKFLOW = Workflow(
    #    move       from                        to           who may
    Move(M.APPROVE, (S.PROPOSED,),              S.APPROVED,  P.BANK_ACCOUNT_APPROVE),
    Move(M.REFUSE,  (S.PROPOSED,),              S.REFUSED,   P.BANK_ACCOUNT_APPROVE),
    Move(M.REPLACE, (S.PROPOSED, S.APPROVED),   S.REPLACED,  P.BANK_ACCOUNT_APPROVE),
)  # fmt: skip
