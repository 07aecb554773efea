"""The languages beside English: how each counts, and which quotation marks it writes."""

from __future__ import annotations

from dataclasses import dataclass

NBSP = "\u00a0"
SOURCE = "en-gb"
HEADER = "Content-Type: text/plain; charset=UTF-8\nLanguage: {language}\nPlural-Forms: {plural}\n"


@dataclass(frozen=True, slots=True)
class Tongue:
    """`quotes` are pairs of an opening and a closing mark; the first is the usual one."""

    plural: str = "nplurals=2; plural=(n != 1);"
    quotes: tuple[tuple[str, str], ...] = (("“", "”"), ("‘", "’"))
    forms: int = 2


TONGUES = {
    "de": Tongue(quotes=(("„", "“"), ("‚", "‘"))),
    "fr": Tongue(plural="nplurals=2; plural=(n > 1);", quotes=(("«", "»"), ("“", "”"))),
    "nl": Tongue(),
    "da": Tongue(quotes=(("»", "«"), ("›", "‹"))),
    "es": Tongue(quotes=(("«", "»"), ("“", "”"))),
    "ca": Tongue(quotes=(("«", "»"), ("“", "”"))),
}


def header(language: str) -> str:
    """What stands first in a catalogue of this language."""
    return HEADER.format(language=language, plural=TONGUES[language].plural)
