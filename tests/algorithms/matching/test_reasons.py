"""Why an offer fits."""

from __future__ import annotations

import math
from datetime import date

import pytest

from landbridge.algorithms.matching.offers import Capacity, Offer, Place, Question, kilometres
from landbridge.algorithms.matching.question import read_prose
from landbridge.algorithms.matching.reasons import Weights, aloud, answer, holds, reasons, sentences_of

pytestmark = pytest.mark.once

TODAY = date(2026, 11, 21)
STUTTGART, LIEGE = Place(48.7758, 9.1829), Place(50.6326, 5.5797)


def codes(question, offer, **more):
    return [reason.code for reason in reasons(question, offer, **more)]


def said(question, offer, **more):
    return {reason.code: reason.message % reason.params for reason in reasons(question, offer, **more)}


def test_every_reason_is_a_sentence():
    question = Question(
        reading=read_prose("How are proteins taken up by intestinal cells?"),
        competences={"caco2": 2.0, "lcms": 1.0, "xray": 1.0},
        access_modes=frozenset({"sample", "remote"}),
        languages=frozenset({"en"}),
        certificates=frozenset({"GLP", "GMP", "ISO"}),
        needed_on=date(2027, 1, 31),
        today=TODAY,
        region="kent",
        place=LIEGE,
    )
    offer = Offer(
        id=1,
        sentences=("We have a canteen.", "We measure how intestinal cells take up proteins"),
        competences={"caco2": "Caco-2 assays", "lcms": "LC-MS"},
        access_modes={"sample": "by sending a sample", "physical": "on site"},
        languages={"en": "English", "de": "German"},
        certificates={"GLP": date(2027, 5, 1), "GMP": None, "ISO": date(2026, 12, 31)},
        certificate_names={"GLP": "Good Laboratory Practice"},
        capacity=Capacity.FREE,
        lead_days=30,
        results=3,
        confirmed_on=date(2026, 10, 1),
        region="bw",
        place=STUTTGART,
    )
    found = reasons(question, offer, text=1.0)
    assert [reason.message % reason.params for reason in found] == [
        "In its own words: “We measure how intestinal cells take up proteins.”",
        "It has this competence: Caco-2 assays.",
        "It can be used in the way you ask for: by sending a sample.",
        "It has this competence: LC-MS.",
        "You can speak this language there: English.",
        "It takes 30 days, in time for you.",
        "It has free capacity.",
        "It works under Good Laboratory Practice, valid until 2027-05-01.",
        "It works under GMP.",
        "3 earlier collaborations came of it.",
        "It is 331 km away.",
        "This was confirmed on 2026-10-01.",
    ]
    weights = [reason.weight for reason in found]
    assert weights == sorted(weights, reverse=True)


def test_what_is_not_so_is_not_said():
    assert codes(Question(today=TODAY), Offer(id=1)) == []
    assert codes(Question(competences={"x": 0.0}, today=TODAY), Offer(id=1, competences={"x": "X"})) == []
    late = Question(needed_on=date(2026, 12, 1), today=TODAY)
    assert codes(late, Offer(id=1, lead_days=30)) == []
    assert codes(late, Offer(id=1)) == []


def test_what_speaks_against_it_is_said_without_weight():
    found = reasons(Question(today=TODAY), Offer(id=1, capacity=Capacity.FULL, is_overdue=True))
    assert [(reason.code, reason.weight) for reason in found] == [("full", 0.0), ("overdue", 0.0)]
    assert codes(Question(today=TODAY), Offer(id=1, capacity=Capacity.LIMITED)) == []


def test_one_result_is_said_as_one():
    assert (
        said(Question(today=TODAY), Offer(id=1, results=1))["results"]
        == "One earlier collaboration came of it."
    )


@pytest.mark.parametrize(
    ("until", "holding"),
    [(None, True), (TODAY, True), (date(2026, 11, 20), False), (date(2027, 1, 1), True)],
)
def test_a_certificate_holds_to_its_last_day(until, holding):
    question = Question(certificates=frozenset({"GLP"}), today=TODAY)
    assert holds(question, Offer(id=1, certificates={"GLP": until}), "GLP") is holding


def test_the_sentence_that_tells_most_answers():
    question = Question(reading=read_prose("protein uptake in cells"), today=TODAY)
    sentences = ("Cells.", "We grow cells.", "Uptake of protein by cells is measured.")
    assert answer(question, sentences) == sentences[2]
    assert answer(question, ("Parking for free.",)) == ""
    assert answer(question, ()) == ""
    assert answer(Question(today=TODAY), sentences) == "", "nothing was asked"


def test_a_rare_word_tells_more_than_a_common_one():
    question = Question(reading=read_prose("protein cells"), today=TODAY)
    sentences = ("We grow cells.", "We make protein.")
    assert answer(question, sentences, rarity=lambda stem: 5.0 if stem == "protein" else 0.1) == sentences[1]


def test_a_sentence_may_answer_by_its_meaning():
    question = Question(reading=read_prose("protein uptake"), today=TODAY)
    sentences = ("We make protein.", "How the gut absorbs peptides.")
    assert answer(question, sentences, closeness=[0.1, 0.9]) == sentences[1]


def test_a_long_sentence_must_tell_more():
    question = Question(reading=read_prose("protein uptake"), today=TODAY)
    padding = " ".join(f"word{number}" for number in range(60))
    assert answer(question, (f"Protein uptake {padding}.", "Protein uptake.")) == "Protein uptake."


def test_text_falls_into_sentences():
    text = "We measure e.g. pH. The lab is open!\n• First item\n- second; Third part? 4 rooms."
    assert list(sentences_of(text)) == [
        "We measure e.g. pH.",
        "The lab is open!",
        "First item",
        "second",
        "Third part?",
        "4 rooms.",
    ]
    assert list(sentences_of(" \n ")) == []


def test_a_sentence_without_end_is_cut_at_a_word():
    spoken = aloud("word, " * 100)
    assert len(spoken) <= 241
    assert spoken.endswith("word…")


def test_distance_on_the_ground():
    assert math.isclose(kilometres(STUTTGART, LIEGE), 331.0, abs_tol=0.5)
    assert kilometres(LIEGE, LIEGE) == 0
    assert math.isclose(kilometres(Place(0, 0), Place(0, 180)), math.pi * 6371.0088, rel_tol=1e-9)


def test_the_weights_are_the_whole():
    weights = Weights()
    names = Weights.__dataclass_fields__
    assert math.isclose(math.fsum(getattr(weights, name) for name in names), 1.0)
