"""What every change of a timetable shares: the lock on the event's meetings, the new version, the rows, the letters."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime

from django.db.models import F

from landbridge.events.models import Event
from landbridge.foundation.audit.record import record
from landbridge.foundation.outbox.tell import tell_each
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import N_, NotAllowed, refuse
from landbridge.meetings.models import Meeting, MeetingRules, Placement, Run, Seat
from landbridge.meetings.queries import letters
from landbridge.meetings.queries.material import Standing
from landbridge.meetings.queries.versions import Changes, Planned, Spot
from landbridge.meetings.states import MEETING_WORKFLOW, RUN_WORKFLOW, MeetingMove, RunMove, RunState

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # nothing that is read as something else
CODE_LENGTH = 10
TOGETHER = 500


def _opened(event_id: int, *, by: Actor) -> tuple[Event, MeetingRules]:
    """The event of an organiser with the rules of its meetings, these locked: one change of a timetable at a time."""
    if not by.may(P.MEETING_PLAN):
        raise NotAllowed(P.MEETING_PLAN)
    event = Event.objects.kept_by(by).get(pk=event_id)
    return event, _locked_rules(event)


def _locked_rules(event: Event) -> MeetingRules:
    rules = MeetingRules.objects.for_update().filter(event=event).first()
    if rules is None:
        refuse(
            "no_meeting_rules",
            N_("The rules of the meetings are not set yet."),
            cure=N_("Say first from when to when people ask each other, and how much wishes weigh."),
        )
    return rules


def _next_version(
    event: Event, *, kind: str, state: str, changes: Changes | None, by: Actor, at: datetime, cause: str = ""
) -> Run:
    """A new version after the published one, which it replaces if it is published at once."""
    previous = Run.objects.for_update().filter(event=event, state=RunState.PUBLISHED).first()
    last = Run.objects.filter(event=event).order_by("-number").values_list("number", flat=True).first() or 0
    is_published = state == RunState.PUBLISHED
    if previous is not None and is_published:
        _supersede(previous, by=by)
    return Run.objects.create(
        event=event,
        number=last + 1,
        kind=kind,
        state=state,
        previous=previous,
        cause=cause[:300],
        difference=changes.as_json() if changes else {},
        asked_by_name=by.name[:150],
        asked_at=at,
        finished_at=at if is_published else None,
        published_at=at if is_published else None,
        published_by_name=by.name[:150] if is_published else "",
        done_percent=100 if is_published else 0,
    )


def _supersede(run: Run, *, by: Actor) -> None:
    run.state = RUN_WORKFLOW.target(RunMove.SUPERSEDE, of=run, by=by)
    run.save(update_fields=["state"])


def _write_down(run: Run, planned: Iterable[Planned]) -> None:
    """The placements of a version."""
    Placement.objects.bulk_create(
        [
            Placement(
                run=run,
                request_id=one.request_id,
                first_id=one.pair[0],
                second_id=one.pair[1],
                slot_id=one.spot.slot_id,
                table_id=one.spot.table_id,
                weight=one.weight,
                is_locked=one.is_locked,
            )
            for one in planned
        ],
        batch_size=TOGETHER,
    )


def _new_change(event: Event, changes: Changes, *, kind: str, cause: str, by: Actor, at: datetime) -> Run:
    """A version that is published at once and holds only what it adds and moves."""
    run = _next_version(
        event, kind=kind, state=RunState.PUBLISHED, changes=changes, by=by, at=at, cause=cause
    )
    moved = [Planned(one.request_id, one.pair, spot) for one, spot in changes.moved]
    _write_down(run, [*changes.added, *moved])
    return run


def _settle(
    event: Event,
    rules: MeetingRules,
    run: Run | None,
    changes: Changes,
    *,
    by: Actor,
    at: datetime,
    reason: str,
) -> list[Meeting]:
    """Make the meetings what a version says: first what ends, then what moves, then what is new. The new ones."""
    _end(changes.cancelled, by=by, at=at, reason=reason)
    _shift(changes.moved, run=run, at=at)
    return _begin(event, rules, run, changes.added, at=at)


def _end(ended: tuple[Standing, ...], *, by: Actor, at: datetime, reason: str) -> None:
    rows = Meeting.objects.filter(pk__in=[one.pk for one in ended])
    targets = {
        MEETING_WORKFLOW.target(MeetingMove.CANCEL, of=meeting, by=by)
        for meeting in rows.for_update().only("state")
    }
    for target in targets:
        rows.update(state=target, reason=reason[:300], sequence=F("sequence") + 1, ended_at=at, changed_at=at)
    Seat.objects.filter(meeting__in=[one.pk for one in ended]).update(is_taken=False)


def _shift(moved: tuple[tuple[Standing, Spot], ...], *, run: Run | None, at: datetime) -> None:
    """Old seats and tables are given up by all before the new ones are taken: meetings may change places."""
    if not moved:
        return
    to = {one.pk: spot for one, spot in moved}
    meetings = list(Meeting.objects.for_update().filter(pk__in=list(to)).only("pk"))
    seats = list(Seat.objects.filter(meeting__in=list(to)).only("pk", "meeting_id"))
    Meeting.objects.filter(pk__in=list(to)).update(
        table=None, sequence=F("sequence") + 1, changed_at=at, run=run
    )
    Seat.objects.filter(meeting__in=list(to)).update(is_taken=False)
    for meeting in meetings:
        meeting.slot_id, meeting.table_id = to[meeting.pk]
    for seat in seats:
        seat.slot_id = to[seat.meeting_id].slot_id
    Meeting.objects.bulk_update(meetings, ["slot", "table"], batch_size=TOGETHER)
    Seat.objects.bulk_update(seats, ["slot"], batch_size=TOGETHER)
    Seat.objects.filter(meeting__in=list(to)).update(is_taken=True)


def _begin(
    event: Event, rules: MeetingRules, run: Run | None, added: tuple[Planned, ...], *, at: datetime
) -> list[Meeting]:
    meetings = [
        Meeting(
            event=event,
            request_id=one.request_id,
            run=run,
            first_id=one.pair[0],
            second_id=one.pair[1],
            slot_id=one.spot.slot_id,
            table_id=one.spot.table_id,
            code=(code := _new_code()),
            link=_link(rules.link_pattern, event=event, code=code) if one.spot.table_id is None else "",
            is_locked=one.is_locked,
            placed_at=at,
        )
        for one in added
    ]
    made = Meeting.objects.bulk_create(meetings, batch_size=TOGETHER)
    Seat.objects.bulk_create(
        [
            Seat(meeting=meeting, registration_id=key, slot_id=meeting.slot_id)
            for meeting in made
            for key in (meeting.first_id, meeting.second_id)
        ],
        batch_size=TOGETHER,
    )
    return made


def _new_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def _link(pattern: str, *, event: Event, code: str) -> str:
    """The address of an online meeting: ours to write down, nobody else is asked for it."""
    return pattern.format(event=event.slug, code=code)[:300] if pattern else ""


def _tell_changes(run: Run, changes: Changes, *, at: datetime, reason: str = "") -> None:
    """Everybody concerned hears once what changed for them."""
    if changes:
        tell_each(
            "meetings/changed",
            letters.changes_for(run.event, changes, reason=reason),
            at=at,
            key=f"meetings/changed|{run.pk}",
        )


def _published(
    event: Event,
    rules: MeetingRules,
    changes: Changes,
    *,
    kind: str,
    cause: str,
    reason: str = "",
    by: Actor,
    at: datetime,
) -> Run:
    """A change as a version of its own, with its meetings and its letters: the way of every repair and every hand.

    The organiser reads the `cause`, which may name people; the people concerned read the `reason`.
    """
    run = _new_change(event, changes, kind=kind, cause=cause, by=by, at=at)
    run.event = event
    _settle(event, rules, run, changes, by=by, at=at, reason=reason)
    _tell_changes(run, changes, at=at, reason=reason)
    record(
        "meeting_run.changed_the_plan",
        run,
        by=by,
        at=at,
        kind=kind,
        cause=cause[:300],
        added=len(changes.added),
        moved=len(changes.moved),
        cancelled=len(changes.cancelled),
        people=len(changes.people),
    )
    return run
