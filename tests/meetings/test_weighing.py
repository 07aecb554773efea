"""How much a wish weighs, what may be set, and what a problem is made from."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from landbridge.events.models import MeetingTable, Registration, SessionPlace, Slot
from landbridge.events.states import Form, Registered
from landbridge.foundation.problems import Refused
from landbridge.meetings import actions
from landbridge.meetings.models import Block, MeetingRules
from landbridge.meetings.queries.material import material_of
from landbridge.meetings.rules import planning
from landbridge.meetings.rules.weighing import Weights, stronger, weight_of_wish
from landbridge.meetings.states import Asked, Priority
from tests.cast import Cast
from tests.factories.events import AT, a_session
from tests.factories.timetables import WEIGHTS, a_matchmaking, agreed, people_of, the_rules

ABROAD, HOME = ("BE", "DE"), ("BE", "BE")
MUST, HIGH, MEDIUM, LOW = Priority.MUST, Priority.HIGH, Priority.MEDIUM, Priority.LOW


def weight(one: str, other: str = "", *, countries: tuple[str, str] = HOME, bonus: int = 0) -> int:
    return weight_of_wish(replace(WEIGHTS, cross_border=bonus), one=one, other=other, countries=countries)


@pytest.mark.once
def test_a_wish_of_both_weighs_more_than_one_of_one():
    assert weight(LOW, LOW) > weight(HIGH) > weight(MEDIUM) > weight(LOW) > 0
    assert weight(MUST) > weight(HIGH, "")
    assert weight(HIGH, HIGH) == 3 + 3 + 2
    assert weight("", "") == 1


@pytest.mark.once
def test_a_border_counts_where_the_organiser_says_so():
    assert weight(HIGH, countries=ABROAD, bonus=4) == 7
    assert weight(HIGH, countries=HOME, bonus=4) == 3
    assert weight(HIGH, countries=("", "DE"), bonus=4) == 3


@pytest.mark.once
def test_the_stronger_of_two_wishes_of_the_same_side_counts():
    assert [stronger("", LOW), stronger(HIGH, MEDIUM), stronger(MUST, "odd")] == [LOW, HIGH, MUST]


@pytest.mark.once
def test_what_may_be_set():
    def codes(found: Any) -> list[str]:
        return [one.code for one in found]

    asking = planning.Asking(opens_at=AT, closes_at=AT + timedelta(days=1))
    end = AT + timedelta(days=2)
    assert codes(planning.problems_with_asking(asking, event_ends_at=end)) == []
    assert codes(planning.problems_with_asking(replace(asking, closes_at=AT), event_ends_at=end)) == [
        "asking_ends_first"
    ]
    assert codes(planning.problems_with_asking(asking, event_ends_at=AT)) == ["asking_after_the_event"]
    assert codes(planning.problems_with_weights(WEIGHTS)) == []
    assert codes(planning.problems_with_weights(replace(WEIGHTS, low=4))) == ["weights_out_of_order"]
    assert codes(planning.problems_with_weights(replace(WEIGHTS, low=0))) == ["weights_out_of_order"]
    patterns = {
        "": [],
        "https://meet.example/{event}-{code}": [],
        "https://meet.example/room": ["link_without_code"],
        "https://meet.example/{code.__class__}": ["link_places_unknown"],
        "https://meet.example/{code": ["link_places_unknown"],
        "http://meet.example/{code}": ["link_not_secure"],
        "javascript:{code}": ["link_not_secure"],
    }
    for pattern, expected in patterns.items():
        assert codes(planning.problems_with_link_pattern(pattern)) == expected, pattern


@pytest.mark.django_db
class TestTheProblem:
    """What an event comes to, as the algorithm reads it."""

    def problem(self, event: Any) -> Any:
        return material_of(event, rules=MeetingRules.objects.get(event=event), at=AT).problem

    def test_two_requests_between_the_same_two_are_one_wish(self, cast: Cast):
        event = a_matchmaking(cast, people=4)
        one, other, third, _ = people_of(event)
        first = agreed(one, other, priority=LOW)
        agreed(other, one, priority=HIGH)
        agreed(one, third, priority=HIGH)
        agreed(third, other, state=Asked.SENT)
        wishes = {wish.key: wish for wish in self.problem(event).wishes}
        assert len(wishes) == 2
        assert (wishes[first.pk].weight, wishes[first.pk].is_mutual) == (1 + 3 + 2, True)

    def test_colleagues_blocked_pairs_and_people_who_left_are_out(self, cast: Cast):
        event = a_matchmaking(cast, people=6)
        one, other, third, fourth, fifth, sixth = people_of(event)
        for pair in ((one, other), (third, fourth), (fifth, sixth)):
            agreed(*pair)
        Block.objects.create(event=event, first=one, second=other, set_at=AT)
        Registration.objects.filter(pk=fourth.pk).update(
            organisation_name=f" {third.organisation_name.upper()}"
        )
        Registration.objects.filter(pk=sixth.pk).update(state=Registered.CANCELLED)
        assert self.problem(event).wishes == ()

    def test_slots_are_what_was_ticked_without_sessions(self, cast: Cast):
        event = a_matchmaking(cast, people=3)
        one, other, third = people_of(event)
        agreed(one, other)
        agreed(one, third)
        session = a_session(event, "Workshop", "13:00", "13:40", needs_sign_up=True)
        SessionPlace.objects.create(session=session, registration=one, taken_at=AT)
        Registration.objects.filter(pk=other.pk).update(slots=None)
        people = {person.key: person.slots for person in self.problem(event).people}
        assert people == {one.pk: (2, 3, 4, 5), other.pk: (), third.pk: (0, 1, 2, 3, 4, 5)}
        the_rules(event, silent_are_there=True)
        people = {person.key: person.slots for person in self.problem(event).people}
        assert people[other.pk] == (0, 1, 2, 3, 4, 5)

    def test_caps_steps_stands_and_lost_tables(self, cast: Cast):
        event = a_matchmaking(cast, people=3, tables=4)
        one, other, third = people_of(event)
        agreed(one, other)
        agreed(one, third)
        tables = list(MeetingTable.objects.filter(event=event).order_by("number"))
        MeetingTable.objects.filter(pk=tables[0].pk).update(holder=one)
        MeetingTable.objects.filter(pk=tables[1].pk).update(is_step_free=False)
        MeetingTable.objects.filter(pk=tables[2].pk).update(out_since=AT)
        Registration.objects.filter(pk=other.pk).update(needs_step_free=True, most_meetings=2)
        asking = planning.Asking(opens_at=AT, closes_at=AT + timedelta(days=1), most_meetings=3)
        the_rules(event, asking=asking)
        problem = self.problem(event)
        people = {person.key: person for person in problem.people}
        assert set(problem.tables[0]) == {tables[0].pk, tables[1].pk, tables[3].pk}
        assert (people[one.pk].stand, people[one.pk].most) == (tables[0].pk, 3)
        assert people[other.pk].most == 2
        assert people[other.pk].tables == frozenset({tables[0].pk, tables[2].pk, tables[3].pk})
        assert people[third.pk].tables is None

    def test_online_nobody_needs_a_table(self, cast: Cast):
        event = a_matchmaking(cast, people=3)
        one, other, third = people_of(event)
        agreed(one, other)
        agreed(other, third)
        Registration.objects.filter(pk=one.pk).update(is_online=True)
        assert [wish.needs_table for wish in self.problem(event).wishes] == [False, True]
        type(event).objects.filter(pk=event.pk).update(form=Form.ONLINE)
        event.refresh_from_db()
        assert [wish.needs_table for wish in self.problem(event).wishes] == [False, False]

    def test_slots_that_have_begun_are_out(self, cast: Cast):
        event = a_matchmaking(cast, people=2)
        agreed(*people_of(event))
        third = Slot.objects.get(event=event, number=3)
        rules = MeetingRules.objects.get(event=event)
        problem = material_of(event, rules=rules, at=third.starts_at).problem
        assert problem.people[0].slots == (3, 4, 5)

    def test_the_same_queries_for_few_and_for_many(self, cast: Cast, django_assert_num_queries: Any):
        event = a_matchmaking(cast, people=20)
        people = people_of(event)
        for number in range(10):
            agreed(people[number], people[number + 10])
        rules = MeetingRules.objects.get(event=event)
        with django_assert_num_queries(8):
            material_of(event, rules=rules, at=AT)

    def test_nobody_sets_the_rules_of_anothers_event(self, cast: Cast):
        event = a_matchmaking(cast)
        with pytest.raises(Refused, match="link_not_secure"):
            the_rules(event, link_pattern="ftp://{code}")
        with pytest.raises(type(event).DoesNotExist):
            actions.set_rules(
                event_id=event.pk,
                asking=planning.Asking(AT, AT + timedelta(days=1)),
                weights=Weights(8, 3, 2, 1, 2, 0),
                by=cast.actor("other_office"),
                at=AT,
            )
