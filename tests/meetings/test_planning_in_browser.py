"""The organiser's pages and the screen on the wall in a real browser: nothing refused, nothing wider than a telephone."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from landbridge.foundation import clock
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.meetings import actions
from landbridge.meetings.models import Absence, Meeting, Run
from tests.cast import make_cast
from tests.factories.events import AT
from tests.factories.timetables import (
    a_draft_run,
    a_matchmaking,
    a_published_run,
    add_people,
    agreed,
    many_agreed,
    people_of,
)

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]
PICTURES = os.environ.get("LANDBRIDGE_TEST_PICTURES", "")


def a_busy_event() -> tuple[Any, Any]:
    """An event with a published timetable, a repair, a new draft on ground that has changed, and a screen."""
    cast = make_cast()
    event = a_matchmaking(cast, people=16, slots=6, tables=5)
    many_agreed(event, each=5)
    silent = add_people(event, 3, slots=None)
    agreed(people_of(event)[0], silent[0])
    a_published_run(event)
    actions.report_missing(event_id=event.pk, registration_ids=[people_of(event)[1].pk], by=SYSTEM, at=AT)
    a_draft_run(event)
    actions.lock(meeting_id=Meeting.objects.standing().order_by("pk")[0].pk, by=SYSTEM, at=AT)
    actions.renew_screen_key(event_id=event.pk, by=SYSTEM, at=AT)
    return cast, event


def addresses(event: Any) -> dict[str, str]:
    """Each page once, by the name of its picture."""
    runs = list(Run.objects.filter(event=event).order_by("number"))
    meeting = Meeting.objects.standing().order_by("-slot__number")[0]
    assert Absence.objects.exists()
    kept = ("control", "rules", "timetable", "day", "missing", "bar", "presence", "statistics")
    return {
        **{name: reverse(f"meetings:{name}", args=[event.pk]) for name in kept},
        "published": reverse("meetings:run", args=[runs[0].pk]),
        "repair": reverse("meetings:run", args=[runs[1].pk]),
        "draft": reverse("meetings:run", args=[runs[-1].pk]),
        "unplaced": reverse("meetings:unplaced", args=[runs[-1].pk]),
        "comparison": reverse("meetings:comparison", args=[runs[-1].pk, runs[1].pk]),
        "place_of": reverse("meetings:place_of", args=[meeting.pk]),
        "move": reverse("meetings:move", args=[meeting.pk]),
        "swap": reverse("meetings:swap", args=[meeting.pk]),
        "screen": reverse("meetings:screen", args=[event.slug]),
    }


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark"), (1280, "light")])
def test_every_page_fits_and_raises_nothing(browser, live_server, settings, monkeypatch, width, scheme):  # noqa: PLR0917 - fixtures
    settings.LANDBRIDGE_SECOND_FACTOR = "off"
    cast, event = a_busy_event()
    second = event.slots.get(number=2).starts_at
    monkeypatch.setattr(clock, "now", lambda: second + timedelta(minutes=3))
    client = Client()
    client.force_login(cast.organiser)
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    page, said = context.new_page(), []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    for name, address in addresses(event).items():
        answer = page.goto(f"{live_server.url}{address}")
        assert answer.status == 200, name
        if PICTURES:
            page.screenshot(path=Path(PICTURES) / f"{name}-{width}-{scheme}.png", full_page=True)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
    assert [text for text in said if "favicon" not in text] == []
