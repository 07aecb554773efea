"""The organiser's desk: events to publish, registrations to decide on, people who have not said when they are there."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from landbridge.desk.queries import home_of
from landbridge.events.models import Event
from landbridge.events.states import Registered
from tests.factories.events import AT, a_draft_event, an_event

pytestmark = pytest.mark.django_db


def somebody(event: Event, name: str, *, state: str, **changes: object) -> None:
    event.registrations.create(
        email=f"{name}@example.org", name=name, organisation_name="Somewhere", state=state, code=f"{event.pk}{name}",
        calendar_key=f"{event.pk}{name}", begun_at=AT, submitted_at=AT, attendee="guest", **changes,
    )  # fmt: skip


def test_a_draft_waits_for_its_organiser_and_its_office_and_for_nobody_else(cast):
    event = a_draft_event(cast)
    for name, waits in (
        ("organiser", True),
        ("office", True),
        ("network_office", True),
        ("other_office", False),
    ):
        labels = [task.label for task in home_of(cast.actor(name), at=AT).tasks]
        assert (f"Complete and publish: {event.title}" in labels) is waits, name


def test_registrations_wait_to_be_decided_on_and_silence_is_a_task_shortly_before(cast):
    event = an_event(cast, needs_approval=True)
    somebody(event, "ada", state=Registered.SUBMITTED)
    somebody(event, "bob", state=Registered.APPROVED)
    somebody(event, "cy", state=Registered.APPROVED, slots=[1])
    somebody(event, "dan", state=Registered.APPROVED, wants_meetings=False)
    organiser = cast.actor("organiser")
    far = [task.label for task in home_of(organiser, at=AT).tasks]
    assert far == [f"Decide on 1 registration: {event.title}"]
    near = [task.label for task in home_of(organiser, at=event.starts_at - timedelta(days=3)).tasks]
    assert near[1] == f"1 person has not said when they are there: {event.title}"
    home = home_of(organiser, at=AT)
    assert [task.note for task in home.watched] == ["3 come"]
    assert [tile.figure for tile in home.tiles] == ["1", "3"]
    assert home_of(organiser, at=event.ends_at).tasks == []


def test_three_events_ask_the_database_as_often_as_one(cast):
    organiser = cast.actor("organiser")
    counts = []
    for title in ("One", "Two", "Three"):
        an_event(cast, title=title)
        with CaptureQueriesContext(connection) as queries:
            home_of(organiser, at=AT)
        counts.append(len(queries))
    assert counts[0] == counts[2]
