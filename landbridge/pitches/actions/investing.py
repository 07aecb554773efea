"""The investor's part: the profile with its own consent, reactions, decks; and what comes of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from landbridge.foundation.audit.record import record
from landbridge.foundation.money import Money
from landbridge.foundation.people.models import Person
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.permissions.roles import Role
from landbridge.foundation.problems import N_, refuse, refuse_if
from landbridge.pitches import queries, rules
from landbridge.pitches.actions._meeting import _ask_to_meet, _take_back
from landbridge.pitches.actions._parts import _investor, _locked_pitch, _require, _tell
from landbridge.pitches.models import Download, Investor, Pitch, PitchCall, Reaction
from landbridge.pitches.states import AFTER_SELECTION
from landbridge.pitches.states import Reaction as Said


@dataclass(frozen=True, slots=True)
class Profile:
    """What an investor says of themselves."""

    name: str
    type: str
    firm: str = ""
    about: str = ""
    ticket_from_eur: Money | None = None
    ticket_to_eur: Money | None = None
    markets: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    is_visible: bool = False


@transaction.atomic
def save_profile(
    *,
    profile: Profile,
    call_ids: Sequence[int],
    consents: bool,
    by: Actor,
    at: datetime,
    person_id: int | None = None,
    organisation_id: int | None = None,
    is_demonstration: bool = False,
) -> Investor:
    """Keep an investor's profile, which stands on a consent of its own; only Landbridge itself names the person."""
    _require(P.INVESTOR_EDIT, by=by)
    is_ours = by.role is Role.SYSTEM
    person = Person.objects.for_update().get(pk=(person_id if is_ours else by.person_id) or 0)
    refuse_if(
        rules.problems_with_profile(
            name=profile.name,
            type_=profile.type,
            ticket_from=profile.ticket_from_eur,
            ticket_to=profile.ticket_to_eur,
            markets=profile.markets,
            consents=consents,
        )
    )
    investor = Investor.objects.filter(person=person).first() or Investor(person=person, created_at=at)
    investor.organisation_id = organisation_id if is_ours else by.organisation_id
    for name in Profile.__dataclass_fields__:
        value = getattr(profile, name)
        setattr(investor, name, list(value) if isinstance(value, tuple) else value)
    had_consented = investor.consented_at is not None
    investor.consented_at = investor.consented_at or at
    investor.is_demonstration = investor.is_demonstration or is_demonstration
    investor.version += 1
    investor.save()
    investor.calls.set(PitchCall.objects.visible_to(by).filter(pk__in=call_ids))
    record("investor.saved", investor, by=by, at=at, visible=investor.is_visible)
    if not had_consented:
        record("investor.consented", investor, by=by, at=at)
    return investor


@transaction.atomic
def withdraw_consent(*, by: Actor, at: datetime, person_id: int | None = None) -> Investor:
    """The investor's consent ends: the profile is emptied, companies see nothing of it, no reminder is sent."""
    _require(P.INVESTOR_EDIT, by=by)
    own_id = (person_id if by.role is Role.SYSTEM else by.person_id) or 0
    investor = Investor.objects.for_update().get(person_id=own_id)
    investor.consented_at, investor.is_visible = None, False
    investor.about, investor.ticket_from_eur, investor.ticket_to_eur = "", None, None
    investor.markets, investor.stages, investor.countries = [], [], []
    investor.save()
    investor.calls.clear()
    record("investor.consent_withdrawn", investor, by=by, at=at)
    return investor


@transaction.atomic
def take_deck(*, pitch_id: int, by: Actor, at: datetime) -> Pitch:
    """Note that somebody downloads the deck; the company sees how many investors did."""
    _require(P.PITCH_JUDGE, by=by)
    pitch = _locked_pitch(pitch_id, by=by)
    if pitch.deck_id is None:
        refuse("no_deck", N_("There is no deck."), cure=N_("Read what is written."))
    Download.objects.create(
        pitch=pitch, person_id=by.person_id, name=by.name[:150], role=by.role or "", downloaded_at=at
    )
    record("pitch.deck_downloaded", pitch, by=by, at=at)
    return pitch


@transaction.atomic
def react(
    *,
    pitch_id: int,
    said: Said,
    why: str,
    why_is_for_company: bool,
    by: Actor,
    at: datetime,
    investor_id: int | None = None,
) -> Reaction:
    """Say something to a pitch, or change one's mind. "Meet" asks for a meeting at the call's event, where there is one.

    The lock on the pitch makes two reactions at once one after the other; the later one counts.
    """
    _require(P.PITCH_WEIGH, by=by)
    pitch = _locked_pitch(pitch_id, by=by)
    investor = _investor(by, investor_id)
    if not queries.is_in_the_room(pitch) or pitch.call.state not in AFTER_SELECTION:
        refuse("not_in_the_room", N_("This pitch is not in the deal room."), cure=N_("Choose another one."))
    if pitch.organisation_id in (by.organisation_id, investor.organisation_id):
        refuse("own_company", N_("This is your own organisation's pitch."), cure=N_("Others judge it."))
    before = (
        Reaction.objects.filter(pitch=pitch, investor=investor).for_update().select_related("request").first()
    )
    reaction = before or Reaction(pitch=pitch, investor=investor)
    was = before.said if before else ""
    reaction.said, reaction.said_at = said, at
    reaction.why, reaction.why_is_for_company = why.strip()[:500], why_is_for_company and bool(why.strip())
    if said == Said.MEET:
        _ask_to_meet(reaction, by=by, at=at)
    elif was == Said.MEET:
        _take_back(reaction, by=by, at=at)
    if said == Said.PASS and reaction.follows_up:
        reaction.follows_up = False
    reaction.save()
    record(
        "pitch.reacted", pitch, by=by, at=at, investor=str(investor), said=str(said), before=was,
        meeting_asked=reaction.request_id is not None,
    )  # fmt: skip
    if said == Said.MEET and was != Said.MEET:
        told = reaction.why if reaction.why_is_for_company else ""
        _tell(
            "wants_to_meet",
            pitch,
            to=queries.people_of_company(pitch),
            at=at,
            investor=str(investor),
            why=told,
        )
    return reaction
