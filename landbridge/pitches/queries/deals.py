"""The deal room: what an investor may read, how it fits, what they said; and what the company sees of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from landbridge.events.models import Registration, Slot
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.problems import N_
from landbridge.foundation.ui.formatting import country
from landbridge.pitches.models import (
    Download,
    Investor,
    InvestorRows,
    MoneyRaised,
    Pitch,
    PitchCall,
    Reaction,
)
from landbridge.pitches.queries.reading import Line, minutes_of, stage_begins
from landbridge.pitches.rules import Fit, Offers, Reason, Turn, Wants, Why, fit, turns
from landbridge.pitches.states import IN_THE_DEAL_ROOM, MARKET_NAMES, STAGE_NAMES, Market, S, Stage
from landbridge.pitches.states import Reaction as Said

SHOWN_FOR = timedelta(days=365)  # after its session was closed
MOST = 500
SAYS = {
    Why.MARKET: N_("Your markets: %(what)s"),
    Why.OTHER_MARKET: N_("None of your markets"),
    Why.STAGE: N_("Your stage: %(what)s"),
    Why.OTHER_STAGE: N_("Another stage: %(what)s"),
    Why.TICKET: N_("The round lies within your ticket"),
    Why.SHARED_ROUND: N_("The round is larger than your ticket: to be shared with others"),
    Why.TOO_SMALL: N_("The round is smaller than your smallest ticket"),
    Why.PLACE: N_("Where you invest: %(what)s"),
    Why.OTHER_PLACE: N_("Elsewhere than you invest: %(what)s"),
}


@dataclass(frozen=True, slots=True)
class Deal:
    """One pitch of the deal room, for one investor."""

    pitch: Pitch
    fit: Fit
    reasons: tuple[tuple[str, bool], ...]
    reaction: Reaction | None


@dataclass(frozen=True, slots=True)
class Interest:
    """What a company sees of the investors: who wants to meet, how many more, and what it is told."""

    meet: list[Reaction]
    interested: int
    told: list[str]
    downloads: int


def investor_of(actor: Actor) -> Investor | None:
    """The actor's own profile."""
    return Investor.objects.filter(person_id=actor.person_id or 0).select_related("organisation").first()


def wants_of(investor: Investor) -> Wants:
    """A profile as the rules read it."""
    return Wants(
        investor.ticket_from_eur,
        investor.ticket_to_eur,
        frozenset(investor.markets),
        frozenset(investor.stages),
        frozenset(investor.countries),
    )


def offers_of(pitch: Pitch) -> Offers:
    """A pitch as the rules read it."""
    return Offers(pitch.asks_eur, frozenset(pitch.markets), pitch.stage, pitch.organisation.country)


def said(reason: Reason) -> str:
    """A reason in the reader's language."""
    if reason.why is Why.MARKET:
        names = [_(MARKET_NAMES[Market(value)]) for value in reason.what]
    elif reason.why in (Why.STAGE, Why.OTHER_STAGE):
        names = [_(STAGE_NAMES[Stage(value)]) for value in reason.what if value in list(Stage)]
    else:
        names = [country(value) for value in reason.what]
    return _(SAYS[reason.why]) % {"what": ", ".join(names)}


def deal_of(pitch: Pitch, investor: Investor, *, reaction: Reaction | None) -> Deal:
    """One pitch for one investor, with why it fits."""
    found = fit(wants_of(investor), offers_of(pitch))
    return Deal(pitch, found, tuple((said(one), one.speaks_for) for one in found.reasons), reaction)


def shown_to(investor: Investor, actor: Actor, *, at: datetime) -> QuerySet[Pitch]:
    """The pitches of the deal room, those of sessions long past left out."""
    recent = Q(call__closed_at__isnull=True) | Q(call__closed_at__gte=at - SHOWN_FOR)
    rows = Pitch.objects.in_the_deal_room().filter(recent)
    if actor.organisation_id or investor.organisation_id:
        own = [one for one in (actor.organisation_id, investor.organisation_id) if one]
        rows = rows.exclude(organisation_id__in=own)
    return rows


