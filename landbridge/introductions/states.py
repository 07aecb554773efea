"""The states of an introduction, and of the agreement that keeps it confidential."""

from __future__ import annotations

from enum import StrEnum

from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import N_
from landbridge.foundation.workflow import Move, Workflow


class S(StrEnum):
    PREPARED = "prepared"
    ASKED = "asked"
    MADE = "made"
    OUTCOME_KNOWN = "outcome_known"
    REFUSED = "refused"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return NAME_OF[self]


class M(StrEnum):
    ASK = "ask"
    MAKE = "make"
    REFUSE = "refuse"
    LAPSE = "lapse"
    WITHDRAW = "withdraw"
    REPORT = "report"


class Side(StrEnum):
    COMPANY = "company"
    PROVIDER = "provider"


NAME_OF = {
    S.PREPARED: N_("Prepared"),
    S.ASKED: N_("Both sides are asked"),
    S.MADE: N_("Introduced"),
    S.OUTCOME_KNOWN: N_("Outcome known"),
    S.REFUSED: N_("Refused"),
    S.LAPSED: N_("Lapsed"),
    S.WITHDRAWN: N_("Withdrawn"),
}

OPEN = (S.PREPARED, S.ASKED)
ENDED = (S.REFUSED, S.LAPSED, S.WITHDRAWN)

WORKFLOW = Workflow(
    #    move        from                       to               who may
    Move(M.ASK,      (S.PREPARED,),             S.ASKED,         P.INTRODUCTION_PROPOSE),
    Move(M.MAKE,     (S.ASKED,),                S.MADE,          P.INTRODUCTION_ANSWER),
    Move(M.REFUSE,   (S.ASKED,),                S.REFUSED,       P.INTRODUCTION_ANSWER),
    Move(M.LAPSE,    (S.ASKED,),                S.LAPSED,        P.INTRODUCTION_PROPOSE),
    Move(M.WITHDRAW, (S.PREPARED, S.ASKED),     S.WITHDRAWN,     P.INTRODUCTION_PROPOSE),
    Move(M.REPORT,   (S.MADE,),                 S.OUTCOME_KNOWN, P.INTRODUCTION_PROPOSE),
)  # fmt: skip


class Nda(StrEnum):
    """The confidentiality agreement: whether one is needed, and how far it is."""

    NOT_NEEDED = "not_needed"
    NEEDED = "needed"
    SENT = "sent"
    SIGNED = "signed"

    @property
    def label(self) -> str:
        return NDA_NAMES[self]


NDA_NAMES = {
    Nda.NOT_NEEDED: N_("No agreement needed"),
    Nda.NEEDED: N_("An agreement is needed"),
    Nda.SENT: N_("Sent for signature"),
    Nda.SIGNED: N_("Signed by both"),
}


class Shown(StrEnum):
    """The state as one side reads it: never whether it was the other that said no."""

    ASKED = "asked"
    SAID_YES = "said_yes"
    SAID_NO = "said_no"
    MADE = "made"
    NOTHING = "nothing"

    @property
    def label(self) -> str:
        return SHOWN_NAMES[self]


SHOWN_NAMES = {
    Shown.ASKED: N_("Waits for your answer"),
    Shown.SAID_YES: N_("You said yes"),
    Shown.SAID_NO: N_("You said no"),
    Shown.MADE: N_("Introduced"),
    Shown.NOTHING: N_("Came to nothing"),
}


class Outcome(StrEnum):
    """What came of an introduction."""

    MEETING = "meeting"
    COLLABORATION = "collaboration"
    APPLICATION = "application"
    NOTHING = "nothing"

    @property
    def label(self) -> str:
        return OUTCOME_NAMES[self]


OUTCOME_NAMES = {
    Outcome.MEETING: N_("They met; more may follow"),
    Outcome.COLLABORATION: N_("They work together"),
    Outcome.APPLICATION: N_("They apply for a voucher"),
    Outcome.NOTHING: N_("Nothing came of it"),
}
