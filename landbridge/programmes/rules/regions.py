"""What a region and its calendar must look like, and which postcodes it may claim."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import date
from zoneinfo import available_timezones

import holidays

from landbridge.foundation.problems import N_, Problem
from landbridge.programmes.rules.facts import RegionFacts
from landbridge.programmes.rules.plain import (
    problems_with_country,
    problems_with_day,
    problems_with_key,
    problems_with_text,
)

MOST_PREFIXES = 400

# The languages in which a desk may work: those of the Union, and of regions that use another beside them.
LANGUAGES = {
    "bg": N_("Bulgarian"), "ca": N_("Catalan"), "cs": N_("Czech"), "cy": N_("Welsh"), "da": N_("Danish"),
    "de": N_("German"), "el": N_("Greek"), "en": N_("English"), "es": N_("Spanish"), "et": N_("Estonian"),
    "eu": N_("Basque"), "fi": N_("Finnish"), "fr": N_("French"), "ga": N_("Irish"), "gl": N_("Galician"),
    "hr": N_("Croatian"), "hu": N_("Hungarian"), "it": N_("Italian"), "lb": N_("Luxembourgish"),
    "lt": N_("Lithuanian"), "lv": N_("Latvian"), "mt": N_("Maltese"), "nl": N_("Dutch"), "no": N_("Norwegian"),
    "pl": N_("Polish"), "pt": N_("Portuguese"), "ro": N_("Romanian"), "sk": N_("Slovak"), "sl": N_("Slovenian"),
    "sv": N_("Swedish"),
}  # fmt: skip


def problems_with_region(
    facts: RegionFacts, *, countries: Collection[str], taken: Collection[str] = ()
) -> Iterator[Problem]:
    """`countries` holds the codes of ISO 3166-1, `taken` the keys of the other regions."""
    yield from problems_with_key(facts.key, field="key", taken=taken)
    yield from problems_with_text(facts.name, field="name")
    yield from problems_with_country(facts.country, countries=countries)
    yield from _problems_with_holidays(facts)
    yield from _problems_with_languages(facts.languages)
    yield from _problems_with_place(facts)
    yield from _problems_with_prefixes(facts.postcode_prefixes)


def problems_with_closed_day(day: date, *, reason: str, taken: Collection[date] = ()) -> Iterator[Problem]:
    """`taken` holds the days that are closed already."""
    yield from problems_with_day(day, field="day")
    yield from problems_with_text(reason, field="reason")
    if day in taken:
        yield Problem(
            "closed_already", N_("The desk is closed on %(day)s already."), field="day", params={"day": day}
        )


def _problems_with_holidays(facts: RegionFacts) -> Iterator[Problem]:
    """The library knows every country's holidays, but not every part's."""
    if facts.subdivision and facts.subdivision not in holidays.list_supported_countries().get(
        facts.country, ()
    ):
        yield Problem(
            "unknown_subdivision",
            N_("This country has no part with the code %(code)s."),
            N_(
                "Take the code from ISO 3166-2, such as BW, CT or ENG; leave it empty where holidays are the same everywhere."
            ),
            field="subdivision",
            params={"code": facts.subdivision},
        )


def _problems_with_languages(languages: tuple[str, ...]) -> Iterator[Problem]:
    if not languages:
        yield Problem(
            "no_language", N_("Name at least one language in which the desk answers."), field="languages"
        )
    for language in languages:
        if language not in LANGUAGES:
            yield Problem(
                "unknown_language",
                N_("%(code)s is not a language of the network."),
                field="languages",
                params={"code": language},
            )


def _problems_with_place(facts: RegionFacts) -> Iterator[Problem]:
    if facts.time_zone not in available_timezones():
        yield Problem(
            "unknown_time_zone",
            N_("There is no such time zone."),
            N_("Choose one by its name, such as Europe/Brussels."),
            field="time_zone",
        )
    if not -90 <= facts.latitude <= 90:
        yield Problem("off_the_map", N_("A latitude lies between -90 and 90."), field="latitude")
    if not -180 <= facts.longitude <= 180:
        yield Problem("off_the_map", N_("A longitude lies between -180 and 180."), field="longitude")


def _problems_with_prefixes(prefixes: tuple[str, ...]) -> Iterator[Problem]:
    if len(prefixes) > MOST_PREFIXES:
        yield Problem(
            "too_many_prefixes",
            N_("A region has at most %(most)s beginnings of postcodes."),
            field="postcode_prefixes",
            params={"most": MOST_PREFIXES},
        )
    for prefix in prefixes:
        if not re.fullmatch(r"[0-9A-Z]{1,8}", prefix):
            yield Problem(
                "no_prefix",
                N_("“%(prefix)s” is not the beginning of a postcode."),
                N_("Write one beginning for each line, in capitals and figures: 70, 7207, TN23."),
                field="postcode_prefixes",
                params={"prefix": prefix[:20]},
            )


def beginnings(country: str, postcode: str) -> tuple[str, ...]:
    """What a region may claim of this postcode, the most exact first; the empty beginning is the whole country.

    A British postcode is claimed as a whole, by its outward code or by its area (`TN23 1AA`: TN231AA, TN23, TN; TN2
    is another place), an Irish one as a whole or by its routing key, any other by each of its leading characters.
    """
    text = re.sub(r"[^0-9A-Z]", "", postcode.upper())
    if country == "GB":
        parts = re.fullmatch(r"(?P<outward>(?P<area>[A-Z]{1,2})\d[0-9A-Z]?)(?P<inward>\d[A-Z]{2})?", text)
        return (text, parts["outward"], parts["area"], "") if parts else ("",)
    if country == "IE":
        return (text, text[:3], "")
    text = re.sub(r"^\D+", "", text)  # B-4000, DK-2100
    return tuple(text[:length] for length in range(len(text), -1, -1))
