"""From where a collaboration came, the states of its life, what followed from it, and what is to be done next."""

from __future__ import annotations

from enum import StrEnum

from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import N_
from landbridge.foundation.workflow import Move, Workflow


class Origin(StrEnum):
    """What brought the two together."""

    ENQUIRY = "enquiry"
    INTRODUCTION = "introduction"
    ACCESS = "access"
    EVENT = "event"
    COACHING = "coaching"
    VOUCHER = "voucher"
    OTHER = "other"

    @property
    def label(self) -> str:
        return ORIGIN_NAMES[self]


ORIGIN_NAMES = {
    Origin.ENQUIRY: N_("An enquiry at a desk"),
    Origin.INTRODUCTION: N_("An introduction"),
    Origin.ACCESS: N_("Access to a facility"),
    Origin.EVENT: N_("An event"),
    Origin.COACHING: N_("A coaching"),
    Origin.VOUCHER: N_("A voucher"),
    Origin.OTHER: N_("Something else"),
}


# ── Its life ─────────────────────────────────────────────────────────────────────────────────────────────────────────
class S(StrEnum):
    RUNNING = "running"
    FINISHED = "finished"
    STOPPED = "stopped"

    @property
    def label(self) -> str:
        return NAME_OF[self]


class M(StrEnum):
    FINISH = "finish"
    STOP = "stop"
    RENEW = "renew"


NAME_OF = {
    S.RUNNING: N_("Running"),
    S.FINISHED: N_("Finished"),
    S.STOPPED: N_("Stopped"),
}

WORKFLOW = Workflow(
    #    move      from                      to           who may
    Move(M.FINISH, (S.RUNNING,),             S.FINISHED,  P.COLLABORATION_FOLLOW),
    Move(M.STOP,   (S.RUNNING,),             S.STOPPED,   P.COLLABORATION_FOLLOW),
    Move(M.RENEW,  (S.FINISHED, S.STOPPED),  S.RUNNING,   P.COLLABORATION_FOLLOW),
)  # fmt: skip


# ── What followed from it ────────────────────────────────────────────────────────────────────────────────────────────
class Followed(StrEnum):
    """What a collaboration led to."""

    PROJECT = "project"
    MONEY = "money"
    SPIN_OFF = "spin_off"
    PRODUCT = "product"
    LICENCE = "licence"
    PUBLICATION = "publication"
    JOBS = "jobs"

    @property
    def label(self) -> str:
        return FOLLOWED_NAMES[self]


FOLLOWED_NAMES = {
    Followed.PROJECT: N_("A follow-on project"),
    Followed.MONEY: N_("Follow-on money"),
    Followed.SPIN_OFF: N_("A spin-off"),
    Followed.PRODUCT: N_("A new product or process"),
    Followed.LICENCE: N_("A licence or a patent"),
    Followed.PUBLICATION: N_("A publication"),
    Followed.JOBS: N_("Jobs"),
}


# ── What closed ──────────────────────────────────────────────────────────────────────────────────────────────────────
class Closed(StrEnum):
    """What has ended, and wants to know what comes next."""

    VOUCHER = "voucher"
    INTRODUCTION = "introduction"
    MEETING = "meeting"
    COACHING = "coaching"

    @property
    def label(self) -> str:
        return CLOSED_NAMES[self]


CLOSED_NAMES = {
    Closed.VOUCHER: N_("A voucher"),
    Closed.INTRODUCTION: N_("An introduction"),
    Closed.MEETING: N_("A meeting"),
    Closed.COACHING: N_("A coaching"),
}


# ── The next step ────────────────────────────────────────────────────────────────────────────────────────────────────
class Owner(StrEnum):
    """Whose turn it is."""

    COMPANY = "company"
    PROVIDER = "provider"
    DESK = "desk"

    @property
    def label(self) -> str:
        return OWNER_NAMES[self]


OWNER_NAMES = {
    Owner.COMPANY: N_("The company"),
    Owner.PROVIDER: N_("The provider"),
    Owner.DESK: N_("The desk"),
}


class Stepped(StrEnum):
    """Where a next step stands."""

    PLANNED = "planned"
    DONE = "done"
    DROPPED = "dropped"

    @property
    def label(self) -> str:
        return STEPPED_NAMES[self]


class StepMove(StrEnum):
    FINISH = "finish"
    DROP = "drop"


STEPPED_NAMES = {
    Stepped.PLANNED: N_("Planned"),
    Stepped.DONE: N_("Done"),
    Stepped.DROPPED: N_("Dropped"),
}

STEP_WORKFLOW = Workflow(
    #    move            from                 to                who may
    Move(StepMove.FINISH, (Stepped.PLANNED,), Stepped.DONE,     P.COLLABORATION_FOLLOW),
    Move(StepMove.DROP,   (Stepped.PLANNED,), Stepped.DROPPED,  P.COLLABORATION_FOLLOW),
)  # fmt: skip
