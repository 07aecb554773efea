"""Which questions come, and what an answer may be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from landbridge.foundation.problems import N_, Problem
from landbridge.surveys.states import Asks

LOWEST_MARK, HIGHEST_MARK = 1, 5
HIGHEST_NUMBER = Decimal(1_000_000)
HIGHEST_EURO = Decimal(99_999_999_999)
LONGEST_TEXT = 3000


def is_asked(condition: Mapping[str, Any], *, chosen: Mapping[str, Sequence[str]]) -> bool:
    """Whether a question comes, after what was chosen so far by the keys of the questions."""
    if not condition:
        return True
    return bool(set(condition.get("is", ())) & set(chosen.get(str(condition.get("question")), ())))


def problems_with_answer(
    asks: str,
    *,
    number: Decimal | None = None,
    chosen: Sequence[str] = (),
    text: str = "",
    choices: Sequence[str] = (),
) -> Iterator[Problem]:
    """An answer fits its question. An empty one is fine: it is no answer."""
    if asks == Asks.SCALE and number is not None and number not in range(LOWEST_MARK, HIGHEST_MARK + 1):
        yield _wrong(N_("Choose a number from 1 to 5."))
    elif asks in (Asks.NUMBER, Asks.MONEY) and number is not None:
        highest = HIGHEST_NUMBER if asks == Asks.NUMBER else HIGHEST_EURO
        if not 0 <= number <= highest:
            yield _wrong(N_("Give a number from 0 to %(highest)s."), highest=highest)
    elif (asks in (Asks.CHOICE, Asks.SEVERAL) and not set(chosen) <= set(choices)) or (
        asks == Asks.CHOICE and len(chosen) > 1
    ):
        yield _wrong(N_("Choose one of these."))
    if len(text) > LONGEST_TEXT:
        yield _wrong(N_("Write %(most)s characters at most."), most=LONGEST_TEXT)


def problems_with_time(*, is_open: bool) -> Iterator[Problem]:
    """An answer is taken as long as the sheet is open."""
    if not is_open:
        yield Problem(
            code="sheet_closed",
            message=N_("These questions are closed."),
            cure=N_("What you answered before is kept."),
        )


def _wrong(message: str, **params: object) -> Problem:
    return Problem(code="wrong_answer", message=message, field="answer", params=params)
