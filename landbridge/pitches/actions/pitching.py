"""The company's part: beginning a pitch, writing it, its deck, handing it in, consent, withdrawing."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from landbridge.foundation.audit.record import record
from landbridge.foundation.files.store import Received, store
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.permissions.roles import Role
from landbridge.foundation.problems import N_, NotAllowed, Problem, Refused, refuse, refuse_if
from landbridge.foundation.reasons import problems_with as problems_with_reason
from landbridge.organisations.models import Organisation
from landbridge.pitches import queries, rules
from landbridge.pitches.actions._parts import _kept_pitch, _locked_call, _locked_pitch, _require, _tell
from landbridge.pitches.models import Pitch
from landbridge.pitches.rules import Written
from landbridge.pitches.states import PITCH_WORKFLOW, Pitched, PitchMove, S


class Stale(Refused):
    """Somebody else wrote on it in the meantime. Stored nothing: each difference stands beside its field."""

    def __init__(self, pitch: Pitch, written: Written) -> None:
        self.version = pitch.version
        stored = queries.written_of(pitch)
        super().__init__(
            Problem(
                code="stale",
                message=N_("%(person)s changed this while you were writing; it now reads: %(stored)s"),
                cure=N_("Keep yours, take theirs, or put them together; then save again."),
                field=name,
                params={"person": pitch.edited_by_name, "stored": str(getattr(stored, name) or "–")},
            )
            for name in Written.__dataclass_fields__
            if getattr(stored, name) != getattr(written, name)
        )


@transaction.atomic
def begin(*, call_id: int, by: Actor, at: datetime, organisation_id: int | None = None) -> Pitch:
    """Begin a pitch in an open call; a company has one in each, and comes back to it."""
    _require(P.PITCH_SUBMIT, by=by)
    if by.role is not Role.SYSTEM and organisation_id not in (None, by.organisation_id):
        raise NotAllowed(P.PITCH_SUBMIT)
    company = Organisation.objects.get(pk=organisation_id or by.organisation_id or 0)
    call = _locked_call(call_id)
    standing = Pitch.objects.filter(call=call, organisation=company).exclude(state=Pitched.WITHDRAWN).first()
    if standing is not None:
        return standing
    _check_open(call.state)
    if at >= call.closes_at:
        refuse_if(rules.problems_with_deadline(opens_at=call.opens_at, closes_at=call.closes_at, at=at))
    pitch = Pitch.objects.create(
        call=call,
        organisation=company,
        presenter_name=by.name[:120] if by.person_id else "",
        edited_by_name=by.name[:150],
        begun_at=at,
        is_demonstration=call.is_demonstration,
    )
    record("pitch.begun", pitch, by=by, at=at, call=call.title, company=company.name)
    return pitch


@transaction.atomic
def save(*, pitch_id: int, version: int, written: Written, by: Actor, at: datetime) -> Pitch:
    """Keep what was written on the draft seen at `version`; gaps are allowed. Raises `Stale` where another wrote."""
    _require(P.PITCH_SUBMIT, by=by)
    pitch = _draft(pitch_id, by=by)
    columns = _columns(written)
    changed = sorted(name for name, value in columns.items() if getattr(pitch, name) != value)
    if not changed:
        return pitch
    if version != pitch.version:
        raise Stale(pitch, written)
    for name in changed:
        setattr(pitch, name, columns[name])
    pitch.version, pitch.edited_by_name = pitch.version + 1, by.name[:150]
    pitch.save(update_fields=[*changed, "version", "edited_by_name"])
    record("pitch.saved", pitch, by=by, at=at, version=pitch.version, fields=changed)
    return pitch


@transaction.atomic
def add_deck(*, pitch_id: int, deck: Received, by: Actor, at: datetime) -> Pitch:
    """Put the slides with the draft; the ones before are replaced."""
    _require(P.PITCH_SUBMIT, by=by)
    pitch = _draft(pitch_id, by=by)
    refuse_if(rules.problems_with_deck(deck.size))
    pitch.deck = store(deck, by=by, at=at)
    pitch.save(update_fields=["deck"])
    record("pitch.deck_added", pitch, by=by, at=at, name=deck.name, size=deck.size, sha256=deck.sha256)
    return pitch


@transaction.atomic
def submit(*, pitch_id: int, by: Actor, at: datetime) -> Pitch:
    """Hand it in, complete and before the end of the call; the lock on the call makes the last second one for all."""
    call = _locked_call(Pitch.objects.visible_to(by).values_list("call_id", flat=True).get(pk=pitch_id))
    pitch = _locked_pitch(pitch_id, by=by)
    target = PITCH_WORKFLOW.target(PitchMove.SUBMIT, of=pitch, by=by)
    _check_open(call.state)
    refuse_if(
        [
            *rules.problems_with_deadline(opens_at=call.opens_at, closes_at=call.closes_at, at=at),
            *rules.problems_with_pitch(queries.written_of(pitch), has_deck=pitch.deck_id is not None),
        ]
    )
    pitch.state, pitch.submitted_at, pitch.reason = target, at, ""
    pitch.save(update_fields=["state", "submitted_at", "reason"])
    record("pitch.submitted", pitch, by=by, at=at, version=pitch.version)
    _tell("submitted", pitch, to=queries.people_of_company(pitch), at=at)
    return pitch


@transaction.atomic
def return_(*, pitch_id: int, reason: str, by: Actor, at: datetime) -> Pitch:
    """The organiser hands it back while the call is open, with what should be better."""
    pitch = _kept_pitch(pitch_id, by=by)
    target = PITCH_WORKFLOW.target(PitchMove.RETURN, of=pitch, by=by)
    _check_open(pitch.call.state)
    _check_reason(reason)
    pitch.state, pitch.reason = target, reason.strip()
    pitch.save(update_fields=["state", "reason"])
    record("pitch.returned", pitch, by=by, at=at, reason=pitch.reason)
    _tell("returned", pitch, to=queries.people_of_company(pitch), at=at)
    return pitch


@transaction.atomic
def withdraw(*, pitch_id: int, reason: str, by: Actor, at: datetime) -> Pitch:
    """The company does not pitch. Its place on stage is free, and the organiser is told if the jury knew of it."""
    pitch = _locked_pitch(pitch_id, by=by)
    target = PITCH_WORKFLOW.target(PitchMove.WITHDRAW, of=pitch, by=by)
    if pitch.on_stage_at is not None:
        refuse("on_stage", N_("You are on stage."), cure=N_("Talk to the organiser."))
    _check_reason(reason)
    was_handed_in = pitch.state != Pitched.DRAFT
    pitch.state, pitch.reason, pitch.number = target, reason.strip(), None
    pitch.save(update_fields=["state", "reason", "number"])
    record("pitch.withdrawn", pitch, by=by, at=at, reason=pitch.reason)
    if was_handed_in:
        _tell("withdrawn", pitch, to=queries.organisers_of(pitch.call), at=at)
    return pitch


@transaction.atomic
def consent(*, pitch_id: int, consents: bool, by: Actor, at: datetime) -> Pitch:
    """The company lets the network's investors read its pitch and deck, or no longer does; at any time."""
    _require(P.PITCH_SUBMIT, by=by)
    pitch = _locked_pitch(pitch_id, by=by)
    if consents == (pitch.consents_to_investors_at is not None):
        return pitch
    pitch.consents_to_investors_at = at if consents else None
    pitch.save(update_fields=["consents_to_investors_at"])
    record("pitch.consented" if consents else "pitch.consent_withdrawn", pitch, by=by, at=at)
    return pitch


def _draft(pitch_id: int, *, by: Actor) -> Pitch:
    pitch = _locked_pitch(pitch_id, by=by)
    if pitch.state != Pitched.DRAFT:
        refuse(
            "not_a_draft",
            N_("This pitch was handed in and cannot be changed."),
            cure=N_("While the call is open the organiser can return it."),
        )
    return pitch


def _check_open(state: str) -> None:
    if state != S.OPEN:
        refuse("call_not_open", N_("This call takes no pitches now."), cure=N_("Look for the next call."))


def _check_reason(reason: str) -> None:
    refuse_if(problems_with_reason(reason, cure=N_("Say why in a sentence."), longest=rules.LONGEST_REASON))


def _columns(written: Written) -> dict[str, object]:
    values: dict[str, object] = {}
    for name in Written.__dataclass_fields__:
        value = getattr(written, name)
        values[name] = value.strip() if isinstance(value, str) else value
    return {**values, "markets": list(written.markets), "countries": list(written.countries)}
