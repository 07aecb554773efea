"""Printed plans: of each person, of each table, of the whole day; as plain data for a document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from landbridge.events.models import Event, MeetingTable, Registration
from landbridge.foundation.ui.formatting import day
from landbridge.meetings.models import Meeting
from landbridge.meetings.queries.spots import is_one_day, span_of
from landbridge.meetings.states import MeetingState

PEOPLE, TABLES, DAY = "people", "tables", "day"
KINDS = (PEOPLE, TABLES, DAY)


def plan_data(event: Event, *, kind: str) -> dict[str, Any]:
    """The data of one document: pages with a heading and a table each. Three queries."""
    meetings = list(
        Meeting.objects.filter(event=event)
        .exclude(state=MeetingState.CANCELLED)
        .select_related("first", "second", "slot", "table__room")
        .order_by("slot__number", "table__number", "pk")
    )
    pages = {PEOPLE: _of_people, TABLES: _of_tables, DAY: _of_day}[kind](event, meetings)
    return {
        "sender": ["Landbridge", event.contact_email],
        "pages": pages,
        "each_on_its_own": kind != DAY,
        "empty": _("No meetings."),
        "note": _note(event),
    }


def _note(event: Event) -> str:
    zone = _("Times are those of %(zone)s.") % {"zone": event.time_zone}
    return f"{day(event.starts_at, zone=event.time_zone)}. {zone}" if is_one_day(event) else zone


def title_of(event: Event, *, kind: str) -> str:
    """What the document is called."""
    names = {
        PEOPLE: _("Personal plans: %(event)s"),
        TABLES: _("Plans of the tables: %(event)s"),
        DAY: _("All meetings: %(event)s"),
    }
    return names[kind] % {"event": event.title}


def _of_people(event: Event, meetings: list[Meeting]) -> list[dict[str, Any]]:
    of: defaultdict[int, list[list[str]]] = defaultdict(list)
    for meeting in meetings:
        for me, other in _sides(meeting):
            of[me.pk].append([_when(meeting, event), _where(meeting), other.name, other.organisation_name])
    people = Registration.objects.filter(event=event, wants_meetings=True).taking_part()
    return [
        {
            "heading": person.name,
            "line": person.organisation_name,
            "header": [_("When"), _("Table"), _("With"), _("Organisation")],
            "narrow": 2,
            "rows": of[person.pk],
        }
        for person in people.order_by("name", "pk")
    ]


def _of_tables(event: Event, meetings: list[Meeting]) -> list[dict[str, Any]]:
    of: defaultdict[int, list[list[str]]] = defaultdict(list)
    for meeting in meetings:
        if meeting.table_id is not None:
            of[meeting.table_id].append([_when(meeting, event), *_names(meeting)])
    return [
        {
            "heading": _("Table %(table)s") % {"table": table},
            "line": str(table.room or ""),
            "header": [_("When"), _("Who"), _("With")],
            "narrow": 1,
            "rows": of[table.pk],
        }
        for table in MeetingTable.objects.filter(event=event).select_related("room").order_by("number")
    ]


def _of_day(event: Event, meetings: list[Meeting]) -> list[dict[str, Any]]:
    of: dict[str, list[list[str]]] = {}
    for meeting in meetings:
        of.setdefault(_when(meeting, event), []).append([_where(meeting), *_names(meeting)])
    return [
        {
            "heading": when,
            "line": "",
            "header": [_("Table"), _("Who"), _("With")],
            "narrow": 1,
            "rows": rows,
        }
        for when, rows in of.items()
    ]


def _sides(meeting: Meeting) -> Iterable[tuple[Registration, Registration]]:
    return (meeting.first, meeting.second), (meeting.second, meeting.first)


def _names(meeting: Meeting) -> list[str]:
    return [f"{one.name}, {one.organisation_name}" for one in (meeting.first, meeting.second)]


def _when(meeting: Meeting, event: Event) -> str:
    return span_of(meeting.slot, event)


def _where(meeting: Meeting) -> str:
    if meeting.table is None:
        return _("online")
    return f"{meeting.table} ({meeting.table.room})" if meeting.table.room else str(meeting.table)
