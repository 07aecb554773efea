"""The states of a call for pitches and of a pitch, and the words of investors."""

from __future__ import annotations

from enum import StrEnum

from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import N_
from landbridge.foundation.workflow import Move, Workflow


# ── A call for pitches ───────────────────────────────────────────────────────────────────────────────────────────────
class S(StrEnum):
    DRAFT = "draft"
    OPEN = "open"
    JUDGING = "judging"
    SELECTED = "selected"
    LIVE = "live"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        return NAME_OF[self]


class M(StrEnum):
    OPEN = "open"
    JUDGE = "judge"
    SELECT = "select"
    START = "start"
    CLOSE = "close"


NAME_OF = {
    S.DRAFT: N_("In preparation"),
    S.OPEN: N_("Open for pitches"),
    S.JUDGING: N_("With the jury"),
    S.SELECTED: N_("Selected"),
    S.LIVE: N_("On stage"),
    S.CLOSED: N_("Closed"),
}

WORKFLOW = Workflow(
    #    move      from            to           who may
    Move(M.OPEN,   (S.DRAFT,),     S.OPEN,      P.PITCH_EDIT),
    Move(M.JUDGE,  (S.OPEN,),      S.JUDGING,   P.PITCH_EDIT),
    Move(M.SELECT, (S.JUDGING,),   S.SELECTED,  P.PITCH_SELECT),
    Move(M.START,  (S.SELECTED,),  S.LIVE,      P.PITCH_EDIT),
    Move(M.CLOSE,  (S.LIVE,),      S.CLOSED,    P.PITCH_EDIT),
)  # fmt: skip


# From here on the pitches are fixed, and lie before the jury.
AFTER_OPENING = (S.JUDGING, S.SELECTED, S.LIVE, S.CLOSED)
# The selection is made and known.
AFTER_SELECTION = (S.SELECTED, S.LIVE, S.CLOSED)


class OrderBy(StrEnum):
    """How the running order came about."""

    LOT = "lot"
    HAND = "hand"
    AVAILABILITY = "availability"

    @property
    def label(self) -> str:
        return ORDER_NAMES[self]


ORDER_NAMES = {
    OrderBy.LOT: N_("By lot"),
    OrderBy.HAND: N_("By hand"),
    OrderBy.AVAILABILITY: N_("By the investors' availability"),
}


