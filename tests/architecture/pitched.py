"""A side's calls for pitches, each kind of object once; `world.fill` calls it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from landbridge.foundation.money import euro
from landbridge.foundation.people.models import Person
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.foundation.permissions.roles import Role
from landbridge.memberships.models import Membership
from landbridge.pitches import actions
from landbridge.pitches.actions import Decision
from landbridge.pitches.models import Investor, Juror, Pitch, PitchCall
from landbridge.pitches.states import OrderBy, Pitched, Reaction, S
from tests.factories.memberships import a_hat
from tests.factories.organisations import a_company
from tests.factories.pitches import FACTS, PROFILE, a_deck, a_pitch, declared, marked

OPENED, HANDED_IN, CLOSED, JUDGED, SELECTED, STAGE, OVER = (
    timedelta(days=days) for days in (30, 25, 20, 19, 15, 5, 4)
)
WAY = (S.DRAFT, S.OPEN, S.JUDGING, S.SELECTED, S.LIVE, S.CLOSED)


def hold_pitches(side: Any) -> None:
    """A call in each state with what belongs to it, an investor with a reaction, and money that was raised."""
    things, at = side.things, side.at
    juror, investor = _juror(side), _investor(side)
    things["investor"] = investor
    for state in WAY:
        things[f"pitch_call_{state}"] = _call(side, state, juror=juror)
    things["juror"] = Juror.objects.get(call=things["pitch_call_open"])
    things["pitch_draft"] = _draft(side)
    things["pitch_submitted"] = _of(things["pitch_call_open"], Pitched.SUBMITTED)
    things["pitch_judged"] = _of(things["pitch_call_judging"], Pitched.SUBMITTED)
    things["pitch_reserve"] = _of(things["pitch_call_selected"], Pitched.RESERVE)
    things["pitch_on_stage"] = _of(things["pitch_call_live"], Pitched.SELECTED)
    things["pitched"] = pitched = _of(things["pitch_call_closed"], Pitched.PITCHED)
    things["pitch_reaction"] = actions.react(
        pitch_id=pitched.pk, said=Reaction.MEET, why="Yes.", why_is_for_company=True, investor_id=investor.pk,
        by=SYSTEM, at=at,
    )  # fmt: skip
    actions.take_deck(pitch_id=pitched.pk, by=SYSTEM, at=at)
    things["pitch_money"] = actions.note_money(
        pitch_id=pitched.pk,
        amount_eur=euro(1000),
        raised_on=at.date(),
        source="Angels",
        evidence="",
        by=SYSTEM,
        at=at,
    )


def _call(side: Any, state: S, *, juror: Person) -> PitchCall:
    at, is_open = side.at, state in (S.DRAFT, S.OPEN)
    facts = replace(
        FACTS,
        title=f"Pitches of {side.name}, {PitchCall.objects.count()}",
        opens_at=at - OPENED,
        closes_at=at + CLOSED if is_open else at - CLOSED,
        stage_starts_at=at + 3 * CLOSED if is_open else at - STAGE,
    )
    call = actions.create(facts=facts, programme_id=side.programme.pk, by=SYSTEM, at=at - OPENED)
    if state == S.DRAFT:
        return call
    actions.publish(call_id=call.pk, by=SYSTEM, at=at - OPENED)
    pitch = a_pitch(call, side.applicant, at=at - HANDED_IN)
    other = a_pitch(call, a_company(region=side.region), at=at - HANDED_IN)
    actions.invite(call_id=call.pk, person_ids=[juror.pk], email="", by=SYSTEM, at=at - HANDED_IN)
    if state != S.OPEN:
        actions.judge(call_id=call.pk, by=SYSTEM, at=at - JUDGED)
        seat = declared(Juror.objects.get(call=call), at=at - JUDGED)
        marked(seat, pitch, 4, 4, at=at - JUDGED)
    if state not in (S.OPEN, S.JUDGING):
        _put_on_stage(call, pitch, other, state, at=at)
    return PitchCall.objects.get(pk=call.pk)


def _put_on_stage(call: PitchCall, pitch: Pitch, other: Pitch, state: S, *, at: Any) -> None:
    decisions = {pitch.pk: Decision(Pitched.SELECTED), other.pk: Decision(Pitched.RESERVE)}
    actions.select(call_id=call.pk, decisions=decisions, by=SYSTEM, at=at - SELECTED)
    actions.order(call_id=call.pk, how=OrderBy.LOT, by=SYSTEM, at=at - SELECTED)
    if state != S.SELECTED:
        actions.start(call_id=call.pk, by=SYSTEM, at=at - STAGE)
        actions.bring_on(pitch_id=pitch.pk, by=SYSTEM, at=at - STAGE)
    if state == S.CLOSED:
        actions.close(call_id=call.pk, by=SYSTEM, at=at - OVER)


def _draft(side: Any) -> Pitch:
    call = _call(side, S.OPEN, juror=_juror(side))
    Pitch.objects.get(call=call, organisation=side.applicant).delete()
    pitch = actions.begin(call_id=call.pk, organisation_id=side.applicant.pk, by=SYSTEM, at=side.at)
    return actions.add_deck(pitch_id=pitch.pk, deck=a_deck(), by=SYSTEM, at=side.at)


def _of(call: PitchCall, state: Pitched) -> Pitch:
    return Pitch.objects.filter(call=call, state=state).order_by("pk")[0]


def _juror(side: Any) -> Person:
    hat = Membership.objects.filter(role=Role.ASSESSOR, programme=side.programme).order_by("pk").first()
    return hat.person if hat else _person(side, "juror")


def _investor(side: Any) -> Investor:
    person = _person(side, "investor")
    hat = (
        Membership.objects.filter(role=Role.INVESTOR, person__email__endswith="@example.org")
        .order_by("pk")
        .first()
    )
    if side.name == "own" and hat and not Investor.objects.filter(person=hat.person).exists():
        person, organisation = hat.person, hat.organisation
    else:
        organisation = a_company(region=side.region)
        a_hat(Role.INVESTOR, of=person, organisation=organisation)
    return actions.save_profile(
        profile=replace(PROFILE, name=person.name),
        call_ids=[],
        consents=True,
        person_id=person.pk,
        organisation_id=organisation.pk if organisation else None,
        by=SYSTEM,
        at=side.at,
    )


def _person(side: Any, name: str) -> Person:
    number = Person.objects.count()
    return Person.objects.create(name=f"{name} {number}", email=f"{name}.{number}@{side.name}.example")
