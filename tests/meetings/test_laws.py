"""Whatever happens in whatever order, the laws of a timetable hold: publication, repairs, hands, bookings, cancellations."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from landbridge.events.models import MeetingTable, Slot
from landbridge.foundation.outbox.models import Letter
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.foundation.problems import Refused
from landbridge.meetings import actions
from landbridge.meetings.models import Absence, Meeting, Request, Run
from landbridge.meetings.queries.findings import findings
from landbridge.meetings.states import MeetingState, Missing, RunState
from tests.cast import Cast
from tests.factories.events import AT
from tests.factories.timetables import (
    a_draft_run,
    a_matchmaking,
    a_published_run,
    add_people,
    laws_broken,
    many_agreed,
    people_of,
    standing,
)

STEPS = (
    "plan",
    "miss",
    "late",
    "leave",
    "back",
    "lose",
    "give back",
    "bar",
    "move",
    "swap",
    "cancel",
    "lock",
    "later",
)


@pytest.mark.django_db
@pytest.mark.once
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
@given(
    steps=some.lists(some.tuples(some.sampled_from(STEPS), some.integers(0, 10**6)), min_size=3, max_size=10)
)
def test_whatever_happens_the_laws_hold(cast: Cast, steps: list[tuple[str, int]]):
    with transaction.atomic():
        event = a_matchmaking(cast, people=9, slots=4, tables=3)
        add_people(event, 1, needs_step_free=True, most_meetings=2)
        many_agreed(event, each=3, seed=len(steps))
        a_published_run(event)
        at = AT
        for name, dice in steps:
            at = at + timedelta(minutes=1)
            if name == "later":
                at = Slot.objects.filter(event=event).order_by("number")[dice % 4].starts_at
            _carry_out(event, name, dice, at=at)
            assert laws_broken(event, at=at) == [], (name, dice)
            assert list(findings()) == [], (name, dice)
            over = Meeting.objects.filter(event=event, slot__starts_at__lte=at)
            assert not over.filter(state=MeetingState.CANCELLED, ended_at__gte=at).exists(), name
        keys = list(Letter.objects.values_list("event_key", "recipient_email"))
        assert len(keys) == len(set(keys))
        assert Run.objects.filter(event=event, state=RunState.PUBLISHED).count() == 1
        transaction.set_rollback(True)


def _carry_out(event: Any, name: str, dice: int, *, at: datetime) -> None:
    """One thing happens, or is refused with its reasons; then nothing has happened."""
    try:
        with transaction.atomic():
            _happens(event, name, dice, at=at)
    except (Refused, IndexError):
        return


def _happens(event: Any, name: str, dice: int, *, at: datetime) -> None:
    people, slots = people_of(event), list(Slot.objects.filter(event=event).order_by("number"))
    tables, meetings = list(MeetingTable.objects.filter(event=event).order_by("number")), standing(event)
    person, slot, table = people[dice % len(people)], slots[dice % 4], tables[dice % 3]
    given_: dict[str, Any] = {"by": SYSTEM, "at": at}
    kinds = {"miss": Missing.NO_SHOW, "late": Missing.LATE, "leave": Missing.LEFT}
    if name in kinds:
        actions.report_missing(
            event_id=event.pk, registration_ids=[person.pk], kind=kinds[name],
            slot_id=None if name == "miss" else slot.pk, **given_,
        )  # fmt: skip
    elif name == "plan":
        if Request.objects.filter(event=event).exists():
            actions.publish_run(run_id=a_draft_run(event, at=at, seed=dice).pk, all_the_same=True, **given_)
    elif name == "back":
        absences = list(Absence.objects.filter(event=event, lifted_at=None).order_by("pk"))
        actions.lift_absence(absence_id=absences[dice % len(absences) if absences else 0].pk, **given_)
    elif name == "lose":
        actions.lose_table(table_id=table.pk, **given_)
    elif name == "give back":
        actions.give_back_table(table_id=table.pk, **given_)
    elif name == "bar":
        other = people[(dice // 7) % len(people)]
        actions.at_the_bar(
            event_id=event.pk, first_id=person.pk, second_id=other.pk, sentence="Now.", **given_
        )
    else:
        meeting = meetings[dice % len(meetings) if meetings else 0]
        other_meeting = meetings[(dice // 11) % len(meetings)]
        {
            "move": lambda: actions.move(
                meeting_id=meeting.pk, slot_id=slot.pk, table_id=table.pk, is_locked=bool(dice % 2), **given_
            ),
            "swap": lambda: actions.swap(meeting_id=meeting.pk, other_id=other_meeting.pk, **given_),
            "cancel": lambda: actions.cancel(meeting_id=meeting.pk, reason="For a reason.", **given_),
            "lock": lambda: actions.lock(meeting_id=meeting.pk, **given_),
            "later": lambda: meeting,
        }[name]()
