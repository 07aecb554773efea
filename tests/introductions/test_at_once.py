"""Several people at the same moment: both sides answer, two desks ask one provider, a form is sent twice."""

from __future__ import annotations

from datetime import timedelta

import pytest

from landbridge.enquiries.states import S as EnquiryState
from landbridge.foundation.outbox.models import Letter
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.foundation.problems import Refused
from landbridge.introductions import actions, queries
from landbridge.introductions.models import Answer, Introduction
from landbridge.introductions.states import S
from landbridge.profiles import actions as profiles
from landbridge.profiles.models import Interest
from tests.at_once import all_at_once
from tests.cast import make_cast
from tests.factories.enquiries import an_enquiry_at
from tests.factories.introductions import (
    ANSWERED,
    ASKED,
    a_prepared_introduction,
    an_asked_introduction,
    an_offer,
)
from tests.factories.profiles import an_interest

pytestmark = pytest.mark.django_db(transaction=True)


def test_both_sides_answer_at_the_same_moment():
    cast = make_cast()
    found = an_asked_introduction(cast)
    people = [cast.actor(name) for name in ("danish_sme", "german_provider", "danish_colleague")]
    results = all_at_once(
        *(
            lambda by=by: actions.answer(introduction_id=found.pk, said_yes=True, by=by, at=ANSWERED)
            for by in people
        )
    )
    assert sum(isinstance(result, Refused) for result in results) == 1, results
    assert Introduction.objects.get().state == S.MADE
    assert Answer.objects.count() == 2
    made = Letter.objects.filter(template="introductions/made", recipient_email=cast.danish_sme.email)
    assert made.count() == 1
    assert list(queries.findings()) == []


def test_a_yes_and_a_no_at_the_same_moment_name_nobody():
    cast = make_cast()
    found = an_asked_introduction(cast)
    yes, no = cast.actor("danish_sme"), cast.actor("german_provider")
    all_at_once(
        lambda: actions.answer(introduction_id=found.pk, said_yes=True, by=yes, at=ANSWERED),
        lambda: actions.answer(introduction_id=found.pk, said_yes=False, reason="No.", by=no, at=ANSWERED),
    )
    assert Introduction.objects.get().state == S.REFUSED
    assert Introduction.objects.get().made_at is None


def test_a_provider_is_never_asked_more_often_than_it_takes():
    cast = make_cast()
    offer = an_offer(cast)
    prepared = [
        a_prepared_introduction(
            cast,
            record=offer,
            enquiry=an_enquiry_at(EnquiryState.SEARCHING, cast, title=f"Question {number}"),
        )
        for number in range(6)
    ]
    results = all_at_once(
        *(
            lambda pk=one.pk: actions.ask(introduction_id=pk, by=SYSTEM, at=ASKED + timedelta(minutes=1))
            for one in prepared
        )
    )
    assert sum(isinstance(result, Introduction) for result in results) == 3, results
    assert Introduction.objects.filter(state=S.ASKED).count() == 3


def test_one_enquiry_and_one_offer_are_brought_together_once():
    cast = make_cast()
    enquiry, offer = an_enquiry_at(EnquiryState.SEARCHING, cast), an_offer(cast)
    by = cast.actor("zealand_broker")
    results = all_at_once(
        *(
            lambda: actions.prepare(enquiry_id=enquiry.pk, record_id=offer.pk, by=by, at=ASKED)
            for _ in range(4)
        )
    )
    assert sum(isinstance(result, Introduction) for result in results) == 1, results
    assert Introduction.objects.count() == 1


def test_an_interest_is_taken_up_once():
    cast = make_cast()
    interest = an_interest(cast)
    by = cast.actor("zealand_broker")
    results = all_at_once(
        *(lambda: profiles.accept(interest_id=interest.pk, by=by, at=ASKED) for _ in range(3))
    )
    assert sum(isinstance(result, Interest) for result in results) == 1, results
    assert Introduction.objects.count() == 1
