"""The states of an enquiry, of a lead, and of mail that came in."""

from __future__ import annotations

from enum import StrEnum

from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import N_
from landbridge.foundation.workflow import Move, Workflow


class S(StrEnum):
    NEW = "new"
    ACKNOWLEDGED = "acknowledged"
    ANALYSIS = "analysis"
    READY = "ready"
    SEARCHING = "searching"
    SHORTLISTED = "shortlisted"
    INTRODUCING = "introducing"
    OUTCOME_KNOWN = "outcome_known"
    CLOSED = "closed"
    DECLINED = "declined"
    ON_HOLD = "on_hold"

    @property
    def label(self) -> str:
        return NAME_OF[self]


class M(StrEnum):
    ACKNOWLEDGE = "acknowledge"
    ANALYSE = "analyse"
    MAKE_READY = "make_ready"
    SEARCH = "search"
    SEND_SHORTLIST = "send_shortlist"
    INTRODUCE = "introduce"
    REPORT_OUTCOME = "report_outcome"
    CLOSE = "close"
    DECLINE = "decline"
    HOLD = "hold"
    RESUME = "resume"
    REOPEN = "reopen"


NAME_OF = {
    S.NEW: N_("New"),
    S.ACKNOWLEDGED: N_("Acknowledged"),
    S.ANALYSIS: N_("Needs being analysed"),
    S.READY: N_("Ready to search"),
    S.SEARCHING: N_("Searching"),
    S.SHORTLISTED: N_("Shortlist sent"),
    S.INTRODUCING: N_("Introducing"),
    S.OUTCOME_KNOWN: N_("Outcome known"),
    S.CLOSED: N_("Closed"),
    S.DECLINED: N_("Declined"),
    S.ON_HOLD: N_("On hold"),
}

OPEN = (
    S.NEW, S.ACKNOWLEDGED, S.ANALYSIS, S.READY, S.SEARCHING, S.SHORTLISTED, S.INTRODUCING, S.OUTCOME_KNOWN,
)  # fmt: skip

# RESUME and REOPEN lead back to where the enquiry stood (`Enquiry.stood_at`); their target here is the earliest.
WORKFLOW = Workflow(
    #    move              from                                             to                who may
    Move(M.ACKNOWLEDGE,    (S.NEW,),                                        S.ACKNOWLEDGED,   P.ENQUIRY_WORK),
    Move(M.ANALYSE,        (S.ACKNOWLEDGED,),                               S.ANALYSIS,       P.ENQUIRY_WORK),
    Move(M.MAKE_READY,     (S.ACKNOWLEDGED, S.ANALYSIS),                    S.READY,          P.ENQUIRY_WORK),
    Move(M.SEARCH,         (S.READY, S.SHORTLISTED, S.INTRODUCING),         S.SEARCHING,      P.ENQUIRY_WORK),
    Move(M.SEND_SHORTLIST, (S.SEARCHING,),                                  S.SHORTLISTED,    P.ENQUIRY_WORK),
    Move(M.INTRODUCE,      (S.SEARCHING, S.SHORTLISTED, S.INTRODUCING),     S.INTRODUCING,    P.INTRODUCTION_PROPOSE),
    Move(M.REPORT_OUTCOME, (S.INTRODUCING,),                                S.OUTCOME_KNOWN,  P.ENQUIRY_WORK),
    Move(M.CLOSE,          OPEN,                                            S.CLOSED,         P.ENQUIRY_WORK),
    Move(M.DECLINE,        (S.NEW, S.ACKNOWLEDGED, S.ANALYSIS),             S.DECLINED,       P.ENQUIRY_WORK),
    Move(M.HOLD,           OPEN,                                            S.ON_HOLD,        P.ENQUIRY_WORK),
    Move(M.RESUME,         (S.ON_HOLD,),                                    S.ACKNOWLEDGED,   P.ENQUIRY_WORK),
    Move(M.REOPEN,         (S.CLOSED, S.DECLINED),                          S.ACKNOWLEDGED,   P.ENQUIRY_WORK),
)  # fmt: skip


class Closing(StrEnum):
    """What an enquiry was closed with."""

    COLLABORATION = "collaboration"
    APPLICATION = "application"
    INFORMATION = "information"
    NO_MATCH = "no_match"
    SILENT = "silent"
    DUPLICATE = "duplicate"

    @property
    def label(self) -> str:
        return CLOSING_NAMES[self]


CLOSING_NAMES = {
    Closing.COLLABORATION: N_("Collaboration"),
    Closing.APPLICATION: N_("Voucher application"),
    Closing.INFORMATION: N_("Information only"),
    Closing.NO_MATCH: N_("No match found"),
    Closing.SILENT: N_("The company no longer answered"),
    Closing.DUPLICATE: N_("Asked twice"),
}


class LeadState(StrEnum):
    """A desk's lead of an enquiry: offered by another desk, then accepted, refused or expired; ended in the end."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    EXPIRED = "expired"
    ENDED = "ended"

    @property
    def label(self) -> str:
        return LEAD_NAMES[self]


class LeadMove(StrEnum):
    ACCEPT = "accept"
    REFUSE = "refuse"
    EXPIRE = "expire"
    END = "end"


LEAD_NAMES = {
    LeadState.OFFERED: N_("Offered"),
    LeadState.ACCEPTED: N_("Leads"),
    LeadState.REFUSED: N_("Refused"),
    LeadState.EXPIRED: N_("Expired"),
    LeadState.ENDED: N_("Led until then"),
}

LEAD_WORKFLOW = Workflow(
    #    move             from                    to                    who may
    Move(LeadMove.ACCEPT, (LeadState.OFFERED,),   LeadState.ACCEPTED,   P.ENQUIRY_WORK),
    Move(LeadMove.REFUSE, (LeadState.OFFERED,),   LeadState.REFUSED,    P.ENQUIRY_WORK),
    Move(LeadMove.EXPIRE, (LeadState.OFFERED,),   LeadState.EXPIRED,    P.ENQUIRY_WORK),
    Move(LeadMove.END,    (LeadState.ACCEPTED,),  LeadState.ENDED,      P.ENQUIRY_WORK),
)  # fmt: skip
