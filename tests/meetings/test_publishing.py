"""A version becomes meetings: once, in one transaction, told to everyone concerned exactly once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from landbridge.events.models import Registration
from landbridge.events.states import Registered
from landbridge.foundation.outbox.models import Letter
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.foundation.problems import NotAllowed, Refused
from landbridge.meetings import actions
from landbridge.meetings.models import Meeting, Run, Seat
from landbridge.meetings.queries.versions import places_in, published_run
from landbridge.meetings.states import Asked, MeetingState, RunKind, RunState
from tests.cast import Cast
from tests.factories.events import AT
from tests.factories.timetables import (
    a_draft_run,
    a_matchmaking,
    a_published_run,
    add_people,
    agreed,
    laws_broken,
    many_agreed,
    people_of,
    standing,
)

pytestmark = pytest.mark.django_db


def test_a_draft_becomes_meetings_with_two_seats_each(cast: Cast):
    event = a_matchmaking(cast)
    many_agreed(event)
    run = a_draft_run(event)
    assert (run.state, Meeting.objects.count()) == (RunState.DRAFT, 0)
    published = actions.publish_run(run_id=run.pk, by=SYSTEM, at=AT)
    assert published.state == RunState.PUBLISHED
    meetings = standing(event)
    assert len(meetings) == run.placements.count() == run.statistics["meetings"] > 10
    assert len({meeting.code for meeting in meetings}) == len(meetings)
    assert laws_broken(event) == []
    assert places_in(published) == {
        (one.first_id, one.second_id): (one.slot_id, one.table_id) for one in meetings
    }


def test_everybody_who_wished_for_a_meeting_gets_one_letter_with_their_plan(cast: Cast):
    event = a_matchmaking(cast, people=6)
    one, other, third, alone, *_ = people_of(event)
    agreed(one, other)
    agreed(one, third)
    Registration.objects.filter(pk=third.pk).update(slots=[])
    a_published_run(event)
    letters = {
        letter.recipient_email: letter for letter in Letter.objects.filter(template="meetings/timetable")
    }
    assert set(letters) == {one.email, other.email, third.email}
    assert "Person 2, Company 2" in letters[one.email].body
    assert "table 1" in letters[one.email].body
    assert "none of your requests could be placed" in letters[third.email].body
    assert alone.email not in letters


def test_a_second_publication_tells_only_what_changed_and_keeps_the_code_of_what_stays(cast: Cast):
    event = a_matchmaking(cast, people=6)
    one, other, third, fourth, *_ = people_of(event)
    agreed(one, other)
    a_published_run(event)
    (before,) = standing(event)
    actions.lock(meeting_id=before.pk, by=SYSTEM, at=AT)
    Letter.objects.all().delete()
    agreed(third, fourth)
    run = a_published_run(event, at=AT + timedelta(hours=1))
    assert run.number == 2
    assert Run.objects.get(number=1).state == RunState.SUPERSEDED
    codes = {meeting.code for meeting in standing(event)}
    assert before.code in codes
    assert len(codes) == 2
    assert set(Letter.objects.values_list("template", "recipient_email")) == {
        ("meetings/changed", third.email),
        ("meetings/changed", fourth.email),
    }
    before.refresh_from_db()
    assert (before.sequence, before.run_id) == (0, run.pk)


def test_what_vanishes_from_the_plan_is_cancelled_and_told_to_both(cast: Cast):
    event = a_matchmaking(cast, people=6)
    one, other, third, fourth, *_ = people_of(event)
    request = agreed(one, other)
    kept = agreed(third, fourth)
    a_published_run(event)
    actions.lock(meeting_id=Meeting.objects.get(request=kept).pk, by=SYSTEM, at=AT)
    Letter.objects.all().delete()
    request.state = Asked.WITHDRAWN
    request.save()
    a_published_run(event, at=AT + timedelta(hours=1))
    gone = Meeting.objects.get(request=request)
    assert (gone.state, gone.sequence) == (MeetingState.CANCELLED, 1)
    assert not Seat.objects.filter(meeting=gone, is_taken=True).exists()
    assert set(Letter.objects.values_list("recipient_email", flat=True)) == {one.email, other.email}
    assert laws_broken(event) == []


def test_a_draft_whose_ground_has_changed_is_not_published_unless_all_the_same(cast: Cast):
    event = a_matchmaking(cast, people=8, slots=3)
    many_agreed(event)
    run = a_draft_run(event)
    gone = people_of(event)[0]
    Registration.objects.filter(pk=gone.pk).update(state=Registered.CANCELLED)
    with pytest.raises(Refused, match="changed_since"):
        actions.publish_run(run_id=run.pk, by=SYSTEM, at=AT)
    assert Meeting.objects.count() == 0
    kept = list(run.placements.order_by("pk").values_list("request", "slot", "table"))
    actions.publish_run(run_id=run.pk, all_the_same=True, by=SYSTEM, at=AT)
    assert list(run.placements.order_by("pk").values_list("request", "slot", "table")) == kept
    assert not [one for one in standing(event) if gone.pk in (one.first_id, one.second_id)]
    assert laws_broken(event) == []
    holds = published_run(event)
    assert holds is not None
    assert (holds.kind, holds.previous_id) == (RunKind.REPAIR, run.pk)
    assert places_in(holds) == {
        (one.first_id, one.second_id): (one.slot_id, one.table_id) for one in standing(event)
    }
    told = list(Letter.objects.values_list("recipient_email", flat=True))
    assert len(told) == len(set(told))


def test_only_the_newest_draft_is_published(cast: Cast):
    event = a_matchmaking(cast)
    many_agreed(event)
    older, newer = a_draft_run(event), a_draft_run(event, seed=2)
    with pytest.raises(Refused, match="not_the_newest"):
        actions.publish_run(run_id=older.pk, by=SYSTEM, at=AT)
    actions.publish_run(run_id=newer.pk, by=SYSTEM, at=AT)
    older.refresh_from_db()
    assert older.state == RunState.SUPERSEDED


def test_published_twice_is_refused_and_told_once(cast: Cast):
    event = a_matchmaking(cast)
    many_agreed(event)
    run = a_published_run(event)
    told = Letter.objects.count()
    with pytest.raises(Refused, match="wrong_state"):
        actions.publish_run(run_id=run.pk, by=SYSTEM, at=AT)
    assert Letter.objects.count() == told


def test_locked_and_booked_meetings_stay_in_a_new_plan(cast: Cast):
    event = a_matchmaking(cast, people=8)
    many_agreed(event)
    a_published_run(event)
    kept = standing(event)[3]
    actions.lock(meeting_id=kept.pk, by=SYSTEM, at=AT)
    add_people(event, 2)
    many_agreed_with_new = people_of(event)[-2:]
    agreed(many_agreed_with_new[0], many_agreed_with_new[1])
    a_published_run(event, at=AT + timedelta(hours=1))
    now = Meeting.objects.get(pk=kept.pk)
    assert (now.slot_id, now.table_id, now.state) == (kept.slot_id, kept.table_id, MeetingState.PLANNED)
    assert laws_broken(event) == []


def test_nobody_publishes_the_timetable_of_anothers_programme(cast: Cast):
    event = a_matchmaking(cast)
    many_agreed(event)
    run = a_draft_run(event)
    with pytest.raises(Run.DoesNotExist):
        actions.publish_run(run_id=run.pk, by=cast.actor("other_office"), at=AT)
    with pytest.raises((NotAllowed, Run.DoesNotExist)):
        actions.publish_run(run_id=run.pk, by=cast.actor("danish_sme"), at=AT)
    assert actions.publish_run(run_id=run.pk, by=cast.actor("organiser"), at=AT).state == RunState.PUBLISHED


def test_publication_takes_the_same_statements_for_few_and_for_many(
    cast: Cast, django_assert_max_num_queries: Any
):
    event = a_matchmaking(cast, people=60, slots=8, tables=40)
    many_agreed(event, each=6)
    run = a_draft_run(event)
    assert run.statistics["meetings"] > 150
    with django_assert_max_num_queries(60):
        actions.publish_run(run_id=run.pk, by=SYSTEM, at=AT)
