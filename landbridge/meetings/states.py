"""The states of a request for a meeting, of a run of the timetable, and of a meeting."""

from __future__ import annotations

from enum import StrEnum

from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import N_
from landbridge.foundation.workflow import Move, Workflow


class Priority(StrEnum):
    """How much somebody wants one meeting. At most a quarter of one's requests are high, and one is a must."""

    MUST = "must"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    @property
    def label(self) -> str:
        return PRIORITY_NAMES[self]


PRIORITY_NAMES = {
    Priority.MUST: N_("Must meet"),
    Priority.HIGH: N_("High"),
    Priority.MEDIUM: N_("Medium"),
    Priority.LOW: N_("Low"),
}


# ── A request ────────────────────────────────────────────────────────────────────────────────────────────────────────
class Asked(StrEnum):
    SENT = "sent"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"

    @property
    def label(self) -> str:
        return ASKED_NAMES[self]


class RequestMove(StrEnum):
    ACCEPT = "accept"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    EXPIRE = "expire"


ASKED_NAMES = {
    Asked.SENT: N_("Waits for an answer"),
    Asked.ACCEPTED: N_("Accepted"),
    Asked.DECLINED: N_("Declined"),
    Asked.WITHDRAWN: N_("Withdrawn"),
    Asked.EXPIRED: N_("Expired"),
}
OPEN_REQUEST = (Asked.SENT, Asked.ACCEPTED)

REQUEST_WORKFLOW = Workflow(
    #    move                 from            to                who may
    Move(RequestMove.ACCEPT,   (Asked.SENT,),  Asked.ACCEPTED,   P.EVENT_ATTEND),
    Move(RequestMove.DECLINE,  (Asked.SENT,),  Asked.DECLINED,   P.EVENT_ATTEND),
    Move(RequestMove.WITHDRAW, OPEN_REQUEST,   Asked.WITHDRAWN,  P.EVENT_ATTEND),
    Move(RequestMove.EXPIRE,   (Asked.SENT,),  Asked.EXPIRED,    P.MEETING_PLAN),
)  # fmt: skip


# ── A run of the timetable ───────────────────────────────────────────────────────────────────────────────────────────
class RunKind(StrEnum):
    """What a version came from: the whole plan, a repair on the day, or the organiser's hand."""

    PLAN = "plan"
    REPAIR = "repair"
    BY_HAND = "by_hand"

    @property
    def label(self) -> str:
        return RUN_KIND_NAMES[self]


RUN_KIND_NAMES = {
    RunKind.PLAN: N_("Planned"),
    RunKind.REPAIR: N_("Repaired"),
    RunKind.BY_HAND: N_("Changed by hand"),
}


class RunState(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    DRAFT = "draft"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"
    FAILED = "failed"

    @property
    def label(self) -> str:
        return RUN_NAMES[self]


class RunMove(StrEnum):
    START = "start"
    FINISH = "finish"
    FAIL = "fail"
    PUBLISH = "publish"
    SUPERSEDE = "supersede"


RUN_NAMES = {
    RunState.QUEUED: N_("Waits to be computed"),
    RunState.RUNNING: N_("Being computed"),
    RunState.DRAFT: N_("Preview"),
    RunState.PUBLISHED: N_("Published"),
    RunState.SUPERSEDED: N_("Superseded"),
    RunState.FAILED: N_("Failed"),
}
_UNFINISHED = (RunState.QUEUED, RunState.RUNNING)

RUN_WORKFLOW = Workflow(
    #    move              from                                     to                    who may
    Move(RunMove.START,     (RunState.QUEUED,),                      RunState.RUNNING,     P.MEETING_PLAN),
    Move(RunMove.FINISH,    _UNFINISHED,                             RunState.DRAFT,       P.MEETING_PLAN),
    Move(RunMove.FAIL,      _UNFINISHED,                             RunState.FAILED,      P.MEETING_PLAN),
    Move(RunMove.PUBLISH,   (RunState.DRAFT,),                       RunState.PUBLISHED,   P.MEETING_PLAN),
    Move(RunMove.SUPERSEDE, (RunState.DRAFT, RunState.PUBLISHED),    RunState.SUPERSEDED,  P.MEETING_PLAN),
)  # fmt: skip


# ── A meeting ────────────────────────────────────────────────────────────────────────────────────────────────────────
class MeetingState(StrEnum):
    PLANNED = "planned"
    HELD = "held"
    NO_SHOW = "no_show"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        return MEETING_NAMES[self]


class MeetingMove(StrEnum):
    HOLD = "hold"
    MISS = "miss"
    CANCEL = "cancel"


MEETING_NAMES = {
    MeetingState.PLANNED: N_("Planned"),
    MeetingState.HELD: N_("Held"),
    MeetingState.NO_SHOW: N_("Did not happen"),
    MeetingState.CANCELLED: N_("Cancelled"),
}

MEETING_WORKFLOW = Workflow(
    #    move                from                                            to                      who may
    Move(MeetingMove.HOLD,    (MeetingState.PLANNED, MeetingState.NO_SHOW),   MeetingState.HELD,      P.MEETING_PLAN),
    Move(MeetingMove.MISS,    (MeetingState.PLANNED, MeetingState.HELD),      MeetingState.NO_SHOW,   P.MEETING_PLAN),
    Move(MeetingMove.CANCEL,  (MeetingState.PLANNED,),                        MeetingState.CANCELLED, P.MEETING_PLAN),
)  # fmt: skip


# ── Who is missing on the day ────────────────────────────────────────────────────────────────────────────────────────
class Missing(StrEnum):
    """What happened to somebody on the day."""

    NO_SHOW = "no_show"
    LATE = "late"
    LEFT = "left"

    @property
    def label(self) -> str:
        return MISSING_NAMES[self]


MISSING_NAMES = {
    Missing.NO_SHOW: N_("Did not come"),
    Missing.LATE: N_("Comes later"),
    Missing.LEFT: N_("Has to leave early"),
}
