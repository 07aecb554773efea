"""How the database looks up public records: by the numbers that are asked for, never by reading all of them."""

from __future__ import annotations

import pytest
from django.db import connection

from landbridge.catalogue.models import Record

pytestmark = pytest.mark.django_db
A_PAGE = range(1, 21)


def test_public_records_are_looked_up_by_their_numbers() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has statistics, and is told nothing.")
    plan = Record.objects.public().filter(pk__in=A_PAGE).explain()
    assert "USING INTEGER PRIMARY KEY" in plan
    assert "record_by_due_day" not in plan


def test_public_records_are_found_by_what_else_is_asked() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has statistics, and is told nothing.")
    plan = Record.objects.public().filter(organisation_id=1).explain()
    assert "organisation_id" in plan
