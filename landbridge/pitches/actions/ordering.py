"""The running order, and the stage until it is empty again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from landbridge.foundation.audit.record import record
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import N_, refuse, refuse_if
from landbridge.pitches import queries, rules
from landbridge.pitches.actions._parts import _kept_call, _kept_pitch, _require, _tell, _tell_of_call
from landbridge.pitches.models import Investor, Pitch, PitchCall
from landbridge.pitches.states import PITCH_WORKFLOW, WORKFLOW, M, OrderBy, Pitched, PitchMove, Reaction, S


@transaction.atomic
def order(*, call_id: int, how: OrderBy, by: Actor, at: datetime, pitch_ids: Sequence[int] = ()) -> PitchCall:
    """Fix the running order: by lot from the call's seed, by investors' availability, or as given; all are told their time."""
    _require(P.PITCH_EDIT, by=by)
    call = _kept_call(call_id, by=by)
    if call.state != S.SELECTED:
        refuse(
            "not_now",
            N_("The order is fixed after the selection and before the stage."),
            cure=N_("Select first."),
        )
    rows = Pitch.objects.filter(call=call, state=Pitched.SELECTED).for_update()
    pitches = list(rows.select_related("organisation").order_by("pk"))
    found = _ordered(call, pitches, how=how, pitch_ids=pitch_ids)
    refuse_if(
        rules.problems_with_order(
            found, selected=[pitch.pk for pitch in pitches], starts_at=queries.stage_begins(call)
        )
    )
    Pitch.objects.filter(call=call).update(number=None)
    for number, pk in enumerate(found, start=1):
        Pitch.objects.filter(pk=pk).update(number=number)
    call.order_by, call.ordered_at = how, at
    call.save(update_fields=["order_by", "ordered_at"])
    record(
        "pitch_call.ordered",
        call,
        by=by,
        at=at,
        how=str(how),
        seed=call.draw_seed,
        order=[str(pk) for pk in found],
    )
    zone = ZoneInfo(call.time_zone)
    for line in queries.order_of(call):
        assert line.turn is not None  # noqa: S101 - refused above
        line.pitch.call = call
        begins = line.turn.starts_at.astimezone(zone)
        to = queries.people_of_company(line.pitch)
        _tell(
            "ordered",
            line.pitch,
            to=to,
            at=at,
            begins=begins,
            place=line.place,
            minutes=call.minutes_to_pitch,
        )
    return call


def _ordered(call: PitchCall, pitches: list[Pitch], *, how: OrderBy, pitch_ids: Sequence[int]) -> list[int]:
    ids = [pitch.pk for pitch in pitches]
    if how is OrderBy.HAND:
        return list(pitch_ids)
    if how is OrderBy.LOT or queries.stage_begins(call) is None:
        return rules.drawn(ids, seed=call.draw_seed)
    interest, present = queries.presence_for(call, pitches)
    return rules.when_they_are_there(ids, seed=call.draw_seed, interest=interest, present=present)


@transaction.atomic
def start(*, call_id: int, by: Actor, at: datetime) -> PitchCall:
    """The stage is open: the first one may come."""
    call = _kept_call(call_id, by=by)
    target = WORKFLOW.target(M.START, of=call, by=by)
    selected = Pitch.objects.filter(call=call, state=Pitched.SELECTED)
    if not selected.exists() or selected.filter(number=None).exists():
        refuse(
            "no_order", N_("There is no running order yet."), cure=N_("Draw it, or give it by hand, first.")
        )
    call.state = target
    call.save(update_fields=["state"])
    record("pitch_call.started", call, by=by, at=at)
    return call


@transaction.atomic
def bring_on(*, pitch_id: int, by: Actor, at: datetime) -> Pitch:
    """A company comes on stage; whoever is on it has pitched."""
    _require(P.PITCH_EDIT, by=by)
    pitch = _kept_pitch(pitch_id, by=by)
    if pitch.call.state != S.LIVE or pitch.state != Pitched.SELECTED:
        refuse("not_now", N_("This pitch does not come on stage now."), cure=N_("Read the page anew."))
    if pitch.on_stage_at is not None:
        return pitch
    before = Pitch.objects.filter(call=pitch.call, state=Pitched.SELECTED, on_stage_at__isnull=False)
    for other in before.for_update().order_by("pk"):
        _pitched(other, by=by, at=at)
    pitch.on_stage_at = at
    pitch.save(update_fields=["on_stage_at"])
    record("pitch.came_on_stage", pitch, by=by, at=at)
    return pitch


@transaction.atomic
def finish(*, pitch_id: int, by: Actor, at: datetime) -> Pitch:
    """A company has pitched."""
    pitch = _kept_pitch(pitch_id, by=by)
    if pitch.call.state != S.LIVE or pitch.on_stage_at is None:
        refuse("not_on_stage", N_("This company is not on stage."), cure=N_("Bring it on first."))
    return _pitched(pitch, by=by, at=at)


def _pitched(pitch: Pitch, *, by: Actor, at: datetime) -> Pitch:
    target = PITCH_WORKFLOW.target(PitchMove.PITCH, of=pitch, by=by)
    pitch.state, pitch.pitched_at = target, at
    pitch.save(update_fields=["state", "pitched_at"])
    record("pitch.pitched", pitch, by=by, at=at)
    return pitch


@transaction.atomic
def close(*, call_id: int, by: Actor, at: datetime) -> PitchCall:
    """The session is over: whoever is on stage has pitched; investors are asked with whom they go on."""
    call = _kept_call(call_id, by=by)
    target = WORKFLOW.target(M.CLOSE, of=call, by=by)
    for pitch in Pitch.objects.filter(
        call=call, state=Pitched.SELECTED, on_stage_at__isnull=False
    ).for_update():
        _pitched(pitch, by=by, at=at)
    call.state, call.closed_at, call.followed_up_at = target, at, at
    call.save(update_fields=["state", "closed_at", "followed_up_at"])
    record("pitch_call.closed", call, by=by, at=at)
    wished = [Reaction.MEET, Reaction.INTERESTED]
    investors = Investor.objects.consenting().filter(reactions__pitch__call=call, reactions__said__in=wished)
    for investor in investors.distinct().select_related("person").order_by("pk"):
        _tell_of_call("follow_up", call, to=queries.as_recipient(investor.person), at=at)
    done = Pitch.objects.filter(call=call, state=Pitched.PITCHED).select_related("organisation", "call")
    for pitch in done.order_by("pk"):
        _tell("closed", pitch, to=queries.people_of_company(pitch), at=at)
    return call
