"""Reasons: whoever says no, takes back or ends something says why, in words that others read."""

from __future__ import annotations

from collections.abc import Iterator

from landbridge.foundation.problems import N_, Problem


def problems_with(reason: str, *, cure: str, longest: int) -> Iterator[Problem]:
    """A reason is given, and fits into `longest` characters. `cure` says what it should hold."""
    if not reason.strip():
        yield Problem(code="no_reason", message=N_("The reason is missing."), cure=cure, field="reason")
    elif len(reason) > longest:
        yield Problem(
            code="reason_too_long",
            message=N_("The reason is too long."),
            cure=N_("Shorten it to %(longest)s characters."),
            field="reason",
            params={"longest": longest},
        )
