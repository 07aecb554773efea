"""What the letters about a timetable say: somebody's meetings, or what changed for them, in their own time zone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from landbridge.events.models import Event, MeetingTable, Registration, Slot
from landbridge.foundation.messages.spoken import spoken
from landbridge.foundation.outbox.recipient import Recipient
from landbridge.foundation.outbox.tell import ToTell
from landbridge.foundation.ui.formatting import day
from landbridge.meetings.models import Meeting
from landbridge.meetings.queries.versions import Changes, Spot
from landbridge.meetings.states import MeetingState


class Teller:
    """Words for slots, tables and people of one event, read once for all letters of one change."""

    def __init__(self, event: Event, people: Iterable[int]) -> None:
        self.event = event
        self.people = Registration.objects.in_bulk(list(people))
        self.slots = {slot.pk: slot for slot in Slot.objects.filter(event=event)}
        self.written: dict[tuple[Spot, str, str | None], str] = {}
        self.tables = {
            table.pk: table for table in MeetingTable.objects.filter(event=event).select_related("room")
        }

    def letters(self, lines: dict[int, list[str]]) -> list[ToTell]:
        """One letter to each person with the lines that are theirs."""
        return [
            ToTell(
                recipient=Recipient(person.email, person.name, person.language),
                about=person,
                context={
                    "event": self.event.title,
                    "zone": self.zone_of(person),
                    "lines": lines[key],
                    "link": agenda_link(person),
                },
            )
            for key, person in self.people.items()
            if key in lines
        ]

    def zone_of(self, person: Registration) -> str:
        return (person.is_online and person.time_zone) or self.event.time_zone

    def spot(self, spot: Spot, *, reader: Registration) -> str:
        """As in: 12 June 2026, 10:20, table 12 (Hall B)."""
        key = (spot, self.zone_of(reader), translation.get_language())
        if key not in self.written:
            self.written[key] = self._spot(spot, reader=reader)
        return self.written[key]

    def _spot(self, spot: Spot, *, reader: Registration) -> str:
        starts_at: datetime = self.slots[spot.slot_id].starts_at.astimezone(ZoneInfo(self.zone_of(reader)))
        when = f"{day(starts_at)}, {starts_at:%H:%M}"
        table = self.tables.get(spot.table_id) if spot.table_id else None
        if table is None:
            return _("%(when)s, online") % {"when": when}
        where = f"{table} ({table.room})" if table.room else str(table)
        return _("%(when)s, table %(table)s") % {"when": when, "table": where}

    def other(self, key: int) -> str:
        person = self.people.get(key)
        return f"{person.name}, {person.organisation_name}" if person else _("somebody")


def plans_for(event: Event, *, people: Iterable[int]) -> list[ToTell]:
    """The whole plan of each of these people, those without a meeting too."""
    wanted = set(people)
    meetings = list(
        Meeting.objects.filter(event=event, state=MeetingState.PLANNED)
        .order_by("slot__number", "pk")
        .values_list("first_id", "second_id", "slot_id", "table_id")
    )
    teller = Teller(event, wanted | {key for row in meetings for key in row[:2]})
    lines: dict[int, list[str]] = {key: [] for key in wanted}
    for first, second, slot, table in meetings:
        for key, other in ((first, second), (second, first)):
            if key in wanted:
                with _in_language_of(teller.people[key]):
                    lines[key].append(
                        f"{teller.spot(Spot(slot, table), reader=teller.people[key])}: {teller.other(other)}"
                    )
    return teller.letters(lines)


def changes_for(event: Event, changes: Changes, *, reason: str = "") -> list[ToTell]:
    """What changed for each person concerned: one line for each of their meetings that is new, moved or cancelled."""
    teller = Teller(event, changes.people)
    lines: defaultdict[int, list[str]] = defaultdict(list)
    for meeting in changes.cancelled:
        before = Spot(meeting.slot_id, meeting.table_id)
        for key, other in _both(meeting.pair):
            with _in_language_of(teller.people[key]):
                text = _("Cancelled: %(other)s (%(spot)s)") % {
                    "other": teller.other(other),
                    "spot": teller.spot(before, reader=teller.people[key]),
                }
                lines[key].append(_with(text, reason))
    for meeting, spot in changes.moved:
        for key, other in _both(meeting.pair):
            reader = teller.people[key]
            with _in_language_of(reader):
                before = Spot(meeting.slot_id, meeting.table_id)
                text = _("Moved: %(other)s, now %(spot)s (was %(before)s)") % {
                    "other": teller.other(other),
                    "spot": teller.spot(spot, reader=reader),
                    "before": teller.spot(before, reader=reader),
                }
                lines[key].append(_with(text, reason))
    for one in changes.added:
        for key, other in _both(one.pair):
            with _in_language_of(teller.people[key]):
                lines[key].append(
                    _("New: %(other)s, %(spot)s")
                    % {
                        "other": teller.other(other),
                        "spot": teller.spot(one.spot, reader=teller.people[key]),
                    }
                )
    return teller.letters(dict(lines))


def agenda_link(person: Registration) -> str:
    """Where somebody finds their plan as it is now."""
    return urljoin(settings.LANDBRIDGE_ADDRESS, reverse("meetings:agenda", args=[person.pk]))


def _with(text: str, reason: str) -> str:
    return f"{text}. {reason}" if reason else text


def _both(pair: tuple[int, int]) -> tuple[tuple[int, int], tuple[int, int]]:
    return pair, (pair[1], pair[0])


def _in_language_of(person: Registration) -> translation.override:
    return translation.override(spoken(person.language))
