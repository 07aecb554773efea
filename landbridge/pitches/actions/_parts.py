"""What the actions of pitches share: locks, permissions, letters."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from landbridge.foundation.outbox.recipient import Recipient
from landbridge.foundation.outbox.tell import tell
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.permissions.roles import Role
from landbridge.foundation.problems import N_, NotAllowed, refuse
from landbridge.pitches import queries
from landbridge.pitches.models import Investor, Juror, Pitch, PitchCall


def _require(permission: P, *, by: Actor) -> None:
    if not by.may(permission):
        raise NotAllowed(permission)


def _kept_call(call_id: int, *, by: Actor) -> PitchCall:
    """The call, locked, of which the actor is an organiser."""
    return PitchCall.objects.kept_by(by).for_update().select_related("session", "programme").get(pk=call_id)


def _locked_call(call_id: int) -> PitchCall:
    """The call, locked: whoever changes what belongs to it waits here for the others."""
    return PitchCall.objects.for_update().select_related("session").get(pk=call_id)


def _locked_pitch(pitch_id: int, *, by: Actor) -> Pitch:
    rows = Pitch.objects.visible_to(by).for_update()
    return rows.select_related("call__session", "call__programme", "organisation").get(pk=pitch_id)


def _kept_pitch(pitch_id: int, *, by: Actor) -> Pitch:
    """The pitch, locked, in a call of which the actor is an organiser. The call is locked first."""
    rows = Pitch.objects.visible_to(by).filter(call__in=PitchCall.objects.kept_by(by).values("pk"))
    call_id = rows.values_list("call_id", flat=True).get(pk=pitch_id)
    PitchCall.objects.for_update().get(pk=call_id)
    return (
        rows.for_update().select_related("call__session", "call__programme", "organisation").get(pk=pitch_id)
    )


def _tell_of_call(
    event: str,
    call: PitchCall,
    *,
    to: Iterable[Recipient],
    at: datetime,
    about: Juror | None = None,
    **places: object,
) -> None:
    """A letter about a call; it leads to the call, or to a juror's own page."""
    context = {**queries.for_letters(call), **places}
    tell(f"pitches/{event}", about or call, to=to, at=at, context=context)


def _tell(
    event: str,
    pitch: Pitch,
    *,
    to: Iterable[Recipient],
    at: datetime,
    key: str | None = None,
    **places: object,
) -> None:
    """A letter about a pitch."""
    context = {**queries.for_letters_of(pitch), **places}
    tell(f"pitches/{event}", pitch, to=to, at=at, context=context, key=key)


def _investor(by: Actor, investor_id: int | None) -> Investor:
    """The investor whose profile stands on a consent."""
    rows = Investor.objects.consenting().select_related("person")
    found = (
        rows.filter(pk=investor_id or 0)
        if by.role is Role.SYSTEM
        else rows.filter(person_id=by.person_id or 0)
    )
    investor = found.first()
    if investor is None:
        refuse(
            "no_profile",
            N_("You have no investor's profile yet."),
            cure=N_("Say first what you look for; it takes two minutes."),
        )
    return investor