def deals_for(
    investor: Investor,
    actor: Actor,
    *,
    at: datetime,
    market: str = "",
    stage: str = "",
    country: str = "",
    ticket: str = "",
    call: int = 0,
    said: str = "",
) -> list[Deal]:
    """The deal room as one investor sees it: what fits best first, then by title. Three queries."""
    rows = shown_to(investor, actor, at=at).select_related("organisation", "call", "deck")
    if stage:
        rows = rows.filter(stage=stage)
    if country:
        rows = rows.filter(organisation__country=country)
    if call:
        rows = rows.filter(call_id=call)
    reactions = {one.pitch_id: one for one in Reaction.objects.filter(investor=investor)}
    deals = [
        deal_of(pitch, investor, reaction=reactions.get(pitch.pk))
        for pitch in rows.order_by("title", "pk")[:MOST]
    ]
    if market:
        deals = [one for one in deals if market in one.pitch.markets]
    if ticket == "mine":
        deals = [one for one in deals if any(reason.why is Why.TICKET for reason in one.fit.reasons)]
    if said == "none":
        deals = [one for one in deals if one.reaction is None]
    elif said:
        deals = [one for one in deals if one.reaction is not None and one.reaction.said == said]
    return sorted(deals, key=lambda one: (-one.fit.share, -one.fit.points))


def calls_in_the_room(investor: Investor, actor: Actor, *, at: datetime) -> list[PitchCall]:
    """The calls whose pitches stand in the deal room."""
    calls = shown_to(investor, actor, at=at).values("call")
    return list(PitchCall.objects.filter(pk__in=calls).order_by("-closes_at", "pk"))


def sessions_to_choose() -> list[PitchCall]:
    """The pitch sessions that an investor may choose: opened, and not over."""
    return list(PitchCall.objects.exclude(state__in=[S.DRAFT, S.CLOSED]).order_by("closes_at", "pk")[:100])


def interest_in(pitch: Pitch, actor: Actor) -> Interest:
    """What the company of a pitch, or its organiser, sees of the investors' reactions. Two queries."""
    reactions = list(
        Reaction.objects.visible_to(actor)
        .filter(pitch=pitch)
        .select_related("investor", "request")
        .order_by("said_at", "pk")
    )
    return Interest(
        meet=[one for one in reactions if one.said == Said.MEET],
        interested=sum(one.said == Said.INTERESTED for one in reactions),
        told=[one.why for one in reactions if one.why_is_for_company and one.why],
        downloads=Download.objects.filter(pitch=pitch, role="investor").values("person").distinct().count(),
    )


def reactions_of(investor: Investor) -> QuerySet[Reaction]:
    """What an investor said, the newest first."""
    rows = Reaction.objects.filter(investor=investor).select_related(
        "pitch__organisation", "pitch__call", "request"
    )
    return rows.order_by("-said_at", "-pk")


def to_follow(investor: Investor, call: PitchCall) -> list[Reaction]:
    """The reactions of which an investor is asked whether they go on."""
    rows = reactions_of(investor).filter(pitch__call=call, said__in=[Said.MEET, Said.INTERESTED])
    return list(rows)


def registrations_for(pitch: Pitch, investor: Investor) -> tuple[Registration | None, Registration | None]:
    """Those of the investor and of the presenter at the event of the call, if they take part."""
    taking_part = Registration.objects.taking_part().filter(event_id=pitch.call.event_id or 0)
    person = investor.person
    own = taking_part.filter(Q(person_id=person.pk) | Q(email=person.email)).order_by("pk").first()
    theirs = taking_part.filter(organisation_id=pitch.organisation_id).exclude(pk=own.pk if own else 0)
    presenter = taking_part.filter(email=pitch.presenter_email.lower()).exclude(pk=own.pk if own else 0)
    return own, (presenter.first() if pitch.presenter_email else None) or theirs.order_by("pk").first()


