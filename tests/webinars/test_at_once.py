"""Several people at the same moment: the last place has one holder."""

from __future__ import annotations

from typing import Any

import pytest

from landbridge.webinars import actions
from landbridge.webinars.models import SignUp
from landbridge.webinars.states import Signed
from tests.at_once import all_at_once
from tests.cast import make_cast
from tests.factories.webinars import AT, a_sign_up, a_webinar

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = ("danish_sme", "belgian_sme", "mallory", "german_provider", "investor", "assessor")


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Any) -> None:
    settings.LANDBRIDGE_FILES = tmp_path


def test_two_places_for_six_are_given_twice():
    cast, found = make_cast(), a_webinar(capacity=2)
    results = all_at_once(
        *(lambda who=who: actions.sign_up(webinar_id=found.pk, by=cast.actor(who), at=AT) for who in PEOPLE)
    )
    assert all(isinstance(result, SignUp) for result in results), results
    states = list(SignUp.objects.values_list("state", flat=True))
    assert (states.count(Signed.SIGNED_UP), states.count(Signed.WAITING)) == (2, 4)


def test_one_who_leaves_makes_room_for_one_however_many_leave_together():
    cast, found = make_cast(), a_webinar(capacity=2)
    own = [a_sign_up(found, cast.actor(who)) for who in PEOPLE]
    results = all_at_once(
        *(
            lambda one=one, who=who: actions.cancel_sign_up(sign_up_id=one.pk, by=cast.actor(who), at=AT)
            for one, who in zip(own[:3], PEOPLE[:3], strict=True)
        )
    )
    assert all(isinstance(result, SignUp) for result in results), results
    states = [one.state for one in SignUp.objects.order_by("pk")]
    assert states.count(Signed.SIGNED_UP) == 2
    assert states.count(Signed.CANCELLED) == 3
    assert states[3:].count(Signed.SIGNED_UP) == 2
