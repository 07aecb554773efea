"""What came of a meeting: each side alone, what both say together, questions, introductions, steps, contacts."""

from __future__ import annotations

from datetime import timedelta

import pytest

from landbridge.events.models import Registration
from landbridge.foundation import clock
from landbridge.foundation.outbox.models import Letter
from landbridge.foundation.problems import NotAllowed, Refused
from landbridge.introductions.models import Introduction
from landbridge.meetings import actions, queries
from landbridge.meetings.models import Meeting, Outcome, Seat
from landbridge.meetings.states import MeetingState
from landbridge.meetings.tasks.asking import clear_up, expire, tell_news
from landbridge.meetings.tasks.outcomes import ask_what_came, conclude, remind_of_steps
from tests.cast import Cast
from tests.factories.meetings import BELGIAN, DANISH, GERMAN, Forum, a_forum, a_meeting, after, seat_of

pytestmark = pytest.mark.django_db


def say(forum: Forum, meeting: Meeting, name: str, *, was_held: bool = True, **changes):
    given = {"worth": 4 if was_held else None, "by": forum.actor(name), "at": after(meeting)}
    return actions.say_outcome(
        seat_id=seat_of(meeting, forum.of(name)).pk, was_held=was_held, **{**given, **changes}
    )


def state_of(meeting: Meeting) -> str:
    meeting.refresh_from_db()
    return meeting.state


# ── Saying ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_held_once_both_have_said_so(cast: Cast):
    forum = a_forum(cast)
    meeting = a_meeting(forum)
    say(forum, meeting, DANISH)
    assert state_of(meeting) == MeetingState.PLANNED
    say(forum, meeting, GERMAN, worth=2)
    assert state_of(meeting) == MeetingState.HELD
    assert set(meeting.seats.values_list("came", flat=True)) == {True}


def test_one_no_asks_the_organiser_and_decides_nothing(cast: Cast):
    forum = a_forum(cast)
    meeting = a_meeting(forum)
    say(forum, meeting, DANISH)
    say(forum, meeting, GERMAN, was_held=False)
    assert state_of(meeting) == MeetingState.PLANNED
    (question,) = queries.questions(forum.event)
    assert question.meeting == meeting
    assert question.said == (True, False)
    Seat.objects.filter(meeting=meeting).update(came=True)
    assert queries.questions(forum.event) == []


def test_what_was_said_can_be_changed(cast: Cast):
    forum = a_forum(cast)
    meeting = a_meeting(forum)
    say(forum, meeting, DANISH, was_held=False)
    say(forum, meeting, GERMAN)
    say(forum, meeting, DANISH, worth=3, note="Late, but we met.")
    assert state_of(meeting) == MeetingState.HELD
    assert queries.questions(forum.event) == []
    assert Outcome.objects.count() == 2


def test_a_cancelled_meeting_is_never_a_no_show(cast: Cast):
    forum = a_forum(cast)
    meeting = a_meeting(forum)
    actions.withdraw(request_id=meeting.request_id, by=forum.actor(DANISH), at=forum.at)
    with pytest.raises(Refused, match="meeting_cancelled"):
        say(forum, meeting, GERMAN, was_held=False)
    assert queries.questions(forum.event) == []


def test_nobody_speaks_before_it_begins(cast: Cast):
    forum = a_forum(cast)
    meeting = a_meeting(forum)
    with pytest.raises(Refused, match="meeting_ahead"):
        say(forum, meeting, DANISH, at=meeting.slot.starts_at - timedelta(seconds=1))
    assert say(forum, meeting, DANISH, at=meeting.slot.starts_at).pk


def test_a_stranger_and_the_other_side_say_nothing_for_me(cast: Cast):
    forum = a_forum(cast)
    meeting = a_meeting(forum)
    seat = seat_of(meeting, forum.of(DANISH))
    for name in ("german_provider", "mallory", "office", "organiser"):
        with pytest.raises(Seat.DoesNotExist):
            actions.say_outcome(seat_id=seat.pk, was_held=True, by=cast.actor(name), at=after(meeting))
        for act in (actions.finish_step, actions.introduce):
            with pytest.raises(Seat.DoesNotExist):
                act(seat_id=seat.pk, by=cast.actor(name), at=after(meeting))


