"""The states of a request for access, of a rule set, and of a complaint."""

from __future__ import annotations

from enum import StrEnum

from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import N_
from landbridge.foundation.workflow import Move, Workflow


class S(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    ELIGIBLE = "eligible"
    FEASIBLE = "feasible"
    QUOTED = "quoted"
    ACCEPTED = "accepted"
    AGREED = "agreed"
    IN_PROGRESS = "in_progress"
    DELIVERED = "delivered"
    CLOSED = "closed"
    NOT_FEASIBLE = "not_feasible"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        return NAME_OF[self]


class M(StrEnum):
    SUBMIT = "submit"
    RETURN = "return"
    FIND_ELIGIBLE = "find_eligible"
    DECLINE = "decline"
    FIND_FEASIBLE = "find_feasible"
    FIND_NOT_FEASIBLE = "find_not_feasible"
    QUOTE = "quote"
    ACCEPT = "accept"
    AGREE = "agree"
    BEGIN = "begin"
    DELIVER = "deliver"
    CLOSE = "close"
    WITHDRAW = "withdraw"
    CANCEL = "cancel"


NAME_OF = {
    S.DRAFT: N_("Draft"),
    S.SUBMITTED: N_("Handed in"),
    S.ELIGIBLE: N_("Eligible"),
    S.FEASIBLE: N_("Technically feasible"),
    S.QUOTED: N_("Quoted"),
    S.ACCEPTED: N_("Quote accepted"),
    S.AGREED: N_("Agreed"),
    S.IN_PROGRESS: N_("In progress"),
    S.DELIVERED: N_("Delivered"),
    S.CLOSED: N_("Closed"),
    S.NOT_FEASIBLE: N_("Not feasible"),
    S.DECLINED: N_("Declined"),
    S.WITHDRAWN: N_("Withdrawn"),
    S.CANCELLED: N_("Cancelled"),
}

AFTER_AGREEMENT = (S.AGREED, S.IN_PROGRESS, S.DELIVERED, S.CLOSED)
ENDED = (S.CLOSED, S.NOT_FEASIBLE, S.DECLINED, S.WITHDRAWN, S.CANCELLED)
# While a request stands here, its company may hold and give back slots.
HOLDING = (S.QUOTED, S.ACCEPTED)
BEFORE_AGREEMENT = (S.DRAFT, S.SUBMITTED, S.ELIGIBLE, S.FEASIBLE, S.QUOTED, S.ACCEPTED)

WORKFLOW = Workflow(
    #    move                 from                                    to               who may
    Move(M.SUBMIT,            (S.DRAFT,),                             S.SUBMITTED,     P.ACCESS_REQUEST),
    Move(M.RETURN,            (S.SUBMITTED,),                         S.DRAFT,         P.ACCESS_CHECK),
    Move(M.FIND_ELIGIBLE,     (S.SUBMITTED,),                         S.ELIGIBLE,      P.ACCESS_CHECK),
    Move(M.DECLINE,           (S.SUBMITTED,),                         S.DECLINED,      P.ACCESS_CHECK),
    Move(M.FIND_FEASIBLE,     (S.ELIGIBLE,),                          S.FEASIBLE,      P.ACCESS_ANSWER),
    Move(M.FIND_NOT_FEASIBLE, (S.ELIGIBLE,),                          S.NOT_FEASIBLE,  P.ACCESS_ANSWER),
    Move(M.QUOTE,             (S.FEASIBLE, S.QUOTED),                 S.QUOTED,        P.ACCESS_ANSWER),
    Move(M.ACCEPT,            (S.QUOTED,),                            S.ACCEPTED,      P.ACCESS_REQUEST),
    Move(M.AGREE,             (S.ACCEPTED,),                          S.AGREED,        P.ACCESS_ANSWER),
    Move(M.BEGIN,             (S.AGREED,),                            S.IN_PROGRESS,   P.ACCESS_ANSWER),
    Move(M.DELIVER,           (S.IN_PROGRESS,),                       S.DELIVERED,     P.ACCESS_ANSWER),
    Move(M.CLOSE,             (S.DELIVERED,),                         S.CLOSED,        P.ACCESS_END),
    Move(M.WITHDRAW,          BEFORE_AGREEMENT,                       S.WITHDRAWN,     P.ACCESS_REQUEST),
    Move(M.CANCEL,            (S.AGREED, S.IN_PROGRESS),              S.CANCELLED,     P.ACCESS_END),
)  # fmt: skip


class Feasibility(StrEnum):
    """What the facility's technical check found."""

    AS_ASKED = "as_asked"
    WITH_CHANGES = "with_changes"
    NO = "no"

    @property
    def label(self) -> str:
        return FEASIBILITY_NAMES[self]


FEASIBILITY_NAMES = {
    Feasibility.AS_ASKED: N_("Feasible as asked"),
    Feasibility.WITH_CHANGES: N_("Feasible with changes"),
    Feasibility.NO: N_("Not feasible"),
}


class RulesState(StrEnum):
    """A version of the common rules is written, then published for good."""

    DRAFT = "draft"
    PUBLISHED = "published"

    @property
    def label(self) -> str:
        return RULES_NAMES[self]


RULES_NAMES = {
    RulesState.DRAFT: N_("Draft"),
    RulesState.PUBLISHED: N_("Published"),
}
