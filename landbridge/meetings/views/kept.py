"""What the organiser's pages of meetings share: whose event it is, the trail, the tabs."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from landbridge.events.models import Event
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.permissions.roles import Role
from landbridge.foundation.ui.parts import Crumb
from landbridge.meetings.models import Meeting, Run


def event_of(actor: Actor, event_pk: int) -> Event:
    """An event whose organiser one is, or which one audits; any other is not found."""
    rows = Event.objects.all() if actor.role is Role.AUDITOR else Event.objects.kept_by(actor)
    return get_object_or_404(rows.select_related("programme"), pk=event_pk)


def run_of(actor: Actor, pk: int) -> Run:
    """A version of a timetable that one may see."""
    return get_object_or_404(Run.objects.visible_to(actor).select_related("event__programme"), pk=pk)


def meeting_of(actor: Actor, pk: int) -> Meeting:
    """A meeting of an event whose organiser one is."""
    rows = Meeting.objects.filter(event__in=Event.objects.kept_by(actor).values("pk"))
    return get_object_or_404(
        rows.select_related("event__programme", "first", "second", "slot", "table", "request"), pk=pk
    )


def control_address(event: Event) -> str:
    """The address of the meetings' control page."""
    return reverse("meetings:control", args=[event.pk])


def trail(event: Event, *more: Crumb) -> list[Crumb]:
    """The trail to the meetings of an event, and further."""
    return [
        Crumb(_("Events kept"), reverse("events:kept")),
        Crumb(event.title, reverse("events:kept_event", args=[event.pk])),
        Crumb(_("Meetings"), control_address(event)),
        *more,
    ]


def tabs(event: Event, current: str) -> list[dict[str, Any]]:
    """The organiser's pages of the meetings of one event."""
    pages = (
        ("control", _("Overview")),
        ("timetable", _("Timetable")),
        ("day", _("On the day")),
        ("statistics", _("Results")),
    )
    return [
        {"label": label, "href": reverse(f"meetings:{name}", args=[event.pk]), "current": name == current}
        for name, label in pages
    ]


def _here(event: Event, current: str) -> list[Crumb]:
    """The trail to one of the tabs: the page itself is its end, and no link."""
    label = next((tab["label"] for tab in tabs(event, current) if tab["current"]), "")
    return [*trail(event)[:-1], Crumb(_("Meetings"))] if current == "control" else trail(event, Crumb(label))


def page(event: Event, actor: Actor, name: str, **more: Any) -> dict[str, Any]:
    """The context of one of these pages."""
    return {
        "event": event,
        "tabs": tabs(event, name),
        "may_plan": actor.may(P.MEETING_PLAN) and actor.role is not Role.AUDITOR,
        "accent": event.programme.accent if event.programme else "",
        "breadcrumbs": _here(event, name),
        **more,
    }
