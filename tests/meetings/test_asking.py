"""Asking for a meeting: the window to the second, caps, priorities, pairs that do not meet, answers, letters by the hour."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from landbridge.events.models import Registration
from landbridge.events.states import Registered
from landbridge.foundation.outbox.models import Letter
from landbridge.foundation.people.models import Person
from landbridge.foundation.permissions.actor import SYSTEM, Actor
from landbridge.foundation.problems import NotAllowed, Refused
from landbridge.meetings import actions, queries
from landbridge.meetings.models import Block, MeetingRules, Request
from landbridge.meetings.states import Asked, MeetingState, Priority
from tests.cast import Cast
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
)

pytestmark = pytest.mark.django_db


def ask(forum: Forum, sender: str = DANISH, receiver: str = GERMAN, **changes):
    given = {
        "sender_id": forum.of(sender).pk, "receiver_id": forum.of(receiver).pk, "sentence": "Can you bind it?",
        "priority": Priority.MEDIUM, "by": forum.actor(sender), "at": forum.at,
    }  # fmt: skip
    return actions.ask(**{**given, **changes})


# ── Asking ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_request_waits_and_holds_no_slot(cast: Cast):
    forum = a_forum(cast)
    request = ask(forum)
    assert (request.state, request.origin) == (Asked.SENT, "asked")
    assert request.expires_at == AT + timedelta(days=7)
    assert not forum.of(GERMAN).seats.exists()


def test_asking_opens_and_closes_to_the_second(cast: Cast):
    forum = a_forum(cast)
    second = timedelta(seconds=1)
    for moment, code in (
        (forum.rules.requests_open_at - second, "requests_not_open"),
        (forum.rules.requests_close_at, "requests_closed"),
    ):
        with pytest.raises(Refused, match=code):
            ask(forum, at=moment)
    assert ask(forum, at=forum.rules.requests_open_at).pk
    assert ask(forum, BELGIAN, at=forum.rules.requests_close_at - second).pk


def test_interest_of_the_day_is_bound_to_the_event_alone(cast: Cast):
    forum = a_forum(cast)
    during = forum.event.starts_at + timedelta(hours=1)
    request = ask(forum, at=during, origin="interest in a pitch")
    assert request.expires_at == forum.event.ends_at
    with pytest.raises(Refused, match="event_over"):
        ask(forum, BELGIAN, at=forum.event.ends_at, origin="interest in a pitch")


def test_without_rules_nobody_asks(cast: Cast):
    forum = a_forum(cast)
    MeetingRules.objects.all().delete()
    with pytest.raises(Refused, match="no_meetings"):
        ask(forum)


def test_open_requests_are_capped_and_a_withdrawal_makes_room(cast: Cast):
    forum = a_forum(cast, most_requests=1)
    first = ask(forum)
    with pytest.raises(Refused, match="too_many_requests"):
        ask(forum, receiver=BELGIAN)
    actions.withdraw(request_id=first.pk, by=forum.actor(DANISH), at=AT)
    assert ask(forum, receiver=BELGIAN).state == Asked.SENT


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"sentence": "  "}, "sentence_missing"),
        ({"sentence": "x" * 401}, "sentence_too_long"),
        ({"priority": "urgent"}, "no_such_priority"),
    ],
)
def test_what_is_asked_is_checked(cast: Cast, changes, code):
    with pytest.raises(Refused, match=code):
        ask(a_forum(cast), **changes)


def test_colleagues_do_not_ask_each_other(cast: Cast):
    forum = a_forum(cast)
    with pytest.raises(Refused, match="same_organisation"):
        ask(forum, receiver="danish_colleague")
    one = a_guest(forum.event, organisation_name="Guests Ltd")
    other = a_guest(forum.event, organisation_name=" guests LTD")
    assert queries.is_same_organisation(one, other)


def test_one_asks_once_and_not_again_after_a_no(cast: Cast):
    forum = a_forum(cast)
    request = ask(forum)
    with pytest.raises(Refused, match="asked_already"):
        ask(forum)
    actions.decline(request_id=request.pk, by=forum.actor(GERMAN), at=AT)
    with pytest.raises(Refused, match="said_no"):
        ask(forum)
    theirs = ask(forum, GERMAN, DANISH)
    actions.accept(request_id=theirs.pk, by=forum.actor(DANISH), at=AT)
    with pytest.raises(Refused, match="agreed_already"):
        ask(forum)


def test_who_has_no_place_or_wants_no_meetings_does_not_ask(cast: Cast):
    forum = a_forum(cast)
    Registration.objects.filter(pk=forum.of(DANISH).pk).update(state=Registered.SUBMITTED)
    with pytest.raises(Refused, match="takes_no_part"):
        ask(forum)
    Registration.objects.filter(pk=forum.of(DANISH).pk).update(
        state=Registered.APPROVED, wants_meetings=False
    )
    with pytest.raises(Refused, match="wants_no_meetings"):
        ask(forum)


def test_why_somebody_cannot_be_asked_looks_the_same_whatever_it_is(cast: Cast):
    """A block is not revealed: the refusal is that of somebody who is not listed, wants none, or left."""
    forum = a_forum(cast)
    refusals = []
    for changes in (
        {"is_listed": False},
        {"wants_meetings": False},
        {"state": Registered.CANCELLED},
        {"state": Registered.APPROVED},
    ):
        rows = Registration.objects.filter(pk=forum.of(GERMAN).pk)
        rows.update(**{"is_listed": True, "wants_meetings": True, **changes})
        if changes == {"state": Registered.APPROVED}:
            actions.block(
                registration_id=forum.of(GERMAN).pk,
                other_id=forum.of(DANISH).pk,
                by=forum.actor(GERMAN),
                at=AT,
            )
        with pytest.raises(Refused) as refused:
            ask(forum)
        refusals.append(refused.value.problems)
    assert len(set(map(repr, refusals))) == 1


def test_a_stranger_does_not_ask_for_another_and_not_across_events(cast: Cast):
    forum = a_forum(cast)
    for name in ("mallory", "belgian_sme", "office", "zealand_broker"):
        with pytest.raises(Registration.DoesNotExist):
            ask(forum, by=cast.actor(name))
    elsewhere = a_guest(a_forum(cast, names=()).event)
    with pytest.raises(Registration.DoesNotExist):
        ask(forum, receiver_id=elsewhere.pk)
    with pytest.raises(Registration.DoesNotExist):
        ask(forum, receiver_id=forum.of(DANISH).pk)


# ── Priorities ───────────────────────────────────────────────────────────────────────────────────────────────────────
def test_one_must_and_a_quarter_high(cast: Cast):
    forum = a_forum(cast)
    people = [a_guest(forum.event) for _ in range(6)]
    requests = [ask(forum, receiver_id=one.pk) for one in people[:3]]
    with pytest.raises(Refused, match="too_many_high") as refused:
        actions.prioritise(request_id=requests[0].pk, priority="high", by=forum.actor(DANISH), at=AT)
    assert refused.value.problems[0].params["needed"] == 4
    high = ask(forum, receiver_id=people[3].pk, priority=Priority.HIGH)
    must = ask(forum, receiver_id=people[4].pk, priority=Priority.MUST)
    with pytest.raises(Refused, match="one_must"):
        ask(forum, receiver_id=people[5].pk, priority=Priority.MUST)
    actions.prioritise(request_id=must.pk, priority="must", by=forum.actor(DANISH), at=AT)
    assert high.priority == Priority.HIGH


def test_a_no_costs_no_priority_but_a_withdrawal_lowers_the_newest(cast: Cast):
    forum = a_forum(cast)
    people = [a_guest(forum.event) for _ in range(4)]
    requests = [ask(forum, receiver_id=one.pk) for one in people[:3]]
    high = ask(forum, receiver_id=people[3].pk, priority=Priority.HIGH)
    actions.decline(request_id=requests[0].pk, by=signed_up(people[0]), at=AT)
    high.refresh_from_db()
    assert high.priority == Priority.HIGH
    actions.withdraw(request_id=requests[1].pk, by=forum.actor(DANISH), at=AT)
    high.refresh_from_db()
    assert high.priority == Priority.MEDIUM


def signed_up(registration: Registration) -> Actor:
    """A guest who has made an account with the address of the registration."""
    person = Person.objects.create(email=registration.email, name=registration.name)
    return Actor(person_id=person.pk, name=person.name)


def test_each_changes_their_own_priority_only(cast: Cast):
    forum = a_forum(cast)
    request = a_request(forum, accepted=True)
    actions.prioritise(request_id=request.pk, priority="must", by=forum.actor(GERMAN), at=AT)
    request.refresh_from_db()
    assert (request.priority, request.answer_priority) == (Priority.MEDIUM, Priority.MUST)
    with pytest.raises(Request.DoesNotExist):
        actions.prioritise(request_id=request.pk, priority="low", by=cast.actor("belgian_sme"), at=AT)
    actions.withdraw(request_id=request.pk, by=forum.actor(DANISH), at=AT)
    with pytest.raises(Refused, match="not_open"):
        actions.prioritise(request_id=request.pk, priority="low", by=forum.actor(DANISH), at=AT)


# ── Answers ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_yes_with_a_priority_of_ones_own(cast: Cast):
    forum = a_forum(cast)
    request = ask(forum)
    with pytest.raises(Refused, match="not_asked"):
        actions.accept(request_id=request.pk, by=forum.actor(DANISH), at=AT)
    accepted = actions.accept(request_id=request.pk, priority="must", by=forum.actor(GERMAN), at=AT)
    assert (accepted.state, accepted.answer_priority) == (Asked.ACCEPTED, Priority.MUST)
    with pytest.raises(Refused, match="wrong_state"):
        actions.decline(request_id=request.pk, by=forum.actor(GERMAN), at=AT)


def test_a_stranger_answers_nothing(cast: Cast):
    forum = a_forum(cast)
    request = ask(forum)
    for name in ("mallory", "belgian_sme", "office", "organiser", "danish_colleague"):
        for act in (actions.accept, actions.decline, actions.withdraw):
            with pytest.raises((Request.DoesNotExist, NotAllowed)):
                act(request_id=request.pk, by=cast.actor(name), at=AT)


def test_a_yes_comes_in_time_and_from_those_who_take_part(cast: Cast):
    forum = a_forum(cast)
    request = ask(forum)
    with pytest.raises(Refused, match="request_expired"):
        actions.accept(request_id=request.pk, by=forum.actor(GERMAN), at=request.expires_at)
    for who, code in ((DANISH, "not_available"), (GERMAN, "takes_no_part")):
        Registration.objects.filter(pk=forum.of(who).pk).update(state=Registered.CANCELLED)
        with pytest.raises(Refused, match=code):
            actions.accept(request_id=request.pk, by=forum.actor(GERMAN), at=AT)


def test_a_reason_is_read_by_the_other_only_where_that_was_chosen(cast: Cast):
    forum = a_forum(cast)
    hidden, shown = ask(forum), ask(forum, BELGIAN)
    with pytest.raises(Refused, match="reason_too_long"):
        actions.decline(request_id=hidden.pk, reason="x" * 301, by=forum.actor(GERMAN), at=AT)
    actions.decline(request_id=hidden.pk, reason="Not our field.", by=forum.actor(GERMAN), at=AT)
    actions.decline(request_id=shown.pk, reason="Full.", reason_is_shown=True, by=forum.actor(GERMAN), at=AT)
    assert queries.mine_of(forum.of(DANISH)).over[0].reason == ""
    assert queries.mine_of(forum.of(BELGIAN)).over[0].reason == "Full."


def test_only_the_sender_takes_back_what_waits(cast: Cast):
    forum = a_forum(cast)
    request = ask(forum)
    with pytest.raises(Refused, match="not_yours"):
        actions.withdraw(request_id=request.pk, by=forum.actor(GERMAN), at=AT)
    assert actions.withdraw(request_id=request.pk, by=forum.actor(DANISH), at=AT).state == Asked.WITHDRAWN


def test_taking_back_what_was_agreed_cancels_the_meeting_and_tells_once(cast: Cast):
    forum = a_forum(cast)
    meeting = a_meeting(forum)
    actions.withdraw(request_id=meeting.request_id, reason="Ill.", by=forum.actor(GERMAN), at=AT)
    meeting.refresh_from_db()
    assert (meeting.state, meeting.sequence) == (MeetingState.CANCELLED, 1)
    assert not meeting.seats.filter(is_taken=True).exists()
    letters = Letter.objects.filter(template="meetings/called_off")
    assert list(letters.values_list("recipient_email", flat=True)) == [forum.of(DANISH).email]
    actions.tell_news(registration_id=forum.of(DANISH).pk, by=SYSTEM, at=AT)
    assert not Letter.objects.filter(template="meetings/news").exists()


def test_a_meeting_that_has_begun_is_not_taken_back(cast: Cast):
    forum = a_forum(cast)
    meeting = a_meeting(forum)
    with pytest.raises(Refused, match="meeting_begun"):
        actions.withdraw(request_id=meeting.request_id, by=forum.actor(DANISH), at=after(meeting))


def test_what_nobody_answers_expires(cast: Cast):
    forum = a_forum(cast)
    request = ask(forum)
    assert queries.expired_by(request.expires_at - timedelta(seconds=1)) == []
    assert queries.expired_by(request.expires_at) == [request.pk]
    assert actions.expire(request_id=request.pk, by=SYSTEM, at=AT).state == Asked.SENT
    assert actions.expire(request_id=request.pk, by=SYSTEM, at=request.expires_at).state == Asked.EXPIRED
    assert actions.expire(request_id=request.pk, by=SYSTEM, at=request.expires_at).state == Asked.EXPIRED


# ── Keeping apart, leaving ───────────────────────────────────────────────────────────────────────────────────────────
def block(forum: Forum, who: str, whom: str):
    return actions.block(
        registration_id=forum.of(who).pk, other_id=forum.of(whom).pk, by=forum.actor(who), at=forum.at
    )


def test_a_block_ends_what_was_open_like_a_no(cast: Cast):
    forum = a_forum(cast)
    request = ask(forum)
    found = block(forum, GERMAN, DANISH)
    assert block(forum, GERMAN, DANISH) == found
    request.refresh_from_db()
    assert (request.state, request.reason) == (Asked.DECLINED, "")
    with pytest.raises(Refused, match="blocked_by_you"):
        ask(forum, GERMAN, DANISH)
    with pytest.raises(Refused, match="not_available"):
        ask(forum)


def test_a_block_is_taken_back_by_whoever_set_it(cast: Cast):
    forum = a_forum(cast)
    block(forum, GERMAN, DANISH)
    with pytest.raises(Refused, match="not_blocked"):
        actions.unblock(
            registration_id=forum.of(DANISH).pk, other_id=forum.of(GERMAN).pk, by=forum.actor(DANISH), at=AT
        )
    actions.unblock(
        registration_id=forum.of(GERMAN).pk, other_id=forum.of(DANISH).pk, by=forum.actor(GERMAN), at=AT
    )
    assert not Block.objects.exists()
    assert ask(forum).state == Asked.SENT


def test_after_a_bad_meeting_one_need_not_meet_again(cast: Cast):
    forum = a_forum(cast)
    meeting = a_meeting(forum)
    actions.block(
        registration_id=forum.of(GERMAN).pk,
        other_id=forum.of(DANISH).pk,
        by=forum.actor(GERMAN),
        at=after(meeting),
    )
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.PLANNED


def test_a_pair_is_blocked_once_by_each(cast: Cast):
    forum = a_forum(cast)
    found = block(forum, GERMAN, DANISH)
    found.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        found.save(force_insert=True)


def test_whoever_leaves_ends_everything_and_the_others_are_told_once(cast: Cast):
    forum = a_forum(cast)
    meeting, request = a_meeting(forum), ask(forum, BELGIAN, DANISH)
    with pytest.raises(Refused, match="takes_part"):
        actions.leave(registration_id=forum.of(DANISH).pk, by=forum.actor(DANISH), at=AT)
    Registration.objects.filter(pk=forum.of(DANISH).pk).update(state=Registered.CANCELLED)
    assert queries.gone_with_meetings(AT) == [forum.of(DANISH).pk]
    with pytest.raises(Registration.DoesNotExist):
        actions.leave(registration_id=forum.of(DANISH).pk, by=cast.actor("belgian_sme"), at=AT)
    with pytest.raises(NotAllowed):
        actions.leave(registration_id=forum.of(DANISH).pk, by=cast.actor("zealand_broker"), at=AT)
    for _again in range(2):
        actions.leave(registration_id=forum.of(DANISH).pk, by=SYSTEM, at=AT)
    meeting.refresh_from_db()
    request.refresh_from_db()
    assert (meeting.state, request.state) == (MeetingState.CANCELLED, Asked.DECLINED)
    assert queries.gone_with_meetings(AT) == []
    assert Letter.objects.filter(template="meetings/called_off").count() == 1


# ── Letters ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def news(forum: Forum, name: str, *, at):
    for pk in queries.to_be_told():
        actions.tell_news(registration_id=pk, by=SYSTEM, at=at)
    rows = Letter.objects.filter(template="meetings/news", recipient_email=forum.of(name).email)
    return list(rows.order_by("pk").values_list("body", flat=True))


def test_many_who_ask_make_one_letter_an_hour(cast: Cast):
    forum = a_forum(cast)
    ask(forum)
    assert len(news(forum, GERMAN, at=AT)) == 1
    for _ in range(5):
        guest = a_guest(forum.event)
        actions.ask(
            sender_id=guest.pk,
            receiver_id=forum.of(GERMAN).pk,
            sentence="And me?",
            priority="low",
            by=SYSTEM,
            at=AT,
        )
    assert len(news(forum, GERMAN, at=AT + timedelta(minutes=59))) == 1
    later = news(forum, GERMAN, at=AT + timedelta(minutes=60))
    assert len(later) == 2
    assert later[1].count("And me?") == 5
    assert len(news(forum, GERMAN, at=AT + timedelta(hours=3))) == 2


def test_the_letter_says_what_became_of_each(cast: Cast):
    forum = a_forum(cast)
    yes, no = ask(forum), ask(forum, receiver=BELGIAN)
    actions.accept(request_id=yes.pk, by=forum.actor(GERMAN), at=AT)
    actions.decline(request_id=no.pk, reason="Secret.", by=forum.actor(BELGIAN), at=AT)
    (body,) = news(forum, DANISH, at=AT)
    assert str(forum.of(GERMAN)) in body
    assert str(forum.of(BELGIAN)) in body
    assert "Secret." not in body
    assert news(forum, GERMAN, at=AT) == []


def test_what_was_taken_back_before_it_was_told_is_never_told(cast: Cast):
    forum = a_forum(cast)
    request = ask(forum)
    actions.withdraw(request_id=request.pk, by=forum.actor(DANISH), at=AT)
    assert news(forum, GERMAN, at=AT) == []
    assert queries.to_be_told() == []
