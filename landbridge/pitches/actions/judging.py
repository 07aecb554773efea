"""The jury: invited, declaring conflicts, marking; and the audience on the day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from landbridge.foundation.audit.record import record
from landbridge.foundation.people.models import Person
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.permissions.roles import Role
from landbridge.foundation.problems import N_, refuse, refuse_if
from landbridge.memberships.queries import members_of
from landbridge.pitches import queries, rules
from landbridge.pitches.actions._parts import _kept_call, _locked_call, _require, _tell_of_call
from landbridge.pitches.actions.preparing import _note_conflicts
from landbridge.pitches.models import Conflict, Juror, Pitch, PitchCall, Score
from landbridge.pitches.states import AFTER_OPENING, Pitched, S


@transaction.atomic
def invite(*, call_id: int, person_ids: list[int], email: str, by: Actor, at: datetime) -> PitchCall:
    """Put people on the jury: chosen from a list, or by the address of somebody who has an account."""
    _require(P.PITCH_EDIT, by=by)
    call = _kept_call(call_id, by=by)
    if call.state not in (S.DRAFT, S.OPEN, S.JUDGING):
        refuse("too_late", N_("The selection is made; the jury is complete."), cure=N_("Begin a new call."))
    people = list(Person.objects.filter(pk__in=person_ids, is_active=True).order_by("pk"))
    if email.strip():
        known = Person.objects.filter(email=email.strip().lower(), is_active=True).first()
        if known is None:
            refuse(
                "person_unknown",
                N_("Nobody with this address has an account here."),
                cure=N_("Ask them to register first, or check the address."),
                field="email",
            )
        people.append(known)
    if not people:
        refuse(
            "nobody",
            N_("Nobody is chosen."),
            cure=N_("Choose people, or give an address."),
            field="person_ids",
        )
    for person in people:
        _seat(call, person, by=by, at=at)
    return call


def _seat(call: PitchCall, person: Person, *, by: Actor, at: datetime) -> None:
    juror, is_new = Juror.objects.get_or_create(
        call=call, person=person, defaults={"name": person.name[:150], "invited_at": at}
    )
    if not is_new and not juror.is_audience:
        return
    if juror.is_audience:
        juror.is_audience = False
        juror.save(update_fields=["is_audience"])
    if call.state in AFTER_OPENING:
        _note_conflicts(juror, at=at)
    record("pitch_call.juror_invited", call, by=by, at=at, juror=juror.name)
    _tell_of_call("invited", call, to=queries.as_recipient(person), at=at, about=juror)


@transaction.atomic
def remove_juror(*, juror_id: int, by: Actor, at: datetime) -> PitchCall:
    """Take somebody off the jury who has not marked anything."""
    _require(P.PITCH_EDIT, by=by)
    seat = Juror.objects.get(pk=juror_id)
    call = _kept_call(seat.call_id, by=by)
    juror = Juror.objects.for_update().get(pk=juror_id)
    if juror.scores.exists():
        refuse(
            "has_marked",
            N_("%(name)s has marked already; their marks stay."),
            cure=N_(
                "If they have a conflict, let them declare it: their marks of that pitch are then taken out."
            ),
            name=juror.name,
        )
    record("pitch_call.juror_removed", call, by=by, at=at, juror=juror.name)
    juror.delete()
    return call


@transaction.atomic
def declare(*, juror_id: int, conflicts: Mapping[int, str], by: Actor, at: datetime) -> Juror:
    """A juror says with which companies they have a conflict, and why, or with none. Said again, the last word counts.

    Marks of a pitch that turns out to be one of a conflict are taken out. What Landbridge found stays.
    """
    juror = _own_seat(juror_id, by=by)
    if juror.call.state not in (S.JUDGING, S.LIVE) or juror.is_audience:
        refuse(
            "not_now", N_("Conflicts are declared while the jury is at work."), cure=N_("Tell the organiser.")
        )
    pitches = set(
        Pitch.objects.filter(call=juror.call, state__in=queries.WITH_THE_JURY).values_list("pk", flat=True)
    )
    found = set(Conflict.objects.filter(juror=juror, is_declared=False).values_list("pitch_id", flat=True))
    wanted = {pk: why.strip() for pk, why in conflicts.items() if pk in pitches and pk not in found}
    for pk, why in wanted.items():
        if not why:
            refuse(
                "no_reason",
                N_("Say in a few words what the conflict is."),
                cure=N_("Such as “I advise them”."),
                field=f"reason_{pk}",
            )
    Conflict.objects.filter(juror=juror, is_declared=True).exclude(pitch__in=wanted).delete()
    for pk, why in wanted.items():
        Conflict.objects.update_or_create(
            juror=juror, pitch_id=pk, defaults={"reason": why[: rules.LONGEST_CONFLICT], "noted_at": at}
        )
    taken_out, _each = Score.objects.filter(juror=juror, pitch__in=wanted).delete()
    juror.declared_at = at
    juror.save(update_fields=["declared_at"])
    record(
        "pitch_call.conflicts_declared",
        juror.call,
        by=by,
        at=at,
        juror=juror.name,
        conflicts=len(wanted),
        marks_taken_out=taken_out,
    )
    return juror


@transaction.atomic
def mark(
    *,
    juror_id: int,
    pitch_id: int,
    marks: Mapping[str, float],
    remark: str,
    is_live: bool,
    by: Actor,
    at: datetime,
) -> Score:
    """A juror marks a pitch, or changes their marks: before the selection, or of what they saw on stage."""
    juror = _own_seat(juror_id, by=by)
    call = juror.call
    pitch = Pitch.objects.filter(call=call).select_related("organisation").get(pk=pitch_id)
    criteria = rules.criteria_from(call.criteria)
    is_time = call.state == (S.LIVE if is_live else S.JUDGING)
    stands = pitch.state in (queries.ON_STAGE if is_live else (Pitched.SUBMITTED,))
    refuse_if(
        rules.problems_with_marking(
            is_declared=juror.declared_at is not None or juror.is_audience,
            has_conflict=queries.has_conflict(juror, pitch),
            is_time=is_time and (is_live or not juror.is_audience),
            is_there=stands and (not is_live or pitch.on_stage_at is not None),
        )
    )
    refuse_if(rules.problems_with_marks(marks, criteria=criteria))
    given = {"marks": dict(marks), "remark": remark.strip()[: rules.LONGEST_REMARK], "scored_at": at}
    score, is_new = Score.objects.update_or_create(juror=juror, pitch=pitch, is_live=is_live, defaults=given)
    record(
        "pitch.marked" if is_new else "pitch.marked_anew", pitch, by=by, at=at, juror=juror.name, live=is_live
    )
    return score


@transaction.atomic
def join_audience(*, call_id: int, by: Actor, at: datetime, person_id: int | None = None) -> Juror:
    """Somebody in the room marks as well. People of a company that pitches do not; jurors are jurors already."""
    _require(P.PITCH_JUDGE, by=by)
    own_id = (person_id if by.role is Role.SYSTEM else by.person_id) or 0
    call = _locked_call(call_id)
    if call.state != S.LIVE or not call.has_audience:
        refuse("no_audience", N_("The audience does not mark now."), cure=N_("Listen, and enjoy it."))
    seat = Juror.objects.filter(call=call, person_id=own_id).first()
    if seat is not None:
        return seat
    person = Person.objects.get(pk=own_id)
    companies = Pitch.objects.filter(call=call, state__in=queries.ON_STAGE).values("organisation")
    for company in companies:
        if members_of(company["organisation"]).filter(person=person).exists():
            refuse(
                "pitches_oneself",
                N_("People of a company that pitches do not mark."),
                cure=N_("Good luck on stage."),
            )
    juror = Juror.objects.create(
        call=call, person=person, name=person.name[:150], is_audience=True, invited_at=at, declared_at=at
    )
    _note_conflicts(juror, at=at)
    record("pitch_call.audience_joined", call, by=by, at=at, juror=juror.name)
    return juror


def _own_seat(juror_id: int, *, by: Actor) -> Juror:
    """The seat, locked, of whoever sits on it; the call is locked first, so that the jury's end is one for all."""
    _require(P.PITCH_JUDGE, by=by)
    rows = (
        Juror.objects.all() if by.role is Role.SYSTEM else Juror.objects.filter(person_id=by.person_id or 0)
    )
    call = _locked_call(rows.values_list("call_id", flat=True).get(pk=juror_id))
    juror = rows.for_update().get(pk=juror_id)
    juror.call = call
    return juror
