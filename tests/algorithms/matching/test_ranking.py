"""The order of offers, and the laws it keeps."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landbridge.algorithms.matching.offers import Capacity, Offer, Question, Reach
from landbridge.algorithms.matching.ranking import match

pytestmark = pytest.mark.once

TODAY = date(2026, 11, 21)
CODES = ["a", "b", "c", "d"]
REGIONS = ["here", "there", "elsewhere"]
SETS = st.frozensets(st.sampled_from(CODES))
NAMED = st.dictionaries(st.sampled_from(CODES), st.just("name"))

OFFERS = st.builds(
    Offer,
    id=st.integers(1, 10_000),
    competences=NAMED,
    access_modes=NAMED,
    languages=NAMED,
    certificates=st.dictionaries(
        st.sampled_from(CODES), st.none() | st.dates(TODAY - timedelta(99), TODAY + timedelta(99))
    ),
    capacity=st.sampled_from(Capacity),
    lead_days=st.none() | st.integers(0, 100),
    results=st.integers(0, 9),
    is_overdue=st.booleans(),
    region=st.sampled_from(REGIONS),
)
MANY = st.lists(OFFERS, max_size=12, unique_by=lambda offer: offer.id)
QUESTIONS = st.builds(
    Question,
    competences=st.dictionaries(st.sampled_from(CODES), st.floats(0, 5)),
    access_modes=SETS,
    languages=SETS,
    certificates=SETS,
    needed_on=st.none() | st.dates(TODAY, TODAY + timedelta(99)),
    today=st.just(TODAY),
    region=st.just("here"),
    reach=st.sampled_from(Reach),
)
TEXTS = st.dictionaries(st.integers(1, 10_000), st.floats(0, 1))


def order(question, offers, **more):
    return [found.offer.id for found in match(question, offers, most=100, **more)]


@given(QUESTIONS, MANY, st.data())
def test_one_more_wanted_competence_never_costs_a_place(question, offers, data):
    if not offers or not question.competences:
        return
    texts = {offer.id: data.draw(st.floats(0, 1)) for offer in offers}
    one = data.draw(st.sampled_from(offers))
    code = data.draw(st.sampled_from(sorted(question.competences)))
    better = replace(one, competences={**one.competences, code: "name"})
    before = order(question, offers, texts=texts)
    after = order(question, [better if offer is one else offer for offer in offers], texts=texts)
    if one.id in before:
        assert after.index(one.id) <= before.index(one.id)


@given(QUESTIONS, OFFERS, st.integers(1, 10_000), st.floats(0, 1))
def test_an_overdue_record_never_stands_before_the_same_confirmed(question, offer, number, text):
    fresh = replace(offer, is_overdue=False)
    stale = replace(offer, id=number if number != offer.id else number + 1, is_overdue=True)
    found = order(question, [stale, fresh], texts={fresh.id: text, stale.id: text})
    assert found in ([fresh.id, stale.id], [])


@given(QUESTIONS, MANY, TEXTS, st.randoms())
def test_the_order_of_the_input_does_not_matter(question, offers, texts, chance):
    mixed = list(offers)
    chance.shuffle(mixed)
    assert match(question, offers, texts=texts) == match(question, mixed, texts=texts)


@given(QUESTIONS, MANY)
def test_scores_lie_between_0_and_1(question, offers):
    assert all(0 <= found.score <= 1 for found in match(question, offers, texts={o.id: 5.0 for o in offers}))


def test_what_is_equal_goes_by_number():
    assert order(Question(today=TODAY), [Offer(id=3), Offer(id=1), Offer(id=2)]) == [1, 2, 3]


def test_offers_from_outside_come_first_or_alone_or_not():
    offers = [Offer(id=1, region="here", results=9), Offer(id=2, region="there")]
    asked = Question(region="here", today=TODAY)
    assert order(asked, offers) == [2, 1]
    assert order(replace(asked, reach=Reach.ANYWHERE), offers) == [1, 2]
    assert order(replace(asked, reach=Reach.OUTSIDE_ONLY), offers) == [2]
    assert order(replace(asked, reach=Reach.INSIDE_ONLY), offers) == [1]
    assert [found.is_outside for found in match(asked, offers)] == [True, False]


def test_text_and_wishes_count_together():
    offers = [Offer(id=1), Offer(id=2, competences={"a": "A"}), Offer(id=3)]
    question = Question(competences={"a": 1.0}, today=TODAY)
    assert order(question, offers, texts={1: 0.1, 3: 0.9}) == [3, 2, 1]


def test_only_the_best_are_told():
    offers = [Offer(id=number) for number in range(1, 50)]
    assert len(match(Question(today=TODAY), offers)) == 20
    assert len(match(Question(today=TODAY), offers, most=3)) == 3
