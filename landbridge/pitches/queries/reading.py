"""Calls and pitches as lists, as facts for the rules, and in the order of the stage."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet

from landbridge.events.models import Event, Session
from landbridge.foundation.permissions.actor import Actor
from landbridge.memberships.models import Membership
from landbridge.pitches.models import Juror, Pitch, PitchCall
from landbridge.pitches.rules import CallFacts, Minutes, Ties, Turn, Written, criteria_from, turns
from landbridge.pitches.states import Pitched

ON_STAGE = (Pitched.SELECTED, Pitched.PITCHED)
WITH_THE_JURY = (Pitched.SUBMITTED, Pitched.SELECTED, Pitched.RESERVE, Pitched.NOT_SELECTED, Pitched.PITCHED)


@dataclass(frozen=True, slots=True)
class Line:
    """One pitch of the running order, with its place among those that are still in it, and its time."""

    pitch: Pitch
    place: int
    turn: Turn | None
    wall_time: str = ""


def listed(rows: QuerySet[PitchCall], *, state: str = "", text: str = "") -> QuerySet[PitchCall]:
    """Calls for a list, the one that closes last first, with how many pitches were handed in."""
    if state:
        rows = rows.filter(state=state)
    if text:
        rows = rows.filter(Q(title__icontains=text) | Q(event__title__icontains=text))
    handed_in = Count("pitches", filter=Q(pitches__state__in=WITH_THE_JURY), distinct=True)
    return (
        rows.select_related("event", "programme").annotate(handed_in=handed_in).order_by("-closes_at", "-pk")
    )


def facts_of(call: PitchCall) -> CallFacts:
    """A call as the rules read it."""
    return CallFacts(
        **{name: getattr(call, name) for name in CallFacts.__dataclass_fields__ if name != "criteria"},
        criteria=criteria_from(call.criteria),
    )


def written_of(pitch: Pitch) -> Written:
    """A pitch as the rules read it."""
    plain = {name: getattr(pitch, name) for name in Written.__dataclass_fields__}
    return Written(**{**plain, "markets": tuple(pitch.markets), "countries": tuple(pitch.countries)})


def own_pitch(call: PitchCall, actor: Actor) -> Pitch | None:
    """What the actor's company has in a call."""
    rows = Pitch.objects.filter(call=call, organisation_id=actor.organisation_id or 0)
    return rows.exclude(state=Pitched.WITHDRAWN).first()


def ties_of(person_ids: Iterable[int]) -> dict[int, Ties]:
    """For whom people act under any of their hats, and as investors."""
    people = set(person_ids)
    organisations: dict[int, set[int]] = {person: set() for person in people}
    regions: dict[int, set[int]] = {person: set() for person in people}
    hats = Membership.objects.current().filter(person_id__in=people).select_related("partner")
    for hat in hats:
        if hat.organisation_id:
            organisations[hat.person_id].add(hat.organisation_id)
        region_id = hat.region_id or (hat.partner.region_id if hat.partner else None)
        if region_id:
            regions[hat.person_id].add(region_id)
    return {person: Ties(frozenset(organisations[person]), frozenset(regions[person])) for person in people}


def seat_of(call: PitchCall, actor: Actor) -> Juror | None:
    """The actor's place on the jury of a call, or among its audience."""
    if actor.person_id is None:
        return None
    return Juror.objects.filter(call=call, person_id=actor.person_id).first()


def minutes_of(call: PitchCall) -> Minutes:
    """How the time of one turn is spent."""
    return Minutes(call.minutes_to_pitch, call.minutes_of_questions, call.minutes_between)


def stage_begins(call: PitchCall) -> datetime | None:
    """When the first one goes on stage: as the call says, else when its session of the event begins."""
    if call.stage_starts_at is not None:
        return call.stage_starts_at
    return call.session.starts_at if call.session is not None else None


def order_of(call: PitchCall) -> list[Line]:
    """Those who are on stage, in their order; whoever withdrew leaves no hole."""
    rows = Pitch.objects.filter(call=call, state__in=ON_STAGE, number__isnull=False)
    pitches = list(rows.select_related("organisation", "deck").order_by("number", "pk"))
    begins = stage_begins(call)
    if begins is None:
        return [Line(pitch, place, None) for place, pitch in enumerate(pitches, 1)]
    times = turns(begins, minutes=minutes_of(call), count=len(pitches))
    zone = ZoneInfo(call.time_zone)
    walls = [turn.starts_at.astimezone(zone).strftime("%H:%M") for turn in times]
    return [Line(pitch, place, times[place - 1], walls[place - 1]) for place, pitch in enumerate(pitches, 1)]


def turn_of(pitch: Pitch) -> Line | None:
    """When one pitch is on stage."""
    if pitch.number is None:
        return None
    return next((line for line in order_of(pitch.call) if line.pitch.pk == pitch.pk), None)


def overruns(call: PitchCall, lines: list[Line]) -> bool:
    """Whether the last one would still be on stage when the session of the event has ended."""
    return bool(call.session and lines and lines[-1].turn and lines[-1].turn.ends_at > call.session.ends_at)


def now_and_next(lines: list[Line]) -> tuple[Line | None, Line | None]:
    """Who is on stage, and who comes then."""
    now = next((one for one in lines if one.pitch.on_stage_at and one.pitch.state == Pitched.SELECTED), None)
    waiting = (one for one in lines if one.pitch.state == Pitched.SELECTED and one.pitch.on_stage_at is None)
    return now, next(waiting, None)


def events_for(actor: Actor) -> list[Event]:
    """The events to which the actor may attach a call."""
    return list(Event.objects.kept_by(actor).order_by("-starts_at", "pk")[:100])


def sessions_of(events: list[Event]) -> list[Session]:
    """The sessions of these events."""
    rows = Session.objects.filter(event__in=events).select_related("event")
    return list(rows.order_by("event_id", "starts_at", "pk"))


def jury_calls(actor: Actor) -> QuerySet[Juror]:
    """The actor's seats on juries, the newest call first."""
    rows = Juror.objects.filter(person_id=actor.person_id or 0).select_related("call")
    return rows.order_by("-call__closes_at", "-pk")
