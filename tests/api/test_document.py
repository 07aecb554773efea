"""The OpenAPI document: valid, complete, and readable by people."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from landbridge.api.document import document
from landbridge.api.table import operations
from landbridge.api.table.resources import resources

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_it_is_valid_openapi_3_1():
    from jsonschema_rs import validator_for

    found: dict[str, Any] = document()
    assert found["openapi"] == "3.1.0"
    for schema in found["components"]["schemas"].values():
        validator_for({**schema, "components": found["components"]})
    numbers = [one["operationId"] for methods in found["paths"].values() for one in methods.values()]
    assert len(numbers) == len(set(numbers))


def test_it_names_every_operation_and_resource():
    paths = document()["paths"]
    assert all("post" in paths[f"/api/v1/{one.page.path}"] for one in operations().values())
    assert all("get" in paths[f"/api/v1/{one.path}"] for one in resources())
    assert {"/api/v1/records", "/api/v1/records/{number}", "/api/v1/competences", "/api/v1/regions"} <= set(
        paths
    )


def test_every_operation_says_which_scope_it_needs():
    for methods in document()["paths"].values():
        for one in methods.values():
            assert one.get("x-scope") or not one.get("security")


def test_people_read_it_on_pages(client: Client):
    assert client.get("/api/").status_code == 200
    page = client.get("/api/reference/webinars/")
    assert b"POST /api/v1/webinars/{slug}/cancellation" in page.content
    assert client.get("/api/reference/nothing/").status_code == 404
    assert client.get("/api/v1/openapi.json")["ETag"]
