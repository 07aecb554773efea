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
    SUPERSEDE = "supersede"


NAME_OF = {
    S.PROPOSED: N_("Waits for a second person"),
    S.APPROVED: N_("In use"),
    S.REFUSED: N_("Refused"),
    S.REPLACED: N_("Replaced"),
}

# An approved account replaces the one in use; a newer proposal takes the place of one that still waits.
WORKFLOW = Workflow(
    #    move         from           to           who may
    Move(M.APPROVE,   (S.PROPOSED,), S.APPROVED,  P.BANK_ACCOUNT_APPROVE),
    Move(M.REFUSE,    (S.PROPOSED,), S.REFUSED,   P.BANK_ACCOUNT_APPROVE),
    Move(M.REPLACE,   (S.APPROVED,), S.REPLACED,  P.BANK_ACCOUNT_APPROVE),
    Move(M.SUPERSEDE, (S.PROPOSED,), S.REPLACED,  P.BANK_ACCOUNT_PROPOSE),
)  # fmt: skip
