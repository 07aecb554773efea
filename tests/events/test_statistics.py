"""The organiser's list, its decisions in bulk, exports and figures; and who may read which of them."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from landbridge.events.models import Registration
from landbridge.events.queries.statistics import figures_of
from landbridge.foundation import clock
from landbridge.foundation.outbox.models import Letter
from tests.factories.events import AT, a_registration, an_event

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


def post(client: Client, page: str, *args: object, **fields: Any) -> Any:
    return client.post(reverse(f"events:{page}", args=args), {"operation_key": str(uuid.uuid4()), **fields})


def body(answer: Any) -> str:
    return (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()


def test_figures_say_who_came(cast):
    event = an_event(cast)
    for person, state in (
        (cast.danish_sme, "attended"), (cast.belgian_sme, "no_show"), (cast.german_provider, "approved"),
        (cast.investor, "cancelled"), (cast.mallory, "draft"),
    ):  # fmt: skip
        a_registration(event, person, state=state)
    figures = figures_of(event)
    assert (figures.registered, figures.with_place, figures.came, figures.missed) == (4, 3, 1, 1)
    assert {row.label: row.many for row in figures.attendees} == {"Company": 2, "Facility or expert": 1}
    assert sum(row.many for row in figures.regions) == 3
    assert sum(row.many for row in figures.arrivals) == 1
    client = signed_in(cast.organiser)
    page = client.get(reverse("events:statistics", args=[event.slug])).content.decode()
    assert "Stuttgart and Neckar-Alb" in page
    assert "By state" in body(client.get(reverse("events:statistics_csv", args=[event.slug])))


def test_an_event_without_anybody_has_a_page_too(cast):
    event = an_event(cast)
    client = signed_in(cast.organiser)
    for name in ("statistics", "registrations", "badges", "check_in"):
        assert client.get(reverse(f"events:{name}", args=[event.slug])).status_code == 200


@pytest.mark.parametrize(
    ("name", "listed"),
    [
        ("organiser", 3),
        ("office", 3),
        ("network_office", 3),
        ("auditor", 3),
        ("zealand_broker", 1),
        ("liege_broker", 1),
    ],
)
def test_a_broker_reads_the_registrations_of_the_region(cast, name, listed):
    event = an_event(cast)
    for person in (cast.danish_sme, cast.belgian_sme, cast.german_provider):
        a_registration(event, person, needs="No nuts")
    client = signed_in(getattr(cast, name))
    page = client.get(reverse("events:registrations", args=[event.slug])).content.decode()
    assert page.count('data-label="Name"') == listed
    table = body(client.get(reverse("events:registrations_csv", args=[event.slug])))
    assert table.count("Head of research") == listed
    keeps = name in ("organiser", "office", "network_office")
    assert ("No nuts" in table) is keeps
    assert ('name="chosen"' in page) is keeps


@pytest.mark.parametrize("name", ["danish_sme", "assessor", "mallory"])
def test_others_read_no_list(cast, name):
    event = an_event(cast)
    client = signed_in(getattr(cast, name))
    for page in ("registrations", "registrations_csv", "statistics", "check_in", "guest_new"):
        assert client.get(reverse(f"events:{page}", args=[event.slug])).status_code == 403


def test_filters_narrow_the_list(cast):
    event = an_event(cast, needs_approval=True)
    a_registration(event, cast.danish_sme)
    a_registration(event, cast.belgian_sme, state="submitted", seeks="")
    client = signed_in(cast.organiser)
    for query, names in (
        ({"state": "submitted"}, {"Benoît"}), ({"lacks": "slots"}, {"Dagny"}), ({"lacks": "profile"}, {"Dagny", "Benoît"}),
        ({"region": cast.zealand.pk}, {"Dagny"}), ({"attendee": "investor"}, set()), ({"text": "belgian"}, {"Benoît"}),
        ({"state": "nonsense", "region": "x" * 50}, {"Dagny", "Benoît"}),
    ):  # fmt: skip
        page = client.get(reverse("events:registrations", args=[event.slug]), query).content.decode()
        found = {name for name in ("Dagny", "Benoît") if f">{name}" in page}
        assert found == names, query


def test_badges_of_the_chosen_are_printed_and_of_nobody_without_a_place(cast):
    event = an_event(cast, needs_approval=True)
    people = (cast.danish_sme, cast.belgian_sme)
    comes, waits = (a_registration(event, person, state="submitted").pk for person in people)
    client = signed_in(cast.organiser)
    post(client, "registrations_decision", event.slug, do="approve", chosen=[comes])
    answer = post(client, "registrations_decision", event.slug, do="badges", chosen=[comes, waits])
    assert answer["Location"] == f"{reverse('events:badges_pdf', args=[event.slug])}?pk={comes}"
    answer = post(client, "registrations_decision", event.slug, do="badges", chosen=[waits])
    assert answer["Location"] == reverse("events:registrations", args=[event.slug])


def test_decisions_in_bulk_name_those_for_whom_there_was_no_place(cast):
    event = an_event(cast, needs_approval=True, capacity=1)
    people = (cast.danish_sme, cast.belgian_sme, cast.german_provider)
    found = [a_registration(event, person, state="submitted") for person in people]
    client = signed_in(cast.organiser)
    chosen = [one.pk for one in found[:2]]
    answer = client.post(
        reverse("events:registrations_decision", args=[event.slug]),
        {"do": "approve", "chosen": chosen},
        follow=True,
    )
    page = answer.content.decode()
    assert "Done for 1 person." in page
    assert "All 1 places are taken." in page
    post(client, "registrations_decision", event.slug, do="wait", chosen=[one.pk for one in found[1:]])
    states = list(Registration.objects.order_by("pk").values_list("state", flat=True))
    assert states == ["approved", "waiting", "waiting"]
    assert post(client, "registration_refusal", found[0].pk, reason="").status_code == 422
    assert post(client, "registration_refusal", found[0].pk, reason="A colleague comes.").status_code == 302
    assert "A colleague comes." in Letter.objects.get(template="events/rejected").body
    found[1].refresh_from_db()
    assert found[1].state == "approved"


def test_a_guest_is_entered_on_the_page_with_a_place_at_once(cast):
    event = an_event(cast)
    client = signed_in(cast.organiser)
    fields = {
        "name": "Vera",
        "email": "vera@example.org",
        "organisation_name": "V",
        "attendee": "speaker",
        "language": "en-gb",
    }
    assert post(client, "guest_new", event.slug, **fields).status_code == 302
    guest = Registration.objects.get()
    assert (guest.state, guest.attendee) == ("approved", "speaker")
    assert post(client, "guest_new", event.slug, **fields).status_code == 409
    assert (
        signed_in(cast.zealand_broker).get(reverse("events:guest_new", args=[event.slug])).status_code == 403
    )


def test_a_list_asks_the_same_for_many_as_for_one(cast, django_assert_max_num_queries):
    event = an_event(cast)
    for person in (cast.danish_sme, cast.belgian_sme, cast.german_provider, cast.investor):
        a_registration(event, person)
    client = signed_in(cast.organiser)
    with django_assert_max_num_queries(16):
        client.get(reverse("events:registrations", args=[event.slug]))
    with django_assert_max_num_queries(12):
        table = client.get(reverse("events:registrations_xlsx", args=[event.slug]))
        assert b"".join(table.streaming_content).startswith(b"PK")
    with django_assert_max_num_queries(12):
        client.get(reverse("events:statistics", args=[event.slug]))
