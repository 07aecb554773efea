"""What of events waits for their organisers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from landbridge.desk.queries.parts import MOST
from landbridge.events.models import Event, EventRows, Slot
from landbridge.events.states import TAKING_PART, Registered, S
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.ui.formatting import day, number
from landbridge.foundation.ui.parts import Task

SOON = timedelta(days=14)


def kept_ahead(actor: Actor, *, at: datetime) -> list[Event]:
    """The events somebody organises that are not over, with what waits in each. One query."""
    rows = Event.objects.kept_by(actor).filter(state__in=[S.DRAFT, S.PUBLISHED], ends_at__gt=at)
    return list(_counted(rows).order_by("starts_at", "pk")[:MOST])


def to_do(actor: Actor, *, at: datetime) -> Iterator[Task]:
    """Events to publish, registrations to decide on, people who have not said when they are there. One query."""
    if actor.may(P.EVENT_EDIT):
        yield from tasks_of(kept_ahead(actor, at=at), at=at)


def tasks_of(events: list[Event], *, at: datetime) -> Iterator[Task]:
    """What waits in these events."""
    for event in events:
        if event.state == S.DRAFT:
            yield Task(
                _("Complete and publish: %(event)s") % {"event": event.title},
                reverse("events:kept_event", args=[event.pk]),
                _("in preparation since %(day)s") % {"day": day(event.created_at)},
                event.starts_at,
                event.time_zone,
            )
            continue
        to_decide, silent = event.to_decide, event.silent  # type: ignore[attr-defined]
        registrations = reverse("events:registrations", args=[event.slug])
        if to_decide:
            text = ngettext(
                "Decide on %(count)s registration: %(event)s",
                "Decide on %(count)s registrations: %(event)s",
                to_decide,
            )
            yield Task(
                text % {"count": to_decide, "event": event.title},
                registrations,
                "",
                event.starts_at,
                event.time_zone,
            )
        if silent and at < event.starts_at < at + SOON:
            text = ngettext(
                "%(count)s person has not said when they are there: %(event)s",
                "%(count)s people have not said when they are there: %(event)s",
                silent,
            )
            yield Task(
                text % {"count": silent, "event": event.title},
                registrations,
                "",
                event.starts_at,
                event.time_zone,
            )


def watched(events: list[Event]) -> list[Task]:
    """The published ones, with how many come."""
    return [
        Task(
            event.title,
            reverse("events:kept_event", args=[event.pk]),
            _come(event),
            event.starts_at,
            event.time_zone,
        )
        for event in events
        if event.state == S.PUBLISHED
    ]


def _come(event: Event) -> str:
    come: int = event.come  # type: ignore[attr-defined]
    if event.capacity:
        return _("%(come)s of %(capacity)s places taken") % {
            "come": number(come),
            "capacity": number(event.capacity),
        }
    return ngettext("%(come)s comes", "%(come)s come", come) % {"come": number(come)}


def _counted(rows: EventRows) -> EventRows:
    taking_part = Q(registrations__state__in=TAKING_PART)
    has_slots = Exists(Slot.objects.filter(event=OuterRef("pk")))
    return rows.annotate(
        come=Count("registrations", filter=taking_part),
        to_decide=Count("registrations", filter=Q(registrations__state=Registered.SUBMITTED)),
        silent=Count(
            "registrations",
            filter=taking_part
            & Q(has_meetings=True, registrations__wants_meetings=True, registrations__slots__isnull=True)
            & Q(has_slots),
        ),
    )
