"""The pages of events in a real browser: the door goes on without network, and nothing is wider than a telephone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from landbridge.events.models import CheckIn, Event
from landbridge.foundation import clock
from tests.cast import make_cast
from tests.factories.events import a_registration, an_event

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _plain(settings: Any, tmp_path: Any) -> None:
    settings.LANDBRIDGE_SECOND_FACTOR = "off"
    settings.LANDBRIDGE_FILES = tmp_path


def context_of(browser: Any, live_server: Any, person: Any, **options: Any) -> Any:
    client = Client()
    client.force_login(person)
    context = browser.new_context(**options)
    context.add_cookies(
        [{"name": "landbridge", "value": client.cookies["landbridge"].value, "url": live_server.url}]
    )
    return context


def until(page: Any, condition: str, *, seconds: int = 30) -> None:
    """Wait until it holds in the page; the page's own policy forbids the browser's way to ask again and again."""
    for _again in range(seconds * 10):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(100)
    raise AssertionError(condition)


def an_event_today(cast: Any) -> Event:
    """An event that has just begun by the real clock, which the browser's telephone has too."""
    now = clock.now()
    event = an_event(cast, at=now - timedelta(days=30))
    begins = now - timedelta(minutes=30)
    Event.objects.filter(pk=event.pk).update(starts_at=begins, ends_at=begins + timedelta(hours=6))
    event.refresh_from_db()
    return event


def test_the_door_goes_on_without_network_and_sends_later(browser, live_server):
    cast = make_cast()
    event = an_event_today(cast)
    at = clock.now() - timedelta(days=20)
    dane, belgian = (a_registration(event, one, at=at) for one in (cast.danish_sme, cast.belgian_sme))
    context = context_of(browser, live_server, cast.organiser, viewport={"width": 360, "height": 800})
    page = context.new_page()
    here = f"{live_server.url}{reverse('events:check_in', args=[event.slug])}"
    page.goto(here)
    until(page, "navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    until(page, "navigator.serviceWorker.controller !== null")
    until(page, "caches.keys().then((names) => names.length > 0)")
    page.fill("#code", dane.code)
    page.press("#code", "Enter")
    page.wait_for_selector('#door-said[data-tone="good"]')
    until(page, "document.getElementById('door-inside').textContent === '1'")
    for _again in range(100):
        if CheckIn.objects.count() == 1:
            break
        page.wait_for_timeout(100)
    assert CheckIn.objects.get().registration == dane

    context.set_offline(True)
    page.fill("#code", f"https://anywhere.example/events/code/{belgian.code.lower()}/")
    page.press("#code", "Enter")
    assert belgian.name in page.text_content("#door-said")
    page.fill("#code", "ABC")
    page.press("#code", "Enter")
    assert page.get_attribute("#door-said", "data-tone") == "bad"
    page.fill("#code", belgian.code)
    page.press("#code", "Enter")
    assert page.get_attribute("#door-said", "data-tone") == "wait"  # in already
    page.reload()  # the page itself comes from the telephone
    page.fill("#text", "Benoît")
    page.wait_for_selector("#door-found li")
    assert "✓" in page.text_content("#door-found")
    assert CheckIn.objects.count() == 1

    context.set_offline(False)
    until(page, "document.getElementById('door-network').textContent.includes('Connected')")
    assert CheckIn.objects.count() == 2
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
def test_the_pages_raise_nothing_and_fit(browser, live_server, width, scheme):
    cast = make_cast()
    event = an_event_today(cast)
    at = clock.now() - timedelta(days=20)
    Event.objects.filter(pk=event.pk).update(
        starts_at=clock.now() + timedelta(hours=20), ends_at=clock.now() + timedelta(hours=29)
    )
    event.refresh_from_db()
    found = a_registration(event, cast.danish_sme, at=at)
    a_registration(event, cast.belgian_sme, at=at)
    draft = a_registration(event, cast.german_provider, state="draft", at=at)
    own = [reverse("events:mine"), found.get_absolute_url()]
    own += [
        reverse(f"events:{name}", args=[found.pk])
        for name in ("availability", "registration_text", "registration_cancellation")
    ]
    kept = [
        reverse(f"events:{name}", args=[event.slug])
        for name in ("registrations", "check_in", "badges", "statistics", "guest_new")
    ]
    kept += [reverse("events:arrival", args=[found.code]), found.get_absolute_url()]
    drafts = [draft.get_absolute_url(), reverse("events:registration_text", args=[draft.pk])]
    for person, addresses in ((cast.danish_sme, own), (cast.organiser, kept), (cast.german_provider, drafts)):
        context = context_of(
            browser, live_server, person, viewport={"width": width, "height": 900}, color_scheme=scheme
        )
        page = context.new_page()
        said: list[str] = []
        page.on("console", lambda message, said=said: said.append(message.text))
        page.on("pageerror", lambda error, said=said: said.append(str(error)))
        for address in addresses:
            assert page.goto(f"{live_server.url}{address}").status == 200
            assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        assert [text for text in said if "favicon" not in text] == []
        context.close()
