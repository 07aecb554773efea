"""What `landbridge verify` finds in meetings when somebody has been at the rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.meetings import actions
from landbridge.meetings.models import Block, Meeting, Placement, Run, Seat
from landbridge.meetings.queries.findings import findings
from landbridge.meetings.states import MeetingState, RunState
from tests.cast import Cast
from tests.factories.events import AT
from tests.factories.timetables import a_matchmaking, a_published_run, many_agreed, people_of, standing

pytestmark = pytest.mark.django_db


def another_slot(event: Any, meeting: Meeting) -> int:
    taken = {one.slot_id for one in standing(event) if {one.first_id, one.second_id} & {
        meeting.first_id, meeting.second_id
    }}  # fmt: skip
    return int(event.slots.exclude(pk__in=taken).order_by("number")[0].pk)


def moved_seat(event: Any, meeting: Meeting) -> None:
    Seat.objects.filter(meeting=meeting, registration=meeting.first).update(slot=another_slot(event, meeting))


def strange_seat(event: Any, meeting: Meeting) -> None:
    busy = set(Seat.objects.filter(slot=meeting.slot_id).values_list("registration_id", flat=True))
    stranger = next(one for one in people_of(event) if one.pk not in busy)
    Seat.objects.filter(meeting=meeting, registration=meeting.first).update(registration=stranger)


def empty_seat(_event: Any, meeting: Meeting) -> None:
    Seat.objects.filter(meeting=meeting, registration=meeting.first).update(is_taken=False)


def moved_meeting(event: Any, meeting: Meeting) -> None:
    slot = another_slot(event, meeting)
    Meeting.objects.filter(pk=meeting.pk).update(slot=slot, table=None)
    Seat.objects.filter(meeting=meeting).update(slot=slot)


def lost_placement(_event: Any, meeting: Meeting) -> None:
    Placement.objects.filter(request=meeting.request_id).delete()


def lost_meeting(_event: Any, meeting: Meeting) -> None:
    Seat.objects.filter(meeting=meeting).delete()
    Meeting.objects.filter(pk=meeting.pk).delete()


def blocked(event: Any, meeting: Meeting) -> None:
    Block.objects.create(event=event, first=meeting.first, second=meeting.second, set_at=AT)


def unpublished(event: Any, _meeting: Meeting) -> None:
    Run.objects.filter(event=event).update(state=RunState.SUPERSEDED)


@pytest.mark.parametrize(
    ("tamper", "words"),
    [
        (moved_seat, "is in another slot than its"),
        (strange_seat, "of somebody who is not in"),
        (empty_seat, "has 1 taken seats"),
        (moved_meeting, "is elsewhere than in the published version"),
        (lost_placement, "does not have it"),
        (lost_meeting, "that is not there"),
        (blocked, "between two who shall not meet"),
        (unpublished, "had a published timetable, and has none"),
    ],
)
def test_what_was_tampered_with_is_found(cast: Cast, tamper: Callable[..., None], words: str):
    event = a_matchmaking(cast, people=6, slots=6, tables=4)
    many_agreed(event, each=2)
    a_published_run(event)
    assert list(findings()) == []
    tamper(event, standing(event)[0])
    assert any(words in sentence for sentence in findings()), list(findings())


def test_a_meeting_called_off_by_one_side_is_no_finding(cast: Cast):
    event = a_matchmaking(cast, people=6)
    many_agreed(event, each=2)
    a_published_run(event)
    meeting = standing(event)[0]
    Meeting.objects.filter(pk=meeting.pk).update(state=MeetingState.CANCELLED)
    Seat.objects.filter(meeting=meeting).update(is_taken=False)
    assert list(findings()) == []
    actions.repair(event_id=event.pk, cause="Look again.", by=SYSTEM, at=AT)
    assert list(findings()) == []
