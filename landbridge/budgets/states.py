"""The accounts of a line, the kinds of entries between them, and the states of a transfer between two lines."""

from __future__ import annotations

from enum import StrEnum

from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import N_
from landbridge.foundation.workflow import Move, Workflow


class Account(StrEnum):
    """Where money of a line stands. An entry takes it from one account and puts it into another."""

    OUTSIDE = "outside"
    FREE = "free"
    RESERVED = "reserved"
    COMMITTED = "committed"
    PAID = "paid"


class Kind(StrEnum):
    """Why money moved."""

    ALLOCATE = "allocate"
    WITHDRAW = "withdraw"
    RESERVE = "reserve"
    FREE = "free"
    COMMIT = "commit"
    RELEASE = "release"
    PAY = "pay"
    RECOVER = "recover"
    MOVE_OUT = "move_out"
    MOVE_IN = "move_in"


# From which account to which an entry of each kind may go; the database holds the same table as a constraint.
WAYS: dict[Kind, tuple[tuple[Account, Account], ...]] = {
    Kind.ALLOCATE: ((Account.OUTSIDE, Account.FREE),),
    Kind.WITHDRAW: ((Account.FREE, Account.OUTSIDE),),
    Kind.RESERVE: ((Account.FREE, Account.RESERVED),),
    Kind.FREE: ((Account.RESERVED, Account.FREE),),
    Kind.COMMIT: ((Account.FREE, Account.COMMITTED), (Account.RESERVED, Account.COMMITTED)),
    Kind.RELEASE: ((Account.COMMITTED, Account.FREE),),
    Kind.PAY: ((Account.COMMITTED, Account.PAID),),
    Kind.RECOVER: ((Account.PAID, Account.FREE),),
    Kind.MOVE_OUT: ((Account.FREE, Account.OUTSIDE),),
    Kind.MOVE_IN: ((Account.OUTSIDE, Account.FREE),),
}

# Accounts in which all money is there for something: an application, a voucher.
EARMARKED = (Account.RESERVED, Account.COMMITTED, Account.PAID)

NAME_OF_ACCOUNT = {
    Account.OUTSIDE: N_("Outside the line"),
    Account.FREE: N_("Free"),
    Account.RESERVED: N_("Reserved"),
    Account.COMMITTED: N_("Committed"),
    Account.PAID: N_("Paid"),
}

NAME_OF_KIND = {
    Kind.ALLOCATE: N_("Allocated"),
    Kind.WITHDRAW: N_("Taken back"),
    Kind.RESERVE: N_("Reserved"),
    Kind.FREE: N_("Reservation ended"),
    Kind.COMMIT: N_("Committed"),
    Kind.RELEASE: N_("Released"),
    Kind.PAY: N_("Paid"),
    Kind.RECOVER: N_("Recovered"),
    Kind.MOVE_OUT: N_("Moved to another line"),
    Kind.MOVE_IN: N_("Moved from another line"),
}


class Side(StrEnum):
    """The two sides of a transfer."""

    GIVER = "giver"
    RECEIVER = "receiver"

    @property
    def other(self) -> Side:
        return Side.RECEIVER if self is Side.GIVER else Side.GIVER


class S(StrEnum):
    PROPOSED = "proposed"
    POSTED = "posted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class M(StrEnum):
    AGREE = "agree"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"


NAME_OF = {
    S.PROPOSED: N_("Waits for the other side"),
    S.POSTED: N_("Agreed and posted"),
    S.REFUSED: N_("Refused"),
    S.WITHDRAWN: N_("Withdrawn"),
}

WORKFLOW = Workflow(
    #    move        from              to            who may
    Move(M.AGREE,    (S.PROPOSED,),    S.POSTED,     P.BUDGET_MOVE),
    Move(M.REFUSE,   (S.PROPOSED,),    S.REFUSED,    P.BUDGET_MOVE),
    Move(M.WITHDRAW, (S.PROPOSED,),    S.WITHDRAWN,  P.BUDGET_MOVE),
)  # fmt: skip
