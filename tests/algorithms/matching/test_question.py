"""Reading a search box: what is asked, what was changed and added, and how it is undone."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landbridge.algorithms.matching.question import (
    EMPTY,
    MOST_WORDS,
    Correction,
    Expansion,
    Synonyms,
    Way,
    heading_of,
    read,
    read_prose,
)
from landbridge.algorithms.matching.spelling import WordList
from landbridge.algorithms.matching.stems import stem

pytestmark = pytest.mark.once


class Known(WordList):
    def __init__(self, *names):
        super().__init__((name, 1) for name in names)
        self.stems = {stem(name) for name in names}

    def count(self, one):
        return int(one in self.stems)


KNOWN = Known(
    "protein", "flow", "cytometry", "mueller", "cocrystal", "co", "crystal", "structure", "sequencing"
)
SYNONYMS = Synonyms.of({"mass spectrometry": ["MS", "proteomics"], "crystal structure": ["crystallography"]})


def ways(reading):
    return [[way.stems for way in group.ways] for group in reading.groups]


def test_words_phrases_and_exclusions():
    reading = read('proteins "In vitro assay" -mouse -"for sale" of')
    assert ways(reading) == [[("protein",)]]
    assert reading.phrases == (("invitro", "assay"),)
    assert [group.typed for group in reading.excluded] == ["mouse"]
    assert reading.excluded_phrases == (("for", "sale"),)
    assert reading.stems == {"protein": 1.0, "invitro": 1.0, "assay": 1.0}
    assert not reading.is_empty


@pytest.mark.parametrize("text", ["", "  ", "the of", '""', "-", '-""', "!?"])
def test_nothing_is_asked(text):
    assert read(text).is_empty


def test_a_minus_before_a_number_or_within_a_word_excludes_nothing():
    reading = read("-80 freezer cell-based")
    assert reading.excluded == ()
    assert ways(reading) == [[("80",)], [("freezer",)], [("cell", "base"), ("cellbas",)]]


def test_other_quotation_marks_and_one_that_is_never_closed():
    assert read("„Flow cytometry“").phrases == (("flow", "cytometry"),)
    assert read('"flow cytometry').phrases == (("flow", "cytometry"),)


def test_a_mistake_is_corrected_said_and_undone():
    reading = read("Protien flow", vocabulary=KNOWN)
    assert reading.corrections == (Correction(typed="protien", proposed="protein"),)
    assert ways(reading) == [[("protein",)], [("flow",)]]
    undone = read("Protien flow", vocabulary=KNOWN, literally=["protien"])
    assert undone.corrections == ()
    assert ways(undone)[0] == [(stem("protien"),)]


def test_words_that_lost_their_space_are_found_again():
    reading = read("flowcytometry", vocabulary=KNOWN)
    assert reading.corrections == (Correction(typed="flowcytometry", proposed="flow cytometry"),)
    assert ways(reading) == [[("flow",)], [("cytometri",)]]


def test_what_is_known_or_cannot_be_near_stays():
    assert read("proteins qwertyuiop", vocabulary=KNOWN).corrections == ()
    assert read("protien").corrections == (), "without a vocabulary nothing is corrected"


def test_german_letters_in_each_writing():
    for text in ("Müller", "Muller", "mueller"):
        assert ("mueller",) in ways(read(text, vocabulary=Known("muller", "mueller")))[0]
        assert ("muller",) in ways(read(text, vocabulary=Known("muller", "mueller")))[0]
    assert ways(read("banananana", vocabulary=KNOWN)) == [[("banananana",)]], "and no endless guessing"


def test_two_words_that_the_index_knows_as_one():
    for text in ("co crystal", "co-crystal"):
        assert ways(read(text, vocabulary=KNOWN)) == [[("co", "crystal"), ("cocryst",)]]


def test_synonyms_are_added_said_and_undone():
    reading = read("MS of proteins", synonyms=SYNONYMS)
    assert reading.expansions == (Expansion(typed="ms", added=("mass spectrometry", "proteomics")),)
    assert [way.stems for way in reading.groups[0].ways] == [("ms",), ("massspectrometry",), ("proteom",)]
    assert reading.groups[0].ways[1].weight < reading.groups[0].ways[0].weight
    assert read("MS of proteins", synonyms=SYNONYMS, literally=["ms"]).expansions == ()


def test_a_term_of_several_words_is_one_thing():
    reading = read("crystal structures", synonyms=SYNONYMS)
    assert reading.groups[0].ways == (Way(("crystal", "structur")), Way(("crystallographi",), weight=0.7))
    assert reading.expansions == (Expansion(typed="crystal structures", added=("crystallography",)),)
    undone = read("crystal structures", synonyms=SYNONYMS, literally=["Crystal structures"])
    assert len(undone.groups) == 2


def test_a_synonym_of_nothing_but_stop_words_is_left_out():
    assert Synonyms.of({"the": ["of"], "x": []}).by_stems == {("x",): ()}
    assert read("x", synonyms=Synonyms.of({"x": []})).expansions == ()


def test_a_repeated_word_counts_less_each_time():
    reading = read_prose("assay assay assay assay cell")
    assert [group.weight for group in reading.groups] == [math.sqrt(4), 1.0]


def test_in_prose_marks_mean_nothing():
    reading = read_prose('We need "flow cytometry" -and proteins')
    assert reading.phrases == ()
    assert reading.excluded == ()
    assert ways(reading) == [[("need",)], [("flow",)], [("cytometri",)], [("protein",)]]
    assert reading.typed.startswith("We need")


def test_a_short_question_is_corrected_and_a_long_one_is_not():
    assert read_prose("Who knows protien?", vocabulary=KNOWN).corrections
    assert not read_prose("Who knows protien? " + "Flow cytometry. " * 6, vocabulary=KNOWN).corrections


def test_a_text_without_end_is_read_to_a_point():
    assert len(read_prose(" ".join(f"word{number}" for number in range(900))).groups) == MOST_WORDS


def test_the_empty_reading():
    assert EMPTY.is_empty
    assert EMPTY.stems == {}


@given(st.text(max_size=120))
def test_any_text_can_be_read(text):
    for reading in (read(text, vocabulary=KNOWN, synonyms=SYNONYMS), read_prose(text, vocabulary=KNOWN)):
        assert all(group.ways and all(way.stems for way in group.ways) for group in reading.groups)
        assert all(reading.phrases)
        assert len({group.ways for group in reading.groups}) == len(reading.groups)


LONG = " Our team makes a drink with collagen from salmon skin, pressed, dried and ground, and sells three tonnes a year."


def test_the_first_sentence_of_a_long_question_is_its_heading():
    assert read_prose("Uptake of collagen?" + LONG).heading == "Uptake of collagen?"


def test_a_short_question_and_a_single_sentence_have_no_heading():
    for text in ("Collagen. Salmon skin.", LONG):
        assert read_prose(text).heading == ""


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("One. Two.", "One."),
        ("One\n two", "One"),
        ("  Is it one? Two", "Is it one?"),
        ("Growth of E. coli in milk. Two", "Growth of E. coli in milk."),
        ("Version 2.5 of one", ""),
        ("One.", ""),
        ("", ""),
    ],
)
def test_a_heading_is_the_first_sentence_or_line_of_more(text, heading):
    assert heading_of(text) == heading
