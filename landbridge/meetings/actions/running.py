"""The life of a run: asked for, computed under a lease, finished as a version that never changes, or failed."""

from __future__ import annotations

import dataclasses
from datetime import datetime, timedelta

from django.db import transaction

from landbridge.algorithms.timetable import Effort, Timetable, violations
from landbridge.events.states import S as EventState
from landbridge.foundation.audit.record import record
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.problems import N_, refuse_if
from landbridge.meetings.actions._versions import TOGETHER, _next_version, _opened, _write_down
from landbridge.meetings.models import Request, Run, Unplaced
from landbridge.meetings.queries.material import Material
from landbridge.meetings.queries.people_there import Grid
from landbridge.meetings.queries.versions import Planned, Spot, changes_to, unfinished_run
from landbridge.meetings.rules import planning
from landbridge.meetings.states import RUN_WORKFLOW, Asked, MeetingState, RunKind, RunMove, RunState

LEASE = timedelta(seconds=60)
MOST_ATTEMPTS = 3
GONE = N_("Its process was lost three times. Ask whoever runs the house for the log.")


@transaction.atomic
def queue_run(*, event_id: int, seed: int = 1, effort: str = Effort.NORMAL, by: Actor, at: datetime) -> Run:
    """Ask for a timetable; a job computes it. One at a time: the database keeps that as well."""
    event, _rules = _opened(event_id, by=by)
    grid = Grid(event, at=at)
    refuse_if(
        planning.problems_with_making(
            planning.Making(
                slots_ahead=len(grid.slots) - grid.from_slot,
                wishes=Request.objects.filter(event=event, state=Asked.ACCEPTED).count(),
                is_being_made=unfinished_run(event) is not None,
                is_called_off=event.state == EventState.CANCELLED,
            )
        )
    )
    run = _next_version(event, kind=RunKind.PLAN, state=RunState.QUEUED, changes=None, by=by, at=at)
    run.seed, run.effort = seed, Effort(effort)
    run.save(update_fields=["seed", "effort"])
    record("meeting_run.queued", run, by=by, at=at, seed=seed, effort=effort)
    return run


@transaction.atomic
def start_run(*, run_id: int, by: Actor, at: datetime) -> Run | None:
    """Take a run for computing: None where it is over, or where another process has it and is alive.

    A run whose process was lost is taken anew, so many times; then it has failed, and says so.
    """
    run = _run(run_id, by=by)
    if run.state == RunState.QUEUED:
        run.state = RUN_WORKFLOW.target(RunMove.START, of=run, by=by)
    elif run.state != RunState.RUNNING or (run.leased_until is not None and run.leased_until > at):
        return None
    if run.attempt >= MOST_ATTEMPTS:
        _fail(run, trouble=GONE, by=by, at=at)
        return None
    run.attempt, run.started_at, run.leased_until = run.attempt + 1, at, at + LEASE
    run.stage, run.done_percent = "", 0
    run.save(update_fields=["state", "attempt", "started_at", "leased_until", "stage", "done_percent"])
    record("meeting_run.started", run, by=by, at=at, attempt=run.attempt)
    return run


@transaction.atomic
def note_progress(
    *,
    run_id: int,
    attempt: int,
    stage: str = "",
    done_percent: int | None = None,
    weight: int | None = None,
    bound: float | None = None,
    by: Actor,
    at: datetime,
) -> bool:
    """Write down how far it is, and that its process lives; False where the run was stopped or taken by another."""
    run = _run(run_id, by=by)
    if run.state != RunState.RUNNING or run.attempt != attempt:
        return False
    run.leased_until = at + LEASE
    if done_percent is not None:
        run.stage, run.done_percent, run.weight, run.bound = stage, done_percent, weight, bound
    run.save(update_fields=["leased_until", "stage", "done_percent", "weight", "bound"])
    return True


