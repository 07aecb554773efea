"""The states of a voucher, from the award to its closing."""

from __future__ import annotations

from enum import StrEnum

from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import N_
from landbridge.foundation.workflow import Move, Workflow


class S(StrEnum):
    AWARDED = "awarded"
    ACTIVE = "active"
    CLOSED = "closed"
    DECLINED = "declined"
    LAPSED = "lapsed"

    @property
    def label(self) -> str:
        return NAME_OF[self]


class M(StrEnum):
    ACCEPT = "accept"
    DECLINE = "decline"
    EXTEND = "extend"
    CLOSE = "close"
    LAPSE = "lapse"


NAME_OF = {
    S.AWARDED: N_("Awarded"),
    S.ACTIVE: N_("In use"),
    S.CLOSED: N_("Closed"),
    S.DECLINED: N_("Declined"),
    S.LAPSED: N_("Lapsed"),
}

WORKFLOW = Workflow(
    #    move       from                        to           who may
    Move(M.ACCEPT,  (S.AWARDED,),               S.ACTIVE,    P.VOUCHER_ACCEPT),
    Move(M.DECLINE, (S.AWARDED,),               S.DECLINED,  P.VOUCHER_ACCEPT),
    Move(M.EXTEND,  (S.ACTIVE,),                S.ACTIVE,    P.VOUCHER_EXTEND),
    Move(M.CLOSE,   (S.ACTIVE,),                S.CLOSED,    P.VOUCHER_CLOSE),
    Move(M.LAPSE,   (S.AWARDED, S.ACTIVE),      S.LAPSED,    P.VOUCHER_CLOSE),
)  # fmt: skip
