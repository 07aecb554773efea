"""The selection, the running order, and the stage until it is empty again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from landbridge.foundation.audit.record import record
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.problems import N_, refuse
from landbridge.pitches import queries, rules
from landbridge.pitches.actions._parts import _kept_call, _kept_pitch, _tell
from landbridge.pitches.models import Pitch, PitchCall
from landbridge.pitches.states import PITCH_WORKFLOW, WORKFLOW, M, Pitched, PitchMove, S


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of one pitch, with words for the company."""

    to: Pitched
    reason: str = ""


@transaction.atomic
def select(*, call_id: int, decisions: Mapping[int, Decision], by: Actor, at: datetime) -> PitchCall:
    """Decide on every pitch of the call at once, beside the ranking; each company is told. Once: two at a time make one."""
    call = _kept_call(call_id, by=by)
    target = WORKFLOW.target(M.SELECT, of=call, by=by)
    if queries.is_blind(call, by):
        refuse(
            "blind",
            N_("You sit on the jury and have not marked everything yet."),
            cure=N_("Mark what lies before you, or let somebody else select."),
        )
    ranks = {place.pitch.pk: place.rank for place in queries.ranking_of(call)}
    rows = (
        Pitch.objects.filter(call=call, state=Pitched.SUBMITTED).for_update().select_related("organisation")
    )
    pitches = list(rows.order_by("pk"))
    chosen = sum(one.to == Pitched.SELECTED for one in decisions.values())
    if {pitch.pk for pitch in pitches} != set(decisions):
        refuse(
            "undecided",
            N_("Decide on every pitch."),
            cure=N_("Pitches may have been withdrawn; read the page anew."),
        )
    if not 0 < chosen <= call.places:
        refuse(
            "places",
            N_("There are %(places)s places on stage, and %(chosen)s were chosen."),
            cure=N_("Choose at least one, and no more than there are places."),
            places=call.places,
            chosen=chosen,
        )
    for pitch in pitches:
        pitch.call = call
        _decide(pitch, decisions[pitch.pk], rank=ranks.get(pitch.pk), by=by, at=at)
    call.state, call.selected_at, call.selected_by_name = target, at, by.name[:150]
    call.save(update_fields=["state", "selected_at", "selected_by_name"])
    record("pitch_call.selected", call, by=by, at=at, chosen=chosen, of=len(pitches))
    return call


def _decide(pitch: Pitch, decision: Decision, *, rank: int | None, by: Actor, at: datetime) -> None:
    match decision.to:
        case Pitched.SELECTED:
            target = PITCH_WORKFLOW.target(PitchMove.SELECT, of=pitch, by=by)
        case Pitched.RESERVE:
            target = PITCH_WORKFLOW.target(PitchMove.RESERVE, of=pitch, by=by)
        case _:
            target = PITCH_WORKFLOW.target(PitchMove.TURN_DOWN, of=pitch, by=by)
    pitch.state, pitch.decided_at = target, at
    pitch.reason, pitch.rank = decision.reason.strip()[: rules.LONGEST_REASON], rank or pitch.rank
    pitch.save(update_fields=["state", "decided_at", "reason", "rank"])
    record("pitch.decided", pitch, by=by, at=at, decision=str(target), rank=pitch.rank, reason=pitch.reason)
    _tell(str(target), pitch, to=queries.people_of_company(pitch), at=at)


@transaction.atomic
def move_up(*, pitch_id: int, by: Actor, at: datetime) -> Pitch:
    """Somebody on the reserve list takes a place that became free; last in the running order, where there is one."""
    pitch = _kept_pitch(pitch_id, by=by)
    PITCH_WORKFLOW.target(PitchMove.SELECT, of=pitch, by=by)
    on_stage = Pitch.objects.filter(call=pitch.call, state__in=queries.ON_STAGE)
    if pitch.call.state not in (S.SELECTED, S.LIVE) or on_stage.count() >= pitch.call.places:
        refuse("no_place", N_("No place on stage is free."), cure=N_("Wait until somebody withdraws."))
    if pitch.call.ordered_at is not None:
        last = max(on_stage.values_list("number", flat=True), key=lambda number: number or 0, default=0)
        pitch.number = (last or 0) + 1
        pitch.save(update_fields=["number"])
    _decide(pitch, Decision(Pitched.SELECTED), rank=pitch.rank, by=by, at=at)
    return pitch


@transaction.atomic
def turn_down(*, pitch_id: int, reason: str, by: Actor, at: datetime) -> Pitch:
    """No place became free for somebody on the reserve list."""
    pitch = _kept_pitch(pitch_id, by=by)
    if pitch.state != Pitched.RESERVE:
        refuse("wrong_state", N_("This pitch is not on the reserve list."), cure=N_("Read the page anew."))
    _decide(pitch, Decision(Pitched.NOT_SELECTED, reason), rank=pitch.rank, by=by, at=at)
    return pitch
