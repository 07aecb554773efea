"""What waits for somebody who comes to events, under whatever hat: the registration, the times, the day itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from landbridge.desk.queries.parts import MOST
from landbridge.events.models import Registration
from landbridge.events.states import TAKING_PART, Registered, S
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.ui.parts import Task

TOMORROW = timedelta(hours=36)
REMEMBERED = timedelta(days=180)  # after an event; then its next steps are no longer called to mind here


def registrations_of(actor: Actor, *, at: datetime) -> list[Registration]:
    """One's own, begun or with a place, for events ahead or not long over. One query."""
    if actor.person_id is None:
        return []
    rows = Registration.objects.of_person(actor).filter(event__ends_at__gt=at - REMEMBERED)
    rows = rows.filter(state__in=[Registered.DRAFT, *TAKING_PART]).select_related("event")
    return list(rows.order_by("-event__starts_at", "pk")[: 2 * MOST])


def to_do(own: list[Registration], *, at: datetime) -> Iterator[Task]:
    """Registrations to hand in, times to tick, an event that is tomorrow."""
    for one in own:
        if one.event.state == S.PUBLISHED and one.event.ends_at > at:
            yield from _of(one, at=at)


def _of(one: Registration, *, at: datetime) -> Iterator[Task]:
    event, here = one.event, one.get_absolute_url()
    named = {"event": event.title}
    if one.state == Registered.DRAFT:
        if at < event.registration_closes_at:
            label = _("Finish your registration: %(event)s") % named
            yield Task(label, here, "", event.registration_closes_at, event.time_zone)
        return
    if event.has_meetings and one.wants_meetings and one.slots is None and at < event.starts_at:
        note = _("Without that no meeting can be planned for you.")
        label = _("Say when you are there: %(event)s") % named
        yield Task(
            label, reverse("events:availability", args=[one.pk]), note, event.starts_at, event.time_zone
        )
    if at < event.starts_at <= at + TOMORROW:
        note = _("Your code for the entrance is on the page.")
        yield Task(_("Your event is near: %(event)s") % named, here, note, event.starts_at, event.time_zone)
