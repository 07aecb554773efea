"""The states of a claim, and of the payment file in which its money travels."""

from __future__ import annotations

from enum import StrEnum

from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import N_
from landbridge.foundation.workflow import Move, Workflow


class S(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    VERIFIED = "verified"
    APPROVED = "approved"
    IN_PAYMENT = "in_payment"
    PAID = "paid"
    REFUSED = "refused"

    @property
    def label(self) -> str:
        return NAME_OF[self]


class M(StrEnum):
    SUBMIT = "submit"
    RETURN = "return"
    VERIFY = "verify"
    REOPEN = "reopen"
    APPROVE = "approve"
    REFUSE = "refuse"
    INSTRUCT = "instruct"
    BOUNCE = "bounce"
    PAY = "pay"


NAME_OF = {
    S.DRAFT: N_("Draft"),
    S.SUBMITTED: N_("Submitted"),
    S.VERIFIED: N_("Verified"),
    S.APPROVED: N_("Approved"),
    S.IN_PAYMENT: N_("In payment"),
    S.PAID: N_("Paid"),
    S.REFUSED: N_("Refused"),
}

WORKFLOW = Workflow(
    #    move        from                           to             who may
    Move(M.SUBMIT,   (S.DRAFT,),                    S.SUBMITTED,   P.CLAIM_SUBMIT),
    Move(M.RETURN,   (S.SUBMITTED,),                S.DRAFT,       P.CLAIM_VERIFY),
    Move(M.VERIFY,   (S.SUBMITTED,),                S.VERIFIED,    P.CLAIM_VERIFY),
    Move(M.REFUSE,   (S.SUBMITTED, S.VERIFIED),     S.REFUSED,     P.CLAIM_APPROVE),
    Move(M.REOPEN,   (S.VERIFIED,),                 S.SUBMITTED,   P.CLAIM_APPROVE),
    Move(M.APPROVE,  (S.VERIFIED,),                 S.APPROVED,    P.CLAIM_APPROVE),
    Move(M.INSTRUCT, (S.APPROVED,),                 S.IN_PAYMENT,  P.CLAIM_PAY),
    Move(M.BOUNCE,   (S.IN_PAYMENT,),               S.APPROVED,    P.CLAIM_PAY),
    Move(M.PAY,      (S.IN_PAYMENT,),               S.PAID,        P.CLAIM_PAY),
)  # fmt: skip


class FileState(StrEnum):
    """A payment file: made by one person, released by another, then answered by the bank."""

    MADE = "made"
    RELEASED = "released"
    ANSWERED = "answered"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        return FILE_NAME_OF[self]


class FileMove(StrEnum):
    RELEASE = "release"
    CANCEL = "cancel"
    ANSWER = "answer"


FILE_NAME_OF = {
    FileState.MADE: N_("Waits for a second person"),
    FileState.RELEASED: N_("Released to the bank"),
    FileState.ANSWERED: N_("Answered by the bank"),
    FileState.CANCELLED: N_("Cancelled"),
}

FILE_WORKFLOW = Workflow(
    #    move              from                     to                   who may
    Move(FileMove.RELEASE, (FileState.MADE,),       FileState.RELEASED,  P.CLAIM_PAY),
    Move(FileMove.CANCEL,  (FileState.MADE,),       FileState.CANCELLED, P.CLAIM_PAY),
    Move(FileMove.ANSWER,  (FileState.RELEASED,),   FileState.ANSWERED,  P.CLAIM_PAY),
)  # fmt: skip
