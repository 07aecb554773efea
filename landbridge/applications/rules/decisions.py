"""When an application may be handed back or decided, and by whom."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from landbridge.foundation import reasons
from landbridge.foundation.money import Money
from landbridge.foundation.problems import N_, Problem

LONGEST_REASON = 2000


def problems_with_reason(reason: str) -> Iterator[Problem]:
    """Whoever is told no, or told to correct something, is told why."""
    return reasons.problems_with(
        reason,
        cure=N_("Say why, in words the applicant can act on; it is part of the letter."),
        longest=LONGEST_REASON,
    )


def problems_with_return(*, closes_at: datetime, at: datetime) -> Iterator[Problem]:
    """Handing back is only fair while there is time to hand in again."""
    if at >= closes_at:
        yield Problem(
            code="too_late_to_return",
            message=N_("The call has closed; the application could not be handed in again."),
            cure=N_("Decide on it as it was handed in."),
        )


def problems_with_award(awarded: Money, *, requested: Money, cap: Money) -> Iterator[Problem]:
    """Never more than was asked for, never more than the incentive's cap."""
    most = min(requested, cap)
    if awarded.cents <= 0:
        yield Problem(
            code="award_not_positive",
            message=N_("The award must be more than nothing."),
            cure=N_("Award up to %(most)s, or do not award and say why."),
            field="amount_eur",
            params={"most": most},
        )
    elif awarded > most:
        yield Problem(
            code="award_too_high",
            message=N_("This is more than was asked for, or more than the incentive's cap."),
            cure=N_("Award %(most)s at most."),
            field="amount_eur",
            params={"most": most},
        )


def problems_with_decider(*, belongs_to: frozenset[int], parties: frozenset[int]) -> Iterator[Problem]:
    """Nobody decides on an application of an organisation they belong to, under whatever hat they come."""
    if belongs_to & parties:
        yield Problem(
            code="conflict_of_interest",
            message=N_("You belong to the applicant or the provider."),
            cure=N_("Ask a colleague to decide on this application."),
        )
