"""What is off with meetings, for `landbridge verify`."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, F, Q

from landbridge.events.models import Event
from landbridge.meetings.models import Block, Meeting, Run, Seat
from landbridge.meetings.queries.material import pair_of
from landbridge.meetings.queries.versions import places_in
from landbridge.meetings.states import MeetingState, RunKind, RunState


def findings() -> Iterator[str]:
    """Somebody in two places, seats that are not their meeting's, and meetings that no published version has."""
    yield from _of_seats()
    yield from _of_meetings()
    yield from _of_versions()


def _of_seats() -> Iterator[str]:
    twice = Seat.objects.filter(is_taken=True).values("registration_id", "slot_id")
    for row in twice.annotate(number=Count("pk")).filter(number__gt=1).order_by("registration_id", "slot_id"):
        yield f"Registration {row['registration_id']} sits in {row['number']} meetings in slot {row['slot_id']}."
    elsewhere = Seat.objects.filter(is_taken=True).exclude(slot=F("meeting__slot"))
    for seat in elsewhere.select_related("meeting").order_by("pk").iterator(chunk_size=1000):
        yield f"Seat {seat.pk} is in another slot than its {seat.meeting}."
    stranger = Seat.objects.exclude(
        Q(registration=F("meeting__first")) | Q(registration=F("meeting__second"))
    )
    for seat in stranger.select_related("meeting").order_by("pk").iterator(chunk_size=1000):
        yield f"Seat {seat.pk} is of somebody who is not in {seat.meeting}."


def _of_meetings() -> Iterator[str]:
    rows = Meeting.objects.annotate(taken=Count("seats", filter=Q(seats__is_taken=True))).order_by("pk")
    for code, state, taken in rows.values_list("code", "state", "taken").iterator(chunk_size=1000):
        if taken != (0 if state == MeetingState.CANCELLED else 2):
            yield f"Meeting {code} is {state} and has {taken} taken seats."
    tables = Meeting.objects.standing().filter(table__isnull=False).values("slot_id", "table_id")
    for row in tables.annotate(number=Count("pk")).filter(number__gt=1).order_by("slot_id", "table_id"):
        yield f"Table {row['table_id']} has {row['number']} meetings in slot {row['slot_id']}."
    foreign = Meeting.objects.exclude(
        slot__event=F("event"), first__event=F("event"), second__event=F("event"), request__event=F("event")
    )
    for meeting in foreign.order_by("pk").iterator(chunk_size=1000):
        yield f"{meeting} is made of parts of another event."
    blocks = Block.objects.order_by("-set_at", "-pk").values_list("first_id", "second_id", "set_at")
    blocked = {(first, second): set_at for first, second, set_at in blocks}
    planned = Meeting.objects.filter(state=MeetingState.PLANNED).select_related("slot").order_by("pk")
    for meeting in planned.iterator(chunk_size=1000):
        since = blocked.get(pair_of(meeting.first_id, meeting.second_id))
        if since is not None and meeting.slot.starts_at > since:
            yield f"{meeting} is between two who shall not meet."


def _of_versions() -> Iterator[str]:
    """Whoever calls a meeting off makes no version of it: what a version has more than stands must be cancelled."""
    for event in Event.objects.filter(runs__isnull=False).distinct().order_by("pk"):
        runs = Run.objects.filter(event=event)
        published = runs.filter(state=RunState.PUBLISHED).first()
        later = runs.filter(published_at__isnull=False).order_by("-number").first()
        if published is None:
            if later is not None:
                yield f"Event {event.slug} had a published timetable, and has none."
            continue
        if later is not None and later.pk != published.pk:
            yield f"Of event {event.slug}, version {later.number} is newer than the published one."
        yield from _against(event, published)
    for run in Run.objects.exclude(kind=RunKind.PLAN).filter(state=RunState.DRAFT).order_by("pk"):
        yield f"Run {run.pk} is a repair that was never published."


def _against(event: Event, published: Run) -> Iterator[str]:
    places = places_in(published)
    rows = Meeting.objects.filter(event=event).order_by("pk")
    cancelled = set()
    for meeting in rows.iterator(chunk_size=1000):
        pair = pair_of(meeting.first_id, meeting.second_id)
        if meeting.state == MeetingState.CANCELLED:
            cancelled.add(pair)
            continue
        where = places.pop(pair, None)
        if meeting.run_id is None:
            continue
        if where is None:
            yield f"{meeting} stands, and the published version of {event.slug} does not have it."
        elif where != (meeting.slot_id, meeting.table_id):
            yield f"{meeting} is elsewhere than in the published version of {event.slug}."
    for pair in places:
        if pair not in cancelled:
            yield f"The published version of {event.slug} has a meeting of {pair[0]} and {pair[1]} that is not there."
