"""The states of a webinar and of a sign-up."""

from __future__ import annotations

from enum import StrEnum

from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import N_
from landbridge.foundation.workflow import Move, Workflow


class S(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    HELD = "held"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        return NAME_OF[self]


class M(StrEnum):
    PUBLISH = "publish"
    HOLD = "hold"
    CANCEL = "cancel"


NAME_OF = {
    S.DRAFT: N_("In preparation"),
    S.PUBLISHED: N_("Announced"),
    S.HELD: N_("Held"),
    S.CANCELLED: N_("Cancelled"),
}

WORKFLOW = Workflow(
    #    move       from                     to            who may
    Move(M.PUBLISH, (S.DRAFT,),              S.PUBLISHED,  P.WEBINAR_EDIT),
    Move(M.HOLD,    (S.PUBLISHED,),          S.HELD,       P.WEBINAR_EDIT),
    Move(M.CANCEL,  (S.DRAFT, S.PUBLISHED),  S.CANCELLED,  P.WEBINAR_EDIT),
)  # fmt: skip


class Signed(StrEnum):
    SIGNED_UP = "signed_up"
    WAITING = "waiting"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        return SIGNED_NAMES[self]


class SignUpMove(StrEnum):
    ADMIT = "admit"
    CANCEL = "cancel"
    RENEW = "renew"


SIGNED_NAMES = {
    Signed.SIGNED_UP: N_("Signed up"),
    Signed.WAITING: N_("On the waiting list"),
    Signed.CANCELLED: N_("Cancelled"),
}

SIGN_UP_WORKFLOW = Workflow(
    #    move               from                                to                 who may
    Move(SignUpMove.ADMIT,   (Signed.WAITING,),                  Signed.SIGNED_UP,  P.WEBINAR_EDIT),
    Move(SignUpMove.CANCEL,  (Signed.SIGNED_UP, Signed.WAITING), Signed.CANCELLED,  P.WEBINAR_ATTEND),
    Move(SignUpMove.RENEW,   (Signed.CANCELLED,),                Signed.WAITING,    P.WEBINAR_ATTEND),
)  # fmt: skip


class Source(StrEnum):
    """How we know who was there."""

    ENTERED = "entered"
    CSV = "csv"
    WEBHOOK = "webhook"

    @property
    def label(self) -> str:
        return SOURCE_NAMES[self]


SOURCE_NAMES = {
    Source.ENTERED: N_("Entered by hand"),
    Source.CSV: N_("Imported from a file"),
    Source.WEBHOOK: N_("Told by the webinar's provider"),
}
