"""What the four programmes published, read from programmes.json; nothing here is computed or guessed."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("programmes.json")

# The network's own key for each region that the programmes name.
REGION_KEYS = {
    "North Brabant": "north-brabant",
    "East Netherlands": "east-netherlands",
    "Kent": "kent",
    "Catalonia": "catalonia",
    "Liège": "liege",
    "Brittany": "brittany",
    "Hauts-de-France": "hauts-de-france",
    "Pays de la Loire": "pays-de-la-loire",
    "Copenhagen": "copenhagen-zealand",
    "Stuttgart and Neckar-Alb": "stuttgart-neckar-alb",
    "Oxford (UK)": "oxford",
    "Health Valley (NL)": "east-netherlands",
    "Medicon Valley (DK/SE)": "copenhagen-zealand",
    "LifetecZONe Brabant (NL)": "north-brabant",
    "BioRegio STERN (DE)": "stuttgart-neckar-alb",
    "BioLiege (BE)": "liege",
}
# The published lists write UK; the standard (ISO 3166-1) writes GB.
COUNTRY_CODES = {"UK": "GB"}


@cache
def programmes() -> dict[str, dict[str, Any]]:
    """The published facts by programme."""
    found = json.loads(FILE.read_text(encoding="utf-8"))["programmes"]
    return {programme["key"]: programme for programme in found}


def country(code: str) -> str:
    """The standard code of a country that a programme named."""
    return COUNTRY_CODES.get(code, code)


def years(programme: dict[str, Any]) -> tuple[date, date]:
    """The first and last day; only the years were published."""
    first, last = programme["years"]
    return date(first, 1, 1), date(last, 12, 31)


def outcome_name(code: str) -> str:
    """An outcome's key in words: `smes_supported` is "Smes supported"."""
    return code.replace("_", " ").capitalize().replace("Smes", "SMEs")
