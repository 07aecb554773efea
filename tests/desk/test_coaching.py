"""What of coaching waits at each desk."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from landbridge.coaching import actions
from landbridge.coaching.models import Coach, Offer
from landbridge.coaching.states import S, SessionState
from landbridge.desk.queries import coaching
from landbridge.foundation.permissions.actor import SYSTEM
from tests.factories.coaching import AT, a_case, a_coach, a_session

pytestmark = pytest.mark.django_db

SAYS = {
    S.ASKED: ("zealand_broker", "Name an adviser: Selling abroad"),
    S.ASSIGNED: ("zealand_broker", "Talk to the company about coaching: Selling abroad"),
    S.CONTACTED: ("zealand_broker", "Write the needs analysis: Selling abroad"),
    S.ANALYSED: ("zealand_broker", "Find a coach: Selling abroad"),
    S.MATCHED: ("german_provider", "Write the coaching plan: Selling abroad"),
    S.PLANNED: ("danish_sme", "Accept the coaching plan: Selling abroad"),
    S.COACHING: ("german_provider", "Coach, then report: Selling abroad"),
    S.REPORTED: ("zealand_broker", "Check the coaching report: Selling abroad"),
    S.CHECKED: ("office", "Approve the coaching report: Selling abroad"),
}


def labels(cast, name):
    return [task.label for task in coaching.to_do(cast.actor(name))]


@pytest.mark.parametrize("state", list(SAYS))
def test_whoever_has_the_ball_reads_it_at_their_desk_with_its_clock(cast, state):
    a_case(cast, state)
    who, words = SAYS[state]
    for name in ("danish_sme", "german_provider", "zealand_broker", "office"):
        assert labels(cast, name) == ([words] if name == who else []), name
    [task] = coaching.to_do(cast.actor(who))
    assert task.until is not None
    assert task.zone == "Europe/Copenhagen"


def test_while_the_company_chooses_the_desk_has_nothing_to_do(cast):
    coach = a_coach(cast)
    case = a_case(cast, S.ANALYSED, coach=coach)
    actions.propose(case_id=case.pk, coach_ids=[coach.pk], by=SYSTEM, at=AT)
    assert labels(cast, "zealand_broker") == []
    assert labels(cast, "danish_sme") == ["Choose your coach: Selling abroad"]
    actions.choose(offer_id=Offer.objects.get().pk, by=SYSTEM, at=AT)
    assert labels(cast, "danish_sme") == []
    assert labels(cast, "german_provider") == ["Say whether you coach: Selling abroad"]


def test_hours_wait_for_the_company(cast):
    a_session(a_case(cast, S.COACHING), SessionState.HELD)
    assert labels(cast, "danish_sme") == ["Approve the hours of Gerda German"]


def test_a_coach_waits_for_the_desk_of_their_region(cast):
    a_coach(cast, active=False)
    for name, expected in (("stuttgart_broker", ["Look at a coach: Gerda German"]), ("zealand_broker", [])):
        assert [task.label for task in coaching.coaches_to_look_at(cast.actor(name))] == expected
    actions.activate(coach_id=Coach.objects.get().pk, by=SYSTEM, at=AT)
    assert list(coaching.coaches_to_look_at(cast.actor("stuttgart_broker"))) == []


@pytest.mark.parametrize(
    ("name", "most"), [("office", 1), ("zealand_broker", 1), ("german_provider", 2), ("danish_sme", 3)]
)
def test_what_a_desk_asks(cast, name, most):
    a_session(a_case(cast, S.COACHING), SessionState.HELD)
    actor = cast.actor(name)
    with CaptureQueriesContext(connection) as queries:
        list(coaching.to_do(actor))
    assert len(queries) == most
