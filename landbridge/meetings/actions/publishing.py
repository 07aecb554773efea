"""Publication: a version becomes the meetings people live by; who is concerned hears of it once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from landbridge.events.models import Event
from landbridge.events.states import S as EventState
from landbridge.foundation.audit.record import record
from landbridge.foundation.outbox.tell import tell_each
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.problems import N_, refuse_if
from landbridge.meetings.actions._versions import (
    _next_version,
    _opened,
    _settle,
    _supersede,
    _tell_changes,
    _write_down,
)
from landbridge.meetings.models import Meeting, MeetingRules, Run
from landbridge.meetings.queries import letters
from landbridge.meetings.queries.material import Material, Pair, Standing, material_of
from landbridge.meetings.queries.mending import as_standing, mended_version
from landbridge.meetings.queries.versions import (
    Changes,
    Planned,
    changes_to,
    newest_number,
    planned_in,
)
from landbridge.meetings.rules import planning
from landbridge.meetings.states import RUN_WORKFLOW, MeetingState, RunKind, RunMove, RunState

CAUSE = N_("What had changed since this version was computed")


@transaction.atomic
def publish_run(*, run_id: int, all_the_same: bool = False, by: Actor, at: datetime) -> Run:
    """Publish a draft: it replaces the version before, makes and updates the meetings, and tells everyone concerned.

    It must be the newest, and what it was computed from must still hold. `all_the_same` publishes it nevertheless:
    the version stays as it is, and what no longer fits is repaired in a version after it, in the same moment.
    """
    event_id = Run.objects.visible_to(by).values_list("event_id", flat=True).get(pk=run_id)
    event, rules = _opened(event_id, by=by)
    run = Run.objects.for_update().get(pk=run_id)
    target = RUN_WORKFLOW.target(RunMove.PUBLISH, of=run, by=by)
    material = material_of(event, rules=rules, at=at)
    is_true = material.input_hash == run.input_hash
    refuse_if(
        planning.problems_with_publishing(
            planning.Publishing(
                newest=newest_number(event),
                number=run.number,
                is_still_true=is_true,
                all_the_same=all_the_same,
                is_called_off=event.state == EventState.CANCELLED,
            )
        )
    )
    is_first = not Run.objects.filter(event=event, published_at__isnull=False).exists()
    for older in Run.objects.for_update().filter(
        event=event, state__in=[RunState.PUBLISHED, RunState.DRAFT], number__lt=run.number
    ):
        _supersede(older, by=by)
    run.state, run.published_at, run.published_by_name = target, at, by.name[:150]
    run.save(update_fields=["state", "published_at", "published_by_name"])
    planned = {one.pair: one for one in planned_in(run)}
    newest, changes = run, changes_to(_open_to_change(material), _without_fixed(planned, material))
    if not is_true:
        newest, changes = _mended(event, rules, run, planned, by=by, at=at)
    _settle(event, rules, newest, changes, by=by, at=at, reason="")
    Meeting.objects.filter(event=event, state=MeetingState.PLANNED, run__isnull=False).update(run=newest)
    _tell(newest, material, changes, is_first=is_first, at=at)
    record(
        "meeting_run.published",
        run,
        by=by,
        at=at,
        all_the_same=all_the_same,
        was_still_true=is_true,
        added=len(changes.added),
        moved=len(changes.moved),
        cancelled=len(changes.cancelled),
        people=len(changes.people),
    )
    return run


def _open_to_change(material: Material) -> list[Standing]:
    """The meetings that a version may change."""
    fixed = material.fixed
    return [*material.lapsed, *(one for key, one in material.standing.items() if key not in fixed)]


def _without_fixed(planned: Mapping[Pair, Planned], material: Material) -> dict[Pair, Planned]:
    fixed = {material.standing[key].pair for key in material.fixed}
    return {pair: one for pair, one in planned.items() if pair not in fixed}


def _mended(
    event: Event,
    rules: MeetingRules,
    run: Run,
    planned: dict[Pair, Planned],
    *,
    by: Actor,
    at: datetime,
) -> tuple[Run, Changes]:
    """A version after the published one, with what no longer fits taken out and gaps filled; and what to do for it."""
    now = material_of(event, rules=rules, at=at)
    world = material_of(event, rules=rules, at=at, for_repair=True)
    fixed = {key: now.standing[key] for key in now.fixed}
    wanted = mended_version(world, planned, fixed=fixed, seed=run.seed)
    delta = changes_to(as_standing(_without_fixed(planned, now).values()), wanted)
    changes = changes_to(_open_to_change(now), wanted)
    if not delta:
        return run, changes
    newest = _next_version(
        event, kind=RunKind.REPAIR, state=RunState.PUBLISHED, changes=delta, by=by, at=at, cause=CAUSE
    )
    moved = [Planned(one.request_id, one.pair, spot) for one, spot in delta.moved]
    _write_down(newest, [*delta.added, *moved])
    return newest, changes


def _tell(run: Run, material: Material, changes: Changes, *, is_first: bool, at: datetime) -> None:
    """The first publication gives everyone who wished for a meeting their plan; a later one says what changed."""
    if not is_first:
        _tell_changes(run, changes, at=at)
        return
    people = {key for one in material.wished.values() for key in one.pair if key in material.people}
    plans = letters.plans_for(run.event, people=people | changes.people)
    tell_each("meetings/timetable", plans, at=at, key=f"meetings/timetable|{run.pk}")