def test_after_three_days_of_silence_one_word_is_enough(cast: Cast, monkeypatch):
    forum = a_forum(cast)
    meeting, other = a_meeting(forum), a_meeting(forum, BELGIAN, GERMAN, slot=2)
    say(forum, meeting, DANISH)
    say(forum, other, BELGIAN)
    say(forum, other, GERMAN, was_held=False)
    with pytest.raises(NotAllowed):
        actions.conclude(meeting_id=meeting.pk, by=forum.actor(DANISH), at=after(meeting, days=9))
    monkeypatch.setattr(clock, "now", lambda: after(meeting, days=2))
    conclude.call()
    assert state_of(meeting) == MeetingState.PLANNED
    monkeypatch.setattr(clock, "now", lambda: after(other, days=4))
    conclude.call()
    assert state_of(meeting) == MeetingState.HELD
    assert state_of(other) == MeetingState.PLANNED


# ── Introductions ────────────────────────────────────────────────────────────────────────────────────────────────────
def test_an_introduction_is_made_once_even_if_both_ask(cast: Cast):
    forum = a_forum(cast)
    meeting = a_meeting(forum)
    one = say(forum, meeting, DANISH, wants_introduction=True)
    other = say(forum, meeting, GERMAN, wants_introduction=True)
    again = actions.introduce(
        seat_id=seat_of(meeting, forum.of(DANISH)).pk, by=forum.actor(DANISH), at=after(meeting)
    )
    found = Introduction.objects.get()
    assert {one.introduction_id, other.introduction_id, again.introduction_id} == {found.pk}
    assert (found.company, found.provider) == (cast.danish_company, cast.german_institute)
    assert (found.region, found.provider_region) == (cast.zealand, cast.stuttgart)
    told = Letter.objects.filter(template="meetings/introduction_wanted")
    assert set(told.values_list("recipient_email", flat=True)) == {
        cast.zealand_broker.email, cast.stuttgart_broker.email
    }  # fmt: skip
    assert Introduction.objects.visible_to(cast.actor("zealand_broker")).exists()


def test_the_facility_is_the_provider_whoever_asks(cast: Cast):
    forum = a_forum(cast)
    meeting = a_meeting(forum)
    say(forum, meeting, GERMAN, wants_introduction=True)
    found = Introduction.objects.get()
    assert (found.company, found.provider) == (cast.danish_company, cast.german_institute)


def test_why_no_introduction_follows(cast: Cast):
    forum = a_forum(cast)
    meeting = a_meeting(forum)
    seat = seat_of(meeting, forum.of(DANISH)).pk
    with pytest.raises(Refused, match="introduction_without_meeting"):
        actions.introduce(seat_id=seat, by=forum.actor(DANISH), at=after(meeting))
    with pytest.raises(Refused, match="introduction_without_meeting"):
        say(forum, meeting, DANISH, was_held=False, wants_introduction=True)
    Registration.objects.filter(pk=forum.of(GERMAN).pk).update(organisation=None)
    with pytest.raises(Refused, match="no_organisation"):
        say(forum, meeting, DANISH, wants_introduction=True)
    assert not Outcome.objects.exists()


# ── Next steps ───────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_step_is_called_to_mind_three_times_and_not_once_done(cast: Cast, monkeypatch):
    forum = a_forum(cast)
    meeting = a_meeting(forum)
    say(forum, meeting, DANISH, next_step="Send two milligrams.", next_step_by_me=True)
    say(forum, meeting, GERMAN, next_step="Send the offer.", next_step_by_me=False)

    def letters(name: str) -> int:
        return Letter.objects.filter(
            template="meetings/next_step", recipient_email=forum.of(name).email
        ).count()

    seen = []
    for days in (2, 3, 4, 14, 15, 90, 200):
        monkeypatch.setattr(clock, "now", lambda days=days: after(meeting, days=days))
        remind_of_steps.call()
        seen.append(letters(DANISH))
        if days == 4:
            actions.finish_step(
                seat_id=seat_of(meeting, forum.of(GERMAN)).pk,
                by=forum.actor(GERMAN),
                at=after(meeting, days=4),
            )
    assert seen == [0, 1, 1, 2, 2, 3, 3]
    assert letters(GERMAN) == 1


