"""One person's day: meetings, sessions, breaks and free slots, in the order of time, and what comes next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils.translation import gettext as _

from landbridge.events.models import Event, MeetingTable, Registration, Session, SessionPlace, Slot
from landbridge.events.queries import own_zone
from landbridge.events.queries.feed import entries_of
from landbridge.events.states import Form, SessionKind
from landbridge.foundation import calendar
from landbridge.meetings.models import Meeting, Outcome, Seat
from landbridge.meetings.queries.asking import takes_part
from landbridge.meetings.queries.news import link_to
from landbridge.meetings.states import MeetingState

JOIN_BEFORE = timedelta(minutes=10)  # then the link to an online meeting is the one thing to press
MEETING, SESSION, BREAK, FREE = "meeting", "session", "break", "free"


@dataclass(frozen=True, slots=True)
class Line:
    """One stretch of somebody's day."""

    kind: str
    starts_at: datetime
    ends_at: datetime
    title: str
    place: str = ""
    link: str = ""
    text: str = ""
    meeting: Meeting | None = None
    other: Registration | None = None
    seat: Seat | None = None
    outcome: Outcome | None = None
    clock: str = ""
    own_clock: str = ""
    is_next: bool = False
    is_now: bool = False
    is_over: bool = False

    @property
    def may_join(self) -> bool:
        """An online meeting that is about to begin, or runs."""
        return bool(self.link) and (self.is_now or self.is_next) and not self.is_cancelled

    @property
    def is_cancelled(self) -> bool:
        return self.meeting is not None and self.meeting.state == MeetingState.CANCELLED

    @property
    def is_unsaid(self) -> bool:
        """A meeting that should be over, and of which this person has said nothing yet."""
        return self.meeting is not None and self.outcome is None and self.is_over and not self.is_cancelled


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the event, in its own time zone."""

    day: date
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Agenda:
    """What one person does at one event. `zone` is the event's; `own_zone` that of one who comes by video elsewhere."""

    registration: Registration
    zone: str
    own_zone: str
    days: tuple[Day, ...]
    next: Line | None
    meetings: int
    has_said_when: bool

    @property
    def lines(self) -> list[Line]:
        return [line for one in self.days for line in one.lines]


def agenda_of(registration: Registration, *, at: datetime | None = None) -> Agenda:
    """Somebody's agenda. Four queries, however many meetings; the registration brings its event."""
    slots = list(Slot.objects.filter(event=registration.event_id).order_by("number"))
    seats = list(_seats(registration))
    mine = set(SessionPlace.objects.filter(registration=registration.pk).values_list("session_id", flat=True))
    sessions = [
        one
        for one in Session.objects.filter(event=registration.event_id).select_related("room")
        if not one.needs_sign_up or one.pk in mine
    ]
    lines = [_of_meeting(seat, registration) for seat in seats]
    lines += [_of_session(one) for one in sessions if one.kind != SessionKind.MEETINGS]
    lines += _free(slots, registration, taken=lines, busy=[one for one in sessions if one.pk in mine])
    lines.sort(key=lambda line: (line.starts_at, line.ends_at, line.kind))
    zone, second = ZoneInfo(registration.event.time_zone), own_zone(registration)
    timed, coming = _timed([_clocked(line, zone, second) for line in lines], at=at)
    return Agenda(
        registration=registration,
        zone=registration.event.time_zone,
        own_zone=second,
        days=tuple(_days(timed, zone=zone)),
        next=coming,
        meetings=sum(line.kind == MEETING and not line.is_cancelled for line in lines),
        has_said_when=registration.slots is not None,
    )


def calendar_entries(registration: Registration) -> list[calendar.Entry]:
    """The event, its sessions and the meetings of one person, for their calendar. Two queries.

    A meeting that moved keeps its name and counts one further; one that was cancelled, or that they no longer come to,
    says so.
    """
    comes = takes_part(registration)
    lines = [_of_meeting(seat, registration) for seat in _seats(registration)]
    return [*entries_of(registration), *(_entry(line, registration.event, comes=comes) for line in lines)]


