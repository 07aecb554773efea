"""The states of a questionnaire's version and of a sheet; what starts a rule; what a question asks for."""

from __future__ import annotations

from enum import StrEnum

from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import N_
from landbridge.foundation.workflow import Move, Workflow


# ── A version of a questionnaire ─────────────────────────────────────────────────────────────────────────────────────
class S(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    RETIRED = "retired"

    @property
    def label(self) -> str:
        return NAME_OF[self]


class M(StrEnum):
    PUBLISH = "publish"
    RETIRE = "retire"


NAME_OF = {
    S.DRAFT: N_("Being written"),
    S.PUBLISHED: N_("In use"),
    S.RETIRED: N_("Retired"),
}

WORKFLOW = Workflow(
    #    move        from             to            who may
    Move(M.PUBLISH,  (S.DRAFT,),      S.PUBLISHED,  P.SURVEY_EDIT),
    Move(M.RETIRE,   (S.PUBLISHED,),  S.RETIRED,    P.SURVEY_EDIT),
)  # fmt: skip


# ── A sheet: one questionnaire before one side, about one thing ──────────────────────────────────────────────────────
class Sheeted(StrEnum):
    WAITING = "waiting"
    SENT = "sent"
    BEGUN = "begun"
    DONE = "done"
    DECLINED = "declined"
    LAPSED = "lapsed"

    @property
    def label(self) -> str:
        return SHEETED_NAMES[self]


class SheetMove(StrEnum):
    SEND = "send"
    BEGIN = "begin"
    FINISH = "finish"
    DECLINE = "decline"
    LAPSE = "lapse"


SHEETED_NAMES = {
    Sheeted.WAITING: N_("Not sent yet"),
    Sheeted.SENT: N_("Sent"),
    Sheeted.BEGUN: N_("Begun"),
    Sheeted.DONE: N_("Answered"),
    Sheeted.DECLINED: N_("Declined"),
    Sheeted.LAPSED: N_("Not answered in time"),
}

OPEN = (Sheeted.SENT, Sheeted.BEGUN)
ASKED = (Sheeted.SENT, Sheeted.BEGUN, Sheeted.DONE, Sheeted.DECLINED, Sheeted.LAPSED)

SHEET_WORKFLOW = Workflow(
    #    move               from                              to                 who may
    Move(SheetMove.SEND,    (Sheeted.WAITING,),               Sheeted.SENT,      P.SURVEY_EDIT),
    Move(SheetMove.BEGIN,   (Sheeted.SENT,),                  Sheeted.BEGUN,     P.SURVEY_EDIT),
    Move(SheetMove.FINISH,  (Sheeted.BEGUN,),                 Sheeted.DONE,      P.SURVEY_EDIT),
    Move(SheetMove.DECLINE, (Sheeted.SENT, Sheeted.BEGUN),    Sheeted.DECLINED,  P.SURVEY_EDIT),
    Move(SheetMove.LAPSE,   (Sheeted.SENT, Sheeted.BEGUN),    Sheeted.LAPSED,    P.SURVEY_EDIT),
)  # fmt: skip


# ── When a rule asks ─────────────────────────────────────────────────────────────────────────────────────────────────
class Trigger(StrEnum):
    """What happened, after which a rule counts its months or hours."""

    VOUCHER_GRANTED = "voucher_granted"
    VOUCHER_CLOSED = "voucher_closed"
    INTRODUCTION_MADE = "introduction_made"
    ACCESS_DELIVERED = "access_delivered"
    COACHING_CLOSED = "coaching_closed"
    EVENT_HELD = "event_held"
    WEBINAR_HELD = "webinar_held"
    ENQUIRY_CLOSED = "enquiry_closed"
    APPLICATION_SUBMITTED = "application_submitted"
    APPLICATION_REJECTED = "application_rejected"

    @property
    def label(self) -> str:
        return TRIGGER_NAMES[self]


TRIGGER_NAMES = {
    Trigger.VOUCHER_GRANTED: N_("A voucher is granted"),
    Trigger.VOUCHER_CLOSED: N_("A voucher is closed"),
    Trigger.INTRODUCTION_MADE: N_("Two sides were introduced"),
    Trigger.ACCESS_DELIVERED: N_("Access was delivered"),
    Trigger.COACHING_CLOSED: N_("A coaching is closed"),
    Trigger.EVENT_HELD: N_("An event took place"),
    Trigger.WEBINAR_HELD: N_("A webinar took place"),
    Trigger.ENQUIRY_CLOSED: N_("An enquiry is closed"),
    Trigger.APPLICATION_SUBMITTED: N_("An application is submitted (baseline)"),
    Trigger.APPLICATION_REJECTED: N_("An application got no voucher (comparison group)"),
}


class Side(StrEnum):
    """Whom a sheet asks."""

    COMPANY = "company"
    PROVIDER = "provider"
    GUEST = "guest"

    @property
    def label(self) -> str:
        return SIDE_NAMES[self]


SIDE_NAMES = {
    Side.COMPANY: N_("The company"),
    Side.PROVIDER: N_("The provider"),
    Side.GUEST: N_("Who was there"),
}


# ── What a question asks for ─────────────────────────────────────────────────────────────────────────────────────────
class Asks(StrEnum):
    SCALE = "scale"
    CHOICE = "choice"
    SEVERAL = "several"
    NUMBER = "number"
    MONEY = "money"
    TEXT = "text"

    @property
    def label(self) -> str:
        return ASKS_NAMES[self]


ASKS_NAMES = {
    Asks.SCALE: N_("A scale of 1 to 5"),
    Asks.CHOICE: N_("One of several"),
    Asks.SEVERAL: N_("Any of several"),
    Asks.NUMBER: N_("A number"),
    Asks.MONEY: N_("An amount in euro"),
    Asks.TEXT: N_("Free text"),
}


class Measure(StrEnum):
    """What an answer tells the indicators, if anything; the same measure stands in every questionnaire."""

    JOBS = "jobs"
    TURNOVER = "turnover"
    MARKETS = "markets"
    SATISFACTION = "satisfaction"
    RECOMMENDS = "recommends"
    CONTINUES = "continues"
    NEW_PRODUCT = "new_product"
    PRIVATE_MONEY = "private_money"
    WITHOUT_HELP = "without_help"

    @property
    def label(self) -> str:
        return MEASURE_NAMES[self]


MEASURE_NAMES = {
    Measure.JOBS: N_("Jobs, full-time equivalents"),
    Measure.TURNOVER: N_("Turnover of the last year, euro"),
    Measure.MARKETS: N_("Countries sold to"),
    Measure.SATISFACTION: N_("How helpful it was, 1 to 5"),
    Measure.RECOMMENDS: N_("Would recommend it, 1 to 5"),
    Measure.CONTINUES: N_("The cooperation continues"),
    Measure.NEW_PRODUCT: N_("A new product or process"),
    Measure.PRIVATE_MONEY: N_("Own or private money put in, euro"),
    Measure.WITHOUT_HELP: N_("Would have happened without help, 1 to 5"),
}

# How a letter says what happened, before the name of the thing and its day.
HAPPENED = {
    Trigger.VOUCHER_GRANTED: N_("your voucher was granted"),
    Trigger.VOUCHER_CLOSED: N_("your voucher was closed"),
    Trigger.INTRODUCTION_MADE: N_("you were introduced to each other"),
    Trigger.ACCESS_DELIVERED: N_("the access was delivered"),
    Trigger.COACHING_CLOSED: N_("your coaching was closed"),
    Trigger.EVENT_HELD: N_("the event took place"),
    Trigger.WEBINAR_HELD: N_("the webinar took place"),
    Trigger.ENQUIRY_CLOSED: N_("your enquiry was closed"),
    Trigger.APPLICATION_SUBMITTED: N_("you submitted your application"),
    Trigger.APPLICATION_REJECTED: N_("your application was decided"),
}