@transaction.atomic
def finish_run(
    *, run_id: int, attempt: int, found: Timetable, material: Material, by: Actor, at: datetime
) -> Run | None:
    """Keep what was found: a draft that never changes. None where the run was stopped or taken by another since.

    An independent verifier reads it first: what breaks a rule is a failure, and never a draft.
    """
    run = _run(run_id, by=by)
    if run.state != RunState.RUNNING or run.attempt != attempt:
        return None
    broken = violations(material.problem, found.placed)
    if broken:
        return _fail(run, trouble=broken[0], by=by, at=at)
    run.state = RUN_WORKFLOW.target(RunMove.FINISH, of=run, by=by)
    planned = _planned(found, material)
    still_open = [
        meeting
        for key, meeting in material.standing.items()
        if meeting.state == MeetingState.PLANNED and key not in material.fixed
    ]
    if material.standing or material.lapsed:
        fixed = {material.standing[key].pair for key in material.fixed}
        wanted = {one.pair: one for one in planned if one.pair not in fixed}
        run.difference = changes_to([*still_open, *material.lapsed], wanted).as_json()
    run.input_hash, run.inputs = material.input_hash, material.inputs
    run.code_version, run.iterations = found.code_version, found.iterations
    run.weight, run.bound, run.stage, run.done_percent = found.weight, found.bound, "done", 100
    run.statistics = {
        **dataclasses.asdict(found.statistics),
        "wishes": len(material.problem.wishes),
        "mutual_wishes": sum(one.is_mutual for one in material.problem.wishes),
        "people": len(material.problem.people),
    }
    run.finished_at, run.leased_until = at, None
    run.save()
    _write_down(run, planned)
    _write_down_unplaced(run, found)
    record(
        "meeting_run.finished",
        run,
        by=by,
        at=at,
        weight=found.weight,
        meetings=len(found.placed),
        unplaced=len(found.unplaced),
        input_hash=run.input_hash,
    )
    return run


@transaction.atomic
def fail_run(*, run_id: int, attempt: int, trouble: str, by: Actor, at: datetime) -> Run | None:
    """It could not be computed; the organiser reads why. None where it was over already, or is another's."""
    run = _run(run_id, by=by)
    if run.attempt != attempt or run.state not in (RunState.QUEUED, RunState.RUNNING):
        return None
    return _fail(run, trouble=trouble, by=by, at=at)


@transaction.atomic
def stop_run(*, run_id: int, by: Actor, at: datetime) -> Run:
    """The organiser does not want to wait for it: its process ends at its next word."""
    run = _run(run_id, by=by)
    return _fail(run, trouble=N_("It was stopped by hand."), by=by, at=at)


@transaction.atomic
def let_go(*, run_id: int, attempt: int, by: Actor, at: datetime) -> None:
    """Its process died or was told to end: the lease is given up, so that the next one need not wait for it."""
    run = _run(run_id, by=by)
    if run.state == RunState.RUNNING and run.attempt == attempt:
        run.leased_until = at - LEASE
        run.save(update_fields=["leased_until"])


def _run(run_id: int, *, by: Actor) -> Run:
    return Run.objects.visible_to(by).for_update().get(pk=run_id)


def _fail(run: Run, *, trouble: str, by: Actor, at: datetime) -> Run:
    run.state = RUN_WORKFLOW.target(RunMove.FAIL, of=run, by=by)
    run.trouble, run.finished_at, run.leased_until = trouble[:500], at, None
    run.save(update_fields=["state", "trouble", "finished_at", "leased_until"])
    record("meeting_run.failed", run, by=by, at=at, trouble=run.trouble)
    return run


def _planned(found: Timetable, material: Material) -> list[Planned]:
    locked = {*material.fixed}
    slots = material.grid.slots
    return [
        Planned(
            request_id=one.wish,
            pair=material.wished[one.wish].pair,
            spot=Spot(slots[one.slot].pk, one.table),
            is_locked=one.wish in locked,
            weight=material.wished[one.wish].weight,
        )
        for one in found.placed
    ]


def _write_down_unplaced(run: Run, found: Timetable) -> None:
    Unplaced.objects.bulk_create(
        [
            Unplaced(
                run=run,
                request_id=one.wish,
                why=one.why,
                who=list(one.who),
                counts=[list(pair) for pair in zip(one.meetings, one.most, strict=True)],
            )
            for one in found.unplaced
        ],
        batch_size=TOGETHER,
    )
