"""Several people at the same moment: a time has one company, free time never overlaps, a coach answers once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError

from landbridge.coaching import actions, queries
from landbridge.coaching.models import Case, FreeTime, Offer, Session
from landbridge.coaching.states import S
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.foundation.problems import Refused
from tests.at_once import all_at_once
from tests.cast import make_cast
from tests.factories.coaching import AT, FREE_FROM, a_case, a_coach, free_time

pytestmark = pytest.mark.django_db(transaction=True)


def book(case: Case, free: FreeTime, minutes: int) -> Callable[[], Any]:
    begins = free.starts_at + timedelta(minutes=minutes)
    return lambda: actions.book(
        case_id=case.pk, free_time_id=free.pk, starts_at=begins, ends_at=begins + timedelta(hours=1), topic="",
        by=SYSTEM, at=AT,
    )  # fmt: skip


def test_a_time_wanted_by_five_companies_cases_is_booked_once():
    cast = make_cast()
    coach = a_coach(cast, most_cases=9)
    companies = (cast.danish_company, cast.belgian_company)
    cases = [a_case(cast, S.COACHING, coach=coach, company_id=companies[n % 2].pk) for n in range(5)]
    free = free_time(coach)
    results = all_at_once(*(book(case, free, 30 * (n % 2)) for n, case in enumerate(cases)))
    won = [one for one in results if isinstance(one, Session)]
    assert len(won) == 1
    assert all(isinstance(one, Refused) for one in results if one is not won[0])
    assert list(queries.findings()) == []


def test_a_company_with_two_coaches_is_booked_by_one_at_a_time():
    cast = make_cast()
    first, second = (
        a_coach(cast),
        a_coach(cast, person=cast.belgian_provider, organisation=cast.belgian_institute),
    )
    works = [book(a_case(cast, S.COACHING, coach=coach), free_time(coach), 0) for coach in (first, second)]
    results = all_at_once(*works)
    assert sum(isinstance(one, Session) for one in results) == 1
    assert sum(isinstance(one, Refused) for one in results) == 1


def test_free_time_laid_at_once_never_overlaps():
    cast = make_cast()
    coach = a_coach(cast)
    starts = [FREE_FROM + timedelta(minutes=10 * n) for n in range(5)]
    results = all_at_once(
        *(
            lambda start=start: actions.lay_time(
                coach_id=coach.pk, starts_at=start, ends_at=start + timedelta(hours=2), by=SYSTEM, at=AT
            )
            for start in starts
        )
    )
    assert sum(isinstance(one, FreeTime) for one in results) == 1
    assert all(isinstance(one, FreeTime | Refused | IntegrityError) for one in results)
    assert list(queries.findings()) == []


def test_hours_of_one_case_booked_at_once_stay_within_the_plan():
    cast = make_cast()
    coach = a_coach(cast)
    case = a_case(cast, S.COACHING, coach=coach)  # 7.5 hours
    free = free_time(coach, hours=10)
    results = all_at_once(*(book(case, free, 60 * n) for n in range(9)))
    assert sum(isinstance(one, Session) for one in results) == 7
    assert queries.hours_of_case(case).booked == 7


def test_two_choices_at_once_leave_one_coach():
    cast = make_cast()
    coaches = [
        a_coach(cast),
        a_coach(cast, person=cast.belgian_provider, organisation=cast.belgian_institute),
    ]
    case = a_case(cast, S.ANALYSED, coach=coaches[0])
    actions.propose(case_id=case.pk, coach_ids=[one.pk for one in coaches], by=SYSTEM, at=AT)
    offers = list(Offer.objects.values_list("pk", flat=True))
    results = all_at_once(*(lambda pk=pk: actions.choose(offer_id=pk, by=SYSTEM, at=AT) for pk in offers))
    assert sum(isinstance(one, Case) for one in results) == 1
    assert Offer.objects.filter(state="chosen").count() == 1
