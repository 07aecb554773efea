"""Sessions: booked in free time, told to both sides, cancelled, entered, approved, disputed; hours never exceed."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from landbridge.coaching import actions, queries, rules, tasks
from landbridge.coaching.models import Case, Coach, Session
from landbridge.coaching.rules import Booking, Stretch
from landbridge.coaching.rules.booking import hours_in
from landbridge.coaching.states import S, SessionState
from landbridge.foundation import clock
from landbridge.foundation.outbox.models import Letter
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.foundation.problems import NotAllowed, Refused
from tests.factories.coaching import AT, FREE_FROM, a_case, a_coach, a_session, free_time

HOUR = timedelta(hours=1)


def letters(name):
    return {
        one.recipient_email: f"{one.subject}\n{one.body}"
        for one in Letter.objects.filter(template=f"coaching/{name}")
    }


def book(case, free, *, by=SYSTEM, begins=None, hours=1.0, at=AT):
    begins = begins or free.starts_at
    return actions.book(
        case_id=case.pk,
        free_time_id=free.pk,
        starts_at=begins,
        ends_at=begins + hours * HOUR,
        topic="",
        by=by,
        at=at,
    )


# ── Booking ──────────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.django_db
def test_each_side_is_told_on_its_own_clock_with_its_own_calendar(cast):
    coach = a_coach(cast, time_zone="Europe/London", meeting_link="https://meet.example/gerda")
    case = a_case(cast, S.COACHING, coach=coach)
    session = book(case, free_time(coach), by=cast.actor("danish_sme"))
    told = letters("session_booked")
    assert set(told) == {cast.danish_sme.email, cast.danish_colleague.email, cast.german_provider.email}
    assert "09:00" in told[cast.danish_sme.email]
    assert "08:00" in told[cast.german_provider.email]
    assert case.calendar_key in told[cast.danish_sme.email]
    assert coach.calendar_key in told[cast.german_provider.email]
    assert coach.calendar_key not in told[cast.danish_sme.email]
    assert session.link == "https://meet.example/gerda"


@pytest.mark.django_db
def test_free_time_is_cut_into_sessions_that_never_overlap(cast):
    case = a_case(cast, S.COACHING)
    free = free_time(Coach.objects.get(), hours=3)
    book(case, free)
    book(case, free, begins=free.starts_at + HOUR)
    for begins in (0.5, 1.0, 1.5):
        with pytest.raises(Refused, match="session_taken"):
            book(case, free, begins=free.starts_at + begins * HOUR)
    with pytest.raises(Refused, match="session_outside"):
        book(case, free, begins=free.starts_at + 2.5 * HOUR)
    assert Session.objects.count() == 2
    assert list(queries.findings()) == []


@pytest.mark.django_db
def test_a_company_is_not_in_two_sessions_at_once(cast):
    case = a_case(cast, S.COACHING)
    other_coach = a_coach(cast, person=cast.belgian_provider, organisation=cast.belgian_institute)
    other = a_case(cast, S.COACHING, coach=other_coach)
    book(case, free_time(Coach.objects.get(person=cast.german_provider)))
    with pytest.raises(Refused, match="session_clashes"):
        book(other, free_time(other_coach))


@pytest.mark.django_db
def test_who_books_and_when(cast):
    case = a_case(cast, S.PLANNED)
    free = free_time(Coach.objects.get())
    with pytest.raises(Refused, match="no_coaching"):
        book(case, free)
    case = a_case(cast, S.COACHING)
    for name in ("german_provider", "zealand_broker", "office"):
        with pytest.raises(NotAllowed):
            book(case, free, by=cast.actor(name))
    with pytest.raises(Case.DoesNotExist):
        book(case, free, by=cast.actor("belgian_sme"))
    actions.take_away(free_time_id=free.pk, by=SYSTEM, at=AT)
    with pytest.raises(Refused, match="time_is_gone"):
        book(case, free)


@pytest.mark.django_db
def test_no_more_is_booked_than_the_plan_has_hours(cast):
    case = a_case(cast, S.COACHING)  # 7.5 hours
    free = free_time(Coach.objects.get(), hours=10)
    book(case, free, hours=4)
    book(case, free, begins=free.starts_at + 4 * HOUR, hours=3)
    with pytest.raises(Refused, match="hours_used_up"):
        book(case, free, begins=free.starts_at + 7 * HOUR, hours=1)
    assert queries.hours_of_case(case).left == Decimal("0.5")
    book(case, free, begins=free.starts_at + 7 * HOUR, hours=0.5)


quarters = st.integers(0, 39)


@given(st.lists(st.tuples(quarters, st.sampled_from(rules.LENGTHS)), max_size=30), st.integers(1, 40))
def test_whatever_is_asked_for_bookings_never_overlap_and_never_exceed_the_plan(asked, plan_hours):
    free, booked = Stretch(AT + HOUR, AT + 11 * HOUR), []
    for place, minutes in asked:
        begins = free.starts_at + timedelta(minutes=15 * place)
        wanted = Stretch(begins, begins + timedelta(minutes=minutes))
        left = plan_hours - sum((hours_in(one) for one in booked), start=Decimal(0))
        if not list(rules.problems_with_booking(Booking(wanted, free, tuple(booked), (), left), at=AT)):
            booked.append(wanted)
    booked.sort(key=lambda one: one.starts_at)
    assert all(one.ends_at <= other.starts_at for one, other in pairwise(booked))
    assert all(free.starts_at <= one.starts_at and one.ends_at <= free.ends_at for one in booked)
    assert sum((hours_in(one) for one in booked), start=Decimal(0)) <= plan_hours


@given(st.lists(st.integers(1, 24).map(lambda halves: Decimal(halves) / 2), max_size=20), st.integers(1, 40))
def test_hours_that_are_entered_never_exceed_the_plan(wanted, plan_hours):
    entered = []
    for hours in wanted:
        given_ = {
            "starts_at": AT,
            "hours": hours,
            "others": entered,
            "plan_hours": Decimal(plan_hours),
            "at": AT,
        }
        if not list(rules.problems_with_entering(**given_)):
            entered.append(hours)
    assert sum(entered, start=Decimal(0)) <= plan_hours


# ── Cancelling ───────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.django_db
@pytest.mark.parametrize(("hours", "late"), [(25, False), (24, False), (23, True)])
@pytest.mark.parametrize("name", ["danish_sme", "german_provider"])
def test_either_side_cancels_and_late_is_noted(cast, name, hours, late):
    session = a_session(a_case(cast, S.COACHING))
    at = session.starts_at - hours * HOUR
    actions.cancel(session_id=session.pk, reason="Ill", by=cast.actor(name), at=at)
    session.refresh_from_db()
    assert (session.state, session.cancelled_late, session.sequence) == (SessionState.CANCELLED, late, 1)
    assert set(letters("session_cancelled")) == {
        cast.danish_sme.email, cast.danish_colleague.email, cast.german_provider.email,
    }  # fmt: skip
    again = a_session(Case.objects.get(), starts_at=session.starts_at + 5 * HOUR)
    assert again.state == SessionState.BOOKED


@pytest.mark.django_db
def test_a_time_that_was_cancelled_is_free_again(cast):
    case = a_case(cast, S.COACHING)
    free = free_time(Coach.objects.get())
    first = book(case, free)
    actions.cancel(session_id=first.pk, reason="Ill", by=SYSTEM, at=AT)
    assert book(case, free).starts_at == first.starts_at


@pytest.mark.django_db
def test_neither_desk_nor_office_cancels_and_nobody_once_it_has_begun(cast):
    session = a_session(a_case(cast, S.COACHING))
    for name in ("zealand_broker", "office", "auditor"):
        with pytest.raises(NotAllowed):
            actions.cancel(session_id=session.pk, reason="x", by=cast.actor(name), at=AT)
    with pytest.raises(Refused, match="session_began"):
        actions.cancel(session_id=session.pk, reason="x", by=cast.actor("danish_sme"), at=session.starts_at)
    with pytest.raises(Refused, match="no_reason"):
        actions.cancel(session_id=session.pk, reason="", by=cast.actor("danish_sme"), at=AT)


# ── Hours ────────────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.django_db
def test_hours_are_entered_disputed_corrected_and_approved(cast):
    case = a_case(cast, S.COACHING)
    session = a_session(case)
    company, expert, at = cast.actor("danish_sme"), cast.actor("german_provider"), session.ends_at
    actions.hold(session_id=session.pk, hours=Decimal(3), notes="The list.", by=expert, at=at)
    assert set(letters("session_held")) == {cast.danish_sme.email, cast.danish_colleague.email}
    actions.dispute(session_id=session.pk, reason="It was two.", by=company, at=at)
    assert set(letters("hours_disputed")) == {cast.german_provider.email, cast.zealand_broker.email}
    assert "It was two." in letters("hours_disputed")[cast.german_provider.email]
    actions.correct(session_id=session.pk, hours=Decimal(2), notes="The list.", by=expert, at=at + HOUR)
    actions.approve_hours(session_id=session.pk, by=company, at=at + 2 * HOUR)
    session.refresh_from_db()
    assert (session.state, session.hours, session.approved_by_name) == (
        SessionState.APPROVED, Decimal(2), cast.danish_sme.name,
    )  # fmt: skip
    hours = queries.hours_of_case(case)
    assert (hours.planned, hours.entered, hours.approved, hours.booked, hours.left) == (
        Decimal("7.5"), Decimal(2), Decimal(2), Decimal(0), Decimal("5.5"),
    )  # fmt: skip


@pytest.mark.django_db
def test_nobody_approves_their_own_hours(cast):
    session = a_session(a_case(cast, S.COACHING), SessionState.HELD)
    with pytest.raises(NotAllowed):
        actions.approve_hours(session_id=session.pk, by=cast.actor("german_provider"), at=session.ends_at)
    with pytest.raises(NotAllowed):
        actions.correct(
            session_id=session.pk, hours=Decimal(1), notes="", by=cast.actor("danish_sme"), at=session.ends_at
        )


@pytest.mark.django_db
def test_more_hours_than_the_plan_has_are_refused(cast):
    case = a_case(cast, S.COACHING)
    a_session(case, SessionState.APPROVED, hours=Decimal(6))
    session = a_session(case, minutes=60)
    with pytest.raises(Refused, match="hours_over_plan"):
        actions.hold(session_id=session.pk, hours=Decimal(2), notes="", by=SYSTEM, at=session.ends_at)
    actions.hold(session_id=session.pk, hours=Decimal("1.5"), notes="", by=SYSTEM, at=session.ends_at)
    assert list(queries.findings()) == []


@pytest.mark.django_db
def test_who_did_not_come_is_told_and_no_hours_count(cast):
    case = a_case(cast, S.COACHING)
    session = a_session(case)
    with pytest.raises(Refused, match="session_lies_ahead"):
        actions.miss(session_id=session.pk, by=cast.actor("german_provider"), at=AT)
    actions.miss(session_id=session.pk, by=cast.actor("german_provider"), at=session.ends_at)
    assert cast.danish_sme.email in letters("session_missed")
    assert queries.hours_of_case(case).entered == 0


# ── Reminders ────────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.django_db
def test_both_sides_are_reminded_of_the_coming_day_once(cast, monkeypatch):
    session = a_session(a_case(cast, S.COACHING))
    for hours, expected in ((30, 0), (25, 3), (24, 3), (-1, 3)):
        monkeypatch.setattr(clock, "now", lambda hours=hours: session.starts_at - hours * HOUR)
        tasks.remind.func()
        assert Letter.objects.filter(template="coaching/session_reminder").count() == expected, hours


# ── The database refuses ─────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.django_db
def test_the_database_refuses_two_sessions_of_a_coach_at_once(cast):
    session = a_session(a_case(cast, S.COACHING))
    said = {
        "case": session.case, "coach": session.coach, "booked_by_name": "x", "booked_at": AT, "changed_at": AT,
        "starts_at": session.starts_at + HOUR, "ends_at": session.ends_at + HOUR,
    }  # fmt: skip
    with pytest.raises(IntegrityError, match="sessions_of_a_coach_never_overlap"), transaction.atomic():
        Session.objects.create(code="second", **said)
    cancelled = Session.objects.create(code="third", state=SessionState.CANCELLED, **said)
    with pytest.raises(IntegrityError, match="sessions_of_a_coach_never_overlap"), transaction.atomic():
        Session.objects.filter(pk=cancelled.pk).update(state=SessionState.BOOKED)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"state": "odd"}, "a_coaching_session_has_a_known_state"),
        ({"ends_at": FREE_FROM}, "a_coaching_session_ends_after_it_begins"),
        ({"hours": None}, "a_session_that_was_held_has_its_hours"),
        ({"hours": Decimal(13)}, "a_coaching_session_takes_a_sensible_time"),
    ],
)
def test_the_database_refuses_a_session_that_cannot_be(cast, change, name):
    a_session(a_case(cast, S.COACHING), SessionState.HELD)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Session.objects.update(**change)


# ── What is found ────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "says"),
    [
        ("UPDATE coaching_session SET hours = 9", "More hours were entered"),
        ("UPDATE coaching_case SET hours_at_most = 2", "takes more hours than the case has"),
        ("UPDATE coaching_plan SET accepted_at = NULL", "no plan was accepted"),
        ("UPDATE coaching_offer SET state = 'withdrawn'", "no coach has accepted"),
    ],
)
def test_what_was_changed_behind_the_rules_is_found(cast, change, says):
    a_session(a_case(cast, S.COACHING), SessionState.APPROVED)
    assert list(queries.findings()) == []
    with connection.cursor() as cursor:
        cursor.execute(change)
    assert any(says in finding for finding in queries.findings())
