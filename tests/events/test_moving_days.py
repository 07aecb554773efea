"""Moving and copying over the nights on which clocks change: the clock on the wall keeps its time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landbridge.events import actions, queries, rules
from landbridge.events.models import Event, Quota
from landbridge.events.rules.answers import Asks, Question
from landbridge.events.rules.moving import Stretch, moved, moved_slots, moved_stretch, wall_of
from landbridge.events.rules.slots import Plan
from landbridge.events.states import S
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.foundation.problems import Refused
from tests.factories.events import AT, a_challenge, a_draft_event, an_event, on

ZONES = ["Europe/Brussels", "Europe/London", "Europe/Helsinki", "Atlantic/Azores", "UTC"]
FIRST = datetime(2026, 1, 1, tzinfo=UTC)


def test_a_day_in_october_copied_into_november_begins_at_nine_again():
    moment = on(date(2026, 10, 20), "09:00")
    later = moved(moment, days=14, zone="Europe/Brussels")
    assert later == on(date(2026, 11, 3), "09:00")
    assert later - moment == timedelta(days=14, hours=1)


@given(
    minutes=st.integers(0, 2 * 365 * 24 * 60),
    days=st.integers(-400, 800),
    zone=st.sampled_from(ZONES),
)
def test_the_clock_on_the_wall_shows_the_same_unless_that_hour_is_skipped(minutes, days, zone):
    moment = FIRST + timedelta(minutes=minutes)
    later = moved(moment, days=days, zone=zone)
    wanted = wall_of(moment, zone) + timedelta(days=days)
    shown = wall_of(later, zone)
    is_skipped = shown != wanted
    if is_skipped:
        assert shown - wanted == timedelta(hours=1)
        local = wanted.replace(tzinfo=ZoneInfo(zone))
        assert local.utcoffset() != local.replace(fold=1).utcoffset()


@given(
    minutes=st.integers(0, 2 * 365 * 24 * 60),
    length=st.integers(1, 3 * 24 * 60),
    days=st.integers(-400, 800),
    zone=st.sampled_from(ZONES),
)
def test_a_stretch_never_ends_before_it_begins(minutes, length, days, zone):
    begin = FIRST + timedelta(minutes=minutes)
    found = moved_stretch(Stretch(begin, begin + timedelta(minutes=length)), days=days, zone=zone)
    assert found.ends_at > found.starts_at


@given(
    day=st.integers(0, 700),
    first=st.integers(6 * 60, 12 * 60),
    minutes=st.integers(5, 60),
    pause=st.integers(0, 30),
    count=st.integers(1, 8),
    gap=st.integers(1, 120),
    days=st.integers(-400, 800),
    zone=st.sampled_from(ZONES),
)
def test_slots_of_a_day_keep_their_clock_lengths_and_pauses(
    *, day, first, minutes, pause, count, gap, days, zone
):
    morning = rules.moment_at(datetime(2026, 1, 1) + timedelta(days=day, minutes=first), zone)  # noqa: DTZ001
    step, length = timedelta(minutes=minutes + pause), timedelta(minutes=minutes)
    slots = [Stretch(morning + step * number, morning + step * number + length, 1) for number in range(count)]
    noon = slots[-1].ends_at + timedelta(minutes=gap)
    slots += [Stretch(noon + step * number, noon + step * number + length, 2) for number in range(count)]
    found = list(moved_slots(slots, days=days, zone=zone))
    assert [slot.length for slot in found] == [slot.length for slot in slots]
    assert [slot.part for slot in found] == [slot.part for slot in slots]
    assert [wall_of(slot.starts_at, zone) for slot in found] == [
        wall_of(slot.starts_at, zone) + timedelta(days=days) for slot in slots
    ]


def test_slots_in_the_hour_that_is_skipped_do_not_overlap_afterwards():
    zone = "Europe/Brussels"
    night = rules.moment_at(datetime(2026, 3, 28, 1, 30), zone)  # noqa: DTZ001
    slots = [
        Stretch(night + timedelta(minutes=30 * n), night + timedelta(minutes=30 * n + 30), n)
        for n in range(6)
    ]
    found = list(moved_slots(slots, days=1, zone=zone))
    assert all(before.ends_at <= after.starts_at for before, after in pairwise(found))
    assert len(found) < len(slots)


@pytest.mark.django_db
def test_a_copy_has_everything_but_the_people_on_the_new_days(cast):
    event = an_event(
        cast, title="Partners", capacity=60, has_waiting_list=False, slots=4, tables=3, kind="open_innovation"
    )
    room = actions.add_room(event_id=event.pk, name="Hall A", places=40, by=SYSTEM, at=AT)
    day = event.starts_at.date()
    text = actions.SessionText(title="Workshop", kind="workshop", needs_sign_up=True, capacity=20)
    actions.add_session(
        event_id=event.pk, text=text, starts_at=on(day, "11:00"), ends_at=on(day, "12:00"), room_id=room.pk, by=SYSTEM, at=AT
    )  # fmt: skip
    actions.set_quotas(
        event_id=event.pk, by_region={cast.liege.pk: 10}, by_attendee={"investor": 5}, by=SYSTEM, at=AT
    )
    question = Question("dinner", "Dinner?", Asks.YES_NO)
    event.refresh_from_db()
    actions.set_questions(event_id=event.pk, version=event.version, questions=[question], by=SYSTEM, at=AT)
    event.refresh_from_db()
    french = {"title": "Partenaires", "summary": "Rencontrez."}
    actions.set_texts(event_id=event.pk, version=event.version, language="fr", texts=french, by=SYSTEM, at=AT)
    actions.lose_table(table_id=event.tables.order_by("number")[0].pk, by=SYSTEM, at=AT)

    made = actions.copy(event_id=event.pk, first_day=date(2026, 12, 16), by=cast.actor("organiser"), at=AT)
    assert (made.state, made.copied_from, made.published_at, made.sequence) == (S.DRAFT, event, None, 0)
    assert made.slug == "partners-2026-2"
    assert made.starts_at == on(date(2026, 12, 16), "09:00")
    assert made.ends_at == on(date(2026, 12, 16), "18:00")
    assert made.starts_at - event.starts_at != timedelta(days=182)
    assert (made.capacity, made.has_waiting_list, made.texts["fr"]) == (60, False, french)
    sessions = queries.programme_of(made)
    assert [(one.title, one.starts_at) for one in sessions] == [
        ("Welcome", on(date(2026, 12, 16), "09:30")),
        ("Workshop", on(date(2026, 12, 16), "11:00")),
    ]
    assert sessions[1].room is not None
    assert sessions[1].room.event_id == made.pk
    assert [one.starts_at for one in queries.slots_of(made)][:2] == [
        on(date(2026, 12, 16), "13:00"),
        on(date(2026, 12, 16), "13:25"),
    ]
    assert [table.out_since for table in queries.tables_of(made)] == [None, None, None]
    assert made.questions[0]["key"] == "dinner"
    assert Quota.objects.filter(event=made).count() == 2
    assert (made.registrations.count(), made.challenges.count()) == (0, 0)
    assert a_challenge(made).number == 1


@pytest.mark.django_db
def test_a_copy_under_another_title_asks_for_titles_in_other_languages_again(cast):
    event = a_draft_event(cast)
    actions.set_texts(
        event_id=event.pk, version=event.version, language="fr", texts={"title": "Un", "summary": "Deux"}, by=SYSTEM, at=AT
    )  # fmt: skip
    made = actions.copy(event_id=event.pk, first_day=date(2027, 6, 1), title="Other", by=SYSTEM, at=AT)
    assert made.texts == {"fr": {"summary": "Deux"}}
    problems = {problem.code for piece in queries.pre_check(made, at=AT) for problem in piece.problems}
    assert "language_without_title" in problems


@pytest.mark.django_db
def test_a_copy_lies_ahead(cast):
    event = an_event(cast)
    with pytest.raises(Refused, match="first_day_past"):
        actions.copy(event_id=event.pk, first_day=AT.date(), by=SYSTEM, at=AT)


@pytest.mark.django_db
def test_a_foreign_event_cannot_be_copied(cast):
    event = an_event(cast)
    with pytest.raises(Event.DoesNotExist):
        actions.copy(event_id=event.pk, first_day=date(2027, 6, 1), by=cast.actor("other_office"), at=AT)


@pytest.mark.django_db
def test_new_dates_take_programme_and_slots_along_at_their_times_of_the_clock(cast):
    event = an_event(cast, slots=4)
    changes = {
        "starts_at": on(date(2026, 11, 10), "09:00"),
        "ends_at": on(date(2026, 11, 10), "18:00"),
        "registration_closes_at": on(date(2026, 11, 8), "18:00"),
    }
    edited = actions.edit(
        event_id=event.pk, version=event.version, changes=changes, moves_along=True, by=SYSTEM, at=AT
    )
    assert edited.sequence == event.sequence + 1
    assert queries.slots_of(event)[0].starts_at == on(date(2026, 11, 10), "13:00")
    assert queries.programme_of(event)[0].starts_at == on(date(2026, 11, 10), "09:30")


@pytest.mark.django_db
def test_new_dates_that_leave_something_outside_are_refused(cast):
    event = an_event(cast, slots=4)
    changes = {"starts_at": event.starts_at + timedelta(days=3), "ends_at": event.ends_at + timedelta(days=3)}
    with pytest.raises(Refused, match="sessions_outside, slots_outside"):
        actions.edit(event_id=event.pk, version=event.version, changes=changes, by=SYSTEM, at=AT)
    event.refresh_from_db()
    assert event.starts_at != changes["starts_at"]


@pytest.mark.django_db
def test_slots_over_two_days_are_copied_day_by_day(cast):
    event = an_event(cast, slots=0, state=S.DRAFT, ends_at=on(date(2026, 6, 18), "18:00"))
    parts = tuple(
        Stretch(on(date(2026, 6, day), "10:00"), on(date(2026, 6, day), "11:00")) for day in (17, 18)
    )
    actions.lay_slots(event_id=event.pk, plan=Plan(30, 0, parts), by=SYSTEM, at=AT)
    made = actions.copy(event_id=event.pk, first_day=date(2027, 3, 27), by=SYSTEM, at=AT)
    assert [(wall_of(slot.starts_at, made.time_zone).isoformat(), slot.part) for slot in queries.slots_of(made)] == [
        ("2027-03-27T10:00:00", 1), ("2027-03-27T10:30:00", 1), ("2027-03-28T10:00:00", 2), ("2027-03-28T10:30:00", 2),
    ]  # fmt: skip
