"""The API's directory: what it answers, where it continues, what it says to a wrong request."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from landbridge.api import cursor
from landbridge.catalogue.models import Record
from landbridge.catalogue.states import Kind
from landbridge.foundation import clock
from tests.cast import Cast
from tests.factories.catalogue import a_published_record, a_record, a_withdrawn_record

LATER = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)


def records(**query: Any) -> dict[str, Any]:
    response = Client().get("/api/v1/records", query)
    assert response.status_code == 200, response.content
    found: dict[str, Any] = response.json()
    return found


@pytest.mark.django_db
def test_a_record_is_given_as_its_page_shows_it(cast: Cast):
    record = a_published_record(cast)
    (found,) = records()["items"]
    assert found["id"] == record.pk
    assert (found["status"], found["kind"], found["region"]) == ("public", "service", "stuttgart")
    assert found["access_modes"] == ["physical", "ship_sample"]
    assert not {"contact_name", "contact_email"} & set(found)
    assert Client().get(f"/api/v1/records/{record.pk}").json() == found


@pytest.mark.django_db
def test_a_draft_does_not_exist_and_a_withdrawn_record_is_gone(cast: Cast):
    draft, gone = a_record(cast), a_withdrawn_record(cast)
    assert Client().get(f"/api/v1/records/{draft.pk}").status_code == 404
    assert Client().get(f"/api/v1/records/{gone.pk}").status_code == 410
    (found,) = records()["items"]
    assert (found["id"], found["status"]) == (gone.pk, "gone")
    assert "name" not in found


@pytest.mark.django_db
@pytest.mark.parametrize("limit", [1, 2, 3, 7])
def test_following_the_cursor_gives_each_record_once(cast: Cast, limit: int):
    made = [a_published_record(cast, name=f"Service {number}").pk for number in range(6)]
    found, following = [], ""
    for _ in range(10):
        page = records(limit=limit, cursor=following)
        found += [item["id"] for item in page["items"]]
        following = page["next"]
        if following is None:
            break
    assert found == made


@pytest.mark.django_db
def test_only_what_changed_since_is_given(cast: Cast):
    a_published_record(cast, name="Early")
    late = a_published_record(cast, name="Late")
    Record.objects.filter(pk=late.pk).update(changed_at=LATER)
    assert [item["id"] for item in records(changed_since=LATER.isoformat())["items"]] == [late.pk]


@pytest.mark.django_db
def test_the_directory_can_be_narrowed(cast: Cast):
    service, facility = a_published_record(cast), a_published_record(cast, Kind.FACILITY)
    assert [item["id"] for item in records(kind="facility")["items"]] == [facility.pk]
    assert {item["id"] for item in records(region="stuttgart")["items"]} == {service.pk, facility.pk}
    assert records(region="liege")["items"] == []
    assert records(country="BE")["items"] == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query",
    [
        {"kind": "cat"}, {"limit": 0}, {"limit": 10_000}, {"limit": "many"}, {"cursor": "nonsense"},
        {"cursor": "x" * 300}, {"changed_since": "yesterday"}, {"changed_since": "2026-01-01T00:00:00"},
        {"region": "a b"}, {"country": "be"}, {"region": "\x00"},
    ],
)  # fmt: skip
def test_a_wrong_request_is_answered_with_a_problem(query: dict[str, Any]):
    response = Client().get("/api/v1/records", query)
    assert response.status_code == 422
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["status"] == 422


@pytest.mark.django_db
@pytest.mark.parametrize("number", ["0", "9" * 30, "x"])
def test_a_number_that_cannot_be_is_a_problem(number: str):
    assert Client().get(f"/api/v1/records/{number}").status_code == 422


@pytest.mark.django_db
def test_one_record_and_three_cost_the_same_number_of_queries(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    moment = clock.now()
    monkeypatch.setattr(clock, "now", lambda: moment)  # no new minute begins
    counts = []
    records()  # what a first visit fills: the window in which an address is counted
    for name in ("one", "two", "three"):
        a_published_record(cast, name=name)
        with CaptureQueriesContext(connection) as queries:
            records()
        counts.append(len(queries))
    assert counts[0] == counts[2]


@pytest.mark.django_db
def test_the_document_names_every_operation(cast: Cast):
    document = Client().get("/api/v1/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    assert set(document["paths"]) >= {
        "/api/v1/records", "/api/v1/records/{number}", "/api/v1/competences", "/api/v1/regions",
    }  # fmt: skip
    assert {one["key"] for one in Client().get("/api/v1/regions").json()} == {"stuttgart", "liege", "zealand"}
    assert isinstance(Client().get("/api/v1/competences").json(), list)


@pytest.mark.once
@given(
    moment=st.datetimes(timezones=st.just(UTC)),
    pk=st.integers(min_value=1, max_value=cursor.HIGHEST),
)
def test_a_cursor_is_read_as_it_was_written(moment: datetime, pk: int):
    assert cursor.read(cursor.written(moment, pk)) == (moment, pk)


@pytest.mark.once
@given(st.text(max_size=40))
def test_any_other_word_is_refused(word: str):
    try:
        moment, pk = cursor.read(word)
    except ValueError:
        return
    assert cursor.read(cursor.written(moment, pk)) == (moment, pk)
