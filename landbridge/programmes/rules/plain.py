"""What the rules of this word share: short names, texts, days, countries."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import date

from landbridge.foundation.problems import N_, Problem

EARLIEST = date(1990, 1, 1)  # Interreg began in 1990; calendars of holidays reach back as far
LATEST = date(2060, 12, 31)


def problems_with_key(key: str, *, field: str, taken: Collection[str] = ()) -> Iterator[Problem]:
    """A short name as it stands in addresses and files; `taken` holds those of its siblings."""
    if not re.fullmatch(r"[a-z0-9]+(?:[-_][a-z0-9]+)*", key):
        yield Problem(
            "no_key",
            N_("This short name holds something else than small letters, figures and hyphens."),
            N_("Write it like meet-and-greet."),
            field=field,
        )
    elif key in taken:
        yield Problem("key_taken", N_("This short name is taken."), N_("Choose another one."), field=field)


def problems_with_text(text: str, *, field: str) -> Iterator[Problem]:
    """A text that must say something."""
    if not text.strip():
        yield Problem("missing", N_("This is needed."), field=field)


def problems_with_day(day: date, *, field: str) -> Iterator[Problem]:
    """A day that a programme of this network can have."""
    if not EARLIEST <= day <= LATEST:
        yield Problem(
            "day_out_of_bounds",
            N_("The day must lie between %(earliest)s and %(latest)s."),
            field=field,
            params={"earliest": EARLIEST, "latest": LATEST},
        )


def problems_with_country(country: str, *, countries: Collection[str]) -> Iterator[Problem]:
    """`countries` holds the codes of ISO 3166-1."""
    if country not in countries:
        yield Problem(
            "unknown_country",
            N_("There is no country with the code %(code)s."),
            N_("The code has two letters; the United Kingdom is GB."),
            field="country",
            params={"code": country},
        )