def test_jobs_that_slept_send_one_letter_for_all(cast: Cast, monkeypatch):
    forum = a_forum(cast)
    meeting = a_meeting(forum)
    say(forum, meeting, DANISH, next_step="Send two milligrams.")
    monkeypatch.setattr(clock, "now", lambda: after(meeting, days=100))
    remind_of_steps.call()
    remind_of_steps.call()
    assert Letter.objects.filter(template="meetings/next_step").count() == 1


def test_a_step_that_is_not_there_is_not_finished(cast: Cast):
    forum = a_forum(cast)
    meeting = a_meeting(forum)
    say(forum, meeting, DANISH)
    seat = seat_of(meeting, forum.of(DANISH)).pk
    with pytest.raises(Refused, match="no_step"):
        actions.finish_step(seat_id=seat, by=forum.actor(DANISH), at=after(meeting))
    say(forum, meeting, DANISH, next_step="Call.")
    first = actions.finish_step(seat_id=seat, by=forum.actor(DANISH), at=after(meeting))
    later = actions.finish_step(seat_id=seat, by=forum.actor(DANISH), at=after(meeting, days=1))
    assert first.next_step_done_at == later.next_step_done_at
    assert say(forum, meeting, DANISH, next_step="Visit.").next_step_done_at is None


# ── In the evening ───────────────────────────────────────────────────────────────────────────────────────────────────
def test_in_the_evening_those_who_said_nothing_are_asked_once(cast: Cast, monkeypatch):
    forum = a_forum(cast)
    meeting = a_meeting(forum)
    say(forum, meeting, DANISH)
    asked = Letter.objects.filter(template="meetings/what_came")
    evening = forum.event.ends_at  # 18:00 in Brussels
    for moment, number in (
        (evening - timedelta(minutes=1), 0), (evening, 1), (evening + timedelta(hours=1), 1),
        (evening + timedelta(days=1, hours=1), 1),
    ):  # fmt: skip
        monkeypatch.setattr(clock, "now", lambda moment=moment: moment)
        ask_what_came.call()
        assert asked.count() == number, moment
    assert asked.get().recipient_email == forum.of(GERMAN).email
    assert str(forum.of(DANISH)) in asked.get().body


def test_the_jobs_of_requests_bring_what_is_due(cast: Cast, monkeypatch):
    forum = a_forum(cast)
    meeting = a_meeting(forum)
    Registration.objects.filter(pk=forum.of(DANISH).pk).update(state="cancelled")
    monkeypatch.setattr(clock, "now", lambda: forum.at)
    for task in (clear_up, expire, tell_news):
        task.call()
        task.call()
    assert state_of(meeting) == MeetingState.CANCELLED


# ── Contacts ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_contacts_are_those_one_has_met_and_show_what_they_show(cast: Cast):
    forum = a_forum(cast)
    met, other = a_meeting(forum), a_meeting(forum, DANISH, BELGIAN, slot=2)
    Registration.objects.filter(pk=forum.of(GERMAN).pk).update(shows_contact=True, telephone="+49 711 1")
    say(forum, met, DANISH)
    say(forum, other, DANISH, was_held=False)
    (contact,) = queries.contacts_of(forum.of(DANISH))
    assert (contact.registration.name, contact.email, contact.telephone) == (
        "Gerda German", forum.of(GERMAN).email, "+49 711 1"
    )  # fmt: skip
    assert queries.contacts_of(forum.of(GERMAN)) == []
    say(forum, met, GERMAN)
    (contact,) = queries.contacts_of(forum.of(GERMAN))
    assert (contact.email, contact.telephone) == ("", "")
