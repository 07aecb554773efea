"""Places: never more than capacity and quotas, given in the order of submission, whoever comes and goes, at once or not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from landbridge.events import actions
from landbridge.events.models import Event, Quota, Registration
from landbridge.events.queries.places import limits_of, taken_of, waiting_of
from landbridge.events.rules.places import Comer, Limits, moving_up, taken_by
from landbridge.events.states import WITH_A_PLACE, Kind, Registered
from landbridge.foundation.outbox.models import Letter
from landbridge.foundation.permissions.actor import SYSTEM, Actor
from landbridge.foundation.problems import Refused
from tests.at_once import all_at_once
from tests.cast import make_cast
from tests.factories.events import AT, a_person, a_registration, an_event

# ── The rule alone ───────────────────────────────────────────────────────────────────────────────────────────────────
comers = st.lists(
    st.tuples(st.sampled_from([None, 1, 2, 3]), st.sampled_from(["company", "facility", "investor"])),
    max_size=30,
).map(lambda rows: [Comer(number, *row) for number, row in enumerate(rows)])
limits = st.builds(
    Limits,
    capacity=st.one_of(st.none(), st.integers(0, 12)),
    regions=st.dictionaries(st.sampled_from([1, 2, 3]), st.integers(0, 6)),
    attendees=st.dictionaries(st.sampled_from(["company", "facility"]), st.integers(0, 6)),
)


@given(limits=limits, line=comers)
def test_moving_up_keeps_every_limit_leaves_no_place_and_passes_nobody_who_fits(limits, line):
    taken = taken_by(limits, [])
    up = moving_up(taken, line)
    assert [one.key for one in up] == sorted(one.key for one in up)
    assert limits.capacity is None or len(up) <= limits.capacity
    for region, most in limits.regions.items():
        assert sum(one.region == region for one in up) <= most
    for kind, most in limits.attendees.items():
        assert sum(one.attendee == kind for one in up) <= most
    inside = taken_by(limits, [])
    for one in line:  # at their turn each fitted exactly if they got a place
        assert inside.has_room_for(one) is (one in up)
        if one in up:
            inside.take(one)


def test_somebody_kept_out_by_a_quota_holds_up_nobody_behind_them():
    limits = Limits(capacity=3, regions={1: 1})
    up = moving_up(taken_by(limits, []), [Comer(1, 1, "guest"), Comer(2, 1, "guest"), Comer(3, 2, "guest")])
    assert [one.key for one in up] == [1, 3]


# ── With rows ────────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.django_db
def test_a_place_that_gets_free_goes_to_the_first_who_can_have_it(cast):
    event = an_event(cast, capacity=2)
    Quota.objects.create(event=event, region=cast.zealand, at_most=1)
    dane = a_registration(event, cast.danish_sme)
    colleague = a_registration(event, cast.danish_colleague, at=AT + timedelta(minutes=1))
    assert colleague.state == Registered.WAITING
    german = a_registration(event, cast.german_provider, at=AT + timedelta(minutes=2))
    belgian = a_registration(event, cast.belgian_sme, at=AT + timedelta(minutes=3))
    assert (german.state, belgian.state) == (Registered.APPROVED, Registered.WAITING)
    actions.cancel_registration(registration_id=german.pk, by=SYSTEM, at=AT)
    belgian.refresh_from_db()
    assert belgian.state == Registered.APPROVED  # the Danish quota is full, so the first in line stays
    actions.reject(registration_id=dane.pk, reason="No.", by=SYSTEM, at=AT)
    colleague.refresh_from_db()
    assert colleague.state == Registered.APPROVED


@pytest.mark.django_db
def test_without_a_waiting_list_a_full_event_refuses_and_the_draft_stays(cast):
    event = an_event(cast, capacity=1, has_waiting_list=False)
    a_registration(event, cast.danish_sme)
    draft = a_registration(event, cast.belgian_sme, state="draft")
    with pytest.raises(Refused, match="event_full"):
        actions.submit(registration_id=draft.pk, by=cast.actor("belgian_sme"), at=AT)
    draft.refresh_from_db()
    assert draft.state == Registered.DRAFT


@pytest.mark.django_db
def test_an_organiser_gives_no_place_that_is_not_there(cast):
    event = an_event(cast, capacity=1, needs_approval=True)
    first, second = (
        a_registration(event, one, state="submitted") for one in (cast.danish_sme, cast.belgian_sme)
    )
    organiser = cast.actor("organiser")
    actions.approve(registration_id=first.pk, by=organiser, at=AT)
    with pytest.raises(Refused, match="event_full"):
        actions.approve(registration_id=second.pk, by=organiser, at=AT)
    actions.wait(registration_id=second.pk, by=organiser, at=AT)
    with pytest.raises(Refused, match="event_full"):
        actions.enter_guest(
            event_id=event.pk, name="G", email="g@example.org", organisation_name="G", by=organiser, at=AT
        )
    actions.cancel_registration(registration_id=first.pk, by=cast.actor("danish_sme"), at=AT)
    second.refresh_from_db()
    assert second.state == Registered.APPROVED


@pytest.mark.django_db
def test_more_places_move_the_line_up_each_with_a_letter_once(cast):
    event = an_event(cast, capacity=1)
    a_registration(event, cast.danish_sme)
    for number, person in enumerate((cast.belgian_sme, cast.german_provider)):
        a_registration(event, person, at=AT + timedelta(minutes=number), state="waiting")
    Event.objects.filter(pk=event.pk).update(capacity=3)
    for _again in range(2):
        actions.move_up(event_id=event.pk, by=SYSTEM, at=AT)
    assert Letter.objects.filter(template="events/moved_up").count() == 2
    assert Registration.objects.with_a_place().count() == 3


@pytest.mark.django_db
def test_after_the_event_nobody_moves_up_any_more(cast):
    event = an_event(cast, capacity=1)
    first = a_registration(event, cast.danish_sme)
    second = a_registration(event, cast.belgian_sme, state="waiting")
    actions.cancel_registration(registration_id=first.pk, by=SYSTEM, at=event.ends_at)
    second.refresh_from_db()
    assert second.state == Registered.WAITING


# ── Whatever happens, in whatever order ──────────────────────────────────────────────────────────────────────────────
class WaitingList(RuleBasedStateMachine):
    """People register, cancel, come back, are refused and admitted; capacity grows."""

    @initialize(
        capacity=st.integers(0, 4), approval=st.booleans(), quota=st.one_of(st.none(), st.integers(0, 2))
    )
    def event_is_there(self, capacity: int, approval: bool, quota: int | None) -> None:
        self.all_of_it = transaction.atomic()
        self.all_of_it.__enter__()
        cast = make_cast()
        self.event = an_event(cast, capacity=capacity, needs_approval=approval, kind=Kind.WORKSHOP)
        if quota is not None:
            Quota.objects.create(event=self.event, region=cast.zealand, at_most=quota)
        self.regions = [cast.zealand.pk, cast.liege.pk, None]
        self.at, self.people = AT, 0
        self.admitted: list[int] = []

    def teardown(self) -> None:
        """Each story begins with an empty house."""
        if hasattr(self, "all_of_it"):
            transaction.set_rollback(True)
            self.all_of_it.__exit__(None, None, None)

    def _tick(self) -> Any:
        self.at += timedelta(minutes=1)
        return self.at

    def _some(self, *states: str) -> list[Registration]:
        return list(Registration.objects.filter(event=self.event, state__in=states).order_by("pk"))

    def _tried(self, act: Callable[..., Any], **given: Any) -> None:
        try:
            act(**given, by=SYSTEM, at=self._tick())
        except Refused:
            return

    @rule(region=st.integers(0, 2))
    def somebody_registers(self, region: int) -> None:
        self.people += 1
        person = a_person(self.people)
        draft = actions.begin(
            event_id=self.event.pk, by=SYSTEM, at=self._tick(), coming=Actor(person.pk, person.name)
        )
        actions.save(
            registration_id=draft.pk, region_id=self.regions[region], organisation_name="X", agrees=True,
            by=SYSTEM, at=self._tick(),
        )  # fmt: skip
        self._tried(actions.submit, registration_id=draft.pk)

    @rule(which=st.integers(0, 20))
    def somebody_cancels(self, which: int) -> None:
        rows = self._some("submitted", "waiting", "approved")
        if rows:
            self._tried(actions.cancel_registration, registration_id=rows[which % len(rows)].pk)

    @rule(which=st.integers(0, 20))
    def somebody_comes_back(self, which: int) -> None:
        rows = self._some("cancelled")
        if rows:
            pk = rows[which % len(rows)].pk
            self._tried(actions.reopen, registration_id=pk)
            self._tried(actions.save, registration_id=pk, agrees=True)
            self._tried(actions.submit, registration_id=pk)

    @rule(which=st.integers(0, 20), act=st.sampled_from([actions.approve, actions.wait]))
    def the_organiser_admits(self, which: int, act: Callable[..., Any]) -> None:
        rows = self._some("submitted")
        if rows:
            self._tried(act, registration_id=rows[which % len(rows)].pk)

    @rule(which=st.integers(0, 20))
    def the_organiser_refuses(self, which: int) -> None:
        rows = self._some("submitted", "waiting", "approved")
        if rows:
            self._tried(actions.reject, registration_id=rows[which % len(rows)].pk, reason="No.")

    @precondition(lambda self: self.event.capacity < 6)
    @rule()
    def the_room_grows(self) -> None:
        self.event.capacity += 1
        Event.objects.filter(pk=self.event.pk).update(capacity=self.event.capacity)
        actions.move_up(event_id=self.event.pk, by=SYSTEM, at=self._tick())

    @invariant()
    def limits_hold_and_no_place_that_somebody_waits_for_is_free(self) -> None:
        if not hasattr(self, "event"):
            return
        event = Event.objects.get(pk=self.event.pk)
        taken, known = taken_of(event), limits_of(event)
        assert taken.total <= event.capacity
        for region, most in known.regions.items():
            assert taken.regions[region] <= most
        assert not any(taken.has_room_for(comer) for comer in waiting_of(event))
        states = Counter(Registration.objects.filter(event=event).values_list("state", flat=True))
        assert taken.total == sum(states[state] for state in WITH_A_PLACE)


@pytest.mark.django_db
class TestWaitingList(WaitingList.TestCase):  # type: ignore[name-defined]
    settings = settings(
        max_examples=6, stateful_step_count=14, deadline=None, suppress_health_check=list(HealthCheck)
    )


# ── At the same moment ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.django_db(transaction=True)
def test_eight_hand_in_at_once_for_three_places():
    event = an_event(make_cast(), capacity=3)
    drafts = [
        a_registration(event, Actor(person.pk, person.name), state="draft")
        for person in (a_person(number) for number in range(8))
    ]
    results = all_at_once(
        *(lambda pk=one.pk: actions.submit(registration_id=pk, by=SYSTEM, at=AT) for one in drafts)
    )
    assert all(isinstance(one, Registration) for one in results), results
    states = Counter(Registration.objects.values_list("state", flat=True))
    assert states == {"approved": 3, "waiting": 5}
    assert Letter.objects.filter(template="events/approved").count() == 3
    assert Letter.objects.filter(template="events/waiting").count() == 5


@pytest.mark.django_db(transaction=True)
def test_places_given_back_while_others_hand_in_are_each_taken_once():
    event = an_event(make_cast(), capacity=3)
    people = [a_person(number) for number in range(9)]
    actors = [Actor(person.pk, person.name) for person in people]
    inside = [a_registration(event, one) for one in actors[:3]]
    waiting = [
        a_registration(event, one, at=AT + timedelta(minutes=number), state="waiting")
        for number, one in enumerate(actors[3:6])
    ]
    drafts = [a_registration(event, one, state="draft") for one in actors[6:]]
    later = AT + timedelta(hours=1)
    results = all_at_once(
        *(
            lambda pk=one.pk: actions.cancel_registration(registration_id=pk, by=SYSTEM, at=later)
            for one in inside
        ),
        *(lambda pk=one.pk: actions.submit(registration_id=pk, by=SYSTEM, at=later) for one in drafts),
    )
    assert all(isinstance(one, Registration) for one in results), results
    for one in waiting:
        one.refresh_from_db()
        assert one.state == Registered.APPROVED
    assert Registration.objects.filter(state="waiting").count() == 3
    assert Letter.objects.filter(template="events/moved_up").count() == 3
