"""Keys: made once, shown once, ended at any time, never more than their holder."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.test import Client

from landbridge.api.actions import keys as actions
from landbridge.api.models import Key
from landbridge.api.rules.keys import TOKEN, hash_of
from landbridge.foundation import clock
from landbridge.foundation.audit.models import Entry
from landbridge.foundation.outbox.models import Letter
from landbridge.foundation.problems import NotAllowed, Refused
from tests.api.keys import program
from tests.cast import Cast

pytestmark = pytest.mark.django_db
WANTED = {"name": "Our database", "days": "90", "reach": "chosen", "scopes": ["enquiry:see", "enquiry:ask"]}


@pytest.fixture(autouse=True)
def _settings(settings: Any) -> None:
    settings.LANDBRIDGE_SECOND_FACTOR = "off"


def made(client: Client, **changes: Any) -> Any:
    return client.post("/api/keys/new/", {**WANTED, "operation_key": str(uuid.uuid4()), **changes})


def test_a_key_is_shown_once_and_only_its_hash_is_kept(client: Client, cast: Cast):
    client.force_login(cast.danish_sme)
    page = made(client)
    assert page.status_code == 200
    key = Key.objects.get()
    token = page.context["token"]
    assert TOKEN.fullmatch(token)
    assert (key.sha256, key.prefix) == (hash_of(token), token[:11])
    assert token not in str(Key.objects.values().get())
    assert key.scopes == ["enquiry:ask", "enquiry:see"]
    assert key.membership_id == cast.actor("danish_sme").membership_id
    assert (key.expires_at - key.created_at).days == 90
    assert token.encode() not in client.get(key.get_absolute_url()).content
    assert Client(headers={"authorization": f"Bearer {token}"}).get("/api/v1/enquiries").status_code == 200


def test_making_one_is_recorded_and_told(client: Client, cast: Cast):
    client.force_login(cast.danish_sme)
    made(client)
    assert Entry.objects.filter(event="key.made", person_id=cast.danish_sme.pk).count() == 1
    letter = Letter.objects.get(template="api/key_made")
    assert letter.recipient_email == cast.danish_sme.email
    assert "Our database" in letter.subject
    assert "lb_" not in letter.body


def test_the_same_form_twice_makes_one_key_and_shows_it_once(client: Client, cast: Cast):
    client.force_login(cast.danish_sme)
    key = str(uuid.uuid4())
    first, second = made(client, operation_key=key), made(client, operation_key=key)
    assert Key.objects.count() == 1
    assert (bool(first.context["token"]), second.context["token"]) == (True, "")


def test_reading_alone_is_offered_first(client: Client, cast: Cast):
    client.force_login(cast.danish_sme)
    made(client, reach="read", scopes=[])
    assert all(scope.endswith(":see") for scope in Key.objects.get().scopes)


def test_scopes_beyond_ones_own_are_refused(client: Client, cast: Cast):
    client.force_login(cast.danish_sme)
    assert made(client, scopes=["audit:see"]).status_code == 422
    assert made(client, scopes=[]).status_code == 409
    assert Key.objects.count() == 0
    with pytest.raises(Refused, match="not_yours"):
        actions.make_key(
            name="x",
            scopes=["audit:see"],
            days=9,
            second_factor=True,
            by=cast.actor("danish_sme"),
            at=clock.now(),
        )
    with pytest.raises(Refused, match="too_long"):
        actions.make_key(
            name="x",
            scopes=["call:see"],
            days=366,
            second_factor=True,
            by=cast.actor("office"),
            at=clock.now(),
        )


def test_a_role_that_sees_others_data_needs_the_second_factor(cast: Cast):
    with pytest.raises(Refused, match="second_factor"):
        actions.make_key(
            name="x",
            scopes=["call:see"],
            days=9,
            second_factor=False,
            by=cast.actor("office"),
            at=clock.now(),
        )


def test_a_program_makes_no_keys(cast: Cast):
    program(cast.actor("danish_sme"))
    key = Key.objects.get()
    from landbridge.api.queries.keys import actor_of

    actor = actor_of(key, at=clock.now())
    assert actor is not None
    with pytest.raises(NotAllowed):
        actions.make_key(name="x", scopes=["call:see"], days=9, second_factor=True, by=actor, at=clock.now())


def test_a_revoked_key_ends_at_once(client: Client, cast: Cast):
    client.force_login(cast.danish_sme)
    token = made(client).context["token"]
    asked = Client(headers={"authorization": f"Bearer {token}"})
    assert asked.get("/api/v1/enquiries").status_code == 200
    assert Key.objects.get().used_at is not None
    key = Key.objects.get()
    client.post(f"/api/keys/{key.pk}/revocation/", {"operation_key": str(uuid.uuid4())})
    assert asked.get("/api/v1/enquiries").status_code == 401
    assert Entry.objects.filter(event="key.revoked").count() == 1


def test_keys_of_others_are_not_found(client: Client, cast: Cast):
    program(cast.actor("danish_sme"))
    client.force_login(cast.belgian_sme)
    key = Key.objects.get()
    assert client.get(key.get_absolute_url()).status_code == 404
    assert client.post(f"/api/keys/{key.pk}/revocation/").status_code == 404
    assert b"lb_" not in client.get("/api/keys/").content
