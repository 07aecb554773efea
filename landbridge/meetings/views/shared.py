"""What the pages of one who comes share: whose they are, the trail, the tabs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from landbridge.events.models import Registration
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.ui.parts import Crumb
from landbridge.meetings import queries


@dataclass(frozen=True, slots=True)
class Tab:
    """One of the pages of somebody who comes."""

    label: str
    href: str
    current: bool
    count: int | None = None


def own(actor: Actor, registration_pk: int) -> Registration:
    """One's own registration with its event; a stranger's is not found."""
    rows = queries.own_registrations(actor).select_related("event", "region", "organisation")
    return get_object_or_404(rows, pk=registration_pk)


def tabs_of(registration: Registration, current: str, *, to_answer: int | None = None) -> list[Tab]:
    """Agenda, people, requests and contacts of one person."""
    pages = (
        ("agenda", _("Agenda"), None),
        ("people", _("People"), None),
        ("requests", _("Requests"), to_answer or None),
        ("contacts", _("Contacts"), None),
    )
    return [
        Tab(label, reverse(f"meetings:{name}", args=[registration.pk]), name == current, count)
        for name, label, count in pages
    ]


def crumbs_of(registration: Registration, *more: Crumb) -> list[Crumb]:
    """The trail to the event, to one's registration, and on."""
    event = registration.event
    return [
        Crumb(event.title, event.get_absolute_url()),
        Crumb(_("My registration"), registration.get_absolute_url()),
        *more,
    ]


def page_of_one(registration: Registration, current: str, **more: Any) -> dict[str, Any]:
    """What every page of one person gives its template."""
    return {
        "me": registration,
        "event": registration.event,
        "tabs": tabs_of(registration, current, to_answer=more.pop("to_answer", None)),
        **more,
    }
