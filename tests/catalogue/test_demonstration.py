"""The invented catalogue: everything in it is marked, and it holds something in every state and freshness."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from landbridge.catalogue import queries
from landbridge.catalogue.models import Record
from landbridge.catalogue.states import Freshness, Kind, S
from landbridge.demonstration import catalogue, world

pytestmark = [pytest.mark.django_db, pytest.mark.once]
NOW = datetime(2026, 5, 5, 9, 0, tzinfo=UTC)


def test_the_invented_catalogue_shows_everything():
    list(world.set_up_cast(at=NOW))
    catalogue.play(at=NOW)
    rows = Record.objects.all()
    assert not rows.exclude(is_demonstration=True, organisation__is_demonstration=True).exists()
    assert rows.count() >= 55
    assert set(rows.values_list("kind", flat=True)) == set(Kind)
    assert set(rows.values_list("state", flat=True)) >= {S.DRAFT, S.REVIEW, S.PUBLISHED, S.HIDDEN}
    for freshness in Freshness:
        assert queries.listed(rows, today=NOW.date(), freshness=freshness).exists(), freshness
    assert not rows.filter(region__isnull=True).exists()
    assert not rows.exclude(contact_email="").exclude(contact_email__endswith=".example").exists()
    assert catalogue.is_there()
