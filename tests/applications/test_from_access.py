"""An application that is filled in from a request for access."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from landbridge.access.states import S
from landbridge.applications import actions
from landbridge.applications.models import Application
from landbridge.foundation import clock
from tests.cast import Cast
from tests.factories.access import a_request
from tests.factories.applications import DURING, an_offer, an_open_call

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any) -> None:
    monkeypatch.setattr(clock, "now", lambda: DURING)
    settings.LANDBRIDGE_FILES = tmp_path


def test_provider_title_and_purpose_are_taken_over(cast: Cast):
    request, offer = a_request(cast, S.QUOTED), an_offer(an_open_call(cast.phase))
    client = Client()
    client.force_login(cast.danish_sme)
    choice = client.get(reverse("applications:from_access", args=[request.pk])).content.decode()
    start = reverse("applications:draft", args=[offer.pk]) + f"?access={request.pk}"
    assert start in choice
    assert request.number in client.get(start).content.decode()
    assert client.post(start, {"operation_key": str(uuid.uuid4())}).status_code == 302
    begun = Application.objects.get()
    assert (begun.title, begun.provider, begun.access_request) == (request.title, request.provider, request)
    assert request.purpose in begun.answers.values()


def test_anothers_request_fills_nothing(cast: Cast):
    request, offer = a_request(cast, S.QUOTED), an_offer(an_open_call(cast.phase))
    begun = actions.start(
        offer_id=offer.pk, access_request_id=request.pk, by=cast.actor("belgian_sme"), at=DURING
    )
    assert (begun.title, begun.access_request) == ("", None)
    client = Client()
    client.force_login(cast.belgian_sme)
    assert client.get(reverse("applications:from_access", args=[request.pk])).status_code == 404
    for odd in ("x", "9" * 30, "-1"):
        assert client.get(reverse("applications:draft", args=[offer.pk]), {"access": odd}).status_code == 200
