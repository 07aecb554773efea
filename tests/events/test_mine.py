"""One's own events: the page costs the same however many there are."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from landbridge.foundation import clock
from tests.cast import Cast
from tests.factories.events import AT, a_registration, an_event

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)
    settings.LANDBRIDGE_SECOND_FACTOR = "off"


def test_four_events_cost_as_many_queries_as_two(cast: Cast):
    client = Client()
    client.force_login(cast.danish_sme)

    def come_to(title: str) -> None:
        a_registration(an_event(cast, title=title), cast.danish_sme)

    def cost() -> tuple[int, str]:
        with CaptureQueriesContext(connection) as asked:
            shown = client.get(reverse("events:mine")).content.decode()
        return len(asked), shown

    come_to("First forum")
    come_to("Second forum")
    client.get(reverse("events:mine"))
    before, _ = cost()
    come_to("Third forum")
    come_to("Fourth forum")
    after, shown = cost()
    assert [word in shown for word in ("First forum", "Third forum", "Fourth forum")] == [True] * 3
    assert after == before <= 12
