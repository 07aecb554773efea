"""What the organiser's pages of one event share: whose it is, the trail, the form of one part."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from landbridge.events.models import Event
from landbridge.foundation.operations.form_pages import form_page
from landbridge.foundation.permissions.guards import Request
from landbridge.foundation.ui.forms import Form
from landbridge.foundation.ui.parts import Crumb


def kept_by(request: Request, event_pk: int) -> Event:
    """An event whose organiser one is; any other is not found."""
    rows = Event.objects.kept_by(request.actor).select_related("programme", "picture")
    return get_object_or_404(rows, pk=event_pk)


def home_of(event: Event) -> str:
    """The address of its control page."""
    return reverse("events:kept_event", args=[event.pk])


def trail(event: Event, *more: Crumb) -> list[Crumb]:
    """The trail to the control page, and further."""
    return [
        Crumb(_("Run events"), reverse("events:kept")),
        Crumb(event.title, home_of(event)),
        *more,
    ]


def part_page(
    request: Request,
    form: Form,
    *,
    event: Event,
    act: Callable[[], Model],
    title: str,
    to: str = "",
    crumbs: list[Crumb] | None = None,
    **more: Any,
) -> HttpResponse:
    """A form about an event that leads back to its control page, or to the part's own page."""
    return form_page(
        request,
        form,
        act=act,
        title=title,
        to=to or home_of(event),
        save=more.pop("save", _("Save")),
        done=more.pop("done", _("Saved.")),
        crumbs=crumbs or trail(event),
        eyebrow=event.title,
        event=event,
        accent=event.programme.accent if event.programme else "",
        **more,
    )
