"""`{% history object %}`: what the record says about an object, as a part of its page."""

from __future__ import annotations

from typing import Any

from django import template
from django.db import models
from django.template.context import RequestContext
from django.utils.translation import gettext as _

from landbridge.foundation.audit.queries import Event, history_of
from landbridge.foundation.audit.words import in_words
from landbridge.foundation.permissions.roles import NAME_OF, Role
from landbridge.foundation.ui import parts

register = template.Library()

# The details of an event that say more than its name; amounts and hashes stand on the page itself.
TELLING = ("target", "figure", "value", "day", "by_phase", "provider", "invoice")


@register.inclusion_tag("audit/_history.html", takes_context=True)
def history(context: RequestContext, *subjects: models.Model) -> dict[str, Any]:
    """The history of these objects together, newest first; the page has decided who sees it."""
    return {"events": [line_of(event) for event in history_of(*subjects)], "request": context.get("request")}


def line_of(event: Event) -> parts.Event:
    """One entry of the record in words: what happened, who did it in which role, and why or to what."""
    role = _(NAME_OF[Role(event.role)]) if event.role and event.role != Role.SYSTEM else ""
    by = f"{event.person_name} ({role})" if role else event.person_name
    return parts.Event(text=in_words(event.event), at=event.at, by=by, note=_note(event.details))


def _note(details: dict[str, Any]) -> str:
    """To what it happened, where an event says it, and the reason that was given."""
    changed = details.get("changed")
    facts = [", ".join(changed).replace("_", " ")] if isinstance(changed, list) else []
    facts += [str(details[name]) for name in TELLING if details.get(name) is not None]
    reason = details.get("reason")
    return " · ".join([*facts, reason] if isinstance(reason, str) and reason else facts)
