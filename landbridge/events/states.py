"""Kinds of events, and the states of an event and of a registration."""

from __future__ import annotations

from enum import StrEnum

from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import N_
from landbridge.foundation.workflow import Move, Workflow


class Kind(StrEnum):
    """What people come together for."""

    MATCHMAKING = "matchmaking"
    OPEN_INNOVATION = "open_innovation"
    WORKSHOP = "workshop"
    PITCH_EVENT = "pitch_event"

    @property
    def label(self) -> str:
        return KIND_NAMES[self]


KIND_NAMES = {
    Kind.MATCHMAKING: N_("Matchmaking event"),
    Kind.OPEN_INNOVATION: N_("Open-innovation event"),
    Kind.WORKSHOP: N_("Workshop"),
    Kind.PITCH_EVENT: N_("Pitch event"),
}


class Form(StrEnum):
    """Where people come together."""

    ON_SITE = "on_site"
    ONLINE = "online"
    HYBRID = "hybrid"

    @property
    def label(self) -> str:
        return FORM_NAMES[self]


FORM_NAMES = {Form.ON_SITE: N_("On site"), Form.ONLINE: N_("Online"), Form.HYBRID: N_("On site and online")}


class SessionKind(StrEnum):
    """What a stretch of the programme is."""

    PLENARY = "plenary"
    WORKSHOP = "workshop"
    PITCHES = "pitches"
    MEETINGS = "meetings"
    BREAK = "break"

    @property
    def label(self) -> str:
        return SESSION_NAMES[self]


SESSION_NAMES = {
    SessionKind.PLENARY: N_("For everyone"),
    SessionKind.WORKSHOP: N_("Workshop"),
    SessionKind.PITCHES: N_("Pitches"),
    SessionKind.MEETINGS: N_("One-to-one meetings"),
    SessionKind.BREAK: N_("Break"),
}


class Attendee(StrEnum):
    """As what somebody comes; quotas may hold for each."""

    COMPANY = "company"
    FACILITY = "facility"
    INVESTOR = "investor"
    BROKER = "broker"
    SPEAKER = "speaker"
    GUEST = "guest"

    @property
    def label(self) -> str:
        return ATTENDEE_NAMES[self]


ATTENDEE_NAMES = {
    Attendee.COMPANY: N_("Company"),
    Attendee.FACILITY: N_("Facility or expert"),
    Attendee.INVESTOR: N_("Investor"),
    Attendee.BROKER: N_("Access Broker"),
    Attendee.SPEAKER: N_("Speaker"),
    Attendee.GUEST: N_("Guest"),
}


# ── The event ────────────────────────────────────────────────────────────────────────────────────────────────────────
class S(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    ENDED = "ended"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        return NAME_OF[self]


class M(StrEnum):
    PUBLISH = "publish"
    END = "end"
    CANCEL = "cancel"


NAME_OF = {
    S.DRAFT: N_("In preparation"),
    S.PUBLISHED: N_("Published"),
    S.ENDED: N_("Ended"),
    S.CANCELLED: N_("Cancelled"),
}

WORKFLOW = Workflow(
    #    move       from                     to            who may
    Move(M.PUBLISH, (S.DRAFT,),              S.PUBLISHED,  P.EVENT_PUBLISH),
    Move(M.END,     (S.PUBLISHED,),          S.ENDED,      P.EVENT_EDIT),
    Move(M.CANCEL,  (S.DRAFT, S.PUBLISHED),  S.CANCELLED,  P.EVENT_PUBLISH),
)  # fmt: skip


# ── A registration ───────────────────────────────────────────────────────────────────────────────────────────────────
class Registered(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    WAITING = "waiting"
    APPROVED = "approved"
    REJECTED = "rejected"
    CANCELLED = "cancelled"
    ATTENDED = "attended"
    NO_SHOW = "no_show"

    @property
    def label(self) -> str:
        return REGISTERED_NAMES[self]


class RegistrationMove(StrEnum):
    SUBMIT = "submit"
    APPROVE = "approve"
    WAIT = "wait"
    REJECT = "reject"
    CANCEL = "cancel"
    REOPEN = "reopen"
    CHECK_IN = "check_in"
    UNDO_CHECK_IN = "undo_check_in"
    MISS = "miss"


REGISTERED_NAMES = {
    Registered.DRAFT: N_("Begun"),
    Registered.SUBMITTED: N_("Waits for the organiser"),
    Registered.WAITING: N_("On the waiting list"),
    Registered.APPROVED: N_("Has a place"),
    Registered.REJECTED: N_("Not admitted"),
    Registered.CANCELLED: N_("Cancelled"),
    Registered.ATTENDED: N_("Came"),
    Registered.NO_SHOW: N_("Did not come"),
}

# Takes one of the places of the event.
WITH_A_PLACE = (Registered.APPROVED, Registered.ATTENDED, Registered.NO_SHOW)
# May be asked for meetings, is shown to others, has an agenda.
TAKING_PART = (Registered.APPROVED, Registered.ATTENDED)
_MAY_CANCEL = (Registered.DRAFT, Registered.SUBMITTED, Registered.WAITING, Registered.APPROVED)
_MAY_BE_REFUSED = (Registered.SUBMITTED, Registered.WAITING, Registered.APPROVED)
_MAY_COME = (Registered.APPROVED, Registered.NO_SHOW)
_NOT_YET_IN = (Registered.SUBMITTED, Registered.WAITING)

REGISTRATION_WORKFLOW = Workflow(
    #    move                           from                      to                     who may
    Move(RegistrationMove.SUBMIT,        (Registered.DRAFT,),      Registered.SUBMITTED,  P.EVENT_ATTEND),
    Move(RegistrationMove.APPROVE,       _NOT_YET_IN,              Registered.APPROVED,   P.REGISTRATION_DECIDE),
    Move(RegistrationMove.WAIT,          (Registered.SUBMITTED,),  Registered.WAITING,    P.REGISTRATION_DECIDE),
    Move(RegistrationMove.REJECT,        _MAY_BE_REFUSED,          Registered.REJECTED,   P.REGISTRATION_DECIDE),
    Move(RegistrationMove.CANCEL,        _MAY_CANCEL,              Registered.CANCELLED,  P.EVENT_ATTEND),
    Move(RegistrationMove.REOPEN,        (Registered.CANCELLED,),  Registered.DRAFT,      P.EVENT_ATTEND),
    Move(RegistrationMove.CHECK_IN,      _MAY_COME,                Registered.ATTENDED,   P.EVENT_CHECK_IN),
    Move(RegistrationMove.UNDO_CHECK_IN, (Registered.ATTENDED,),   Registered.APPROVED,   P.EVENT_CHECK_IN),
    Move(RegistrationMove.MISS,          (Registered.APPROVED,),   Registered.NO_SHOW,    P.EVENT_CHECK_IN),
)  # fmt: skip
