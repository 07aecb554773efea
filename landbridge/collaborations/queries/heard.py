"""What desks have heard of and nobody has recorded: partnerships of coachings, meetings that were held."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Lower
from django.urls import reverse

from landbridge.coaching.models import Case, Partnership
from landbridge.coaching.states import S as CaseState
from landbridge.collaborations.queries.closings import sides_of_meeting
from landbridge.collaborations.queries.reading import Known, organisation_named
from landbridge.collaborations.states import Origin
from landbridge.foundation.permissions.actor import Actor
from landbridge.meetings.models import Meeting, Outcome
from landbridge.meetings.states import MeetingState
from landbridge.organisations.models import Organisation

LOOKED_BACK = timedelta(days=365)
MOST = 100


@dataclass(frozen=True, slots=True)
class Heard:
    """A partnership or meeting that may have become a collaboration."""

    origin: Origin
    title: str
    company: str
    other: str
    on: date
    record: str = ""
    """Where one click records it; empty where the partner is no organisation of the network."""


def heard_of(actor: Actor, *, at: datetime) -> list[Heard]:
    """The newest of both, of the last year, that a desk may record. Three queries."""
    found = [*_partnerships(actor, since=at - LOOKED_BACK), *_meetings(actor, since=at - LOOKED_BACK)]
    return sorted(found, key=lambda one: (one.on, one.title), reverse=True)


def partnerships_seen_by(actor: Actor) -> QuerySet[Partnership]:
    """Those that the reports of closed coachings name."""
    return Partnership.objects.filter(report__case__in=_cases(actor))


def meetings_seen_by(actor: Actor) -> QuerySet[Meeting]:
    """Those that were held."""
    return Meeting.objects.visible_to(actor).filter(state=MeetingState.HELD)


def known_of_partnership(pk: int, *, actor: Actor) -> Known:
    """What a coaching's report says of a partnership; the partner is 0 where the network has none of its name.

    Raises DoesNotExist for what the actor does not see.
    """
    found = partnerships_seen_by(actor).select_related("report__case").get(pk=pk)
    case, partner = found.report.case, organisation_named(found.name)
    return Known(
        Origin.COACHING,
        case.company_id,
        partner.pk if partner else 0,
        f"{found.role}: {case.title}"[:150],
        (case.ended_at or found.report.written_at).date(),
        "",
        is_demonstration=case.is_demonstration,
        partnership=found,
    )


def known_of_meeting(pk: int, *, actor: Actor) -> Known:
    """Who met, and when; a side is 0 where somebody came for no organisation of the network.

    Raises DoesNotExist for what the actor does not see.
    """
    sides = ("event", "slot", "first__organisation", "second__organisation")
    found = meetings_seen_by(actor).select_related(*sides).get(pk=pk)
    company, provider = sides_of_meeting(found)
    return Known(
        Origin.EVENT,
        company.pk if company else 0,
        provider.pk if provider else 0,
        found.event.title[:150],
        found.slot.starts_at.date(),
        "",
        is_demonstration=found.event.is_demonstration,
        meeting=found,
    )


def _cases(actor: Actor):  # type: ignore[no-untyped-def]  # noqa: ANN202 - a subquery
    return Case.objects.visible_to(actor).filter(state=CaseState.CLOSED).values("pk")


def _partnerships(actor: Actor, *, since: datetime) -> list[Heard]:
    rows = Partnership.objects.filter(
        report__case__in=_cases(actor), report__case__ended_at__gte=since, collaboration__isnull=True
    ).select_related("report__case__company")
    found = list(rows.order_by("-report__case__ended_at", "-pk")[:MOST])
    names = {one.name.strip().lower() for one in found}
    of_network = Organisation.objects.annotate(low=Lower("name")).filter(low__in=names)
    known = set(of_network.values_list("low", flat=True)) if names else set()
    return [
        Heard(
            Origin.COACHING,
            f"{one.role}: {one.report.case.title}",
            one.report.case.company.name,
            one.name,
            (one.report.case.ended_at or one.report.written_at).date(),
            reverse("collaborations:partnership", args=[one.pk]) if one.name.strip().lower() in known else "",
        )
        for one in found
    ]


def _meetings(actor: Actor, *, since: datetime) -> list[Heard]:
    """Held by both sides' organisations, and worth something to one of them."""
    worth = Outcome.objects.filter(seat__meeting=OuterRef("pk"), was_held=True, worth__gte=3)
    rows = Meeting.objects.visible_to(actor).filter(
        Exists(worth),
        state=MeetingState.HELD,
        ended_at__gte=since,
        collaboration__isnull=True,
        first__organisation__isnull=False,
        second__organisation__isnull=False,
    )
    found = rows.select_related("event", "slot", "first", "second").order_by("-slot__starts_at", "-pk")[:MOST]
    return [
        Heard(
            Origin.EVENT,
            one.event.title,
            one.first.organisation_name,
            one.second.organisation_name,
            one.slot.starts_at.date(),
            reverse("collaborations:met", args=[one.pk]),
        )
        for one in found
        if one.first.organisation_id != one.second.organisation_id
    ]
