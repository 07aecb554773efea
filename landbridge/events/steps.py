"""Where an event stands on its way, and the one step of its organiser that comes next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from landbridge.events.models import Event
from landbridge.events.queries import Piece, Places, phase_of
from landbridge.events.rules import Phase
from landbridge.events.states import S
from landbridge.foundation.ui.parts import Next, Step


def way(event: Event, *, at: datetime) -> list[Step]:
    """From preparation to follow-up, with the dates; what lies ahead is said as coming."""
    if event.state == S.CANCELLED:
        return [
            Step(_("Preparation"), event.created_at, "done"),
            *([Step(_("Published"), event.published_at, "done")] if event.published_at else []),
            Step(_("Called off"), event.ended_at, "off", event.reason[:100]),
        ]
    phase = phase_of(event, at=at)
    steps = [
        (_("Published"), event.published_at, event.published_at is not None),
        (_("Registration"), event.registration_opens_at, at >= event.registration_opens_at),
        (_("Registration closes"), event.registration_closes_at, at >= event.registration_closes_at),
        (_("Event"), event.starts_at, at >= event.starts_at),
        (_("Over"), event.ends_at, phase in (Phase.FOLLOW_UP, Phase.CLOSED)),
    ]
    found: list[Step] = []
    is_open = event.state != S.DRAFT
    for number, (label, moment, is_reached) in enumerate(steps):
        is_done = is_open and is_reached
        is_next = not is_done and all(step.state == "done" for step in found)
        shown = moment if number or is_done else None
        found.append(Step(label, shown, "done" if is_done else "current" if is_next else "coming"))
    return found


def next_step(
    event: Event, *, pieces: Sequence[Piece], places: Places, at: datetime, may_edit: bool
) -> Next | None:
    """What the organiser does now."""
    if not may_edit:
        return None
    if event.state == S.DRAFT:
        return _of_draft(event, pieces)
    if event.state == S.PUBLISHED and places.to_decide:
        return Next(
            ngettext(
                "Decide on %(count)s registration", "Decide on %(count)s registrations", places.to_decide
            )
            % {"count": places.to_decide},
            _("They wait for you; whoever is approved has a place at once."),
            action=_("Look at the registrations"),
            href=_registrations(event),
        )
    if event.state == S.PUBLISHED and at < event.registration_opens_at:
        return Next(
            _("Registration opens by itself"),
            _("Until then you can change everything."),
            until=event.registration_opens_at,
            zone=event.time_zone,
        )
    return None


def _of_draft(event: Event, pieces: Sequence[Piece]) -> Next:
    first = next((piece for piece in pieces if piece.problems), None)
    if first is None:
        return Next(
            _("Publish the event"),
            _("Everything is there. Look at the page first; from then on everybody reads it."),
            action=_("Publish"),
            post=reverse("events:publication", args=[event.pk]),
        )
    return Next(
        _("Go on with: %(part)s") % {"part": _(first.name)},
        _("What is open stands beside each part. Publication comes when nothing is open."),
        action=_("Write it"),
        href=reverse(first.slug, args=[event.pk]),
    )


def _registrations(event: Event) -> str:
    return reverse("events:registrations", args=[event.slug])
