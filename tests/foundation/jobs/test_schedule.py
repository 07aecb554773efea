"""What recurs is asked for once in each slot of time, however many workers there are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings as real_settings
from hypothesis import given
from hypothesis import strategies as some
from pytest_django.fixtures import Settings

from landbridge.foundation.jobs import schedule
from landbridge.foundation.jobs.models import Job
from landbridge.foundation.jobs.schedule import Recurring, recurring_jobs, tick

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
ANSWER = "tests.foundation.jobs.errands.give_up"
HOURLY = Recurring(name="hourly", every=timedelta(hours=1), task=ANSWER)
NIGHTLY = Recurring(name="nightly", every=timedelta(days=1), offset=timedelta(hours=3), task=ANSWER)
SCHEDULE = (HOURLY, NIGHTLY)
TWICE = (HOURLY, HOURLY)


@pytest.fixture(autouse=True)
def _our_schedule(settings: Settings) -> Iterator[None]:
    settings.LANDBRIDGE_SCHEDULE = f"{__name__}.SCHEDULE"
    schedule.forget()
    yield
    schedule.forget()


@pytest.mark.django_db
def test_each_slot_asks_once_even_for_a_worker_that_has_just_started() -> None:
    assert tick(at=NOON) == 2
    assert tick(at=NOON + timedelta(minutes=59)) == 0
    schedule.forget()
    assert tick(at=NOON + timedelta(minutes=59)) == 0
    assert tick(at=NOON + timedelta(hours=1)) == 1
    assert sorted(Job.objects.values_list("slot", flat=True)) == [
        "hourly@2026-11-21T12:00:00+00:00",
        "hourly@2026-11-21T13:00:00+00:00",
        "nightly@2026-11-21T03:00:00+00:00",
    ]


@pytest.mark.django_db
def test_two_workers_at_the_same_moment_add_one_job() -> None:
    slot = "hourly@now"
    schedule._add(HOURLY, slot=slot, at=NOON)
    schedule._add(HOURLY, slot=slot, at=NOON)
    assert Job.objects.filter(slot=slot).count() == 1


@pytest.mark.django_db
def test_missed_slots_are_made_up_for_once() -> None:
    tick(at=NOON)
    assert tick(at=NOON + timedelta(days=3)) == 2


def test_a_name_stands_once_in_the_schedule(settings: Settings) -> None:
    settings.LANDBRIDGE_SCHEDULE = f"{__name__}.TWICE"
    schedule.forget()
    with pytest.raises(ValueError, match="once"):
        recurring_jobs()


@given(
    at=some.integers(min_value=0, max_value=4_000_000_000).map(
        lambda second: datetime.fromtimestamp(second, UTC)
    ),
    every=some.timedeltas(min_value=timedelta(seconds=1), max_value=timedelta(days=40)),
    offset=some.timedeltas(min_value=timedelta(0), max_value=timedelta(days=1)),
)
def test_every_moment_lies_in_the_slot_found_for_it(
    at: datetime, every: timedelta, offset: timedelta
) -> None:
    recurring = Recurring(name="x", every=every, offset=offset, task=ANSWER)
    begins = recurring.slot_at(at)
    assert begins <= at < begins + every
    assert recurring.slot_at(begins) == begins


def test_the_schedule_of_the_product_names_tasks_that_exist(settings: Settings) -> None:
    settings.LANDBRIDGE_SCHEDULE = "landbridge.config.schedule.SCHEDULE"
    schedule.forget()
    for recurring in recurring_jobs():
        assert schedule.task_of(recurring).takes_context is False
    assert real_settings.TASKS["default"]["BACKEND"].endswith("DatabaseBackend")
