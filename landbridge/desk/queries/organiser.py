"""An organiser's desk: events to publish, registrations to decide on, people who have not said when they are there."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import ngettext

from landbridge.desk.queries import events, pitches, webinars
from landbridge.desk.queries.parts import Home, Tile, by_deadline
from landbridge.events.states import S
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.ui.formatting import number


def home(actor: Actor, *, at: datetime) -> Home:
    """Three queries, whatever the rows."""
    ahead = events.kept_ahead(actor, at=at)
    tasks = [
        *events.tasks_of(ahead, at=at),
        *webinars.to_do(actor, at=at),
        *pitches.of_organiser(actor, at=at),
    ]
    published = [event for event in ahead if event.state == S.PUBLISHED]
    come = sum(event.come for event in published)  # type: ignore[attr-defined]
    tiles = [
        Tile(
            number(len(published)),
            ngettext("event ahead", "events ahead", len(published)),
            reverse("events:kept"),
        ),
        Tile(number(come), ngettext("person comes", "people come", come), reverse("events:kept")),
    ]
    return Home(by_deadline(tasks), events.watched(ahead), tiles if ahead else [])