# ── A pitch ──────────────────────────────────────────────────────────────────────────────────────────────────────────
class Pitched(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    SELECTED = "selected"
    RESERVE = "reserve"
    NOT_SELECTED = "not_selected"
    PITCHED = "pitched"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return PITCHED_NAMES[self]


class PitchMove(StrEnum):
    SUBMIT = "submit"
    RETURN = "return"
    SELECT = "select"
    RESERVE = "reserve"
    TURN_DOWN = "turn_down"
    PITCH = "pitch"
    WITHDRAW = "withdraw"


PITCHED_NAMES = {
    Pitched.DRAFT: N_("Draft"),
    Pitched.SUBMITTED: N_("Handed in"),
    Pitched.SELECTED: N_("Selected"),
    Pitched.RESERVE: N_("On the reserve list"),
    Pitched.NOT_SELECTED: N_("Not selected"),
    Pitched.PITCHED: N_("Pitched"),
    Pitched.WITHDRAWN: N_("Withdrawn"),
}
# Shown to investors: in the deal room, on stage, afterwards.
IN_THE_DEAL_ROOM = (Pitched.SELECTED, Pitched.PITCHED)
_MAY_WITHDRAW = (Pitched.DRAFT, Pitched.SUBMITTED, Pitched.SELECTED, Pitched.RESERVE)

PITCH_WORKFLOW = Workflow(
    #    move                from                                       to                     who may
    Move(PitchMove.SUBMIT,    (Pitched.DRAFT,),                          Pitched.SUBMITTED,     P.PITCH_SUBMIT),
    Move(PitchMove.RETURN,    (Pitched.SUBMITTED,),                      Pitched.DRAFT,         P.PITCH_EDIT),
    Move(PitchMove.SELECT,    (Pitched.SUBMITTED, Pitched.RESERVE),      Pitched.SELECTED,      P.PITCH_SELECT),
    Move(PitchMove.RESERVE,   (Pitched.SUBMITTED,),                      Pitched.RESERVE,       P.PITCH_SELECT),
    Move(PitchMove.TURN_DOWN, (Pitched.SUBMITTED, Pitched.RESERVE),      Pitched.NOT_SELECTED,  P.PITCH_SELECT),
    Move(PitchMove.PITCH,     (Pitched.SELECTED,),                       Pitched.PITCHED,       P.PITCH_EDIT),
    Move(PitchMove.WITHDRAW,  _MAY_WITHDRAW,                             Pitched.WITHDRAWN,     P.PITCH_SUBMIT),
)  # fmt: skip


# ── Investors ────────────────────────────────────────────────────────────────────────────────────────────────────────
class InvestorType(StrEnum):
    """Source: rules of the field, section 2 (investors: type, ticket, markets, stages, geography)."""

    ANGEL = "angel"
    VENTURE = "venture"
    CORPORATE = "corporate"
    PUBLIC = "public"
    FAMILY_OFFICE = "family_office"
    BANK = "bank"

    @property
    def label(self) -> str:
        return INVESTOR_NAMES[self]


INVESTOR_NAMES = {
    InvestorType.ANGEL: N_("Business angel"),
    InvestorType.VENTURE: N_("Venture capital"),
    InvestorType.CORPORATE: N_("Corporate investor"),
    InvestorType.PUBLIC: N_("Public investment fund"),
    InvestorType.FAMILY_OFFICE: N_("Family office"),
    InvestorType.BANK: N_("Bank"),
}


class Stage(StrEnum):
    PRE_SEED = "pre_seed"
    SEED = "seed"
    SERIES_A = "series_a"
    SERIES_B = "series_b"
    LATER = "later"

    @property
    def label(self) -> str:
        return STAGE_NAMES[self]


STAGE_NAMES = {
    Stage.PRE_SEED: N_("Pre-seed"),
    Stage.SEED: N_("Seed"),
    Stage.SERIES_A: N_("Series A"),
    Stage.SERIES_B: N_("Series B"),
    Stage.LATER: N_("Later"),
}


class Market(StrEnum):
    THERAPEUTICS = "therapeutics"
    DIAGNOSTICS = "diagnostics"
    MEDICAL_DEVICES = "medical_devices"
    DIGITAL_HEALTH = "digital_health"
    RESEARCH_TOOLS = "research_tools"
    INDUSTRIAL_BIOTECH = "industrial_biotech"
    FOOD_AND_AGRICULTURE = "food_and_agriculture"
    SERVICES = "services"

    @property
    def label(self) -> str:
        return MARKET_NAMES[self]


MARKET_NAMES = {
    Market.THERAPEUTICS: N_("Therapeutics"),
    Market.DIAGNOSTICS: N_("Diagnostics"),
    Market.MEDICAL_DEVICES: N_("Medical devices"),
    Market.DIGITAL_HEALTH: N_("Digital health"),
    Market.RESEARCH_TOOLS: N_("Research tools"),
    Market.INDUSTRIAL_BIOTECH: N_("Industrial biotechnology"),
    Market.FOOD_AND_AGRICULTURE: N_("Food and agriculture"),
    Market.SERVICES: N_("Services"),
}


class Reaction(StrEnum):
    """What an investor says to a pitch."""

    MEET = "meet"
    INTERESTED = "interested"
    PASS = "pass"  # noqa: S105 - what an investor does, not a secret

    @property
    def label(self) -> str:
        return REACTION_NAMES[self]


REACTION_NAMES = {
    Reaction.MEET: N_("I want to meet them"),
    Reaction.INTERESTED: N_("Interested"),
    Reaction.PASS: N_("Pass"),
}


class Became(StrEnum):
    """What became of an interest afterwards."""

    TALKING = "talking"
    DUE_DILIGENCE = "due_diligence"
    TERM_SHEET = "term_sheet"
    INVESTED = "invested"
    ENDED = "ended"

    @property
    def label(self) -> str:
        return BECAME_NAMES[self]


BECAME_NAMES = {
    Became.TALKING: N_("We are talking"),
    Became.DUE_DILIGENCE: N_("Due diligence"),
    Became.TERM_SHEET: N_("Term sheet"),
    Became.INVESTED: N_("Invested"),
    Became.ENDED: N_("Nothing came of it"),
}


# Interests whose fate is still open, and asked after again.
STILL_OPEN = ("", Became.TALKING, Became.DUE_DILIGENCE, Became.TERM_SHEET)


class NoMeeting(StrEnum):
    """Why "meet" could not become a request for a meeting at once."""

    NO_EVENT = "no_event"
    NO_MEETINGS = "no_meetings"
    INVESTOR_ABSENT = "investor_absent"
    COMPANY_ABSENT = "company_absent"
    NOT_NOW = "not_now"

    @property
    def label(self) -> str:
        return NO_MEETING_NAMES[self]


NO_MEETING_NAMES = {
    NoMeeting.NO_EVENT: N_("This call belongs to no event, so there is no timetable to meet in."),
    NoMeeting.NO_MEETINGS: N_("The event of this call has no one-to-one meetings."),
    NoMeeting.INVESTOR_ABSENT: N_("The investor is not registered for the event."),
    NoMeeting.COMPANY_ABSENT: N_("The company's presenter is not registered for the event."),
    NoMeeting.NOT_NOW: N_("The event takes no request between these two now."),
}
