from __future__ import annotations

import pytest
from django.test import Client

from landbridge.foundation.people import actions

from .conftest import AT

pytestmark = pytest.mark.django_db
WALK_IN = "/account/sign-in/cast/"


@pytest.fixture
def demonstration(settings):
    settings.LANDBRIDGE_DEMONSTRATION, settings.LANDBRIDGE_SECOND_FACTOR = True, "off"


@pytest.fixture
def brigitte(db):
    return actions.register(
        name="Brigitte", email="b@example.org", email_confirmed=True, at=AT,
        demonstration_note="Access Broker, Stuttgart",
    )  # fmt: skip


def test_the_sign_in_page_offers_the_cast(client, demonstration, brigitte, dagny):
    page = client.get("/account/sign-in/").content.decode()
    assert "Access Broker, Stuttgart" in page
    assert "Dagny" not in page


def test_one_click_walks_in_and_the_next_walks_in_as_somebody_else(client, demonstration, brigitte):
    other = actions.register(
        name="Finn", email="f@example.org", email_confirmed=True, at=AT, demonstration_note="Finance officer"
    )
    assert client.post(WALK_IN, {"person": brigitte.pk}).url == "/desk/"
    assert client.get(WALK_IN).status_code == 200
    assert client.post(WALK_IN, {"person": other.pk, "next": "/account/"}).url == "/account/"
    assert "f@example.org" in client.get("/account/").content.decode()


@pytest.mark.parametrize("person", ["", "0", "x", "-1", "9" * 30, "\x00", "²"])
def test_nobody_walks_in_as_nobody(client, demonstration, brigitte, person):
    assert client.post(WALK_IN, {"person": person}).status_code == 404


def test_real_people_are_not_on_offer(client, demonstration, dagny):
    assert client.post(WALK_IN, {"person": dagny.pk}).status_code == 404


def test_a_click_takes_our_own_form(demonstration, brigitte):
    assert Client(enforce_csrf_checks=True).post(WALK_IN, {"person": brigitte.pk}).status_code == 403


def test_outside_the_demonstration_there_is_no_such_page(client, brigitte):
    assert client.get(WALK_IN).status_code == 404
    assert client.post(WALK_IN, {"person": brigitte.pk}).status_code == 404
    assert "Brigitte" not in client.get("/account/sign-in/").content.decode()
