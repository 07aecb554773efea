"""The states of a call. Whether a published call is open is a question of its window, not a state."""

from __future__ import annotations

from enum import StrEnum

from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import N_
from landbridge.foundation.workflow import Move, Workflow


class S(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    DECIDED = "decided"
    CANCELLED = "cancelled"


class M(StrEnum):
    PUBLISH = "publish"
    EXTEND = "extend"
    FINISH = "finish"
    CANCEL = "cancel"


NAME_OF = {
    S.DRAFT: N_("In preparation"),
    S.PUBLISHED: N_("Published"),
    S.DECIDED: N_("Decided"),
    S.CANCELLED: N_("Cancelled"),
}

WORKFLOW = Workflow(
    #    move       from                        to            who may
    Move(M.PUBLISH, (S.DRAFT,),                 S.PUBLISHED,  P.CALL_PUBLISH),
    Move(M.EXTEND,  (S.PUBLISHED,),             S.PUBLISHED,  P.CALL_PUBLISH),
    Move(M.FINISH,  (S.PUBLISHED,),             S.DECIDED,    P.CALL_PUBLISH),
    Move(M.CANCEL,  (S.DRAFT, S.PUBLISHED),     S.CANCELLED,  P.CALL_PUBLISH),
)  # fmt: skip
