"""The states of a coaching case, of a proposed coach, of a plan and of a session."""

from __future__ import annotations

from enum import StrEnum

from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import N_
from landbridge.foundation.workflow import Move, Workflow


# ── A case ───────────────────────────────────────────────────────────────────────────────────────────────────────────
class S(StrEnum):
    ASKED = "asked"
    ASSIGNED = "assigned"
    CONTACTED = "contacted"
    ANALYSED = "analysed"
    MATCHED = "matched"
    PLANNED = "planned"
    COACHING = "coaching"
    REPORTED = "reported"
    CHECKED = "checked"
    CLOSED = "closed"
    ENDED = "ended"

    @property
    def label(self) -> str:
        return NAME_OF[self]


class M(StrEnum):
    ASSIGN = "assign"
    CONTACT = "contact"
    ANALYSE = "analyse"
    MATCH = "match"
    REMATCH = "rematch"
    PLAN = "plan"
    REPLAN = "replan"
    BEGIN = "begin"
    REPORT = "report"
    RETURN = "return"
    SEND_BACK = "send_back"
    CHECK = "check"
    APPROVE = "approve"
    WITHDRAW = "withdraw"
    END = "end"


NAME_OF = {
    S.ASKED: N_("Asked for"),
    S.ASSIGNED: N_("With an adviser"),
    S.CONTACTED: N_("First talk held"),
    S.ANALYSED: N_("Needs known"),
    S.MATCHED: N_("Coach found"),
    S.PLANNED: N_("Plan with the company"),
    S.COACHING: N_("Coaching"),
    S.REPORTED: N_("Report written"),
    S.CHECKED: N_("Report checked"),
    S.CLOSED: N_("Closed"),
    S.ENDED: N_("Ended early"),
}
OVER = (S.CLOSED, S.ENDED)
WRITTEN = (S.REPORTED, S.CHECKED, S.CLOSED)  # there is a report to read
_BEFORE_COACHING = (S.ASKED, S.ASSIGNED, S.CONTACTED, S.ANALYSED, S.MATCHED, S.PLANNED)
_RUNNING = (*_BEFORE_COACHING, S.COACHING)

WORKFLOW = Workflow(
    #    move         from                         to            who may
    Move(M.ASSIGN,    (S.ASKED,),                  S.ASSIGNED,   P.COACHING_WORK),
    Move(M.CONTACT,   (S.ASSIGNED,),               S.CONTACTED,  P.COACHING_WORK),
    Move(M.ANALYSE,   (S.CONTACTED,),              S.ANALYSED,   P.COACHING_WORK),
    Move(M.MATCH,     (S.ANALYSED,),               S.MATCHED,    P.COACHING_COACH),
    Move(M.REMATCH,   (S.MATCHED, S.PLANNED),      S.ANALYSED,   P.COACHING_WORK),
    Move(M.PLAN,      (S.MATCHED,),                S.PLANNED,    P.COACHING_COACH),
    Move(M.REPLAN,    (S.PLANNED,),                S.MATCHED,    P.COACHING_ASK),
    Move(M.BEGIN,     (S.PLANNED,),                S.COACHING,   P.COACHING_ASK),
    Move(M.REPORT,    (S.COACHING,),               S.REPORTED,   P.COACHING_COACH),
    Move(M.RETURN,    (S.REPORTED,),               S.COACHING,   P.COACHING_WORK),
    Move(M.SEND_BACK, (S.CHECKED,),                S.COACHING,   P.COACHING_APPROVE),
    Move(M.CHECK,     (S.REPORTED,),               S.CHECKED,    P.COACHING_WORK),
    Move(M.APPROVE,   (S.CHECKED,),                S.CLOSED,     P.COACHING_APPROVE),
    Move(M.WITHDRAW,  _BEFORE_COACHING,            S.ENDED,      P.COACHING_ASK),
    Move(M.END,       _RUNNING,                    S.ENDED,      P.COACHING_WORK),
)  # fmt: skip


# ── A proposed coach ─────────────────────────────────────────────────────────────────────────────────────────────────
class Offered(StrEnum):
    PROPOSED = "proposed"
    CHOSEN = "chosen"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return OFFERED_NAMES[self]


