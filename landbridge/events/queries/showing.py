"""An event as the public page shows it: in one of its languages, its programme by days, its last-minute notices."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse

from landbridge.events.models import Event, Notice, Session
from landbridge.events.rules import SHOWN_FOR, TEXTS, day_of, wall_of
from landbridge.events.states import S
from landbridge.foundation.calendar import Entry, uid


@dataclass(frozen=True, slots=True)
class Words:
    """One text of an event: in the language that was asked for, or in the event's own."""

    text: str
    language: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Shown:
    """The texts of an event in one language. `fallen_back` names those that are only there in its own."""

    language: str
    languages: tuple[str, ...]
    title: Words
    summary: Words
    description: Words
    directions: Words
    conditions: Words
    fallen_back: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A session with its times on the clock of the event."""

    session: Session
    begins: str
    ends: str
    left: int | None  # places left, where one signs up and there is a limit


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the programme."""

    day: date
    lines: tuple[Line, ...]


def shown_in(event: Event, language: str) -> Shown:
    """Its texts in a language it has, each in its own where that one is missing. No query."""
    languages = (event.language, *sorted(code for code in event.texts if code != event.language))
    wanted = language if language in languages else event.language
    rows = event.texts.get(wanted, {}) if wanted != event.language else {}
    found = {
        name: Words(rows[name], wanted) if rows.get(name) else Words(getattr(event, name), event.language)
        for name in TEXTS
    }
    fallen_back = any(words.text and words.language != wanted for words in found.values())
    return Shown(language=wanted, languages=languages, **found, fallen_back=fallen_back)


def language_for(event: Event, *, asked: str, accepted: Iterable[str]) -> str:
    """The language to show: the one that was asked for, else the first that the reader understands, else its own."""
    there = {event.language, *event.texts}
    if asked in there:
        return asked
    return next((code for code in accepted if code in there), event.language)


def days_of(event: Event, sessions: Iterable[Session]) -> list[Day]:
    """The programme by the days of the event's own time zone. The sessions bear `many` (`programme_of`)."""
    zone = event.time_zone
    return [
        Day(day, tuple(_line(session, zone) for session in inside))
        for day, inside in groupby(sessions, key=lambda session: day_of(session.starts_at, zone))
    ]


def notices_of(event: Event, *, at: datetime) -> list[Notice]:
    """What changed at the last minute: told within the last day. One query."""
    return list(Notice.objects.filter(event=event, sent_at__gt=at - SHOWN_FOR).order_by("-sent_at", "-pk"))


def when_of(event: Event) -> dict[str, object]:
    """First and last day, begin and end on the event's clock."""
    begin, end = wall_of(event.starts_at, event.time_zone), wall_of(event.ends_at, event.time_zone)
    return {
        "first_day": begin.date(),
        "last_day": end.date(),
        "begins": f"{begin:%H:%M}",
        "ends": f"{end:%H:%M}",
        "is_one_day": begin.date() == end.date(),
        "zone": event.time_zone,
        "town_of_zone": event.time_zone.rpartition("/")[2].replace("_", " "),
    }


def entry_of(event: Event) -> Entry:
    """An event in somebody's calendar; called off, it is struck out."""
    return Entry(
        uid=uid("event", event.pk),
        title=event.title,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        time_zone=event.time_zone,
        text=event.summary,
        place=place_of(event),
        link=page_of_event(event),
        sequence=event.sequence,
        is_cancelled=event.state == S.CANCELLED,
        changed_at=event.edited_at,
    )


def place_of(event: Event) -> str:
    """Where it is, in one line."""
    return ", ".join(filter(None, (event.venue, event.street, f"{event.postcode} {event.town}".strip())))


def page_of_event(event: Event) -> str:
    """The whole address of its page."""
    return urljoin(settings.LANDBRIDGE_ADDRESS, reverse("events:event", args=[event.slug]))


def _line(session: Session, zone: str) -> Line:
    taken = getattr(session, "many", 0)
    has_limit = session.needs_sign_up and session.capacity is not None
    return Line(
        session=session,
        begins=f"{wall_of(session.starts_at, zone):%H:%M}",
        ends=f"{wall_of(session.ends_at, zone):%H:%M}",
        left=max(0, (session.capacity or 0) - taken) if has_limit else None,
    )
