"""The screens on the wall and the printed plans: now and next by table, names only, by a key that can be changed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from landbridge.events.models import MeetingTable, Slot
from landbridge.foundation import clock
from landbridge.foundation.documents import pdf
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.meetings import actions
from landbridge.meetings.queries import plans
from landbridge.meetings.queries.screens import screen_of
from tests.cast import Cast
from tests.factories.events import AT
from tests.factories.timetables import a_matchmaking, a_published_run, many_agreed, standing

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(cast: Cast) -> Any:
    found = a_matchmaking(cast, people=8, slots=3, tables=4)
    many_agreed(found)
    a_published_run(found)
    return found


def at_slot(event: Any, number: int) -> Any:
    return Slot.objects.get(event=event, number=number).starts_at + timedelta(minutes=2)


def test_now_and_next_by_table(event: Any):
    screen = screen_of(event, at=at_slot(event, 1))
    here = {(one.slot.number, str(one.table)): {one.first.name, one.second.name} for one in standing(event)}
    assert len(screen.rows) == 4
    for row in screen.rows:
        assert set(row.now) == here.get((1, row.table), set())
        assert set(row.next) == here.get((2, row.table), set())
    last = screen_of(event, at=at_slot(event, 3))
    assert not any(row.next for row in last.rows)
    assert screen_of(event, at=event.ends_at).is_over
    before = screen_of(event, at=AT)
    assert (before.now, bool(before.next)) == ("", True)


def test_a_lost_table_says_so(event: Any):
    table = MeetingTable.objects.filter(event=event).first()
    assert table is not None
    actions.lose_table(table_id=table.pk, by=SYSTEM, at=AT)
    rows = screen_of(event, at=AT).rows
    assert [row.is_lost for row in rows].count(True) == 1
    assert all(row.is_shown == bool(row.now or row.next or row.is_lost) for row in rows)


def test_the_screen_opens_by_its_key_and_shows_names_alone(
    event: Any, cast: Cast, monkeypatch: pytest.MonkeyPatch, settings: Any
):
    settings.LANDBRIDGE_SECOND_FACTOR = "off"
    monkeypatch.setattr(clock, "now", lambda: at_slot(event, 1))
    address, anyone = reverse("meetings:screen", args=[event.slug]), Client()
    assert anyone.get(address).status_code == 404
    assert anyone.get(address, {"key": ""}).status_code == 404
    rules = actions.renew_screen_key(event_id=event.pk, by=SYSTEM, at=AT)
    answer = anyone.get(address, {"key": rules.screen_key})
    assert answer.status_code == 200
    assert (answer["Refresh"], answer["X-Robots-Tag"]) == ("20", "noindex")
    text = answer.content.decode()
    assert standing(event)[0].first.name in text
    assert "@example.org" not in text
    assert "Company 1" not in text
    for wrong in ("x", "\x00", "é", rules.screen_key[:-1], rules.screen_key + "a"):
        assert anyone.get(address, {"key": wrong}).status_code == 404
    newer = actions.renew_screen_key(event_id=event.pk, by=SYSTEM, at=AT)
    assert anyone.get(address, {"key": rules.screen_key}).status_code == 404
    assert anyone.get(address, {"key": newer.screen_key, "room": "99999999999"}).status_code == 200
    actions.renew_screen_key(event_id=event.pk, is_open=False, by=SYSTEM, at=AT)
    assert anyone.get(address, {"key": newer.screen_key}).status_code == 404
    for name, status in {"office": 200, "organiser": 200, "other_office": 404, "danish_sme": 404}.items():
        client = Client()
        client.force_login(getattr(cast, name))
        assert client.get(address).status_code == status, name


@pytest.mark.once
@pytest.mark.parametrize("kind", plans.KINDS)
def test_plans_are_printed(event: Any, kind: str, django_assert_num_queries: Any):
    with django_assert_num_queries(1 if kind == plans.DAY else 2), override("en-gb"):
        data = plans.plan_data(event, kind=kind)
    pages = {plans.PEOPLE: 8, plans.TABLES: 4, plans.DAY: 3}
    assert len(data["pages"]) == pages[kind]
    rows = sum(len(page["rows"]) for page in data["pages"])
    assert rows == len(standing(event)) * (2 if kind == plans.PEOPLE else 1)
    document = pdf("meetings/plans.typ", data, title=plans.title_of(event, kind=kind), at=AT)
    assert document.startswith(b"%PDF")
