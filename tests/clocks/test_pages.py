"""The pages of clocks: what runs, what was met in time, and the duties that the office edits."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from landbridge.clocks import actions
from landbridge.clocks.models import Duty
from landbridge.foundation import clock
from landbridge.foundation.people.models import Person
from landbridge.foundation.permissions.actor import SYSTEM
from tests.cast import Cast
from tests.factories.clocks import STARTED, a_clock

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 28, 9, 0, tzinfo=UTC)
DUTY = {"working_days": "6", "remind_after": "2, 4", "tells_supervisor": "on", "tells_client_after": ""}


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    settings.LANDBRIDGE_SECOND_FACTOR = "off"


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page(name: str, *args: object) -> str:
    return reverse(f"clocks:{name}", args=args)


def test_each_role_sees_its_own_desk(cast: Cast):
    a_clock(cast)
    seen = {
        "zealand_broker": (200, True), "liege_broker": (200, False), "office": (200, True), "auditor": (200, True),
        "danish_sme": (403, False), "finance": (403, False), "mallory": (403, False),
    }  # fmt: skip
    for name, (status, sees) in seen.items():
        answer = signed_in(getattr(cast, name)).get(page("clocks"))
        assert answer.status_code == status, name
        assert ("Danish Company" in answer.content.decode()) == sees, name


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", True), ("?due=late", True), ("?due=today", False), ("?due=paused", False), ("?duty=enquiries.assign", True),
        ("?duty=access.quote", False), ("?region=x", True), ("?due=nonsense&page=99", True),
    ],
)  # fmt: skip
def test_filters(cast: Cast, query: str, expected: bool):
    a_clock(cast)
    text = signed_in(cast.office).get(page("clocks") + query).content.decode()
    assert ("Danish Company" in text) == expected


def test_what_was_met_is_counted(cast: Cast):
    a_clock(cast)
    actions.stop(about=cast.danish_company, by=SYSTEM, at=STARTED)
    assert "1 of 1" in signed_in(cast.office).get(page("clocks")).content.decode()


class TestDuties:
    def test_the_office_edits_them(self, cast: Cast):
        duty, client = a_clock(cast).duty, signed_in(cast.office)
        assert duty.name in client.get(page("duties")).content.decode()
        assert client.get(page("duty", duty.pk)).status_code == 200
        assert client.post(page("duty", duty.pk), DUTY).status_code == 302
        duty.refresh_from_db()
        assert (duty.working_days, duty.remind_after, duty.tells_client_after) == (6, [2, 4], None)

    @pytest.mark.parametrize(
        ("changes", "status"),
        [
            ({"working_days": ""}, 422), ({"working_days": "-1"}, 422), ({"working_days": "9" * 30}, 422),
            ({"remind_after": "soon"}, 422), ({"remind_after": "9999"}, 422), ({"remind_after": "4, 2"}, 409),
            ({"remind_after": "7"}, 409), ({"tells_client_after": "0"}, 422),
        ],
    )  # fmt: skip
    def test_bad_input_comes_back(self, cast: Cast, changes: dict[str, str], status: int):
        duty = a_clock(cast).duty
        answer = signed_in(cast.office).post(page("duty", duty.pk), {**DUTY, **changes})
        assert answer.status_code == status
        assert Duty.objects.get(pk=duty.pk).working_days == 5

    def test_others_read_them(self, cast: Cast):
        duty = a_clock(cast).duty
        for name in ("zealand_broker", "auditor"):
            client = signed_in(getattr(cast, name))
            assert client.get(page("duties")).status_code == 200
            assert client.get(page("duty", duty.pk)).status_code == 403
        assert signed_in(cast.office).get(page("duty", 2**70)).status_code == 404
