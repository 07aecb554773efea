"""The jobs of a run: compute it in a process of its own, and look after runs whose process was lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from landbridge.algorithms.timetable import Contradiction, Effort, Progress, Timetable
from landbridge.foundation import clock
from landbridge.foundation.jobs.task import task
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.foundation.problems import N_
from landbridge.meetings import solving
from landbridge.meetings.actions import running as actions
from landbridge.meetings.models import MeetingRules, Run
from landbridge.meetings.queries.material import Material, material_of
from landbridge.meetings.states import RunState

HEARD_OF_EVERY = timedelta(seconds=10)
WAITS_AT_MOST = timedelta(minutes=1)


class Stopped(Exception):
    """The run was stopped, or belongs to another process now."""


@task(priority=15, most_attempts=3)  # before the letters, of which one event may have thousands
def compute(run_id: int) -> None:
    """Compute one version. A process that dies is followed by another; a third loss is a failure that is shown."""
    run = actions.start_run(run_id=run_id, by=SYSTEM, at=clock.now())
    if run is None:
        return
    try:
        _compute(run)
    except Stopped:
        return
    except (Contradiction, solving.Unsolved) as error:
        if isinstance(error, solving.Died) and run.attempt < actions.MOST_ATTEMPTS:
            actions.let_go(run_id=run.pk, attempt=run.attempt, by=SYSTEM, at=clock.now())
            again(run.pk)
            return
        actions.fail_run(run_id=run.pk, attempt=run.attempt, trouble=str(error), by=SYSTEM, at=clock.now())
    except BaseException:
        actions.let_go(run_id=run.pk, attempt=run.attempt, by=SYSTEM, at=clock.now())
        raise


@task(most_attempts=1)
def watch() -> None:
    """Each minute: runs that nobody computes, because their job or its process was lost, are asked for again."""
    at = clock.now()
    for run in (
        Run.objects.filter(state__in=[RunState.QUEUED, RunState.RUNNING]).defer("inputs").order_by("pk")
    ):
        if _is_lost(run, at=at):
            again(run.pk)


def again(run_id: int) -> None:
    """Ask for the job of a run; it waits once."""
    compute.using(unique_key=f"timetable-{run_id}").enqueue(run_id)


def asked(action: Callable[[], Run]) -> Run:
    """The run that an action asks for, with its job, both or neither."""
    with transaction.atomic():
        run = action()
        again(run.pk)
    return run


def _is_lost(run: Run, *, at: datetime) -> bool:
    if run.state == RunState.QUEUED:
        return run.asked_at < at - WAITS_AT_MOST
    return run.leased_until is None or run.leased_until < at


def _compute(run: Run) -> None:
    rules = MeetingRules.objects.select_related("event").get(event=run.event_id)
    material = material_of(rules.event, rules=rules, at=clock.now())
    pulse = _Pulse(run)
    found = solving.solve_apart(
        material.problem,
        seed=run.seed,
        effort=Effort(run.effort or Effort.NORMAL),
        on_progress=pulse.progress,
        on_wait=pulse.beat,
    )
    _keep(run, material, found)


def _keep(run: Run, material: Material, found: Timetable) -> None:
    actions.finish_run(
        run_id=run.pk, attempt=run.attempt, found=found, material=material, by=SYSTEM, at=clock.now()
    )


class _Pulse:
    """Tells the run's row how far its process is, and that it lives; learns from it that nobody waits any more."""

    def __init__(self, run: Run) -> None:
        self.run, self.heard_at = run, clock.now()

    def progress(self, progress: Progress) -> None:
        bound = progress.weight / progress.share if progress.share else None
        self._note(
            stage=progress.stage,
            done_percent=min(99, int(progress.done * 100)),
            weight=progress.weight,
            bound=bound,
        )

    def beat(self) -> None:
        state = Run.objects.filter(pk=self.run.pk).values_list("state", "attempt").first()
        if state != (RunState.RUNNING, self.run.attempt):
            raise Stopped
        if clock.now() - self.heard_at >= HEARD_OF_EVERY:
            self._note()

    def _note(
        self,
        *,
        stage: str = "",
        done_percent: int | None = None,
        weight: int | None = None,
        bound: float | None = None,
    ) -> None:
        self.heard_at = clock.now()
        is_ours = actions.note_progress(
            run_id=self.run.pk,
            attempt=self.run.attempt,
            stage=stage,
            done_percent=done_percent,
            weight=weight,
            bound=bound,
            by=SYSTEM,
            at=self.heard_at,
        )
        if not is_ours:
            raise Stopped


STAGES = {
    "": N_("Reading who comes and who wants to meet whom"),
    "bound": N_("Proving how good a timetable can be"),
    "placing": N_("Placing the meetings"),
    "improving": N_("Exchanging meetings for better ones"),
    "gaps": N_("Closing gaps in the plans of people"),
    "tables": N_("Giving tables"),
    "done": N_("Done"),
}
