"""A run: one at a time, in a process of its own, never stuck, a version that never changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from landbridge.algorithms.timetable import Effort, Person, Problem, Wish, solve
from landbridge.foundation import clock
from landbridge.foundation.jobs.models import Job
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.foundation.problems import NotAllowed, Refused
from landbridge.meetings import actions, solving
from landbridge.meetings.models import MeetingRules, Placement, Run
from landbridge.meetings.queries.material import material_of
from landbridge.meetings.states import RunState
from landbridge.meetings.tasks import making
from tests.cast import Cast
from tests.factories.events import AT
from tests.factories.timetables import a_draft_run, a_matchmaking, agreed, many_agreed, people_of
from tests.meetings import processes

pytestmark = pytest.mark.django_db

SMALL = Problem(
    slots=2,
    tables=((1,), (1,)),
    people=tuple(Person(key, (0, 1)) for key in (1, 2, 3)),
    wishes=(Wish(1, 1, 2, 3), Wish(2, 2, 3, 2)),
)


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)


def apart(problem: Problem = SMALL, *, start: Callable[..., Any] | None = None, **heard: Any) -> Any:
    given: dict[str, Any] = {"on_progress": lambda _: None, "on_wait": lambda: None, **heard}
    return solving.solve_apart(problem, seed=1, effort=Effort.QUICK, start=start, **given)


def asked(event: Any) -> Run:
    return actions.queue_run(event_id=event.pk, by=SYSTEM, at=AT)


@pytest.mark.once
def test_the_child_answers_as_the_algorithm_itself():
    assert apart().placed == solve(SMALL, seed=1, effort=Effort.QUICK).placed


@pytest.mark.once
@pytest.mark.parametrize(("start", "words"), [(processes.is_killed, "SIGKILL"), (processes.leaves, "code 3")])
def test_a_child_that_dies_is_heard_of(start: Callable[..., Any], words: str):
    with pytest.raises(solving.Died, match=words):
        apart(start=start)


@pytest.mark.once
def test_a_child_that_dawdles_is_ended(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(solving, "CPU_SECONDS", dict.fromkeys(Effort, 1))
    with pytest.raises(solving.Unsolved, match="longer than is allowed"):
        apart(start=processes.dawdles)


@pytest.mark.once
def test_nothing_of_the_database_comes_into_the_child():
    with pytest.raises(solving.Unsolved, match=r"^none$"):
        apart(start=processes.says_which_modules_it_has)


@pytest.mark.once
def test_whoever_listens_can_end_the_child():
    def stop() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        apart(start=processes.dawdles, on_wait=stop)


def test_the_job_computes_a_draft_in_a_process_of_its_own(cast: Cast):
    event = a_matchmaking(cast)
    many_agreed(event)
    run = making.asked(lambda: asked(event))
    assert Job.objects.filter(unique_key=f"timetable-{run.pk}").count() == 1
    making.compute.call(run.pk)
    run.refresh_from_db()
    assert run.state == RunState.DRAFT, run.trouble
    assert run.placements.count() == run.statistics["meetings"] > 0
    assert run.share is not None
    assert 0.9 < run.share <= 1
    assert (len(run.input_hash), run.done_percent, run.attempt) == (64, 100, 1)
    making.compute.call(run.pk)  # twice is once
    assert run.placements.count() == run.statistics["meetings"]


def test_a_killed_process_is_followed_by_another_and_then_by_a_clear_failure(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
):
    event = a_matchmaking(cast)
    many_agreed(event)
    run = asked(event)

    def dies(*_: Any, **__: Any) -> None:
        raise solving.Died("The process was ended from outside (SIGKILL).")

    monkeypatch.setattr(solving, "solve_apart", dies)
    for attempt in (1, 2):
        making.compute.call(run.pk)
        run.refresh_from_db()
        assert (run.state, run.attempt) == (RunState.RUNNING, attempt)
        assert Job.objects.filter(unique_key=f"timetable-{run.pk}").count() == 1
    making.compute.call(run.pk)
    run.refresh_from_db()
    assert run.state == RunState.FAILED
    assert "SIGKILL" in run.trouble
    asked(event)  # and a new one can be asked for


def test_a_run_whose_worker_was_lost_is_taken_anew_and_its_late_answer_does_not_count(cast: Cast):
    event = a_matchmaking(cast)
    many_agreed(event)
    run = asked(event)
    first = actions.start_run(run_id=run.pk, by=SYSTEM, at=AT)
    assert first is not None
    assert actions.start_run(run_id=run.pk, by=SYSTEM, at=AT) is None  # it lives
    making.watch.call()
    assert not Job.objects.filter(unique_key=f"timetable-{run.pk}").exists()
    Run.objects.filter(pk=run.pk).update(leased_until=AT - timedelta(seconds=1))
    making.watch.call()
    assert Job.objects.filter(unique_key=f"timetable-{run.pk}").exists()
    second = actions.start_run(run_id=run.pk, by=SYSTEM, at=AT)
    assert second is not None
    assert (first.attempt, second.attempt) == (1, 2)
    material = material_of(event, rules=MeetingRules.objects.get(event=event), at=AT)
    found = solve(material.problem, seed=1)
    for attempt, counts in ((1, False), (2, True)):
        finished = actions.finish_run(
            run_id=run.pk, attempt=attempt, found=found, material=material, by=SYSTEM, at=AT
        )
        assert (finished is not None) == counts
    assert not actions.note_progress(run_id=run.pk, attempt=2, by=SYSTEM, at=AT)


def test_a_run_that_waits_in_vain_is_asked_for_again(cast: Cast):
    event = a_matchmaking(cast)
    many_agreed(event)
    run = asked(event)
    making.watch.call()
    assert not Job.objects.exists()
    Run.objects.filter(pk=run.pk).update(asked_at=AT - timedelta(minutes=5))
    making.watch.call()
    making.watch.call()
    assert Job.objects.filter(unique_key=f"timetable-{run.pk}").count() == 1


def test_a_run_lost_too_often_has_failed(cast: Cast):
    event = a_matchmaking(cast)
    many_agreed(event)
    run = asked(event)
    Run.objects.filter(pk=run.pk).update(state=RunState.RUNNING, attempt=3, leased_until=AT - timedelta(1))
    assert actions.start_run(run_id=run.pk, by=SYSTEM, at=AT) is None
    run.refresh_from_db()
    assert (run.state, "lost" in run.trouble) == (RunState.FAILED, True)


def test_one_timetable_is_made_at_a_time(cast: Cast):
    event = a_matchmaking(cast)
    many_agreed(event)
    run = asked(event)
    with pytest.raises(Refused, match="already_being_made"):
        asked(event)
    copied = {name: getattr(run, name) for name in ("event", "asked_by_name", "asked_at", "state")}
    with pytest.raises(IntegrityError), transaction.atomic():
        Run.objects.create(number=9, **copied)


def test_stopped_by_hand_its_process_ends_at_the_next_word(cast: Cast):
    event = a_matchmaking(cast)
    many_agreed(event)
    run = asked(event)
    taken = actions.start_run(run_id=run.pk, by=SYSTEM, at=AT)
    assert taken is not None
    actions.stop_run(run_id=run.pk, by=cast.actor("organiser"), at=AT)
    pulse = making._Pulse(taken)
    with pytest.raises(making.Stopped):
        pulse.beat()
    run.refresh_from_db()
    assert run.state == RunState.FAILED


def test_what_breaks_a_rule_is_a_failure_and_never_a_draft(cast: Cast):
    event = a_matchmaking(cast, people=4)
    one, other, third, _fourth = people_of(event)
    agreed(one, other)
    agreed(one, third)
    run = asked(event)
    taken = actions.start_run(run_id=run.pk, by=SYSTEM, at=AT)
    assert taken is not None
    material = material_of(event, rules=MeetingRules.objects.get(event=event), at=AT)
    found = solve(material.problem, seed=1)
    bad = type(found)(**{
        **{name: getattr(found, name) for name in found.__slots__},
        "placed": tuple(type(one)(one.wish, 0, 1) for one in found.placed),
    })  # fmt: skip
    actions.finish_run(run_id=run.pk, attempt=taken.attempt, found=bad, material=material, by=SYSTEM, at=AT)
    run.refresh_from_db()
    assert (run.state, Placement.objects.count()) == (RunState.FAILED, 0)
    assert "slot" in run.trouble


def test_the_same_seed_and_people_give_the_same_version(cast: Cast):
    event = a_matchmaking(cast, people=12)
    many_agreed(event)
    versions = [a_draft_run(event, seed=5) for _ in range(2)]
    rows = [
        list(run.placements.order_by("request_id").values_list("request_id", "slot_id", "table_id"))
        for run in versions
    ]
    assert rows[0] == rows[1]
    assert versions[0].input_hash == versions[1].input_hash


@pytest.mark.parametrize(
    ("missing", "code"), [("wishes", "no_accepted_requests"), ("slots", "no_slots_ahead")]
)
def test_without_wishes_or_slots_there_is_nothing_to_make(cast: Cast, missing: str, code: str):
    event = a_matchmaking(cast, people=4)
    if missing == "slots":
        many_agreed(event)
    at = AT if missing == "wishes" else event.ends_at
    with pytest.raises(Refused, match=code):
        actions.queue_run(event_id=event.pk, by=SYSTEM, at=at)


def test_only_an_organiser_asks_for_a_timetable(cast: Cast):
    event = a_matchmaking(cast)
    many_agreed(event)
    with pytest.raises(NotAllowed):
        actions.queue_run(event_id=event.pk, by=cast.actor("danish_sme"), at=AT)
    with pytest.raises(type(event).DoesNotExist):
        actions.queue_run(event_id=event.pk, by=cast.actor("other_office"), at=AT)
