"""Laying slots: as many as fit, never two at once, those in use kept; the same for any plan that can be typed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landbridge.events import actions, queries, rules
from landbridge.events.models import Slot
from landbridge.events.rules.moving import Stretch
from landbridge.events.rules.slots import Plan, laid, planned, problems_with_plan
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.foundation.problems import NotAllowed, Refused
from tests.factories.events import AT, an_event, on

DAY = datetime(2026, 6, 17, tzinfo=UTC)
BEGIN, END = DAY.replace(hour=7), DAY.replace(hour=17)


def part(begin: str, end: str) -> Stretch:
    moments = [DAY.replace(hour=int(text[:2]), minute=int(text[3:])) for text in (begin, end)]
    return Stretch(moments[0], moments[1])


def codes(plan: Plan) -> list[str]:
    return [problem.code for problem in problems_with_plan(plan, starts_at=BEGIN, ends_at=END)]


def test_a_part_holds_as_many_slots_as_fit_with_the_pause_between_them():
    found = list(planned(Plan(20, 5, (part("09:00", "10:10"), part("13:00", "13:20")))))
    assert [f"{slot.starts_at:%H:%M}-{slot.ends_at:%H:%M}" for slot in found] == [
        "09:00-09:20", "09:25-09:45", "09:50-10:10", "13:00-13:20",
    ]  # fmt: skip
    assert [slot.part for slot in found] == [1, 1, 1, 2]


@pytest.mark.parametrize(
    ("plan", "code"),
    [
        (Plan(4, 5, (part("09:00", "10:00"),)), "slot_length"),
        (Plan(20, 61, (part("09:00", "10:00"),)), "slot_length"),
        (Plan(20, 5, (part("10:00", "09:00"),)), "part_ends_first"),
        (Plan(20, 5, (part("06:00", "08:00"),)), "part_outside"),
        (Plan(20, 5, (part("09:00", "09:15"),)), "part_too_short"),
        (Plan(20, 5, (part("09:00", "11:00"), part("10:00", "12:00"))), "parts_overlap"),
    ],
)
def test_what_is_wrong_with_a_plan_is_said(plan, code):
    assert codes(plan) == [code]


def test_there_are_not_slots_without_number():
    whole = Stretch(DAY, DAY + timedelta(days=9))
    found = problems_with_plan(Plan(5, 0, (whole,)), starts_at=whole.starts_at, ends_at=whole.ends_at)
    assert [problem.code for problem in found] == ["too_many_slots"]


PLANS = st.builds(
    Plan,
    minutes=st.integers(5, 240),
    pause=st.integers(0, 60),
    parts=st.lists(
        st.tuples(st.integers(0, 600), st.integers(0, 600)).map(
            lambda pair: Stretch(BEGIN + timedelta(minutes=min(pair)), BEGIN + timedelta(minutes=max(pair)))
        ),
        max_size=4,
    ).map(tuple),
)


@given(plan=PLANS, former=PLANS, used=st.sets(st.integers(0, 40)))
def test_whatever_is_planned_no_two_slots_overlap_and_those_in_use_stay(plan, former, used):
    if codes(plan) or codes(former):
        return
    standing = dict(enumerate(planned(former)))
    in_use = used & set(standing)
    found = laid(plan, standing=standing, in_use=in_use)
    slots = [slot for _key, slot in found.slots]
    assert all(before.ends_at <= after.starts_at for before, after in pairwise(slots))
    assert in_use <= {key for key, _slot in found.slots}
    assert all(standing[key] == slot or key not in in_use for key, slot in found.slots if key is not None)
    assert {key for key, _slot in found.slots if key is not None} | set(found.gone) == set(standing)
    wanted = {(slot.starts_at, slot.ends_at) for slot in planned(plan)}
    left_out = {(slot.starts_at, slot.ends_at) for slot in found.given_way}
    assert wanted <= left_out | {(slot.starts_at, slot.ends_at) for slot in slots}
    assert all(any(gone.overlaps(standing[key]) for key in in_use) for gone in found.given_way)


@given(plan=PLANS)
def test_laying_the_same_plan_again_changes_nothing(plan):
    if codes(plan):
        return
    standing = dict(enumerate(planned(plan)))
    found = laid(plan, standing=standing, in_use=())
    assert (found.gone, found.given_way) == ((), ())
    assert [key for key, _slot in found.slots] == list(standing)


@pytest.mark.django_db
def test_slots_of_the_same_time_keep_their_ids_so_that_ticks_still_hold(cast):
    event = an_event(cast, slots=6)
    former = {slot.starts_at: slot.pk for slot in queries.slots_of(event)}
    day = event.starts_at.date()
    plan = Plan(
        20, 5, (Stretch(on(day, "10:00"), on(day, "11:00")), Stretch(on(day, "13:00"), on(day, "14:15")))
    )
    actions.lay_slots(event_id=event.pk, plan=plan, by=SYSTEM, at=AT)
    found = queries.slots_of(event)
    assert [slot.number for slot in found] == [1, 2, 3, 4, 5]
    assert [slot.part for slot in found] == [1, 1, 2, 2, 2]
    assert [former.get(slot.starts_at) == slot.pk for slot in found] == [False, False, True, True, True]


@pytest.mark.django_db
def test_a_plan_without_parts_takes_all_slots_away(cast):
    event = an_event(cast, slots=6)
    actions.lay_slots(event_id=event.pk, plan=Plan(20, 5, ()), by=SYSTEM, at=AT)
    assert not Slot.objects.filter(event=event).exists()


@pytest.mark.django_db
def test_a_slot_that_another_word_refers_to_is_in_use_and_stays(cast, monkeypatch):
    event = an_event(cast, slots=4)
    kept = queries.slots_of(event)[1]
    monkeypatch.setattr("landbridge.events.actions.laying.slots_in_use", lambda _event: frozenset({kept.pk}))
    day = event.starts_at.date()
    plan = Plan(30, 0, (Stretch(on(day, "13:00"), on(day, "15:00")),))
    actions.lay_slots(event_id=event.pk, plan=plan, by=SYSTEM, at=AT)
    found = {
        f"{rules.wall_of(slot.starts_at, event.time_zone):%H:%M}": slot.pk for slot in queries.slots_of(event)
    }
    assert list(found) == ["13:25", "14:00", "14:30"]
    assert found["13:25"] == kept.pk


@pytest.mark.django_db
def test_only_who_keeps_the_event_lays_slots(cast):
    event = an_event(cast)
    plan = Plan(20, 5, ())
    with pytest.raises(NotAllowed):
        actions.lay_slots(event_id=event.pk, plan=plan, by=cast.actor("danish_sme"), at=AT)
    with pytest.raises(type(event).DoesNotExist):
        actions.lay_slots(event_id=event.pk, plan=plan, by=cast.actor("other_office"), at=AT)


@pytest.mark.django_db
def test_tables_are_numbered_on_named_and_never_too_many(cast):
    event = an_event(cast, tables=2)
    actions.lay_tables(event_id=event.pk, count=3, name="Stand", is_step_free=False, by=SYSTEM, at=AT)
    tables = queries.tables_of(event)
    assert [str(table) for table in tables] == ["1", "2", "Stand 1", "Stand 2", "Stand 3"]
    assert [table.is_step_free for table in tables] == [True, True, False, False, False]
    with pytest.raises(Refused, match="too_many"):
        actions.lay_tables(event_id=event.pk, count=1000, by=SYSTEM, at=AT)


@pytest.mark.django_db
def test_a_table_is_lost_and_given_back_twice_is_once(cast):
    event = an_event(cast, tables=1)
    table = queries.tables_of(event)[0]
    for at in (AT, AT + timedelta(minutes=5)):
        table = actions.lose_table(table_id=table.pk, by=cast.actor("organiser"), at=at)
    assert table.out_since == AT
    for _time in range(2):
        table = actions.give_back_table(table_id=table.pk, by=cast.actor("organiser"), at=AT)
    assert table.out_since is None


@pytest.mark.django_db
def test_the_plan_proposed_is_that_of_the_meeting_sessions(cast):
    event = an_event(cast, slots=0, state="draft")
    assert [f"{one.starts_at:%H:%M}" for one in queries.plan_of(event).parts] == ["07:00", "11:00"]
    day = event.starts_at.date()
    text = actions.SessionText(title="Meetings", kind="meetings")
    actions.add_session(
        event_id=event.pk, text=text, starts_at=on(day, "14:00"), ends_at=on(day, "16:00"), by=SYSTEM, at=AT
    )
    assert queries.plan_of(event).parts == (Stretch(on(day, "14:00"), on(day, "16:00")),)
