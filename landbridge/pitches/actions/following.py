"""After the session: with whom investors go on, what became of it, and the money that companies raised."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from landbridge.foundation.audit.record import record
from landbridge.foundation.money import Money
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import N_, refuse, refuse_if
from landbridge.pitches import queries, rules
from landbridge.pitches.actions._parts import _investor, _locked_pitch, _require, _tell
from landbridge.pitches.models import Investor, MoneyRaised, Pitch, PitchCall, Reaction
from landbridge.pitches.states import Became
from landbridge.pitches.states import Reaction as Said


@transaction.atomic
def follow(
    *, call_id: int, pitch_ids: Sequence[int], by: Actor, at: datetime, investor_id: int | None = None
) -> Investor:
    """After the session: with which of those they were interested in an investor goes on, and so with how many."""
    _require(P.PITCH_WEIGH, by=by)
    investor = _investor(by, investor_id)
    call = PitchCall.objects.visible_to(by).get(pk=call_id)
    if call.closed_at is None:
        refuse("not_over", N_("The session is not over yet."), cure=N_("Answer when it is."))
    rows = Reaction.objects.filter(investor=investor, pitch__call=call).exclude(said=Said.PASS).for_update()
    for reaction in rows.order_by("pk"):
        reaction.follows_up, reaction.followed_up_at = reaction.pitch_id in pitch_ids, at
        reaction.save(update_fields=["follows_up", "followed_up_at"])
    record("investor.followed_up", investor, by=by, at=at, call=call.title, pitches=len(pitch_ids))
    return investor


@transaction.atomic
def say_what_became(*, reaction_id: int, became: Became, text: str, by: Actor, at: datetime) -> Reaction:
    """What became of an interest; said again whenever it changes."""
    _require(P.PITCH_WEIGH, by=by)
    reaction = Reaction.objects.visible_to(by).for_update().select_related("pitch").get(pk=reaction_id)
    if reaction.said == Said.PASS:
        refuse("passed", N_("You passed on this one."), cure=N_("Change your reaction first."))
    reaction.became, reaction.became_text = became, text.strip()[:1000]
    reaction.follows_up, reaction.followed_up_at = became != Became.ENDED or reaction.follows_up, at
    reaction.save(update_fields=["became", "became_text", "follows_up", "followed_up_at"])
    record("pitch.outcome_said", reaction.pitch, by=by, at=at, became=str(became))
    return reaction


@transaction.atomic
def note_money(
    *,
    pitch_id: int,
    amount_eur: Money,
    raised_on: date,
    source: str,
    evidence: str,
    by: Actor,
    at: datetime,
) -> MoneyRaised:
    """The company says what it raised after its pitch, from whom, and what shows it."""
    _require(P.PITCH_SUBMIT, by=by)
    pitch = _locked_pitch(pitch_id, by=by)
    if pitch.pitched_at is None:
        refuse(
            "not_pitched", N_("Money is counted after the pitch."), cure=N_("Come back after the session.")
        )
    refuse_if(rules.problems_with_money(amount=amount_eur, raised_on=raised_on, today=at.date()))
    money = MoneyRaised.objects.create(
        pitch=pitch,
        amount_eur=amount_eur,
        raised_on=raised_on,
        source=source.strip(),
        evidence=evidence.strip(),
        told_by_name=by.name[:150],
        told_at=at,
    )
    record(
        "pitch.money_noted", pitch, by=by, at=at, amount=amount_eur, raised_on=raised_on, source=money.source
    )
    return money


@transaction.atomic
def take_back_money(*, money_id: int, by: Actor, at: datetime) -> Pitch:
    """An entry was wrong."""
    _require(P.PITCH_SUBMIT, by=by)
    row = MoneyRaised.objects.get(pk=money_id)
    pitch = _locked_pitch(row.pitch_id, by=by)
    record("pitch.money_taken_back", pitch, by=by, at=at, amount=row.amount_eur, source=row.source)
    row.delete()
    return pitch


@transaction.atomic
def ask_again(*, reaction_id: int, months: int, by: Actor, at: datetime) -> Reaction:
    """Ask investor and company what became of it, so many months after the session. Asked twice, it is told once."""
    _require(P.PITCH_EDIT, by=by)
    rows = Reaction.objects.select_related("pitch__call", "pitch__organisation", "investor__person")
    reaction = rows.for_update().get(pk=reaction_id)
    if reaction.reminded_months >= months:
        return reaction
    reaction.reminded_months = months
    reaction.save(update_fields=["reminded_months"])
    pitch = reaction.pitch
    record("pitch.asked_again", pitch, by=by, at=at, months=months, investor=str(reaction.investor))
    to = queries.as_recipient(reaction.investor.person)
    _tell(
        "what_became", pitch, to=to, at=at, key=f"pitches/what_became|{reaction.pk}|{months}", months=months
    )
    company = queries.people_of_company(pitch)
    _tell(
        "money_asked", pitch, to=company, at=at, key=f"pitches/money_asked|{pitch.pk}|{months}", months=months
    )
    return reaction
