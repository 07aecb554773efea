"""Messages and notes: something is said, and it fits."""

from __future__ import annotations

from collections.abc import Iterator

from landbridge.foundation.problems import N_, Problem

LONGEST_MESSAGE, LONGEST_NOTE, MOST_FILES = 20_000, 5000, 10
BELOW = "\n\n⁂\n\n"  # what an e-mail quoted or signed stands below this mark, and is shown below a fold


def problems_with_writing(text: str, *, files: int = 0, longest: int = LONGEST_MESSAGE) -> Iterator[Problem]:
    """A text, or at least a file."""
    if not text.strip() and not files:
        yield Problem(
            code="nothing_said",
            message=N_("There is nothing to read here."),
            cure=N_("Write something, or attach a file."),
            field="text",
        )
    if len(text) > longest:
        yield Problem(
            code="text_too_long",
            message=N_("This is longer than %(longest)s characters."),
            cure=N_("Shorten it, or attach it as a file."),
            field="text",
            params={"longest": longest},
        )


def with_rest(text: str, rest: str) -> str:
    """A message with what its e-mail quoted or signed, shortened to what fits."""
    if not rest.strip():
        return text.strip()[:LONGEST_MESSAGE]
    said = text.strip()[: LONGEST_MESSAGE - len(BELOW)]
    return f"{said}{BELOW}{rest.strip()}"[:LONGEST_MESSAGE]


def parts_of(text: str) -> tuple[str, str]:
    """What is said, and what an e-mail quoted or signed below it."""
    said, _, rest = text.partition(BELOW)
    return said, rest
