"""When money may move within a line, and who may agree for which side of a transfer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from landbridge.budgets.states import EARMARKED, WAYS, Account, Kind
from landbridge.foundation import reasons
from landbridge.foundation.money import MAXIMUM_CENTS, Money
from landbridge.foundation.permissions.roles import Role
from landbridge.foundation.problems import N_, Problem

# Decisions give longer reasons than an entry has room for: the entry keeps the beginning, its subject the whole.
LONGEST_REASON = 2000

NOTHING = Money(0)

NOT_ENOUGH = {
    Account.FREE: N_("Asked %(asked)s, %(left)s left free in this budget line."),
    Account.RESERVED: N_("Asked %(asked)s, %(left)s left reserved in this budget line."),
    Account.COMMITTED: N_("Asked %(asked)s, %(left)s left committed in this budget line."),
    Account.PAID: N_("Asked %(asked)s, %(left)s was paid from this budget line."),
}
NOT_ENOUGH_FOR_SUBJECT = {
    Account.RESERVED: N_("Asked %(asked)s, %(left)s left reserved for %(subject)s."),
    Account.COMMITTED: N_("Asked %(asked)s, %(left)s left committed for %(subject)s."),
    Account.PAID: N_("Asked %(asked)s, %(left)s was paid for %(subject)s."),
}
CURE_OF = {
    Account.FREE: N_("Ask for less, or let the office allocate more or another partner give some."),
    Account.RESERVED: N_("Ask for what is reserved at most."),
    Account.COMMITTED: N_("Ask for what is committed at most."),
    Account.PAID: N_("Ask for what was paid at most."),
}


@dataclass(frozen=True, slots=True)
class Posting:
    """What somebody wants to post, and what the line holds before it.

    `balances` are those of the whole line, `held` those of the one subject (a voucher, an application) in it;
    OUTSIDE may be below zero, everything else may not.
    """

    kind: Kind
    source: Account
    target: Account
    amount: Money
    reason: str
    balances: Mapping[Account, Money]
    subject: str = ""
    held: Mapping[Account, Money] = field(default_factory=dict)


def problems_with(posting: Posting) -> Iterator[Problem]:
    """Everything against this posting. No account but OUTSIDE ever goes below zero, and none for one subject.

    Hence what is released and paid for one voucher never exceeds what was committed for it.
    """
    if (posting.source, posting.target) not in WAYS[posting.kind]:
        raise ValueError(f"{posting.kind} does not go from {posting.source} to {posting.target}.")
    yield from reason_problems(posting.reason)
    not_an_amount = list(_amount_problems(posting.amount))
    yield from not_an_amount or _shortfall(posting)


def reason_problems(reason: str) -> Iterator[Problem]:
    """Nothing moves, and nothing is refused, without a reason."""
    return reasons.problems_with(reason, cure=N_("Say it in one sentence."), longest=LONGEST_REASON)


def _amount_problems(amount: Money) -> Iterator[Problem]:
    if amount <= NOTHING:
        yield Problem(
            "not_an_amount",
            N_("The amount must be more than nothing."),
            N_("Write an amount above zero."),
            "amount",
        )
    elif amount > Money(MAXIMUM_CENTS):
        yield Problem(
            "too_large", N_("This amount is too large."), N_("Check the number of digits."), "amount"
        )


def _shortfall(posting: Posting) -> Iterator[Problem]:
    """At most one problem: of the subject where the money is earmarked, of the line otherwise."""
    source = posting.source
    if source is Account.OUTSIDE:
        return
    if source in EARMARKED:
        held = posting.held.get(source, NOTHING)
        if held < posting.amount:
            yield Problem(
                code=f"not_enough_{source}_for_it",
                message=NOT_ENOUGH_FOR_SUBJECT[source],
                cure=CURE_OF[source],
                field="amount",
                params={"asked": posting.amount, "left": held, "subject": posting.subject},
            )
            return
    yield from not_enough(source, asked=posting.amount, left=posting.balances.get(source, NOTHING))


def not_enough(account: Account, *, asked: Money, left: Money) -> Iterator[Problem]:
    """The problem of asking more of an account than it holds."""
    if left < asked:
        yield Problem(
            code=f"not_enough_{account}",
            message=NOT_ENOUGH[account],
            cure=CURE_OF[account],
            field="amount",
            params={"asked": asked, "left": left},
        )


@dataclass(frozen=True, slots=True)
class Lines:
    """The two lines of a transfer, as far as the rules ask."""

    giver_id: int
    receiver_id: int
    giver_partner_id: int
    receiver_partner_id: int
    giver_phase_id: int
    receiver_phase_id: int


def transfer_problems(lines: Lines, *, amount: Money, reason: str) -> Iterator[Problem]:
    """What is wrong with a transfer whatever the lines hold."""
    if lines.giver_id == lines.receiver_id or lines.giver_partner_id == lines.receiver_partner_id:
        yield Problem(
            "same_partner",
            N_("The money would stay with the same partner."),
            N_("Choose a line of another partner."),
            "receiver",
        )
    if lines.giver_phase_id != lines.receiver_phase_id:
        yield Problem(
            "other_phase",
            N_("The two lines belong to different phases."),
            N_("Money moves between partners within one phase only."),
            "receiver",
        )
    yield from _amount_problems(amount)
    yield from reason_problems(reason)


@dataclass(frozen=True, slots=True)
class Agreement:
    """Who agreed for one side: the person, and the role they agreed in."""

    person_id: int | None
    role: str


def may_agree_for(partner_id: int, *, role: Role | None, own_partner_id: int | None) -> bool:
    """A finance officer for their own partner; the office, and Landbridge itself, for either."""
    if role is Role.FINANCE:
        return own_partner_id == partner_id
    return role in (Role.OFFICE, Role.SYSTEM)


def agreement_problems(mine: Agreement, *, other: Agreement) -> Iterator[Problem]:
    """Why nobody may agree like `mine` for one side after `other` was given for the other side.

    Both partners agree; the office may stand in for one of them, never for both, and no person for both.
    """
    if mine.person_id is not None and mine.person_id == other.person_id:
        yield Problem(
            "same_person",
            N_("You agreed for the other side: a second person must agree for this one."),
            N_("Ask the finance officer of the other partner."),
        )
    elif mine.role == other.role == Role.OFFICE:
        yield Problem(
            "office_on_both_sides",
            N_("The programme office agreed for the other side already; it stands in for one side only."),
            N_("Ask the finance officer of this partner."),
        )
