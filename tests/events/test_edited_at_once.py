"""Two organisers at the same moment: what one wrote is never lost, and slots are laid once."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from landbridge.events import actions, queries
from landbridge.events.actions import Stale
from landbridge.events.models import Event
from landbridge.events.rules.moving import Stretch
from landbridge.events.rules.slots import Plan
from landbridge.foundation.permissions.actor import SYSTEM
from tests.cast import make_cast
from tests.factories.events import AT, an_event, on

pytestmark = pytest.mark.django_db(transaction=True)


def all_at_once(*works: Callable[[], object]) -> list[object]:
    """Each work in a thread and a connection of its own; what it gave, or raised."""
    start, found = threading.Barrier(len(works)), []

    def run(work: Callable[[], object]) -> None:
        try:
            start.wait()
            found.append(work())
        except Exception as error:  # noqa: BLE001 - looked at by the test
            found.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def test_of_two_edits_at_the_same_moment_one_is_stored_and_one_is_shown() -> None:
    cast = make_cast()
    event = an_event(cast, tables=0, slots=0, state="draft")

    def edit(venue: str) -> Callable[[], object]:
        return lambda: actions.edit(
            event_id=event.pk, version=event.version, changes={"venue": venue}, by=SYSTEM, at=AT
        )

    event.refresh_from_db()
    found = all_at_once(edit("Hall A"), edit("Hall B"))
    assert sorted(type(one).__name__ for one in found) == ["Event", "Stale"]
    stored = Event.objects.get(pk=event.pk)
    (clash,) = [one for one in found if isinstance(one, Stale)]
    assert clash.problems[0].params["stored"] == stored.venue
    assert stored.version == event.version + 1


def test_slots_laid_twice_at_the_same_moment_are_there_once() -> None:
    cast = make_cast()
    event = an_event(cast, tables=0, slots=0, state="draft")
    day = event.starts_at.date()
    plan = Plan(20, 5, (Stretch(on(day, "13:00"), on(day, "15:00")),))
    found = all_at_once(
        *[lambda: actions.lay_slots(event_id=event.pk, plan=plan, by=SYSTEM, at=AT) for _each in range(3)]
    )
    assert [type(one).__name__ for one in found] == ["Event"] * 3
    assert [slot.number for slot in queries.slots_of(event)] == [1, 2, 3, 4, 5]


def test_tables_added_at_the_same_moment_have_numbers_of_their_own() -> None:
    cast = make_cast()
    event = an_event(cast, tables=0, slots=0, state="draft")
    found = all_at_once(
        *[lambda: actions.lay_tables(event_id=event.pk, count=4, by=SYSTEM, at=AT) for _each in range(3)]
    )
    assert [type(one).__name__ for one in found] == ["Event"] * 3
    assert [table.number for table in queries.tables_of(event)] == list(range(1, 13))
