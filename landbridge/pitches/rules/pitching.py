"""What a pitch must hold before it is handed in, and until when it may be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from landbridge.foundation.money import Money
from landbridge.foundation.problems import N_, Problem

MOST_DECK_BYTES = 10_000_000
LONGEST_TEXT = 1500


@dataclass(frozen=True, slots=True)
class Written:
    """What a company writes about its pitch; a draft may have gaps."""

    title: str = ""
    one_line: str = ""
    problem: str = ""
    solution: str = ""
    advantage: str = ""
    team: str = ""
    markets: tuple[str, ...] = ()
    stage: str = ""
    countries: tuple[str, ...] = ()
    asks_eur: Money | None = None
    raised_eur: Money | None = None
    use_of_money: str = ""
    presenter_name: str = ""
    presenter_email: str = ""


NEEDED = {
    "title": (N_("The pitch has no title."), N_("Write in a few words what you bring.")),
    "one_line": (N_("The one sentence is missing."), N_("Say in one line what you do, for whom.")),
    "problem": (N_("The problem is missing."), N_("Say who has it, and what it costs them today.")),
    "solution": (N_("The solution is missing."), N_("Say what you do about it, and how far it is.")),
    "team": (N_("The team is missing."), N_("Say who does it, and why they can.")),
    "markets": (N_("No market is chosen."), N_("Choose at least one; investors filter by it.")),
    "stage": (N_("The stage is missing."), N_("Choose the round you are in.")),
    "asks_eur": (N_("You do not say how much money you look for."), N_("Give the amount of this round.")),
    "presenter_name": (N_("Nobody is named to pitch."), N_("Name who will stand on the stage.")),
    "presenter_email": (
        N_("The presenter's address is missing."),
        N_("By it the times are sent, and meetings are asked for."),
    ),
}


def problems_with_pitch(written: Written, *, has_deck: bool) -> Iterator[Problem]:
    """What is missing before it can be handed in, each with its cure."""
    for name, (message, cure) in NEEDED.items():
        value = getattr(written, name)
        if not (value.strip() if isinstance(value, str) else value):
            yield Problem(code=f"no_{name}", message=message, cure=cure, field=name)
    if not has_deck:
        yield Problem(
            code="no_deck",
            message=N_("The deck is missing."),
            cure=N_("Add your slides as one PDF of 10 MB at most."),
            field="deck",
        )


def problems_with_deadline(*, opens_at: datetime, closes_at: datetime, at: datetime) -> Iterator[Problem]:
    """Pitches are taken from the opening until the last moment before the end, to the second."""
    if at < opens_at:
        yield Problem(
            code="not_open_yet",
            message=N_("This call opens at %(opens_at)s."),
            cure=N_("Write your pitch now and hand it in then."),
            params={"opens_at": opens_at},
        )
    elif at >= closes_at:
        yield Problem(
            code="deadline_passed",
            message=N_("This call closed at %(closes_at)s."),
            cure=N_("Look for the next call; what you wrote stays readable for you."),
            params={"closes_at": closes_at},
        )


def problems_with_deck(size: int) -> Iterator[Problem]:
    """A deck is small enough to be opened on a telephone."""
    if size > MOST_DECK_BYTES:
        yield Problem(
            code="deck_too_large",
            message=N_("This deck is larger than %(most)s MB."),
            cure=N_("Make its pictures smaller, and choose it again."),
            field="deck",
            params={"most": MOST_DECK_BYTES // 1_000_000},
        )


def problems_with_money(*, amount: Money | None, raised_on: object, today: object) -> Iterator[Problem]:
    """Money that was raised is more than nothing, and has come already."""
    if amount is None or amount.cents <= 0:
        yield Problem(
            code="no_amount",
            message=N_("The amount is missing."),
            cure=N_("Give what was raised in this round."),
            field="amount_eur",
        )
    if raised_on > today:  # type: ignore[operator]  # two dates
        yield Problem(
            code="not_yet",
            message=N_("This day lies ahead."),
            cure=N_("Enter it once the money has been agreed in writing."),
            field="raised_on",
        )
