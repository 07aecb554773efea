"""`landbridge verify` finds what somebody changed behind the actions' back."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from landbridge.access import actions, queries
from landbridge.access.models import Slot
from landbridge.access.states import S
from landbridge.foundation.permissions.actor import SYSTEM
from tests.cast import Cast
from tests.factories.access import AT, a_request, a_slot
from tests.factories.catalogue import a_published_record

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Any) -> None:
    settings.LANDBRIDGE_FILES = tmp_path


def tamper(statement: str, *values: object) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
    return list(queries.findings())


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE access_ruleset SET text = 'Something else.'", "changed after their publication"),
        ("UPDATE access_quote SET accepted_at = NULL", "no quote was accepted"),
        ("UPDATE access_request SET number = ''", "without a number"),
    ],
)
def test_tampering_is_found(cast: Cast, statement: str, words: str):
    a_request(cast, S.AGREED)
    assert list(queries.findings()) == []
    assert any(words in finding for finding in tamper(statement))


def test_slots_that_ended_requests_still_hold_are_found(cast: Cast):
    request = a_request(cast, S.QUOTED)
    slot = a_slot(request.record)
    actions.withdraw(request_id=request.pk, reason="No money.", by=SYSTEM, at=AT)
    Slot.objects.filter(pk=slot.pk).update(held_by=request, held_at=AT)
    assert any("has ended, but still holds slot" in finding for finding in queries.findings())
    other = a_published_record(cast, name="Another service")
    Slot.objects.filter(pk=slot.pk).update(record=other)
    assert any("belongs to another offer" in finding for finding in queries.findings())


def test_rules_that_leave_a_gap_are_found(cast: Cast):
    a_request(cast)
    given: dict[str, Any] = {"title": "Rules", "text": "Shorter.", "by": SYSTEM, "at": AT}
    draft = actions.draft_rules(version="2.0", valid_from=AT.date().replace(year=2027), **given)
    actions.publish_rules(rule_set_id=draft.pk, by=SYSTEM, at=AT)
    assert list(queries.findings()) == []
    found = tamper("UPDATE access_ruleset SET valid_until = NULL")
    assert any("do not end where 2.0 begins" in finding for finding in found)
