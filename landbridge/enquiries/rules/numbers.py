"""Numbers that people can say on the telephone: eight digits in two groups, the last of which checks the others."""

from __future__ import annotations

import re
from collections.abc import Iterator

SMALLEST, ROOM = 1_000_000, 9_000_000  # the seven digits before the check digit, without a zero at the front
STRIDE = (
    3_778_217  # shares no factor with ROOM: neighbours in time get numbers far apart, and none comes twice
)
GROUP = 4

# H. M. Damm, "Total anti-symmetrische Quasigruppen" (Marburg 2004): a table whose check digit finds every wrong digit
# and every two neighbours that changed places.
_TABLE = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)


def number_for(serial: int) -> str:
    """The number of the enquiry with this running number, such as `4778 2177`; says nothing of how many there are.

    Eight digits for the first nine millions, then one more. Raises ValueError below 1.
    """
    if serial < 1:
        raise ValueError(f"Enquiries are counted from 1, not from {serial}.")
    block, place = divmod(serial, ROOM)
    digits = f"{block or ''}{SMALLEST + place * STRIDE % ROOM}"
    return grouped(f"{digits}{check_digit(digits)}")


def grouped(digits: str) -> str:
    """In groups of four, as they are said."""
    return " ".join(digits[start : start + GROUP] for start in range(0, len(digits), GROUP))


def check_digit(digits: str) -> int:
    """The digit that makes the whole number right."""
    interim = 0
    for digit in digits:
        interim = _TABLE[interim][int(digit)]
    return interim


def is_right(digits: str) -> bool:
    """Whether the last digit fits the others."""
    return len(digits) > 2 * GROUP - 1 and check_digit(digits) == 0


def digits_of(said: str) -> str:
    """What somebody typed or said, as digits alone; spaces, hyphens, dots and a letter O for a zero are forgiven."""
    found = re.sub(r"[^0-9]", "", said.upper().replace("O", "0"))
    return found[: 3 * GROUP]


def meant_by(said: str) -> list[str]:
    """The numbers that may be meant: the one that was said when it is right, else all within one slip of it.

    A slip is one wrong digit, two neighbours that changed places, one digit too few or one too many.
    """
    digits = digits_of(said)
    if is_right(digits):
        return [grouped(digits)]
    if not 2 * GROUP - 1 <= len(digits) <= 2 * GROUP + 2:
        return []
    return [grouped(one) for one in sorted({one for one in _slips(digits) if is_right(one)})]


def _slips(digits: str) -> Iterator[str]:
    for place in range(len(digits)):
        before, after = digits[:place], digits[place + 1 :]
        yield before + after
        yield from (f"{before}{digit}{after}" for digit in "0123456789")
        yield from (f"{before}{digit}{digits[place:]}" for digit in "0123456789")
        yield f"{before}{after[:1]}{digits[place]}{after[1:]}"
    yield from (f"{digits}{digit}" for digit in "0123456789")
