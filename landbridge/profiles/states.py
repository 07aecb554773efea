"""The five kinds of partner profiles, and the states of a profile and of an interest in it."""

from __future__ import annotations

from enum import StrEnum

from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import N_
from landbridge.foundation.workflow import Move, Workflow


class Kind(StrEnum):
    """Source: rules of the field, section 2; the letters begin a profile's number."""

    TECHNOLOGY_OFFER = "TO"
    TECHNOLOGY_REQUEST = "TR"
    BUSINESS_OFFER = "BO"
    BUSINESS_REQUEST = "BR"
    RD_REQUEST = "RDR"

    @property
    def label(self) -> str:
        return KIND_NAMES[self]


KIND_NAMES = {
    Kind.TECHNOLOGY_OFFER: N_("Technology offer"),
    Kind.TECHNOLOGY_REQUEST: N_("Technology request"),
    Kind.BUSINESS_OFFER: N_("Business offer"),
    Kind.BUSINESS_REQUEST: N_("Business request"),
    Kind.RD_REQUEST: N_("R&D request"),
}


class S(StrEnum):
    DRAFT = "draft"
    CHECK = "check"
    PUBLISHED = "published"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return NAME_OF[self]


class M(StrEnum):
    SUBMIT = "submit"
    RETURN = "return"
    PUBLISH = "publish"
    RENEW = "renew"
    EXPIRE = "expire"
    WITHDRAW = "withdraw"


NAME_OF = {
    S.DRAFT: N_("Draft"),
    S.CHECK: N_("With a second region"),
    S.PUBLISHED: N_("Published"),
    S.EXPIRED: N_("Expired"),
    S.WITHDRAWN: N_("Withdrawn"),
}

WORKFLOW = Workflow(
    #    move        from                                          to            who may
    Move(M.SUBMIT,   (S.DRAFT,),                                   S.CHECK,      P.PROFILE_EDIT),
    Move(M.RETURN,   (S.CHECK,),                                   S.DRAFT,      P.PROFILE_CHECK),
    Move(M.PUBLISH,  (S.CHECK,),                                   S.PUBLISHED,  P.PROFILE_CHECK),
    Move(M.RENEW,    (S.PUBLISHED, S.EXPIRED),                     S.PUBLISHED,  P.PROFILE_EDIT),
    Move(M.EXPIRE,   (S.PUBLISHED,),                               S.EXPIRED,    P.PROFILE_EDIT),
    Move(M.WITHDRAW, (S.DRAFT, S.CHECK, S.PUBLISHED, S.EXPIRED),   S.WITHDRAWN,  P.PROFILE_EDIT),
)  # fmt: skip


class Interest(StrEnum):
    """An expression of interest, from desk to desk."""

    SENT = "sent"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return INTEREST_NAMES[self]


class InterestMove(StrEnum):
    ACCEPT = "accept"
    DECLINE = "decline"
    WITHDRAW = "withdraw"


INTEREST_NAMES = {
    Interest.SENT: N_("Waits for the other desk"),
    Interest.ACCEPTED: N_("Taken up"),
    Interest.DECLINED: N_("Declined"),
    Interest.WITHDRAWN: N_("Withdrawn"),
}

INTEREST_WORKFLOW = Workflow(
    #    move                   from               to                   who may
    Move(InterestMove.ACCEPT,   (Interest.SENT,),  Interest.ACCEPTED,   P.PROFILE_EDIT),
    Move(InterestMove.DECLINE,  (Interest.SENT,),  Interest.DECLINED,   P.PROFILE_EDIT),
    Move(InterestMove.WITHDRAW, (Interest.SENT,),  Interest.WITHDRAWN,  P.PROFILE_EDIT),
)  # fmt: skip
