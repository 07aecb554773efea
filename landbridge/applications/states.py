"""The states of an application, from draft to decision."""

from __future__ import annotations

from enum import StrEnum

from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import N_
from landbridge.foundation.workflow import Move, Workflow


class S(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    AWARDED = "awarded"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return NAME_OF[self]


class M(StrEnum):
    SUBMIT = "submit"
    RETURN = "return"
    AWARD = "award"
    REJECT = "reject"
    WITHDRAW = "withdraw"


NAME_OF = {
    S.DRAFT: N_("Draft"),
    S.SUBMITTED: N_("Submitted"),
    S.AWARDED: N_("Awarded"),
    S.REJECTED: N_("Not awarded"),
    S.WITHDRAWN: N_("Withdrawn"),
}

WORKFLOW = Workflow(
    #    move        from                       to            who may
    Move(M.SUBMIT,   (S.DRAFT,),                S.SUBMITTED,  P.APPLICATION_SUBMIT),
    Move(M.RETURN,   (S.SUBMITTED,),            S.DRAFT,      P.APPLICATION_RETURN),
    Move(M.AWARD,    (S.SUBMITTED,),            S.AWARDED,    P.APPLICATION_DECIDE),
    Move(M.REJECT,   (S.SUBMITTED,),            S.REJECTED,   P.APPLICATION_DECIDE),
    Move(M.WITHDRAW, (S.DRAFT, S.SUBMITTED),    S.WITHDRAWN,  P.APPLICATION_WITHDRAW),
)  # fmt: skip
