"""What every change of an introduction begins with, and how it tells the two sides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from landbridge.clocks import actions as clocks
from landbridge.clocks.models import Duty
from landbridge.foundation.outbox.tell import tell
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import NotAllowed
from landbridge.introductions import queries
from landbridge.introductions.models import Introduction
from landbridge.introductions.states import Side

DUTY = "introductions.answer"


def lock(introduction_id: int, *, by: Actor) -> Introduction:
    """The row, locked, with both organisations."""
    return (
        Introduction.objects.visible_to(by)
        .for_update()
        .select_related(
            "company__region", "provider__region", "region", "provider_region", "enquiry", "record"
        )
        .get(pk=introduction_id)
    )


def check_leads(introduction: Introduction, *, by: Actor) -> None:
    """Only the desk that leads changes an introduction. Raises NotAllowed."""
    if not by.may(P.INTRODUCTION_PROPOSE) or not queries.leads(introduction, by):
        raise NotAllowed(P.INTRODUCTION_PROPOSE)


def tell_sides(
    event: str,
    introduction: Introduction,
    *,
    at: datetime,
    sides: Iterable[Side] = tuple(Side),
    context: Mapping[Side, Mapping[str, object]] | None = None,
) -> None:
    """One letter to each person of these sides, with that side's own text and a link of the reader's own."""
    for side in sides:
        text = introduction.shown_to_company if side is Side.COMPANY else introduction.shown_to_provider
        for person in queries.people_of(introduction, side):
            tell(
                f"introductions/{event}",
                introduction,
                to=[person],
                at=at,
                key=f"introductions/{event}|{introduction.pk}|{side}|{at.isoformat()}",
                context={
                    "title": introduction.title,
                    "text": text,
                    "side": side.value,
                    "answer_link": queries.link_for(introduction, side, person),
                    "until": queries.last_day_of(introduction),
                    "from_profile": introduction.enquiry_id is None,
                    **((context or {}).get(side, {})),
                },
            )


def begin_clock(introduction: Introduction, *, by: Actor, at: datetime) -> None:
    """The provider's desk sees on its work list that an answer is awaited."""
    if Duty.objects.filter(key=DUTY).exists():
        clocks.start(
            duty=DUTY,
            about=introduction,
            region=introduction.provider_region or introduction.region,
            due_at=introduction.lapses_at,
            by=by,
            at=at,
        )


def end_clock(introduction: Introduction, *, by: Actor, at: datetime) -> None:
    """Nobody waits for an answer any more."""
    clocks.stop(duty=DUTY, about=introduction, by=by, at=at)
