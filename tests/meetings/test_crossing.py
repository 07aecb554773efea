"""Two who ask each other at the same moment: both are accepted, on whichever database, and nobody waits for ever."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.foundation.problems import Refused
from landbridge.introductions.models import Introduction
from landbridge.meetings import actions
from landbridge.meetings.models import Request
from landbridge.meetings.states import Asked, MeetingState, Priority
from tests.at_once import all_at_once
from tests.cast import make_cast
from tests.factories.events import AT
from tests.factories.meetings import (
    BELGIAN,
    DANISH,
    GERMAN,
    Forum,
    a_forum,
    a_guest,
    a_meeting,
    a_request,
    after,
    seat_of,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Any) -> None:
    settings.LANDBRIDGE_FILES = tmp_path


def asking(forum: Forum, sender: str, receiver: str) -> Callable[[], object]:
    one, other = forum.of(sender).pk, forum.of(receiver).pk
    return lambda: actions.ask(
        sender_id=one, receiver_id=other, sentence="You, too?", priority="medium", by=SYSTEM, at=AT
    )


def test_one_after_the_other_both_are_accepted():
    forum = a_forum(make_cast())
    first = a_request(forum, DANISH, GERMAN)
    second = a_request(forum, GERMAN, DANISH)
    first.refresh_from_db()
    assert (first.state, second.state) == (Asked.ACCEPTED, Asked.ACCEPTED)
    assert first.sender_told_at is None
    assert second.receiver_told_at is not None


def test_at_the_same_moment_both_are_accepted():
    forum = a_forum(make_cast())
    results = all_at_once(asking(forum, DANISH, GERMAN), asking(forum, GERMAN, DANISH))
    assert all(isinstance(one, Request) for one in results), results
    assert set(Request.objects.values_list("state", flat=True)) == {Asked.ACCEPTED}


def test_three_who_ask_in_a_ring_do_not_wait_for_ever():
    forum = a_forum(make_cast())
    ring = [DANISH, GERMAN, BELGIAN]
    works = [asking(forum, one, other) for one in ring for other in ring if one != other]
    results = all_at_once(*works)
    assert all(isinstance(one, Request) for one in results), results
    assert Request.objects.filter(state=Asked.ACCEPTED).count() == 6


def test_asked_twice_at_once_is_asked_once():
    forum = a_forum(make_cast())
    results = all_at_once(*[asking(forum, DANISH, GERMAN)] * 3)
    assert sum(isinstance(one, Request) for one in results) == 1
    assert all(isinstance(one, (Request, Refused)) for one in results), results


def test_the_cap_and_the_one_must_hold_when_all_come_at_once():
    forum = a_forum(make_cast(), most_requests=2)
    guests = [a_guest(forum.event).pk for _ in range(5)]
    me = forum.of(DANISH).pk

    def musts(guest: int) -> Callable[[], object]:
        return lambda: actions.ask(
            sender_id=me, receiver_id=guest, sentence="You?", priority=Priority.MUST, by=SYSTEM, at=AT
        )

    all_at_once(*map(musts, guests))
    assert Request.objects.filter(priority=Priority.MUST).count() == 1
    all_at_once(
        *(
            lambda pk=pk: actions.ask(
                sender_id=me, receiver_id=pk, sentence="You?", priority="low", by=SYSTEM, at=AT
            )
            for pk in guests
        )
    )
    assert Request.objects.open().count() == 2


def test_a_yes_and_a_withdrawal_at_once_leave_one_of_both():
    forum = a_forum(make_cast())
    request = a_request(forum)
    results = all_at_once(
        lambda: actions.accept(request_id=request.pk, by=forum.actor(GERMAN), at=AT),
        lambda: actions.withdraw(request_id=request.pk, by=forum.actor(DANISH), at=AT),
    )
    request.refresh_from_db()
    assert request.state == Asked.WITHDRAWN
    assert not [one for one in results if isinstance(one, Exception) and not isinstance(one, Refused)]


def test_a_crossing_is_withdrawn_as_one():
    forum = a_forum(make_cast())
    first, second = a_request(forum, DANISH, GERMAN), a_request(forum, GERMAN, DANISH)
    actions.withdraw(request_id=second.pk, by=forum.actor(DANISH), at=AT)
    assert set(Request.objects.values_list("state", flat=True)) == {Asked.WITHDRAWN}
    assert first.pk != second.pk


def test_both_speak_at_once_and_the_meeting_is_held_and_introduced_once():
    forum = a_forum(make_cast())
    meeting = a_meeting(forum)
    when = after(meeting)

    def saying(name: str) -> Callable[[], object]:
        seat = seat_of(meeting, forum.of(name)).pk
        return lambda: actions.say_outcome(
            seat_id=seat, was_held=True, worth=4, wants_introduction=True, by=SYSTEM, at=when
        )

    results = all_at_once(saying(DANISH), saying(GERMAN))
    assert not [one for one in results if isinstance(one, Exception)], results
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.HELD
    assert Introduction.objects.count() == 1
