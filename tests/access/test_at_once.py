"""Several people at the same moment: a slot has one holder, and the hours of an offer one slot."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError

from landbridge.access import actions, queries
from landbridge.access.models import Request, Slot
from landbridge.access.states import S
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.foundation.problems import Refused
from tests.at_once import all_at_once
from tests.cast import make_cast
from tests.factories.access import AT, a_request, a_slot, the_offer

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Any) -> None:
    settings.LANDBRIDGE_FILES = tmp_path


def test_a_slot_wanted_by_six_is_held_by_one():
    cast = make_cast()
    requests = [a_request(cast, S.QUOTED) for _ in range(6)]
    slot = a_slot(the_offer(cast))
    results = all_at_once(
        *(
            lambda pk=one.pk: actions.hold(request_id=pk, slot_id=slot.pk, by=SYSTEM, at=AT)
            for one in requests
        )
    )
    won = [one for one in results if isinstance(one, Request)]
    assert len(won) == 1
    assert all(isinstance(one, Refused) for one in results if one is not won[0])
    assert Slot.objects.get().held_by == won[0]
    assert list(queries.findings()) == []


def test_overlapping_slots_offered_at_once_leave_one():
    cast = make_cast()
    offer = the_offer(cast)
    starts = [AT + timedelta(days=20, minutes=10 * n) for n in range(6)]
    results = all_at_once(
        *(
            lambda start=start: actions.offer_slot(
                record_id=offer.pk, starts_at=start, ends_at=start + timedelta(hours=3), by=SYSTEM, at=AT
            )
            for start in starts
        )
    )
    assert sum(isinstance(one, Slot) for one in results) == 1
    assert all(isinstance(one, Slot | Refused | IntegrityError) for one in results)
    assert Slot.objects.count() == 1
    assert list(queries.findings()) == []
