"""What programs read: portions, cursors, filters, ETags, and nothing that they may not see."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from landbridge.api.schemas.fields import misfits
from landbridge.api.table.resources import resources
from landbridge.foundation import clock
from landbridge.foundation.audit.models import Entry
from tests.api.keys import program
from tests.cast import Cast
from tests.factories.enquiries import an_enquiry

pytestmark = pytest.mark.django_db


def test_following_the_cursor_gives_each_once(cast: Cast):
    made = [an_enquiry(cast).pk for _ in range(5)]
    company = program(cast.actor("danish_sme"))
    found: list[int] = []
    query: dict[str, Any] = {"limit": 2}
    while True:
        page = company.get("/api/v1/enquiries", query).json()
        found += [one["id"] for one in page["items"]]
        if page["next"] is None:
            break
        query["cursor"] = page["next"]
    assert found == made


def test_only_what_the_record_tells_of_since(cast: Cast):
    early, late = an_enquiry(cast), an_enquiry(cast)
    company = program(cast.actor("danish_sme"))
    moment = max(
        Entry.objects.filter(subject_id=late.pk, subject_table="enquiries.enquiry").values_list(
            "at", flat=True
        )
    )
    since = company.get("/api/v1/enquiries", {"changed_since": moment.isoformat()}).json()
    assert {early.pk, late.pk} >= {one["id"] for one in since["items"]} >= {late.pk}
    none = company.get("/api/v1/enquiries", {"changed_since": "2100-01-01T00:00:00Z"}).json()
    assert none["items"] == []


def test_a_list_can_be_narrowed_by_state(cast: Cast):
    enquiry = an_enquiry(cast)
    company = program(cast.actor("danish_sme"))
    assert len(company.get("/api/v1/enquiries", {"state": enquiry.state}).json()["items"]) == 1
    assert company.get("/api/v1/enquiries", {"state": "closed_or_so"}).json()["items"] == []


@pytest.mark.parametrize(
    "query",
    [
        {"limit": "0"}, {"limit": "many"}, {"limit": "201"}, {"cursor": "x"}, {"cursor": ""}, {"state": "A B"},
        {"changed_since": "yesterday"}, {"changed_since": "2026-01-01T00:00:00"}, {"region_id": "0"},
        {"region_id": "9" * 30}, {"colour": "red"}, {"state": "\x00"},
    ],
)  # fmt: skip
def test_wrong_parameters_are_named(query: dict[str, str], cast: Cast):
    answered = program(cast.actor("danish_sme")).get("/api/v1/enquiries", query)
    assert answered.status_code == 422
    assert [one["field"] for one in answered.json()["errors"]] == list(query)


def test_what_has_not_changed_is_not_sent_again(cast: Cast):
    enquiry = an_enquiry(cast)
    company = program(cast.actor("danish_sme"))
    tag = company.get(f"/api/v1/enquiries/{enquiry.pk}")["ETag"]
    assert not tag.startswith("W/")
    again = company.get(f"/api/v1/enquiries/{enquiry.pk}", headers={"if-none-match": tag})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)


@pytest.mark.parametrize(
    "name", ["danish_sme", "stuttgart_broker", "network_office", "finance", "auditor", "organiser"]
)
def test_every_resource_answers_what_its_schema_says(name: str, cast: Cast):
    an_enquiry(cast)
    client = program(cast.actor(name))
    for resource in resources():
        answered = client.get(f"/api/v1/{resource.path}")
        assert answered.status_code in (200, 403), (resource.path, answered.content)
        loose = {**resource.schema, "properties": {name: {} for name in resource.schema["properties"]}}
        for item in answered.json().get("items", ()):
            assert not list(misfits(item, loose))


def test_three_cost_as_many_questions_as_one(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    moment = clock.now()
    monkeypatch.setattr(clock, "now", lambda: moment)  # no new minute begins
    company = program(cast.actor("danish_sme"))
    company.get("/api/v1/enquiries")
    counts = []
    for _ in range(3):
        an_enquiry(cast)
        with CaptureQueriesContext(connection) as asked:
            company.get("/api/v1/enquiries")
        counts.append(len(asked))
    assert counts[0] == counts[2] <= 9