class OfferMove(StrEnum):
    CHOOSE = "choose"
    ACCEPT = "accept"
    DECLINE = "decline"
    WITHDRAW = "withdraw"


OFFERED_NAMES = {
    Offered.PROPOSED: N_("Proposed to the company"),
    Offered.CHOSEN: N_("Chosen, waits for the coach"),
    Offered.ACCEPTED: N_("Accepted"),
    Offered.DECLINED: N_("Declined"),
    Offered.WITHDRAWN: N_("Withdrawn"),
}

CHOSEN = (Offered.CHOSEN, Offered.ACCEPTED)
_OPEN_OFFER = (Offered.PROPOSED, Offered.CHOSEN, Offered.ACCEPTED)

OFFER_WORKFLOW = Workflow(
    #    move                from                   to                  who may
    Move(OfferMove.CHOOSE,    (Offered.PROPOSED,),   Offered.CHOSEN,     P.COACHING_ASK),
    Move(OfferMove.ACCEPT,    (Offered.CHOSEN,),     Offered.ACCEPTED,   P.COACHING_COACH),
    Move(OfferMove.DECLINE,   (Offered.CHOSEN,),     Offered.DECLINED,   P.COACHING_COACH),
    Move(OfferMove.WITHDRAW,  _OPEN_OFFER,           Offered.WITHDRAWN,  P.COACHING_WORK),
)  # fmt: skip


# ── A session ────────────────────────────────────────────────────────────────────────────────────────────────────────
class SessionState(StrEnum):
    BOOKED = "booked"
    HELD = "held"
    APPROVED = "approved"
    DISPUTED = "disputed"
    CANCELLED = "cancelled"
    MISSED = "missed"

    @property
    def label(self) -> str:
        return SESSION_NAMES[self]


class SessionMove(StrEnum):
    HOLD = "hold"
    APPROVE = "approve"
    DISPUTE = "dispute"
    CORRECT = "correct"
    CANCEL = "cancel"
    MISS = "miss"


SESSION_NAMES = {
    SessionState.BOOKED: N_("Booked"),
    SessionState.HELD: N_("Held, hours to approve"),
    SessionState.APPROVED: N_("Hours approved"),
    SessionState.DISPUTED: N_("Hours disputed"),
    SessionState.CANCELLED: N_("Cancelled"),
    SessionState.MISSED: N_("Company did not come"),
}

SPENT = (SessionState.HELD, SessionState.APPROVED, SessionState.DISPUTED)  # their hours are entered
OCCUPIES = (SessionState.BOOKED, *SPENT, SessionState.MISSED)  # nobody else has the coach then

SESSION_WORKFLOW = Workflow(
    #    move                 from                       to                       who may
    Move(SessionMove.HOLD,     (SessionState.BOOKED,),    SessionState.HELD,       P.COACHING_COACH),
    Move(SessionMove.APPROVE,  (SessionState.HELD,),      SessionState.APPROVED,   P.COACHING_ASK),
    Move(SessionMove.DISPUTE,  (SessionState.HELD,),      SessionState.DISPUTED,   P.COACHING_ASK),
    Move(SessionMove.CORRECT,  (SessionState.DISPUTED,),  SessionState.HELD,       P.COACHING_COACH),
    Move(SessionMove.CANCEL,   (SessionState.BOOKED,),    SessionState.CANCELLED,  P.COACHING_SEE),
    Move(SessionMove.MISS,     (SessionState.BOOKED,),    SessionState.MISSED,     P.COACHING_COACH),
)  # fmt: skip


class Party(StrEnum):
    """Who gives feedback on a case."""

    COMPANY = "company"
    COACH = "coach"
    BROKER = "broker"

    @property
    def label(self) -> str:
        return PARTY_NAMES[self]


class Reached(StrEnum):
    """Whether an objective was reached; the report says."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"

    @property
    def label(self) -> str:
        return REACHED_NAMES[self]


REACHED_NAMES = {
    Reached.YES: N_("Reached"),
    Reached.PARTLY: N_("Partly reached"),
    Reached.NO: N_("Not reached"),
}
PARTY_NAMES = {Party.COMPANY: N_("Company"), Party.COACH: N_("Coach"), Party.BROKER: N_("Access Broker")}
