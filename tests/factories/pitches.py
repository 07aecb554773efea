"""Calls for pitches in the situations that tests need, brought about by the word's own actions."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile

from landbridge.events.models import Event
from landbridge.foundation.files.kinds import Kind
from landbridge.foundation.files.store import Received, receive
from landbridge.foundation.money import euro
from landbridge.foundation.people.models import Person
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.organisations.models import Organisation
from landbridge.pitches import actions
from landbridge.pitches.actions import Decision, Profile
from landbridge.pitches.models import Investor, Juror, Pitch, PitchCall
from landbridge.pitches.rules import CallFacts, Criterion, Written
from landbridge.pitches.states import OrderBy, Pitched, S
from tests.cast import Cast
from tests.factories.organisations import a_company

AT = datetime(2026, 5, 18, 9, 0, tzinfo=UTC)  # a Monday; pitches are written now
OPENED = AT - timedelta(days=10)
CLOSES = AT + timedelta(days=10)
JUDGED = CLOSES + timedelta(hours=1)
MARKED = CLOSES + timedelta(days=2)
SELECTED = CLOSES + timedelta(days=4)
STAGE = datetime(2026, 6, 18, 12, 0, tzinfo=UTC)  # 14:00 in Brussels
PDF = b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n"
TEAM, MARKET = Criterion("c1", "Team", 1), Criterion("c2", "Market", 2)
FACTS = CallFacts(
    title="Pitch to investors",
    text="For companies that look for their first round.",
    time_zone="Europe/Brussels",
    opens_at=OPENED,
    closes_at=CLOSES,
    places=2,
    minutes_to_pitch=5,
    minutes_of_questions=4,
    minutes_between=1,
    stage_starts_at=STAGE,
    has_audience=True,
    criteria=(TEAM, MARKET),
)
WRITTEN = Written(
    title="A test for kidneys",
    one_line="A rapid test for kidney disease, for the family doctor.",
    problem="It is found too late.",
    solution="A strip, ten minutes.",
    team="Three of us.",
    markets=("diagnostics",),
    stage="seed",
    countries=("BE", "DE"),
    asks_eur=euro(800_000),
    presenter_name="Somebody",
    presenter_email="presenter@example.org",
)
PROFILE = Profile(
    name="Ines Investor",
    type="venture",
    firm="Ventures",
    ticket_from_eur=euro(250_000),
    ticket_to_eur=euro(1_000_000),
    markets=("diagnostics",),
    stages=("seed",),
    countries=("DK",),
    is_visible=True,
)


def a_deck(name: str = "deck.pdf") -> Received:
    """Slides, as they were received."""
    return receive(ContentFile(PDF + name.encode(), name=name), kinds=frozenset({Kind.PDF}))


def a_draft_call(cast: Cast, *, event: Event | None = None, **changes: Any) -> PitchCall:
    """Written, not open."""
    facts = replace(FACTS, **{"event_id": event.pk if event else None, **changes})
    return actions.create(facts=facts, programme_id=cast.programme.pk, by=SYSTEM, at=OPENED)


def a_pitch_call(cast: Cast, **changes: Any) -> PitchCall:
    """Open for pitches, until `CLOSES`."""
    return actions.publish(call_id=a_draft_call(cast, **changes).pk, by=SYSTEM, at=OPENED)


def a_pitch(
    call: PitchCall,
    company: Organisation,
    *,
    at: datetime = AT,
    hand_in: bool = True,
    shown: bool = True,
    **changes: Any,
) -> Pitch:
    """Written in full with its deck; handed in, and shown to investors, unless told otherwise."""
    pitch = actions.begin(call_id=call.pk, organisation_id=company.pk, by=SYSTEM, at=at)
    written = replace(WRITTEN, title=f"{WRITTEN.title}, {company.name}"[:120], **changes)
    pitch = actions.save(pitch_id=pitch.pk, version=pitch.version, written=written, by=SYSTEM, at=at)
    actions.add_deck(pitch_id=pitch.pk, deck=a_deck(), by=SYSTEM, at=at)
    if shown:
        actions.consent(pitch_id=pitch.pk, consents=True, by=SYSTEM, at=at)
    return actions.submit(pitch_id=pitch.pk, by=SYSTEM, at=at) if hand_in else Pitch.objects.get(pk=pitch.pk)


def a_juror(call: PitchCall, person: Person, *, at: datetime = AT) -> Juror:
    """On the jury of this call; nothing declared."""
    actions.invite(call_id=call.pk, person_ids=[person.pk], email="", by=SYSTEM, at=at)
    return Juror.objects.get(call=call, person=person)


def declared(juror: Juror, *, at: datetime = JUDGED) -> Juror:
    """Without any conflict of their own."""
    return actions.declare(juror_id=juror.pk, conflicts={}, by=SYSTEM, at=at)


def marked(juror: Juror, pitch: Pitch, *marks: float, is_live: bool = False, at: datetime = MARKED) -> None:
    """The juror's marks, in the order of the criteria."""
    actions.mark(
        juror_id=juror.pk,
        pitch_id=pitch.pk,
        marks=dict(zip(("c1", "c2"), marks, strict=True)),
        remark="Solid.",
        is_live=is_live,
        by=SYSTEM,
        at=at,
    )


