"""Many at the same moment: one seat, one table, one timetable, one publication; on both databases."""

from __future__ import annotations

import pytest

from landbridge.foundation.outbox.models import Letter
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.foundation.problems import Refused
from landbridge.meetings import actions
from landbridge.meetings.models import Meeting, Run, Seat
from landbridge.meetings.queries.findings import findings
from landbridge.meetings.states import RunState
from tests.at_once import all_at_once
from tests.cast import make_cast
from tests.factories.events import AT
from tests.factories.timetables import (
    a_draft_run,
    a_matchmaking,
    a_published_run,
    agreed,
    laws_broken,
    many_agreed,
    people_of,
    standing,
    the_rules,
)

pytestmark = pytest.mark.django_db(transaction=True)


def test_three_who_book_with_the_same_person_get_three_slots_and_the_fourth_none():
    event = a_matchmaking(make_cast(), people=5, slots=3, tables=2)
    the_rules(event, may_book_oneself=True)
    wanted, *others = people_of(event)
    requests = [agreed(one, wanted).pk for one in others]
    results = all_at_once(*(lambda pk=pk: actions.book(request_id=pk, by=SYSTEM, at=AT) for pk in requests))
    booked = [one for one in results if isinstance(one, Meeting)]
    refused = [one for one in results if isinstance(one, Refused)]
    assert (len(booked), len(refused)) == (3, 1), results
    assert len({one.slot_id for one in booked}) == 3
    assert laws_broken(event) == []


def test_pairs_who_book_at_once_never_share_a_table():
    event = a_matchmaking(make_cast(), people=8, slots=2, tables=2)
    the_rules(event, may_book_oneself=True)
    people = people_of(event)
    requests = [agreed(people[number], people[number + 4]).pk for number in range(4)]
    results = all_at_once(*(lambda pk=pk: actions.book(request_id=pk, by=SYSTEM, at=AT) for pk in requests))
    assert all(isinstance(one, Meeting) for one in results), results
    assert len({(one.slot_id, one.table_id) for one in standing(event)}) == 4
    assert list(findings()) == []


def test_the_same_request_booked_twice_is_one_meeting():
    event = a_matchmaking(make_cast(), people=2)
    the_rules(event, may_book_oneself=True)
    one, other = people_of(event)
    pk = agreed(one, other).pk
    results = all_at_once(*(lambda: actions.book(request_id=pk, by=SYSTEM, at=AT) for _ in range(3)))
    assert sum(isinstance(one, Meeting) for one in results) == 1, results
    assert Seat.objects.count() == 2


def test_two_presses_of_the_button_make_one_run():
    event = a_matchmaking(make_cast())
    many_agreed(event)
    results = all_at_once(*(lambda: actions.queue_run(event_id=event.pk, by=SYSTEM, at=AT) for _ in range(3)))
    assert sum(isinstance(one, Run) for one in results) == 1, results
    assert all(isinstance(one, Run | Refused) for one in results)
    assert Run.objects.count() == 1


def test_published_by_two_at_once_it_is_published_and_told_once():
    event = a_matchmaking(make_cast())
    many_agreed(event)
    run = a_draft_run(event)
    results = all_at_once(*(lambda: actions.publish_run(run_id=run.pk, by=SYSTEM, at=AT) for _ in range(3)))
    assert sum(isinstance(one, Run) for one in results) == 1, results
    told = list(Letter.objects.values_list("recipient_email", flat=True))
    assert len(told) == len(set(told)) == len(people_of(event))
    assert Run.objects.filter(state=RunState.PUBLISHED).count() == 1
    assert list(findings()) == []


def test_two_no_shows_reported_at_once_leave_a_timetable_that_holds():
    event = a_matchmaking(make_cast(), people=10)
    many_agreed(event)
    a_published_run(event)
    gone = people_of(event)[:3]
    results = all_at_once(
        *(
            lambda pk=one.pk: actions.report_missing(
                event_id=event.pk, registration_ids=[pk], by=SYSTEM, at=AT
            )
            for one in gone
        )
    )
    assert not [one for one in results if isinstance(one, Exception)], results
    assert laws_broken(event) == []
    assert list(findings()) == []
    keys = {one.pk for one in gone}
    assert not [one for one in standing(event) if {one.first_id, one.second_id} & keys]
