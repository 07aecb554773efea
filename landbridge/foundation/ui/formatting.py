"""Amounts, days, moments, states and problems as the reader's language writes them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import get_language, gettext, ngettext
from django_countries import countries

from landbridge.foundation.money import Money
from landbridge.foundation.permissions.roles import NAME_OF, Role
from landbridge.foundation.problems import Problem

NBSP = "\u00a0"
MINUS = "\u2212"
SYMBOLS = {"EUR": "€", "GBP": "£"}
SYMBOL_FIRST = {"en": "", "ga": "", "nl": NBSP}
MINUTE, HOUR, DAY = 60, 3_600, 86_400


def money(amount: Money | None, *, cents: bool | None = None) -> str:
    """Amount with its symbol: "€4,000", "€4,000.50", "4.000 €"; `cents` forces or drops the two decimals."""
    if amount is None:
        return ""
    with_cents = amount.cents % 100 != 0 if cents is None else cents
    places = 2 if with_cents else 0
    value = (Decimal(abs(amount.cents)) / 100).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    digits = _grouped(value, places=places)
    symbol = SYMBOLS.get(amount.currency, amount.currency)
    gap = SYMBOL_FIRST.get(_tongue())
    if gap is None:
        shown = f"{digits}{NBSP}{symbol}"
    else:
        shown = f"{symbol}{gap if amount.currency in SYMBOLS else NBSP}{digits}"
    return f"{MINUS}{shown}" if amount.cents < 0 else shown


def number(value: float | Decimal | None, *, places: int | None = None) -> str:
    """Number with grouped thousands; `places` fixes the decimals, rounded half up and never cut off."""
    if value is None:
        return ""
    if places is not None:
        value = Decimal(str(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    shown = _grouped(-value if value < 0 else value, places=places)
    return f"{MINUS}{shown}" if value < 0 else shown


def percent(share: float | Decimal | None, *, places: int = 0) -> str:
    """A share between 0 and 1 as a percentage: .66 is "66%" in English and Dutch, and "66 %" elsewhere."""
    if share is None:
        return ""
    gap = "" if _tongue() in {"en", "nl"} else NBSP
    scaled = (Decimal(str(share)) * 100).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return f"{number(scaled, places=places)}{gap}%"


def file_size(octets: int) -> str:
    """Size of a file in kB or MB (thousands, as the reader's own machine shows it)."""
    if octets < 1_000:
        return ngettext("%(count)s byte", "%(count)s bytes", octets) % {"count": octets}
    if octets < 1_000_000:
        return _unbroken(gettext("%(size)s kB") % {"size": number(round(octets / 1_000))})
    return _unbroken(gettext("%(size)s MB") % {"size": number(Decimal(octets) / 1_000_000, places=1)})


def day(value: dt.date | dt.datetime | None, *, zone: str = "") -> str:
    """Calendar day in words: "4 May 2014"."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        value = _local(value, zone=zone)
    return _unbroken(_DAYS.get(_tongue(), _usual_day)(value))


def _usual_day(value: dt.date) -> str:
    return date_format(value, "DATE_FORMAT")


def _english_day(value: dt.date) -> str:
    """Django shortens the month."""
    return date_format(value, "j F Y")


def _french_day(value: dt.date) -> str:
    shown = _usual_day(value)
    return f"1er{shown[1:]}" if value.day == 1 else shown


def _catalan_day(value: dt.date) -> str:
    """As "4 de maig de 2014", and "1 d’agost de 2014" before a vowel; Django leaves the first "de" out."""
    month = date_format(value, "F")
    return f"{value.day} {'d’' if month[:1] in 'ao' else 'de '}{month} de {value.year}"


_DAYS: Mapping[str, Callable[[dt.date], str]] = {"en": _english_day, "fr": _french_day, "ca": _catalan_day}


def day_in_two(value: dt.date | dt.datetime | None) -> str:
    """Calendar day for a narrow place: it may break before its year, and nowhere else."""
    return " ".join(part for part in day(value).rpartition(NBSP) if part != NBSP).strip()


def due(value: dt.date | dt.datetime | None, *, zone: str = "") -> str:
    """Until when something is due: the moment, or the day alone where it ends with the last second of a day."""
    if not isinstance(value, dt.datetime):
        return day(value)
    local = _local(value, zone=zone)
    is_whole_day = (local.hour, local.minute, local.second) == (23, 59, 59)
    return day(local) if is_whole_day else moment(value, zone=zone)


def moment(value: dt.datetime | None, *, zone: str = "", seconds: bool | None = None) -> str:
    """Moment with its zone: "4 May 2014, 17:00 (Europe/Brussels)"; seconds are shown when there are any."""
    if value is None:
        return ""
    local = _local(value, zone=zone)
    with_seconds = local.second != 0 if seconds is None else seconds
    clock = local.strftime("%H:%M:%S" if with_seconds else "%H:%M")
    name = str(local.tzinfo) if isinstance(local.tzinfo, ZoneInfo) else (local.tzname() or "UTC")
    return gettext("%(day)s, %(time)s (%(zone)s)") % {"day": day(local), "time": clock, "zone": name}


def until(value: dt.datetime | dt.date | None, *, now: dt.datetime, zone: str = "") -> str:
    """How far away a moment is: "in 3 days", "2 hours left", "yesterday"; days are those of the calendar."""
    if value is None:
        return ""
    if not isinstance(value, dt.datetime):
        return _days_until((value - _local(now, zone=zone).date()).days)
    seconds = (value - now).total_seconds()
    if abs(seconds) >= DAY:
        return _days_until((_local(value, zone=zone).date() - _local(now, zone=zone).date()).days)
    if seconds < 0:
        return _shortly_ago(int(-seconds))
    return _shortly_ahead(int(seconds))


def days_left(value: dt.datetime | dt.date, *, now: dt.datetime) -> int:
    """Whole days from now to the value; negative once it has passed."""
    if isinstance(value, dt.datetime):
        return int((value - now).total_seconds() // DAY)
    return (value - _local(now).date()).days


def urgency(value: dt.datetime | dt.date | None, *, now: dt.datetime) -> str:
    """Tone of a deadline: "late", "soon" (three days or less) or "calm"."""
    if value is None:
        return "calm"
    left = days_left(value, now=now)
    if left < 0:
        return "late"
    return "soon" if left <= 3 else "calm"


def state_label(state: object) -> str:
    """A state in the reader's words; an own label wins over the value with its underscores opened."""
    label = getattr(state, "label", None)
    if label:
        return gettext(str(label))
    text = str(getattr(state, "value", state) or "").replace("_", " ").strip()
    return gettext(text[:1].upper() + text[1:]) if text else ""


TONES: Mapping[str, str] = {
    **dict.fromkeys(
        ("draft", "closed", "archived", "withdrawn", "hibernating", "lapsed", "released"), "quiet"
    ),
    **dict.fromkeys(("submitted", "evaluation", "verified", "published", "shortlisted", "scheduled"), "info"),
    **dict.fromkeys(("acknowledged", "analysis", "ready", "searching", "introducing"), "info"),
    **dict.fromkeys(
        ("awarded", "active", "running", "approved", "paid", "open", "confirmed", "accepted", "done"), "good"
    ),
    **dict.fromkeys(("rejected", "ineligible", "refused", "failed", "suspended", "recovered"), "bad"),
    **dict.fromkeys(("waiting", "returned", "due", "overdue", "asked", "reserve", "reserved"), "wait"),
    **dict.fromkeys(("new", "on_hold", "quarantine", "outcome_known"), "wait"),
    **dict.fromkeys(("selected", "pitched", "live", "finished"), "good"),
    **dict.fromkeys(("judging", "planned"), "info"),
    **dict.fromkeys(("shown", "ordered"), "wait"),
    **dict.fromkeys(("delivered",), "good"),
    **dict.fromkeys(("spoilt",), "bad"),
}


def state_tone(state: object) -> str:
    """Tone of a state's tag: quiet, info, good, wait or bad."""
    return TONES.get(str(getattr(state, "value", state)).lower(), "quiet")


def role_label(role: Role) -> str:
    """Name of a role in the reader's language."""
    return gettext(NAME_OF[role])


def country(code: str) -> str:
    """Name of a country from its two letters, in the reader's language."""
    return str(countries.name(code) or code)


def shown(value: object) -> str:
    """Any value of a problem's parameters as the reader writes it."""
    if isinstance(value, Money):
        return money(value)
    if isinstance(value, dt.datetime):
        return moment(value)
    if isinstance(value, dt.date):
        return day(value)
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return number(value)
    return str(value)


def problem_text(problem: Problem) -> str:
    """The problem's message in the reader's language, with its parameters written out."""
    return _filled(problem.message, problem.params)


def problem_cure(problem: Problem) -> str:
    """What to do about the problem, in the reader's language; empty when it says nothing."""
    return _filled(problem.cure, problem.params) if problem.cure else ""


def _filled(text: str, params: Mapping[str, object]) -> str:
    translated = gettext(text)
    return translated % {key: shown(value) for key, value in params.items()} if params else translated


def _grouped(value: float | Decimal, *, places: int | None) -> str:
    return number_format(value, decimal_pos=places, use_l10n=True, force_grouping=True)


def _local(value: dt.datetime, *, zone: str = "") -> dt.datetime:
    """In the zone named, else in the reader's own, else in that of the network (setting LANDBRIDGE_TIME_ZONE)."""
    current = timezone.get_current_timezone()
    if not zone and str(current) != "UTC":
        return timezone.localtime(value)
    return timezone.localtime(value, ZoneInfo(zone or getattr(settings, "LANDBRIDGE_TIME_ZONE", "UTC")))


def _tongue() -> str:
    return (get_language() or "en").partition("-")[0]


def _unbroken(text: str) -> str:
    return text.replace(" ", NBSP)


def _days_until(days: int) -> str:
    if days == 0:
        return gettext("today")
    if days == 1:
        return gettext("tomorrow")
    if days == -1:
        return gettext("yesterday")
    if days > 0:
        return ngettext("in %(count)s day", "in %(count)s days", days) % {"count": number(days)}
    return ngettext("%(count)s day ago", "%(count)s days ago", -days) % {"count": number(-days)}


def _shortly_ahead(seconds: int) -> str:
    if seconds >= HOUR:
        hours = seconds // HOUR
        return ngettext("%(count)s hour left", "%(count)s hours left", hours) % {"count": hours}
    if seconds >= MINUTE:
        minutes = seconds // MINUTE
        return ngettext("%(count)s minute left", "%(count)s minutes left", minutes) % {"count": minutes}
    return gettext("less than a minute left")


def _shortly_ago(seconds: int) -> str:
    if seconds >= HOUR:
        hours = seconds // HOUR
        return ngettext("%(count)s hour ago", "%(count)s hours ago", hours) % {"count": hours}
    if seconds >= MINUTE:
        minutes = seconds // MINUTE
        return ngettext("%(count)s minute ago", "%(count)s minutes ago", minutes) % {"count": minutes}
    return gettext("just now")
