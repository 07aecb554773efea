"""On the day: what became impossible goes, gaps are filled with few moves, and only those concerned are told."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from landbridge.events.models import MeetingTable
from landbridge.foundation.outbox.models import Letter
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.foundation.problems import NotAllowed, Refused
from landbridge.meetings import actions
from landbridge.meetings.models import Absence, Meeting, MeetingRules, Request, Run
from landbridge.meetings.queries.findings import findings
from landbridge.meetings.queries.material import material_of
from landbridge.meetings.queries.versions import places_in, published_run
from landbridge.meetings.rules.the_day import problems_with_missing, stretch_of
from landbridge.meetings.states import MeetingState, Missing, RunKind, RunState
from tests.cast import Cast
from tests.factories.events import AT
from tests.factories.timetables import (
    a_matchmaking,
    a_published_run,
    add_people,
    agreed,
    many_agreed,
    people_of,
    standing,
)
from tests.factories.timetables import laws_broken as broken

pytestmark = pytest.mark.django_db


def morning(event: Any) -> datetime:
    """Before the first slot."""
    first = event.slots.order_by("number").first()
    return first.starts_at - timedelta(minutes=10)


def in_slot(event: Any, number: int) -> datetime:
    """While this slot runs."""
    return event.slots.get(number=number).starts_at + timedelta(minutes=1)


def of(event: Any, person: Any) -> list[Meeting]:
    return [one for one in standing(event) if person.pk in (one.first_id, one.second_id)]


def test_a_no_show_loses_their_meetings_and_only_those_concerned_are_told(cast: Cast):
    event = a_matchmaking(cast, people=10, slots=5, tables=5)
    many_agreed(event)
    a_published_run(event)
    gone, at = people_of(event)[0], morning(event)
    concerned = {one.first_id for one in of(event, gone)} | {one.second_id for one in of(event, gone)}
    assert len(concerned) > 2
    Letter.objects.all().delete()
    actions.report_missing(event_id=event.pk, registration_ids=[gone.pk], by=SYSTEM, at=at)
    assert of(event, gone) == []
    run = published_run(event)
    assert run is not None
    assert (run.kind, run.cause, run.state) == (
        RunKind.REPAIR, "Person 1: did not come.", RunState.PUBLISHED,
    )  # fmt: skip
    told = list(Letter.objects.values_list("recipient_email", flat=True))
    assert len(told) == len(set(told))
    changed = {key for rows in run.difference.values() for row in rows for key in row[:2]}
    assert concerned <= changed
    assert {one.email for one in people_of(event) if one.pk in changed} == set(told)
    assert broken(event, at=at) == []
    assert list(findings()) == []


def test_who_is_there_after_all_gets_meetings_again(cast: Cast):
    event = a_matchmaking(cast, people=8)
    many_agreed(event)
    a_published_run(event)
    gone, at = people_of(event)[0], morning(event)
    actions.report_missing(event_id=event.pk, registration_ids=[gone.pk], by=SYSTEM, at=at)
    absence = Absence.objects.get()
    actions.lift_absence(absence_id=absence.pk, by=SYSTEM, at=at)
    assert of(event, gone)
    assert broken(event, at=at) == []
    runs = Run.objects.count()
    actions.lift_absence(absence_id=absence.pk, by=SYSTEM, at=at)  # twice is once
    assert Run.objects.count() == runs
    assert list(findings()) == []


def test_who_comes_late_keeps_the_later_meetings(cast: Cast):
    event = a_matchmaking(cast, people=8)
    many_agreed(event)
    a_published_run(event)
    late, at = people_of(event)[0], morning(event)
    third = event.slots.get(number=3)
    before = {one.pk for one in of(event, late) if one.slot.number >= 3}
    actions.report_missing(
        event_id=event.pk, registration_ids=[late.pk], kind=Missing.LATE, slot_id=third.pk, by=SYSTEM, at=at
    )
    now = of(event, late)
    assert all(one.slot.number >= 3 for one in now)
    assert before <= {one.pk for one in now}
    assert broken(event, at=at) == []


def test_who_leaves_early_keeps_the_earlier_meetings(cast: Cast):
    event = a_matchmaking(cast, people=8)
    many_agreed(event)
    a_published_run(event)
    leaving, at = people_of(event)[0], morning(event)
    actions.report_missing(
        event_id=event.pk,
        registration_ids=[leaving.pk],
        kind=Missing.LEFT,
        slot_id=event.slots.get(number=3).pk,
        by=SYSTEM,
        at=at,
    )
    assert {one.slot.number for one in of(event, leaving)} <= {1, 2}
    assert broken(event, at=at) == []


def test_what_is_over_is_never_touched(cast: Cast):
    event = a_matchmaking(cast, people=8)
    many_agreed(event)
    a_published_run(event)
    at = in_slot(event, 3)
    over = {(one.pk, one.slot_id, one.table_id) for one in standing(event) if one.slot.number <= 3}
    gone = people_of(event)[:3]
    actions.report_missing(event_id=event.pk, registration_ids=[one.pk for one in gone], by=SYSTEM, at=at)
    assert over <= {(one.pk, one.slot_id, one.table_id) for one in standing(event)}
    assert not Meeting.objects.filter(state=MeetingState.CANCELLED, slot__number__lte=3).exists()
    assert broken(event, at=at) == []


def test_a_lost_table_is_given_up_and_comes_back(cast: Cast):
    event = a_matchmaking(cast, people=8, tables=4)
    many_agreed(event)
    a_published_run(event)
    at, table = morning(event), MeetingTable.objects.filter(event=event).order_by("number").first()
    assert table is not None
    used = [one for one in standing(event) if one.table_id == table.pk]
    assert used
    actions.lose_table(table_id=table.pk, by=SYSTEM, at=at)
    assert not [one for one in standing(event) if one.table_id == table.pk]
    assert broken(event, at=at) == []
    fewer = len(standing(event))
    actions.give_back_table(table_id=table.pk, by=SYSTEM, at=at)
    assert len(standing(event)) >= fewer
    assert broken(event, at=at) == []
    assert list(findings()) == []


def test_a_request_at_the_bar_is_placed_at_once_and_alone(cast: Cast):
    event = a_matchmaking(cast, people=6, slots=4)
    one, other, third, fourth, *_ = people_of(event)
    agreed(one, third)
    a_published_run(event)
    Letter.objects.all().delete()
    at = in_slot(event, 1)
    agreed(third, fourth)  # waits for the next plan, and is not placed by the way
    request = actions.at_the_bar(
        event_id=event.pk, first_id=one.pk, second_id=other.pk, sentence="A joint bid.", by=SYSTEM, at=at
    )
    (meeting,) = request.meetings.standing()
    assert meeting.slot.number > 1
    assert not of(event, fourth)
    assert set(Letter.objects.values_list("recipient_email", flat=True)) >= {one.email, other.email}
    assert request.origin == "at the bar"
    assert list(findings()) == []


def test_at_the_bar_nothing_is_left_behind_where_no_slot_is_left(cast: Cast):
    event = a_matchmaking(cast, people=3, slots=1, tables=1)
    one, other, third = people_of(event)
    agreed(one, other)
    a_published_run(event)
    requests = Request.objects.count()
    with pytest.raises(Refused, match="no_place_at_the_bar"):
        actions.at_the_bar(
            event_id=event.pk, first_id=one.pk, second_id=third.pk, sentence="Us too.", by=SYSTEM,
            at=morning(event),
        )  # fmt: skip
    assert Request.objects.count() == requests
    assert len(standing(event)) == 1


@pytest.mark.parametrize(
    ("second", "code"), [(0, "one_person"), (1, "meet_already"), (2, "same_organisation")]
)
def test_at_the_bar_two_strangers_stand(cast: Cast, second: int, code: str):
    event = a_matchmaking(cast, people=2)
    add_people(event, 1, organisation_name="Company 1")
    people = people_of(event)
    agreed(people[0], people[1])
    a_published_run(event)
    with pytest.raises(Refused, match=code):
        actions.at_the_bar(
            event_id=event.pk, first_id=people[0].pk, second_id=people[second].pk, sentence="Hello.",
            by=SYSTEM, at=morning(event),
        )  # fmt: skip


def test_before_a_timetable_is_published_an_absence_is_only_written_down(cast: Cast):
    event = a_matchmaking(cast, people=4)
    many_agreed(event)
    actions.report_missing(
        event_id=event.pk, registration_ids=[people_of(event)[0].pk], by=SYSTEM, at=morning(event)
    )
    assert (Run.objects.count(), Meeting.objects.count()) == (0, 0)
    rules = MeetingRules.objects.get(event=event)
    material = material_of(event, rules=rules, at=morning(event))
    assert not material.people[people_of(event)[0].pk].slots


def test_the_versions_add_up_to_what_stands(cast: Cast):
    event = a_matchmaking(cast, people=10, tables=4)
    many_agreed(event)
    a_published_run(event)
    people, at = people_of(event), morning(event)
    for number in (0, 3, 5):
        actions.report_missing(event_id=event.pk, registration_ids=[people[number].pk], by=SYSTEM, at=at)
    run = published_run(event)
    assert run is not None
    assert places_in(run) == {
        (one.first_id, one.second_id): (one.slot_id, one.table_id) for one in standing(event)
    }
    assert Run.objects.filter(event=event, state=RunState.PUBLISHED).count() == 1


def test_only_the_organiser_of_the_event_repairs_it(cast: Cast):
    event = a_matchmaking(cast)
    many_agreed(event)
    a_published_run(event)
    with pytest.raises(NotAllowed):
        actions.repair(event_id=event.pk, cause="x", by=cast.actor("danish_sme"), at=AT)
    with pytest.raises(type(event).DoesNotExist):
        actions.repair(event_id=event.pk, cause="x", by=cast.actor("other_office"), at=AT)
    assert actions.repair(event_id=event.pk, cause="x", by=cast.actor("organiser"), at=AT) is None


def test_what_is_said_of_somebody_missing_needs_a_slot_that_lies_ahead():
    codes = lambda kind, slot_at: {  # noqa: E731
        one.code for one in problems_with_missing(kind, slot_at=slot_at, people=1, at=AT)
    }
    assert codes(Missing.NO_SHOW, None) == set()
    assert codes(Missing.LATE, None) == codes(Missing.LEFT, None) == {"slot_missing"}
    assert codes(Missing.LATE, AT - timedelta(minutes=1)) == {"slot_is_past"}
    assert codes(Missing.LEFT, AT) == set()
    assert [one.code for one in problems_with_missing(Missing.NO_SHOW, slot_at=None, people=0, at=AT)] == [
        "nobody_named"
    ]
    later, end = AT + timedelta(hours=1), AT + timedelta(hours=5)
    assert stretch_of(Missing.LATE, slot_at=later, at=AT, ends_at=end) == (AT, later)
    assert stretch_of(Missing.LEFT, slot_at=later, at=AT, ends_at=end)[0] == later
    assert stretch_of(Missing.NO_SHOW, slot_at=None, at=AT, ends_at=end)[0] == AT