def presence_for(
    call: PitchCall, pitches: list[Pitch]
) -> tuple[Mapping[int, Mapping[int, float]], Mapping[int, list[bool]]]:
    """Interest of investors in pitches, and in which turns each is there; those who chose the session count.

    Somebody is there in a turn unless they said of a slot at that time that they are not. Interest is 2 for "meet", 1
    for "interested", 0 for "pass", and else how well it fits.
    """
    begins = stage_begins(call)
    times = turns(begins, minutes=minutes_of(call), count=len(pitches)) if begins else []
    investors = list(Investor.objects.consenting().filter(calls=call).select_related("person").order_by("pk"))
    emails = [one.person.email for one in investors]
    registrations = {
        one.email: one
        for one in Registration.objects.taking_part().filter(event_id=call.event_id or 0, email__in=emails)
    }
    slots = list(Slot.objects.filter(event_id=call.event_id or 0))
    worth = {Said.MEET: 2.0, Said.INTERESTED: 1.0, Said.PASS: 0.0}
    said_of = {
        (one.pitch_id, one.investor_id): worth[Said(one.said)]
        for one in Reaction.objects.filter(pitch__in=pitches, investor__in=investors)
    }
    interest = {
        pitch.pk: {
            one.pk: said_of.get((pitch.pk, one.pk), fit(wants_of(one), offers_of(pitch)).share)
            for one in investors
        }
        for pitch in pitches
    }
    present = {
        one.pk: [_is_there(registrations.get(one.person.email), turn, slots=slots) for turn in times]
        for one in investors
    }
    return interest, present


def _is_there(registration: Registration | None, turn: Turn, *, slots: list[Slot]) -> bool:
    if registration is None or registration.slots is None:
        return True
    chosen = set(registration.slots)
    meanwhile = [slot for slot in slots if slot.starts_at < turn.ends_at and slot.ends_at > turn.starts_at]
    return all(slot.pk in chosen for slot in meanwhile)


def money_of(pitch: Pitch) -> list[MoneyRaised]:
    """The money that was raised after a pitch."""
    return list(MoneyRaised.objects.filter(pitch=pitch).order_by("raised_on", "pk"))


def is_in_the_room(pitch: Pitch) -> bool:
    """Whether investors read it."""
    return pitch.state in IN_THE_DEAL_ROOM and pitch.consents_to_investors_at is not None


def lines_by_pitch(lines: list[Line]) -> dict[int, Line]:
    """The running order by pitch."""
    return {line.pitch.pk: line for line in lines}


def was_shown(pitch: Pitch) -> bool:
    """Whether investors may have read it."""
    return pitch.state in IN_THE_DEAL_ROOM


def reaction_to(pitch: Pitch, investor: Investor) -> Reaction | None:
    """What an investor said to one pitch."""
    return Reaction.objects.filter(pitch=pitch, investor=investor).select_related("request").first()


def has_taken(pitch: Pitch, actor: Actor) -> bool:
    """Whether it is on record that this person downloads the deck."""
    return Download.objects.filter(pitch=pitch, person_id=actor.person_id or 0).exists()


def countries_in_the_room(investor: Investor, actor: Actor, *, at: datetime) -> list[str]:
    """The countries of the companies in the deal room."""
    codes = shown_to(investor, actor, at=at).values_list("organisation__country", flat=True).distinct()
    return sorted(set(codes))


def investors_listed(rows: InvestorRows, *, type: str = "", text: str = "") -> InvestorRows:  # noqa: A002 - the column's name
    """Investors whose consent stands, for a list, by name."""
    rows = rows.consenting()
    if type:
        rows = rows.filter(type=type)
    if text:
        rows = rows.filter(Q(name__icontains=text) | Q(firm__icontains=text))
    return rows.order_by("name", "pk")
