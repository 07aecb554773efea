"""What people take away: badges with the code, the picture of the code, the private calendar."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from landbridge.events import actions
from landbridge.events.queries.badges import badge_data, qr_picture, with_badges
from landbridge.foundation import clock
from landbridge.foundation.documents import pdf
from landbridge.foundation.permissions.actor import SYSTEM, Actor
from tests.factories.events import AT, a_person, a_registration, a_session, an_event

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(monkeypatch: Any, settings: Any, tmp_path: Any) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)
    settings.LANDBRIDGE_SECOND_FACTOR = "off"
    settings.LANDBRIDGE_FILES = tmp_path


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.mark.parametrize(("size", "sheets"), [(8, 2), (10, 1)])
def test_badges_fill_sheets_of_eight_or_ten(cast, size, sheets):
    event = an_event(cast)
    for number in range(9):
        person = a_person(
            number, name="Maximiliane Mustermann-Oberndorfer of the Long Name" if number else ""
        )
        a_registration(event, Actor(person.pk, person.name))
    document = pdf(
        "events/badges.typ", badge_data(event, with_badges(event, chosen=[]), on_a_sheet=size), at=AT
    )
    assert document.startswith(b"%PDF-")
    assert document.count(b"/Type /Page\n") + document.count(b"/Type/Page/") in (0, sheets)


def test_badges_are_for_staff_and_for_those_with_a_place(cast):
    event = an_event(cast)
    found = a_registration(event, cast.danish_sme)
    gone = a_registration(event, cast.belgian_sme, state="cancelled")
    staff = signed_in(cast.organiser)
    assert staff.get(reverse("events:badges", args=[event.slug])).status_code == 200
    for address in (
        reverse("events:badges_pdf", args=[event.slug]),
        reverse("events:badge", args=[found.pk]),
    ):
        answer = staff.get(address)
        assert answer["Content-Type"] == "application/pdf"
        assert answer["Cache-Control"] == "private, no-store"
        assert signed_in(cast.danish_sme).get(address).status_code == 403
        assert signed_in(cast.other_office).get(address).status_code == 404
    assert staff.get(reverse("events:badge", args=[gone.pk])).status_code == 404
    assert [one.pk for one in with_badges(event, chosen=[found.pk, gone.pk])] == [found.pk]


def test_the_picture_of_the_code_is_one_s_own(cast):
    found = a_registration(an_event(cast), cast.danish_sme)
    here = reverse("events:code_picture", args=[found.pk])
    answer = signed_in(cast.danish_sme).get(here)
    assert answer["Content-Type"] == "image/svg+xml"
    assert answer.content.decode() == qr_picture(found.code)
    assert signed_in(cast.belgian_sme).get(here).status_code == 404
    assert signed_in(cast.zealand_broker).get(here).status_code == 404


def test_the_private_calendar_holds_the_event_and_one_s_sessions(cast):
    event = an_event(cast)
    mine = a_session(event, "Mine", "11:00", "12:00", kind="workshop", needs_sign_up=True, capacity=3)
    a_session(event, "Not mine", "11:00", "12:00", kind="workshop", needs_sign_up=True, capacity=3)
    found = a_registration(event, cast.danish_sme)
    session = event.sessions.get(title="Mine")
    assert mine is not None
    actions.take_session(registration_id=found.pk, session_id=session.pk, by=SYSTEM, at=AT)
    here = reverse("events:calendar", args=[found.calendar_key])
    text = Client().get(here).content.decode()
    assert text.count("BEGIN:VEVENT") == 3
    assert "SUMMARY:Mine" in text
    assert "Not mine" not in text
    assert "BEGIN:VTIMEZONE" in text
    actions.cancel_registration(registration_id=found.pk, by=SYSTEM, at=AT)
    text = Client().get(here).content.decode()
    assert "STATUS:CANCELLED" in text
    assert "Mine" not in text


@pytest.mark.parametrize("key", ["nobody-has-this", "x" * 43, "%00", "é"])
def test_a_wrong_key_opens_no_calendar(client, key):
    assert client.get(f"/events/calendar/{key}.ics").status_code == 404
