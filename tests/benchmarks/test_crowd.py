"""A large event in the database is the event that was invented: the same wishes, weights, slots and tables."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from benchmarks.crowd import SLOTS, crowd
from benchmarks.gatherings import gathering
from landbridge.events.models import Registration
from landbridge.meetings.models import MeetingRules
from landbridge.meetings.queries.material import material_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]
AT = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


def test_the_problem_of_the_event_is_the_one_that_was_invented():
    event = crowd(60, tables=20, seed=5, starts_at=AT + timedelta(hours=2), at=AT)
    rules = MeetingRules.objects.select_related("event").get(event=event)
    found = material_of(rules.event, rules=rules, at=AT).problem
    invented = gathering(60, slots=SLOTS, tables=20, seed=5).problem
    keys = list(Registration.objects.filter(event=event).order_by("pk").values_list("pk", flat=True))

    def told(problem, number):
        return {
            (frozenset((number(wish.first), number(wish.second))), wish.weight, wish.is_mutual)
            for wish in problem.wishes
        }

    assert told(found, keys.index) == told(invented, int)
    assert [person.slots for person in sorted(found.people, key=lambda one: one.key)] == [
        person.slots for person in invented.people
    ]
    assert (found.slots, [len(tables) for tables in found.tables]) == (SLOTS, [20] * SLOTS)
