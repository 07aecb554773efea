"""The organiser's call: written, opened, given a later end, handed to the jury."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from landbridge.events.models import Event, Session
from landbridge.foundation.audit.record import record
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.permissions.roles import Role
from landbridge.foundation.problems import N_, refuse, refuse_if
from landbridge.pitches import queries, rules
from landbridge.pitches.actions._parts import _kept_call, _require, _tell_of_call
from landbridge.pitches.models import Conflict, Juror, Pitch, PitchCall
from landbridge.pitches.rules import CallFacts
from landbridge.pitches.states import WORKFLOW, M, Pitched, S


@transaction.atomic
def create(
    *,
    facts: CallFacts,
    by: Actor,
    at: datetime,
    programme_id: int | None = None,
    is_demonstration: bool = False,
) -> PitchCall:
    """Begin a call for pitches; only its organisers see it. Only Landbridge itself names a programme."""
    _require(P.PITCH_EDIT, by=by)
    refuse_if(rules.problems_with_call(facts))
    _check_event(facts, by=by)
    call = PitchCall.objects.create(
        **_columns(facts),
        programme_id=programme_id if by.role is Role.SYSTEM else by.programme_id,
        created_by_name=by.name[:150],
        created_at=at,
        is_demonstration=is_demonstration,
    )
    record("pitch_call.created", call, by=by, at=at, title=call.title)
    return call


@transaction.atomic
def edit(*, call_id: int, version: int, facts: CallFacts, by: Actor, at: datetime) -> PitchCall:
    """Change a call that companies do not see yet; afterwards only its end, its stage and its text change (`extend`)."""
    _require(P.PITCH_EDIT, by=by)
    call = _kept_call(call_id, by=by)
    if call.state != S.DRAFT:
        refuse(
            "call_is_open",
            N_("Companies have read this call; its rules do not change any more."),
            cure=N_("Its end, its event and the beginning of the stage can still be changed."),
        )
    _check_version(call, version)
    refuse_if(rules.problems_with_call(facts))
    _check_event(facts, by=by)
    columns = _columns(facts)
    changed = sorted(name for name, value in columns.items() if getattr(call, name) != value)
    if not changed:
        return call
    for name in changed:
        setattr(call, name, columns[name])
    call.version += 1
    call.save(update_fields=[*changed, "version"])
    record("pitch_call.edited", call, by=by, at=at, fields=changed)
    return call


@transaction.atomic
def publish(*, call_id: int, by: Actor, at: datetime) -> PitchCall:
    """Companies read it and write their pitches. The seed of every later draw is fixed now, before there is a pitch."""
    call = _kept_call(call_id, by=by)
    target = WORKFLOW.target(M.OPEN, of=call, by=by)
    refuse_if(rules.problems_with_opening(queries.facts_of(call), at=at))
    call.draw_value = call.draw_value or f"{call.title} {call.closes_at.isoformat(timespec='seconds')}"[:120]
    call.draw_seed = rules.seed_of(call.pk, call.draw_value)
    call.state, call.opened_at = target, at
    call.save(update_fields=["state", "opened_at", "draw_value", "draw_seed"])
    record("pitch_call.opened", call, by=by, at=at, draw_value=call.draw_value, seed=call.draw_seed)
    return call


@transaction.atomic
def extend(
    *,
    call_id: int,
    closes_at: datetime,
    stage_starts_at: datetime | None,
    event_id: int | None,
    session_id: int | None,
    by: Actor,
    at: datetime,
) -> PitchCall:
    """After the opening: another end while it is open; event, session and beginning of the stage until it is on stage."""
    _require(P.PITCH_EDIT, by=by)
    call = _kept_call(call_id, by=by)
    if call.state not in (S.OPEN, S.JUDGING, S.SELECTED):
        refuse("not_now", N_("This can no longer be changed."), cure=N_("Begin a new call."))
    if closes_at != call.closes_at:
        refuse_if(rules.problems_with_change_of_window(old=call.closes_at, new=closes_at, at=at))
        if call.state != S.OPEN:
            refuse("closed", N_("The jury has begun; the end stays."), field="closes_at")
    call.closes_at, call.stage_starts_at = closes_at, stage_starts_at
    call.event_id, call.session_id = event_id, session_id
    facts = queries.facts_of(call)
    refuse_if(rules.problems_with_call(facts))
    _check_event(facts, by=by)
    call.version += 1
    call.save(update_fields=["closes_at", "stage_starts_at", "event", "session", "version"])
    record("pitch_call.extended", call, by=by, at=at, closes_at=closes_at, stage_starts_at=stage_starts_at)
    return call


@transaction.atomic
def judge(*, call_id: int, by: Actor, at: datetime) -> PitchCall:
    """The jury begins: pitches are fixed, conflicts that nobody has to declare are noted, jurors are told."""
    call = _kept_call(call_id, by=by)
    target = WORKFLOW.target(M.JUDGE, of=call, by=by)
    jurors = list(Juror.objects.filter(call=call, is_audience=False).select_related("person").order_by("pk"))
    handed_in = Pitch.objects.filter(call=call, state=Pitched.SUBMITTED).count()
    refuse_if(
        rules.problems_with_judging(closes_at=call.closes_at, handed_in=handed_in, jurors=len(jurors), at=at)
    )
    call.state, call.judged_at = target, at
    call.save(update_fields=["state", "judged_at"])
    found = 0
    for juror in jurors:
        found += _note_conflicts(juror, at=at)
        _tell_of_call(
            "to_mark", call, to=queries.as_recipient(juror.person), at=at, about=juror, handed_in=handed_in
        )
    record(
        "pitch_call.handed_to_jury",
        call,
        by=by,
        at=at,
        pitches=handed_in,
        jurors=len(jurors),
        conflicts=found,
    )
    return call


def _note_conflicts(juror: Juror, *, at: datetime) -> int:
    """Write down what stands between a juror and the call's pitches without anybody saying so."""
    noted = set(Conflict.objects.filter(juror=juror).values_list("pitch_id", flat=True))
    found = {pitch: why for pitch, why in queries.conflicts_found(juror).items() if pitch not in noted}
    Conflict.objects.bulk_create(
        Conflict(juror=juror, pitch_id=pitch, reason=rules.FOUND_NAMES[why], is_declared=False, noted_at=at)
        for pitch, why in found.items()
    )
    return len(found)


def _check_version(call: PitchCall, version: int) -> None:
    if version != call.version:
        refuse(
            "stale",
            N_("Somebody else changed this call while you were writing."),
            cure=N_("Open the page anew in another window, and put both together."),
        )


def _check_event(facts: CallFacts, *, by: Actor) -> None:
    if facts.event_id is None:
        return
    if not Event.objects.kept_by(by).filter(pk=facts.event_id).exists():
        refuse("event_unknown", N_("There is no such event."), cure=N_("Choose one."), field="event_id")
    sessions = Session.objects.filter(event_id=facts.event_id, pk=facts.session_id or 0)
    if facts.session_id is not None and not sessions.exists():
        refuse(
            "session_unknown",
            N_("This session belongs to another event."),
            cure=N_("Choose one of this event."),
            field="session_id",
        )


def _columns(facts: CallFacts) -> dict[str, object]:
    plain = {name: getattr(facts, name) for name in CallFacts.__dataclass_fields__}
    tidy = {name: value.strip() if isinstance(value, str) else value for name, value in plain.items()}
    return {**tidy, "criteria": rules.criteria_rows(facts.criteria)}
