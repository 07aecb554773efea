"""Versions of the common rules: when one may be published, and who may sign it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date, timedelta

from landbridge.foundation.problems import N_, Problem

LONGEST_DEVIATIONS = 3000


def fingerprint(*, version: str, title: str, text: str, valid_from: date) -> str:
    """The SHA-256 of what was published, by which a later change is noticed."""
    return hashlib.sha256(f"{version}\n{title}\n{valid_from.isoformat()}\n{text}".encode()).hexdigest()


def former_end(valid_from: date) -> date:
    """The last day of the version before: the day before the next one begins."""
    return valid_from - timedelta(days=1)


def problems_with_publication(
    *, is_published: bool, text: str, valid_from: date, latest_from: date | None, today: date
) -> Iterator[Problem]:
    """A version is published once, before it begins, and begins after every version before it."""
    if is_published:
        yield Problem(
            code="published_already",
            message=N_("This version is published; what is published never changes."),
            cure=N_("Write the next version."),
        )
    if not text.strip():
        yield Problem(
            code="no_text",
            message=N_("The text is missing."),
            cure=N_("Write the rules before you publish them."),
            field="text",
        )
    if valid_from < today:
        yield Problem(
            code="begins_in_the_past",
            message=N_("Rules do not reach back: this version would have begun on %(day)s."),
            cure=N_("Let it begin today or later."),
            field="valid_from",
            params={"day": valid_from},
        )
    if latest_from is not None and valid_from <= latest_from:
        yield Problem(
            code="begins_before_another",
            message=N_("A version that begins on %(day)s is published already."),
            cure=N_("Let this one begin after it."),
            field="valid_from",
            params={"day": latest_from},
        )


def problems_with_signature(
    *, is_published: bool, has_ended: bool, has_signed: bool, deviations: str
) -> Iterator[Problem]:
    """A facility signs what is published and not over, once."""
    if not is_published or has_ended:
        yield Problem(
            code="not_to_be_signed",
            message=N_("This version cannot be signed."),
            cure=N_("Sign the version that is in force, or the one that follows it."),
        )
    if has_signed:
        yield Problem(
            code="signed_already",
            message=N_("Your organisation has signed this version."),
            cure=N_("To change a deviation, end your signature and sign again."),
        )
    if len(deviations) > LONGEST_DEVIATIONS:
        yield Problem(
            code="deviations_too_long",
            message=N_("The deviations are too long."),
            cure=N_("Shorten them to %(longest)s characters."),
            field="deviations",
            params={"longest": LONGEST_DEVIATIONS},
        )
