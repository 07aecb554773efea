"""The pages of one who comes in a real browser: nothing refused, nothing wider than a telephone, two taps that store."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse

from landbridge.foundation import clock
from landbridge.meetings import actions
from landbridge.meetings.models import Outcome
from tests.cast import make_cast
from tests.factories.events import AT, a_session
from tests.factories.meetings import (
    BELGIAN,
    DANISH,
    GERMAN,
    Forum,
    a_forum,
    a_guest,
    a_meeting,
    a_request,
    after,
    seat_of,
)

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]
PICTURES = os.environ.get("PICTURES_OF_PAGES", "")  # a folder: what was seen is kept there


class Clock:
    at: datetime = AT


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any) -> None:
    Clock.at = AT
    monkeypatch.setattr(clock, "now", lambda: Clock.at)
    settings.LANDBRIDGE_SECOND_FACTOR = "off"
    settings.LANDBRIDGE_FILES = tmp_path


def seen_by(forum: Forum, browser: Any, live_server: Any, *, width: int, scheme: str) -> Any:
    """A browser in which the Danish company's person has signed in."""
    client = Client()
    client.force_login(forum.of(DANISH).person)
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    name = django_settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    return context.new_page()


def filled() -> tuple[Forum, Any]:
    cast = make_cast()
    forum = a_forum(cast)
    a_session(forum.event, "Coffee and cake", "15:40", "16:00", kind="break")
    meeting = a_meeting(forum)
    a_request(forum, BELGIAN, DANISH)
    guest = a_guest(
        forum.event, name="Élodie Durand", offers="Peptide binding by mass spectrometry.", country="FR"
    )
    a_guest(forum.event, name="Jan Jansen", slots=[], seeks="Catering.")
    actions.ask(
        sender_id=forum.of(DANISH).pk, receiver_id=guest.pk, sentence="Do you take on small series?", priority="must",
        by=forum.actor(DANISH), at=AT,
    )  # fmt: skip
    return forum, meeting


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "light"), (360, "dark")])
def test_the_pages_of_one_who_comes_fit_a_telephone(browser, live_server, width, scheme):
    forum, meeting = filled()
    me, her = forum.of(DANISH).pk, forum.of(GERMAN).pk
    page = seen_by(forum, browser, live_server, width=width, scheme=scheme)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    addresses = {
        "people": reverse("meetings:people", args=[me]),
        "person": reverse("meetings:person", args=[me, forum.of(BELGIAN).pk]),
        "asking": reverse("meetings:person", args=[me, her]),
        "requests": reverse("meetings:requests", args=[me]),
        "agenda": reverse("meetings:agenda", args=[me]),
        "meeting": reverse("meetings:meeting", args=[meeting.pk]),
        "contacts": reverse("meetings:contacts", args=[me]),
        "outcome": reverse("meetings:outcome", args=[seat_of(meeting, forum.of(DANISH)).pk]),
    }
    for name, address in addresses.items():
        Clock.at = after(meeting) if name in ("outcome", "contacts") else AT
        assert page.goto(f"{live_server.url}{address}").status == 200, name
        if PICTURES:
            page.screenshot(path=str(Path(PICTURES) / f"{name}-{width}-{scheme}.png"), full_page=True)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
    assert [text for text in said if "favicon" not in text] == []
    page.get_by_role("button", name="4", exact=True).click()
    page.wait_for_url("**/outcome/")
    page.get_by_label("Next step").fill("Send two milligrams.")
    if PICTURES:
        page.screenshot(path=str(Path(PICTURES) / f"said-{width}-{scheme}.png"), full_page=True)
    page.get_by_role("button", name="Keep").click()
    page.wait_for_url("**/agenda/")
    outcome = Outcome.objects.get()
    assert (outcome.worth, outcome.next_step) == (4, "Send two milligrams.")
