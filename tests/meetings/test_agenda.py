"""One person's day: in the order of time, the next meeting, free slots, two time zones, and what it costs."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from landbridge.events.models import Event, Registration
from landbridge.events.states import Form
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.meetings import actions, queries
from landbridge.meetings.models import Meeting
from tests.cast import Cast
from tests.factories.events import a_session
from tests.factories.meetings import (
    BELGIAN,
    DANISH,
    GERMAN,
    Forum,
    a_forum,
    a_guest,
    a_meeting,
    after,
    placed,
)

pytestmark = pytest.mark.django_db


def fresh(forum: Forum, name: str) -> Registration:
    return Registration.objects.select_related("event").get(pk=forum.of(name).pk)


def test_the_day_in_the_order_of_time(cast: Cast):
    forum = a_forum(cast, slots=3)
    a_session(forum.event, "Lunch", "12:00", "13:00", kind="break")
    a_session(forum.event, "Lab tour", "11:00", "11:30", needs_sign_up=True)
    meeting = a_meeting(forum, slot=2)
    agenda = queries.agenda_of(fresh(forum, DANISH), at=forum.at)
    (day,) = agenda.days
    assert [(line.kind, line.clock[:5], line.title) for line in day.lines] == [
        ("session", "09:30", "Welcome"),
        ("break", "12:00", "Lunch"),
        ("free", "13:00", ""),
        ("meeting", "13:25", "Gerda German, German Institute"),
        ("free", "13:50", ""),
    ]
    line = day.lines[3]
    assert (line.meeting, line.place, line.text) == (meeting, "table 1", "Can you bind our peptide?")
    assert agenda.meetings == 1


def test_what_comes_next_runs_and_is_over(cast: Cast):
    forum = a_forum(cast)
    first, second = a_meeting(forum, slot=1), a_meeting(forum, DANISH, BELGIAN, slot=3)
    me = fresh(forum, DANISH)
    early = queries.agenda_of(me, at=forum.at).next
    assert early is not None
    assert (early.meeting, early.is_next, early.is_now) == (first, False, False)
    soon = queries.agenda_of(me, at=first.slot.starts_at - timedelta(minutes=10)).next
    assert soon is not None
    assert soon.is_next
    during = queries.agenda_of(me, at=first.slot.starts_at).next
    assert during is not None
    assert during.is_now
    then = queries.agenda_of(me, at=after(first))
    assert then.next is not None
    assert then.next.meeting == second
    assert [line.meeting for line in then.lines if line.is_unsaid] == [first]
    assert queries.agenda_of(me, at=after(second)).next is None


def test_free_slots_are_those_one_has_ticked_and_no_session_takes(cast: Cast):
    forum = a_forum(cast, slots=3)
    me = fresh(forum, DANISH)
    tour = a_session(forum.event, "Lab tour", "13:00", "13:20", needs_sign_up=True)
    tour.places_taken.create(registration=me, taken_at=forum.at)
    assert [line.clock[:5] for line in queries.agenda_of(me).lines if line.kind == "free"] == [
        "13:25",
        "13:50",
    ]
    me.slots = None
    agenda = queries.agenda_of(me)
    assert not agenda.has_said_when
    assert not [line for line in agenda.lines if line.kind == "free"]


def test_a_cancelled_meeting_stays_readable_and_frees_its_slot(cast: Cast):
    forum = a_forum(cast, slots=1)
    meeting = a_meeting(forum)
    actions.withdraw(request_id=meeting.request_id, by=forum.actor(GERMAN), at=forum.at)
    agenda = queries.agenda_of(fresh(forum, DANISH), at=forum.at)
    assert [(line.kind, line.is_cancelled) for line in agenda.lines[1:]] == [
        ("free", False),
        ("meeting", True),
    ]
    assert (agenda.next, agenda.meetings) == (None, 0)


def test_two_time_zones_and_a_link_for_those_who_come_by_video(cast: Cast):
    forum = a_forum(cast)
    Event.objects.update(form=Form.HYBRID)
    Registration.objects.filter(pk=forum.of(DANISH).pk).update(is_online=True, time_zone="America/New_York")
    meeting = a_meeting(forum, link="https://meet.example/abc")
    line = queries.agenda_of(fresh(forum, DANISH), at=meeting.slot.starts_at).next
    assert line is not None
    assert (line.clock, line.own_clock) == ("13:00–13:20", "07:00–07:20")
    assert (line.link, line.may_join) == ("https://meet.example/abc", True)
    here = queries.agenda_of(fresh(forum, GERMAN), at=forum.at)
    assert (here.own_zone, here.next.link if here.next else "") == ("", "https://meet.example/abc")
    Event.objects.update(form=Form.ON_SITE)
    there = queries.agenda_of(fresh(forum, GERMAN), at=forum.at).next
    assert there is not None
    assert there.link == ""


def test_as_many_questions_for_one_meeting_as_for_five(cast: Cast):
    forum = a_forum(cast)

    def cost() -> int:
        me = fresh(forum, DANISH)
        with CaptureQueriesContext(connection) as asked:
            queries.agenda_of(me, at=forum.at)
        return len(asked)

    a_meeting(forum)
    few = cost()
    for number in range(2, 6):
        guest = a_guest(forum.event)
        request = actions.ask(
            sender_id=guest.pk, receiver_id=forum.of(DANISH).pk, sentence="Why?", priority="low",
            by=SYSTEM, at=forum.at,
        )  # fmt: skip
        placed(forum, actions.accept(request_id=request.pk, by=forum.actor(DANISH), at=forum.at), slot=number)
    assert cost() == few == 4


@pytest.mark.once
def test_an_agenda_takes_little_however_many_take_part(cast: Cast):
    """Its cost does not grow with the event: it reads one person's rows alone."""
    forum = a_forum(cast)
    a_meeting(forum)
    rows = [
        Registration(
            event=forum.event, email=f"crowd-{number}@example.org", name=f"Crowd {number}", organisation_name="Crowd",
            state="approved", code=f"c{number}", calendar_key=f"crowd-{number}", begun_at=forum.at,
        )
        for number in range(2_000)
    ]  # fmt: skip
    Registration.objects.bulk_create(rows, batch_size=500)
    me = fresh(forum, DANISH)
    queries.agenda_of(me, at=forum.at)
    took = []
    for _ in range(5):
        began = time.process_time()
        queries.agenda_of(me, at=forum.at)
        took.append(time.process_time() - began)
    assert min(took) < 0.03
    assert Meeting.objects.count() == 1