def a_judged_call(cast: Cast, **changes: Any) -> PitchCall:
    """With the jury: a Danish, a Belgian and a German company; two assessors and the Danish region's broker, declared."""
    call = a_pitch_call(cast, **changes)
    for company in (cast.danish_company, cast.belgian_company, a_company(region=cast.stuttgart)):
        a_pitch(call, company)
    for person in (cast.assessor, cast.second_assessor, cast.zealand_broker):
        a_juror(call, person)
    call = actions.judge(call_id=call.pk, by=SYSTEM, at=JUDGED)
    for juror in Juror.objects.filter(call=call).order_by("pk"):
        declared(juror)
    return call


def pitch_of(call: PitchCall, company: Organisation) -> Pitch:
    """The company's pitch in this call."""
    return Pitch.objects.select_related("call", "organisation").get(call=call, organisation=company)


def a_selected_call(cast: Cast, *, ordered: bool = True, **changes: Any) -> PitchCall:
    """The Danish and the Belgian company are on stage, the German one on the reserve list; all marked."""
    call = a_judged_call(cast, **changes)
    given = {cast.danish_company.pk: (4, 5), cast.belgian_company.pk: (3, 4)}
    for juror in Juror.objects.filter(call=call).order_by("pk"):
        for pitch in Pitch.objects.filter(call=call).exclude(conflicts__juror=juror).order_by("pk"):
            marked(juror, pitch, *given.get(pitch.organisation_id, (2, 2.5)))
    on_stage = (cast.danish_company.pk, cast.belgian_company.pk)
    decisions = {
        one.pk: Decision(Pitched.SELECTED if one.organisation_id in on_stage else Pitched.RESERVE)
        for one in Pitch.objects.filter(call=call)
    }
    call = actions.select(call_id=call.pk, decisions=decisions, by=SYSTEM, at=SELECTED)
    return actions.order(call_id=call.pk, how=OrderBy.LOT, by=SYSTEM, at=SELECTED) if ordered else call


def a_live_call(cast: Cast, **changes: Any) -> PitchCall:
    """The stage is open, and the first one is on it."""
    call = actions.start(call_id=a_selected_call(cast, **changes).pk, by=SYSTEM, at=STAGE)
    first = Pitch.objects.get(call=call, number=1)
    actions.bring_on(pitch_id=first.pk, by=SYSTEM, at=STAGE)
    return call


def a_closed_call(cast: Cast, **changes: Any) -> PitchCall:
    """Everybody has pitched."""
    call = a_live_call(cast, **changes)
    actions.bring_on(
        pitch_id=Pitch.objects.get(call=call, number=2).pk, by=SYSTEM, at=STAGE + timedelta(minutes=10)
    )
    return actions.close(call_id=call.pk, by=SYSTEM, at=STAGE + timedelta(hours=1))


def an_investor(cast: Cast, person: Person | None = None, *, at: datetime = AT, **changes: Any) -> Investor:
    """An investor with a profile; the cast's one belongs to the Belgian company."""
    who = person or cast.investor
    organisation = None if person else cast.belgian_company.pk
    return actions.save_profile(
        profile=replace(PROFILE, **{"name": who.name, **changes}),
        call_ids=[],
        consents=True,
        person_id=who.pk,
        organisation_id=organisation,
        by=SYSTEM,
        at=at,
    )


def state_of(call: PitchCall) -> S:
    """As the database has it."""
    return S(PitchCall.objects.get(pk=call.pk).state)
