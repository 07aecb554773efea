"""`{% history object %}`: what the record says about an object, as a part of its page."""

from __future__ import annotations

from typing import Any

from django import template
from django.db import models
from django.template.context import RequestContext
from django.utils.translation import gettext as _

from landbridge.foundation.audit.queries import Event, history_of
from landbridge.foundation.permissions.roles import NAME_OF, Role
from landbridge.foundation.ui import parts

register = template.Library()


@register.inclusion_tag("audit/_history.html", takes_context=True)
def history(context: RequestContext, *subjects: models.Model) -> dict[str, Any]:
    """The history of these objects together, newest first; the page has decided who sees it."""
    return {"events": [line_of(event) for event in history_of(*subjects)], "request": context.get("request")}


def line_of(event: Event) -> parts.Event:
    """One entry of the record in words: `application.submitted` is "Submitted"."""
    words = event.event.partition(".")[2].replace("_", " ").capitalize()
    role = _(NAME_OF[Role(event.role)]) if event.role and event.role != Role.SYSTEM else ""
    by = f"{event.person_name} ({role})" if role else event.person_name
    note = event.details.get("reason")
    return parts.Event(text=_(words), at=event.at, by=by, note=note if isinstance(note, str) else "")
