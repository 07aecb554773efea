"""Calendars that other programs read and follow (iCalendar, RFC 5545): each entry in the time zone it happens in."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import icalendar
from django.conf import settings

MAKER = "-//Landbridge//Calendar//EN"
LOOK_AGAIN = dt.timedelta(hours=1)
UNIVERSAL = ("UTC", "Etc/UTC")
A_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Entry:
    """One stretch of time in somebody's calendar.

    The `uid` stays the same for as long as the thing lives. Whenever its time, its place or its being changes,
    `sequence` counts one further; programs take the highest they have seen. One of `is_whole_day` takes the days of
    its beginning up to that of its end, which it does not take, and blocks nobody's time.
    """

    uid: str
    title: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    time_zone: str
    text: str = ""
    place: str = ""
    link: str = ""
    sequence: int = 0
    is_cancelled: bool = False
    changed_at: dt.datetime | None = None
    is_whole_day: bool = False


def uid(kind: str, key: object) -> str:
    """The name by which calendars know a thing for good, such as `event-7@landbridge.example`."""
    return f"{kind}-{key}@{urlsplit(settings.LANDBRIDGE_ADDRESS).hostname or 'localhost'}"


def calendar(entries: Iterable[Entry], *, name: str, at: dt.datetime) -> bytes:
    """The entries as one calendar, earliest first, with the rules of every time zone that they name.

    The same entries give the same octets: an entry bears the moment at which it was changed, and `at` only where
    none is known.
    """
    ordered = sorted(entries, key=lambda entry: (entry.starts_at, entry.uid))
    found = icalendar.Calendar()
    found.add("PRODID", MAKER)
    found.add("VERSION", "2.0")
    found.add("CALSCALE", "GREGORIAN")
    found.add("METHOD", "PUBLISH")
    found.add("NAME", _text(name))
    found.add("X-WR-CALNAME", _text(name))
    found.add("REFRESH-INTERVAL", LOOK_AGAIN, parameters={"VALUE": "DURATION"})
    found.add("X-PUBLISHED-TTL", icalendar.vDuration(LOOK_AGAIN))
    for zone in sorted({entry.time_zone for entry in ordered} - set(UNIVERSAL)):
        inside = [entry for entry in ordered if entry.time_zone == zone]
        first, last = inside[0].starts_at.year, max(entry.ends_at for entry in inside).year
        found.add_component(_zone(zone, first, last))
    for entry in ordered:
        found.add_component(_event(entry, at=at))
    return bytes(found.to_ical(sorted=False))


def _event(entry: Entry, *, at: dt.datetime) -> icalendar.Event:
    found = icalendar.Event()
    found.add("UID", _text(entry.uid))
    found.add("DTSTAMP", (entry.changed_at or at).astimezone(dt.UTC))
    if entry.changed_at:
        found.add("LAST-MODIFIED", entry.changed_at.astimezone(dt.UTC))
    found.add("SEQUENCE", entry.sequence)
    found.add("SUMMARY", _text(entry.title))
    if entry.is_whole_day:
        found.add("DTSTART", entry.starts_at.astimezone(ZoneInfo(entry.time_zone)).date())
        found.add("DTEND", entry.ends_at.astimezone(ZoneInfo(entry.time_zone)).date())
        found.add("TRANSP", "TRANSPARENT")
    else:
        _add_moment(found, "DTSTART", entry.starts_at, zone=entry.time_zone)
        _add_moment(found, "DTEND", entry.ends_at, zone=entry.time_zone)
    found.add("STATUS", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    if entry.text:
        found.add("DESCRIPTION", _text(entry.text))
    if entry.place:
        found.add("LOCATION", _text(entry.place))
    if _is_address(entry.link):
        found.add("URL", entry.link)
    return found


def _add_moment(event: icalendar.Event, name: str, moment: dt.datetime, *, zone: str) -> None:
    """What the clock on the wall shows, under the name of its zone; at universal time without one.

    Between two and three, on the night on which that hour comes twice, iCalendar has no way to say which is meant
    (it reads the first): there the moment is written in universal time.
    """
    if zone in UNIVERSAL:
        event.add(name, moment.astimezone(dt.UTC))
        return
    local = moment.astimezone(ZoneInfo(zone))
    if local.fold:
        event.add(name, moment.astimezone(dt.UTC))
        return
    event.add(name, local.replace(tzinfo=None), parameters={"TZID": zone})


@lru_cache(maxsize=64)
def _zone(name: str, first: int, last: int) -> icalendar.Timezone:
    """The rules of a zone, from the year before the first entry to the year after the last."""
    found = icalendar.Timezone()
    found.add("TZID", name)
    zone = ZoneInfo(name)
    begin = dt.datetime(first - 1, 1, 1, tzinfo=dt.UTC)
    changes = list(_changes(zone, begin=begin, end=dt.datetime(last + 2, 1, 1, tzinfo=dt.UTC)))
    start = begin.astimezone(zone)
    found.add_component(_observance(start, [start.replace(tzinfo=None)], before=start))
    alike: dict[tuple[object, ...], list[tuple[dt.datetime, dt.datetime]]] = {}
    for before, after in changes:
        key = (before.utcoffset(), after.utcoffset(), after.tzname(), bool(after.dst()))
        alike.setdefault(key, []).append((before, after))
    for pairs in alike.values():
        onsets = [_onset(before, after) for before, after in pairs]
        found.add_component(_observance(pairs[0][1], onsets, before=pairs[0][0]))
    return found


def _observance(
    after: dt.datetime, onsets: list[dt.datetime], *, before: dt.datetime
) -> icalendar.TimezoneStandard | icalendar.TimezoneDaylight:
    found = icalendar.TimezoneDaylight() if after.dst() else icalendar.TimezoneStandard()
    found.add("DTSTART", onsets[0])
    if onsets[1:]:
        found.add("RDATE", onsets[1:])
    found.add("TZOFFSETFROM", before.utcoffset())
    found.add("TZOFFSETTO", after.utcoffset())
    found.add("TZNAME", after.tzname() or "")
    return found


def _onset(before: dt.datetime, after: dt.datetime) -> dt.datetime:
    """When the clocks change, as the clock shows it that is not yet changed (RFC 5545, 3.6.5)."""
    offset = before.utcoffset() or dt.timedelta()
    return (after.astimezone(dt.UTC) + offset).replace(tzinfo=None)


def _changes(
    zone: ZoneInfo, *, begin: dt.datetime, end: dt.datetime
) -> Iterator[tuple[dt.datetime, dt.datetime]]:
    """The last second before, and the first moment of, each change of the clocks."""
    days = [begin + A_DAY * number for number in range((end - begin).days + 1)]
    for morning, next_morning in pairwise(days):
        low, high = morning, next_morning
        if low.astimezone(zone).utcoffset() == high.astimezone(zone).utcoffset():
            continue
        while high - low > dt.timedelta(seconds=1):
            middle = low + dt.timedelta(seconds=int((high - low).total_seconds()) // 2)
            same = middle.astimezone(zone).utcoffset() == low.astimezone(zone).utcoffset()
            low, high = (middle, high) if same else (low, middle)
        yield low.astimezone(zone), high.astimezone(zone)


def _text(text: str) -> icalendar.vText:
    """Without signs that a calendar cannot hold: controls, and halves of characters."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    kept = (sign for sign in lines if sign == "\n" or unicodedata.category(sign) not in ("Cc", "Cs"))
    return icalendar.vText("".join(kept))


def _is_address(link: str) -> bool:
    """A web address on one line; anything else is left out."""
    return link.startswith(("https://", "http://")) and link.isprintable() and " " not in link
