"""Booking by oneself: an accepted request takes a free slot and table at once, also when many do so together."""

from __future__ import annotations

from typing import Any

import pytest

from landbridge.events.models import MeetingTable, Registration, Slot
from landbridge.foundation.outbox.models import Letter
from landbridge.foundation.permissions.actor import SYSTEM, Actor
from landbridge.foundation.problems import NotAllowed, Refused
from landbridge.meetings import actions
from landbridge.meetings.actions import booking
from landbridge.meetings.models import Meeting, MeetingRules, Request, Seat
from landbridge.meetings.queries.findings import findings
from landbridge.meetings.queries.spots import Opening
from landbridge.meetings.states import Asked
from tests.cast import Cast
from tests.factories.events import AT
from tests.factories.timetables import (
    a_matchmaking,
    a_published_run,
    agreed,
    laws_broken,
    people_of,
    standing,
    the_rules,
)

pytestmark = pytest.mark.django_db


def a_market(cast: Cast, **options: Any) -> Any:
    event = a_matchmaking(cast, **options)
    the_rules(event, may_book_oneself=True)
    return event


def test_an_accepted_request_takes_the_first_slot_free_for_both(cast: Cast):
    event = a_market(cast, people=4)
    one, other, *_ = people_of(event)
    meeting = actions.book(request_id=agreed(one, other).pk, by=SYSTEM, at=AT)
    assert (meeting.slot.number, meeting.run_id) == (1, None)
    assert meeting.table is not None
    assert set(Letter.objects.values_list("recipient_email", flat=True)) == {one.email, other.email}
    with pytest.raises(Refused, match="meet_already"):
        actions.book(request_id=meeting.request_id, by=SYSTEM, at=AT)
    assert list(findings()) == []


def test_a_slot_of_ones_choice_or_another_when_it_is_gone(cast: Cast):
    event = a_market(cast, people=4)
    one, other, third, _ = people_of(event)
    second = Slot.objects.get(event=event, number=2)
    assert actions.book(request_id=agreed(one, other).pk, slot_id=second.pk, by=SYSTEM, at=AT).slot == second
    request = agreed(one, third)
    with pytest.raises(Refused, match="slot_taken_meanwhile"):
        actions.book(request_id=request.pk, slot_id=second.pk, by=SYSTEM, at=AT)
    assert actions.book(request_id=request.pk, by=SYSTEM, at=AT).slot.number == 1


def test_where_no_slot_is_left_one_is_told_so(cast: Cast):
    event = a_market(cast, people=4, slots=2, tables=1)
    one, other, third, fourth = people_of(event)
    Registration.objects.filter(pk=other.pk).update(slots=[])
    with pytest.raises(Refused, match="no_slot_left"):
        actions.book(request_id=agreed(one, other).pk, by=SYSTEM, at=AT)
    for _ in range(2):
        actions.book(request_id=agreed(third, people_of(event)[0 if _ else 3]).pk, by=SYSTEM, at=AT)
    with pytest.raises(Refused, match="no_slot_left"):  # both tables are taken
        actions.book(request_id=agreed(one, fourth).pk, by=SYSTEM, at=AT)


def test_only_where_the_event_allows_it_and_both_agreed(cast: Cast):
    event = a_matchmaking(cast, people=4)
    one, other, third, _ = people_of(event)
    with pytest.raises(Refused, match="booking_is_not_open"):
        actions.book(request_id=agreed(one, other).pk, by=SYSTEM, at=AT)
    the_rules(event, may_book_oneself=True)
    with pytest.raises(Refused, match="request_not_accepted"):
        actions.book(request_id=agreed(one, third, state=Asked.SENT).pk, by=SYSTEM, at=AT)


def test_a_stranger_books_nothing_not_even_the_organiser(cast: Cast):
    event = a_market(cast, people=4)
    one, other, *_ = people_of(event)
    request = agreed(one, other)
    for name in ("mallory", "office"):
        with pytest.raises((Request.DoesNotExist, NotAllowed)):
            actions.book(request_id=request.pk, by=cast.actor(name), at=AT)
    Registration.objects.filter(pk=one.pk).update(person=cast.danish_sme)
    assert actions.book(request_id=request.pk, by=cast.actor("danish_sme"), at=AT)
    with pytest.raises(NotAllowed):
        actions.book(request_id=request.pk, by=Actor(person_id=None, name=""), at=AT)


def test_a_seat_taken_in_the_meantime_leads_to_another_slot(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    event = a_market(cast, people=4)
    one, other, third, _ = people_of(event)
    actions.book(request_id=agreed(one, third).pk, by=SYSTEM, at=AT)
    slots = list(Slot.objects.filter(event=event).order_by("number"))
    tables = tuple(MeetingTable.objects.filter(event=event).values_list("pk", flat=True))
    stale = [Opening(slot.pk, "", tables) for slot in slots]  # still shows the first slot as free
    monkeypatch.setattr(booking.Board, "openings", lambda _: stale)
    meeting = actions.book(request_id=agreed(one, other).pk, by=SYSTEM, at=AT)
    assert meeting.slot.number == 2
    assert Meeting.objects.count() == 2
    assert Seat.objects.count() == 4


def test_booked_meetings_stay_when_a_timetable_is_made_after_all(cast: Cast):
    event = a_market(cast, people=6)
    one, other, third, fourth, *_ = people_of(event)
    booked = actions.book(request_id=agreed(one, other).pk, by=SYSTEM, at=AT)
    agreed(one, third)
    agreed(third, fourth)
    a_published_run(event)
    booked.refresh_from_db()
    assert (booked.run_id, booked.slot.number) == (None, 1)
    assert len(standing(event)) == 3
    assert laws_broken(event) == []
    assert list(findings()) == []


def test_who_is_missing_loses_what_was_booked_and_nothing_is_put_in_its_place(cast: Cast):
    event = a_market(cast, people=4)
    one, other, third, _ = people_of(event)
    actions.book(request_id=agreed(one, other).pk, by=SYSTEM, at=AT)
    agreed(one, third)
    actions.report_missing(event_id=event.pk, registration_ids=[other.pk], by=SYSTEM, at=AT)
    assert standing(event) == []
    assert MeetingRules.objects.get(event=event).may_book_oneself
    assert list(findings()) == []