def _entry(line: Line, event: Event, *, comes: bool) -> calendar.Entry:
    assert line.meeting is not None  # noqa: S101 - made of a seat
    return calendar.Entry(
        uid=calendar.uid("meeting", line.meeting.code),
        title=line.title,
        starts_at=line.starts_at,
        ends_at=line.ends_at,
        time_zone=event.time_zone,
        text=line.text,
        place=", ".join(filter(None, (line.place, event.venue))),
        link=line.link or link_to("meetings:meeting", line.meeting.pk),
        sequence=line.meeting.sequence,
        is_cancelled=line.is_cancelled or not comes,
        changed_at=line.meeting.changed_at or line.meeting.placed_at,
    )


def _seats(registration: Registration) -> Iterable[Seat]:
    """Their seats with all that the agenda names, those of cancelled meetings too."""
    return (
        Seat.objects.filter(Q(is_taken=True) | Q(meeting__state=MeetingState.CANCELLED), registration=registration.pk)
        .select_related(
            "slot", "outcome", "meeting__slot", "meeting__request", "meeting__table__room", "meeting__first",
            "meeting__second",
        )
        .order_by("pk")
    )  # fmt: skip


def _of_meeting(seat: Seat, registration: Registration) -> Line:
    meeting = seat.meeting
    other = meeting.second if meeting.first_id == registration.pk else meeting.first
    return Line(
        kind=MEETING,
        starts_at=meeting.slot.starts_at,
        ends_at=meeting.slot.ends_at,
        title=f"{other.name}, {other.organisation_name}",
        place=where_is(meeting.table),
        link=meeting.link if _is_by_video(registration, other) else "",
        text=meeting.request.sentence,
        meeting=meeting,
        other=other,
        seat=seat,
        outcome=getattr(seat, "outcome", None),
    )


def where_is(table: MeetingTable | None) -> str:
    """The table with its room; nothing for a meeting without one."""
    if table is None:
        return ""
    name = table.name or _("table %(number)s") % {"number": table.number}
    return f"{table.room.name}, {name}" if table.room else name


def _is_by_video(one: Registration, other: Registration) -> bool:
    form = one.event.form
    return form == Form.ONLINE or (form == Form.HYBRID and (one.is_online or other.is_online))


def _of_session(one: Session) -> Line:
    return Line(
        kind=BREAK if one.kind == SessionKind.BREAK else SESSION,
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        title=one.title,
        place=one.room.name if one.room else "",
        link=one.link,
        text=one.speakers,
    )


def _free(
    slots: Sequence[Slot], registration: Registration, *, taken: Sequence[Line], busy: Sequence[Session]
) -> list[Line]:
    """The slots in which they are there and nothing is planned; none as long as they have not said when."""
    there = set(registration.slots or ())
    held = {line.meeting.slot_id for line in taken if line.meeting is not None and not line.is_cancelled}
    return [
        Line(FREE, slot.starts_at, slot.ends_at, "")
        for slot in slots
        if slot.pk in there
        and slot.pk not in held
        and not any(one.starts_at < slot.ends_at and one.ends_at > slot.starts_at for one in busy)
    ]


def _clocked(line: Line, zone: ZoneInfo, second: str) -> Line:
    """With what the clocks show there, and where somebody sits who comes by video."""
    own = _span(line, ZoneInfo(second)) if second else ""
    return replace(line, clock=_span(line, zone), own_clock=own)


def _span(line: Line, zone: ZoneInfo) -> str:
    return f"{line.starts_at.astimezone(zone):%H:%M}–{line.ends_at.astimezone(zone):%H:%M}"


def _timed(lines: Sequence[Line], *, at: datetime | None) -> tuple[list[Line], Line | None]:
    """Each line as it stands at this moment, and the meeting or session that runs or comes next."""
    if at is None:
        return list(lines), None
    found = [
        replace(line, is_now=line.starts_at <= at < line.ends_at, is_over=line.ends_at <= at)
        for line in lines
    ]
    ahead = [line for line in found if not line.is_over and not line.is_cancelled]
    coming = next((line for line in ahead if line.kind == MEETING), None)
    if coming is None:
        return found, None
    near = replace(coming, is_next=coming.starts_at - JOIN_BEFORE <= at)
    return [near if line is coming else line for line in found], near


def _days(lines: Sequence[Line], *, zone: ZoneInfo) -> Iterable[Day]:
    days: dict[date, list[Line]] = {}
    for line in lines:
        days.setdefault(line.starts_at.astimezone(zone).date(), []).append(line)
    return [Day(day, tuple(found)) for day, found in sorted(days.items())]
