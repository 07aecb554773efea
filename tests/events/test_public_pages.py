"""The public pages: what is coming, one event in its languages, calendars, feed, search engines; drafts are nobody's."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree as ET

import icalendar
import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from landbridge.events import actions
from landbridge.events.models import Event
from landbridge.events.states import Form, Kind, Registered, S
from landbridge.foundation import clock
from landbridge.foundation.files.kinds import IMAGES
from landbridge.foundation.files.store import receive
from landbridge.foundation.permissions.actor import SYSTEM
from tests.factories.events import AT, a_draft_event, an_event

pytestmark = pytest.mark.django_db
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360f8ffff3f0005fe02fe"
    "a735818400000000 49454e44ae426082".replace(" ", "")
)
FRENCH = {"title": "Partenaires pour peptides", "summary": "Rencontrez-vous."}


@pytest.fixture(autouse=True)
def _today(monkeypatch, settings, tmp_path):
    monkeypatch.setattr(clock, "now", lambda: AT)
    settings.LANDBRIDGE_SECOND_FACTOR = "off"
    settings.LANDBRIDGE_FILES = tmp_path


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def shown(event: Event, client: Client | None = None, **headers: str) -> str:
    response = (client or Client()).get(event.get_absolute_url(), headers=headers or None)
    assert response.status_code == 200
    return response.content.decode()


def json_ld(text: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    assert found is not None
    return json.loads(found[1])


def in_french(event: Event) -> Event:
    event.refresh_from_db()
    return actions.set_texts(
        event_id=event.pk, version=event.version, language="fr", texts=FRENCH, by=SYSTEM, at=AT
    )


def test_a_draft_is_there_for_its_organisers_brokers_and_auditors_alone(cast):
    event = a_draft_event(cast)
    for name in ("event", "event_calendar"):
        address = reverse(f"events:{name}", args=[event.slug])
        assert Client().get(address).status_code == 404
        assert signed_in(cast.danish_sme).get(address).status_code == 404
        assert signed_in(cast.other_office).get(address).status_code == 404
        assert signed_in(cast.organiser).get(address).status_code == 200
        assert signed_in(cast.liege_broker).get(address).status_code == 200
    assert event.title not in Client().get(reverse("events:events")).content.decode()
    assert event.slug not in Client().get("/sitemap.xml").content.decode()
    assert event.title not in Client().get(reverse("events:feed")).content.decode()


def test_the_page_says_when_in_which_zone_and_where(cast):
    text = shown(an_event(cast, time_zone="Europe/Lisbon"))
    assert "17\u00a0June\u00a02026" in text
    assert "09:00–18:00" in text
    assert "as clocks show in Lisbon (Europe/Lisbon)" in text
    assert 'data-zone="Europe/Lisbon"' in text
    assert "Korenmarkt 1" in text
    assert "The way from the stop has no steps." in text
    assert "Welcome" in text


def test_the_page_is_in_the_readers_language_where_there_is_one(cast):
    event = in_french(an_event(cast))
    assert '<span lang="fr">Partenaires pour peptides</span>' in shown(
        event, **{"accept-language": "fr-BE,en"}
    )
    english = shown(event, **{"accept-language": "de,en;q=0.5"})
    assert '<span lang="en">Partners for peptides</span>' in english
    asked = Client().get(event.get_absolute_url(), {"language": "fr"}).content.decode()
    assert 'lang="fr">Rencontrez-vous.' in asked
    assert "Some of this is only written in English." in asked
    assert 'hreflang="fr"' in asked
    assert "Some of this is only written in" not in english
    nobody_s = Client().get(event.get_absolute_url(), {"language": "xx<script>"}).content.decode()
    assert '<span lang="en">' in nobody_s


@pytest.mark.parametrize(
    ("changes", "hours", "words"),
    [
        ({}, 0, "Register"),
        ({"capacity": 3}, 0, "3 places are left."),
        ({"needs_approval": True}, 0, "The organiser decides on each registration"),
        ({"registration_opens_at": AT + timedelta(days=2)}, 0, "Registration opens soon"),
        ({}, 24 * 28, "Registration is closed"),
        ({}, 24 * 40, "This event is over"),
    ],
)
def test_the_door_says_what_one_can_do_now(cast, monkeypatch, *, changes, hours, words):
    event = an_event(cast, **changes)
    monkeypatch.setattr(clock, "now", lambda: AT + timedelta(hours=hours))
    assert words in shown(event)


def test_when_all_places_are_taken_the_door_leads_to_the_waiting_list(cast):
    event = an_event(cast, capacity=1)
    event.registrations.create(
        email="a@example.org", name="A", organisation_name="B", state=Registered.APPROVED, code="A", calendar_key="A",
        begun_at=AT, attendee="guest",
    )  # fmt: skip
    assert "Join the waiting list" in shown(event)
    Event.objects.filter(pk=event.pk).update(has_waiting_list=False)
    assert "Look again: somebody may cancel." in shown(event)


def test_an_event_that_was_called_off_stays_readable_and_says_so(cast):
    event = an_event(cast, state=S.CANCELLED)
    text = shown(event)
    assert "Too few registered." in text
    assert json_ld(text)["eventStatus"] == "https://schema.org/EventCancelled"


def test_the_calendar_entry_counts_its_changes_and_is_struck_out_when_called_off(cast):
    event = an_event(cast)

    def entry() -> Any:
        octets = Client().get(reverse("events:event_calendar", args=[event.slug])).content
        (found,) = icalendar.Calendar.from_ical(octets).walk("VEVENT")
        return found

    first = entry()
    assert (int(first["SEQUENCE"]), str(first["STATUS"])) == (0, "CONFIRMED")
    assert first["DTSTART"].dt == event.starts_at
    actions.edit(
        event_id=event.pk, version=event.version, changes={"venue": "Other hall"}, by=SYSTEM, at=AT + timedelta(hours=1)
    )  # fmt: skip
    second = entry()
    assert (str(second["UID"]), int(second["SEQUENCE"])) == (str(first["UID"]), 1)
    assert "Other hall" in str(second["LOCATION"])
    actions.cancel(event_id=event.pk, reason="No hall.", by=SYSTEM, at=AT)
    last = entry()
    assert (str(last["STATUS"]), int(last["SEQUENCE"]), str(last["UID"])) == (
        "CANCELLED",
        2,
        str(first["UID"]),
    )


def test_search_engines_read_the_event_in_schema_org_s_words(cast):
    event = an_event(
        cast, form=Form.HYBRID, capacity=40, fair_name="Medica", fair_website="https://medica.example"
    )
    found = json_ld(shown(event))
    assert found["@type"] == "BusinessEvent"
    assert found["startDate"] == "2026-06-17T09:00:00+02:00"
    assert found["eventAttendanceMode"] == "https://schema.org/MixedEventAttendanceMode"
    assert [place["@type"] for place in found["location"]] == ["Place", "VirtualLocation"]
    assert found["location"][0]["address"]["addressCountry"] == "BE"
    assert found["remainingAttendeeCapacity"] == 40
    assert found["superEvent"]["name"] == "Medica"
    assert found["subEvent"][0]["name"] == "Welcome"


def test_no_text_of_an_organiser_ends_the_description_for_machines(cast):
    wicked = "</script><script>alert(1)</script>"
    text = shown(an_event(cast, title=wicked, summary=wicked, description=wicked))
    assert "<script>alert" not in text
    assert json_ld(text)["name"] == wicked


def test_the_preview_shows_the_picture_with_its_words(cast):
    event = an_event(cast)
    assert "og:image" not in shown(event)
    received = receive(ContentFile(PNG, name="hall.png"), kinds=IMAGES)
    actions.set_picture(
        event_id=event.pk, version=event.version, picture=received, picture_text="A hall full of people", by=SYSTEM, at=AT
    )  # fmt: skip
    text = shown(event)
    address = reverse("events:picture_file", args=[event.slug])
    assert f'<meta property="og:image" content="http://testserver{address}">' in text
    assert '<meta property="og:image:alt" content="A hall full of people">' in text
    picture = Client().get(address)
    assert (picture["Content-Type"], b"".join(picture)) == ("image/png", PNG)
    assert picture["X-Content-Type-Options"] == "nosniff"


def test_the_list_is_filtered_by_kind_form_country_and_text(cast):
    an_event(cast, title="Peptides in Ghent")
    an_event(cast, title="Sensors by video", kind=Kind.WORKSHOP, form=Form.ONLINE, tables=0)
    an_event(cast, title="Pitches in Lund", kind=Kind.PITCH_EVENT, country="SE", town="Lund")

    def titles(**filters: str) -> list[str]:
        text = Client().get(reverse("events:events"), filters).content.decode()
        return [title for title in ("Peptides", "Sensors", "Pitches in") if title in text]

    assert titles() == ["Peptides", "Sensors", "Pitches in"]
    assert titles(kind="workshop") == ["Sensors"]
    assert titles(form="on_site") == ["Peptides", "Pitches in"]
    assert titles(country="SE") == ["Pitches in"]
    assert titles(text="video") == ["Sensors"]
    assert titles(text="nothing of the kind") == []
    assert titles(kind="nonsense", country="\x00") == ["Peptides", "Sensors", "Pitches in"]


def test_past_events_stand_by_their_year(cast, monkeypatch):
    event = an_event(cast, title="Long ago")
    an_event(cast, title="Lately", at=AT + timedelta(days=350))
    monkeypatch.setattr(clock, "now", lambda: AT + timedelta(days=400))
    address = reverse("events:events")
    assert "Long ago" not in Client().get(address).content.decode()
    assert "Long ago" in Client().get(address, {"when": "past"}).content.decode()
    assert "Long ago" in Client().get(address, {"when": "past", "year": "2026"}).content.decode()
    assert "Long ago" not in Client().get(address, {"when": "past", "year": "2027"}).content.decode()
    assert event.state == S.PUBLISHED


def test_the_feed_and_the_map_of_the_site_name_what_is_public(cast):
    event = an_event(cast)
    root = ET.fromstring(Client().get(reverse("events:feed")).content)
    atom = "{http://www.w3.org/2005/Atom}"
    assert [one.text for one in root.findall(f"{atom}entry/{atom}title")] == [event.title]
    assert event.get_absolute_url() in Client().get("/sitemap.xml").content.decode()


def test_the_page_asks_the_same_questions_of_the_database_however_long_it_is(
    cast, django_assert_max_num_queries
):
    event = an_event(cast, kind=Kind.OPEN_INNOVATION)
    shown(event)
    with django_assert_max_num_queries(8):
        shown(event)
