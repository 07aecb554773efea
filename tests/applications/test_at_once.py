"""Several people at the same moment: numbers without gaps, one submission, one winner."""

from __future__ import annotations

import pytest

from landbridge.applications import actions
from landbridge.applications.models import Application, Submission
from landbridge.applications.states import S
from landbridge.foundation.money import euro
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.foundation.problems import Refused
from tests.at_once import all_at_once
from tests.cast import make_cast
from tests.factories.applications import (
    ANSWERS,
    DURING,
    a_confirmed_draft,
    a_shared_draft,
    an_offer,
    an_open_call,
    another_company,
)

pytestmark = pytest.mark.django_db(transaction=True)


def test_numbers_have_no_gap_and_no_twin():
    cast = make_cast()
    offer = an_offer(an_open_call(cast.phase))
    drafts = [
        a_confirmed_draft(cast, offer=offer, applicant=another_company(cast, f"C{n}")) for n in range(8)
    ]
    incomplete = a_shared_draft(cast, offer=offer)
    all_at_once(
        *(lambda pk=draft.pk: actions.submit(application_id=pk, by=SYSTEM, at=DURING) for draft in drafts),
        lambda: actions.submit(application_id=incomplete.pk, by=SYSTEM, at=DURING),
    )
    numbers = sorted(Application.objects.exclude(number="").values_list("number", flat=True))
    assert [number[-4:] for number in numbers] == [f"{n:04d}" for n in range(1, 9)]


def test_a_double_submission_is_one():
    cast = make_cast()
    draft = a_confirmed_draft(cast)
    actor = cast.actor("danish_sme")
    results = all_at_once(
        *(lambda: actions.submit(application_id=draft.pk, by=actor, at=DURING) for _ in range(4))
    )
    assert sum(isinstance(result, Application) for result in results) == 1
    assert sum(isinstance(result, Refused) for result in results) == 3
    assert Submission.objects.count() == 1


def test_the_same_thing_asked_twice_at_once_is_asked_once():
    cast = make_cast()
    offer = an_offer(an_open_call(cast.phase))
    drafts = [a_confirmed_draft(cast, offer=offer) for _ in range(3)]
    actor = cast.actor("danish_sme")
    results = all_at_once(
        *(lambda pk=draft.pk: actions.submit(application_id=pk, by=actor, at=DURING) for draft in drafts)
    )
    assert sum(isinstance(result, Refused) for result in results) == 2
    assert Application.objects.filter(state=S.SUBMITTED).count() == 1


def test_two_writers_at_once_lose_nothing():
    cast = make_cast()
    draft = a_shared_draft(cast)
    sme, provider = cast.actor("danish_sme"), cast.actor("german_provider")
    same = {"application_id": draft.pk, "version": 1, "requested_eur": euro(6500), "at": DURING}
    all_at_once(
        lambda: actions.save(title="Mine", answers=ANSWERS, by=sme, **same),
        lambda: actions.save(title=draft.title, answers={**ANSWERS, "need": "Theirs"}, by=provider, **same),
    )
    draft.refresh_from_db()
    assert (draft.title, draft.answers["need"], draft.version) == ("Mine", "Theirs", 3)
