"""Words: what counts as the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landbridge.algorithms.matching import words
from landbridge.algorithms.matching.stems import stem

pytestmark = pytest.mark.once

# As the Snowball project publishes them for its English stemmer
STEMS = {
    "consign": "consign",
    "consigned": "consign",
    "consistency": "consist",
    "consolations": "consol",
    "knightly": "knight",
    "knots": "knot",
    "generate": "generat",
    "general": "general",
    "communities": "communiti",
    "skies": "sky",
    "dying": "dy",
    "ties": "tie",
    "cries": "cri",
    "gas": "gas",
    "gaps": "gap",
    "kiwis": "kiwi",
    "hopping": "hop",
    "hoping": "hope",
    "agreed": "agre",
    "feed": "feed",
    "sing": "sing",
    "yes": "yes",
    "employer": "employ",
    "sequencing": "sequenc",
    "sequences": "sequenc",
    "microscopes": "microscop",
    "proteomics": "proteom",
    "luxuriously": "luxuri",
    "biology": "biolog",
    "biologists": "biolog",
    "conditional": "condit",
    "hopefulness": "hope",
    "electrical": "electr",
    "formative": "format",
    "happily": "happili",
    "quickly": "quick",
    "controlling": "control",
    "controll": "control",
    "rate": "rate",
    "news": "news",
    "proceeds": "proceed",
    "repeatedly": "repeat",
    "conventionally": "convent",
    "adding": "add",
    "ugly": "ugli",
    "decision": "decis",
    "archaeologi": "archaeolog",
    "nationi": "nationi",
    "ogi": "ogi",
    "bogi": "bogi",
    "lactate": "lactat",
    "shed": "shed",
    "cat": "cat",
    "processes": "process",
}


@pytest.mark.parametrize(("word", "expected"), STEMS.items())
def test_english_stems(word, expected):
    assert stem(word) == expected


@pytest.mark.parametrize("word", ["h2o", "il", "στέμμα", ""])
def test_what_is_no_english_word_stays_as_it_is(word):
    assert stem(word) == word


@pytest.mark.parametrize(
    "text", ["RNA-Seq", "RNAseq", "RNA sequencing", "rna seq", "RNA‑Seq", "rna–sequencing"]
)
def test_three_writings_of_one_method_are_one_word(text):
    assert words.question_stems(text) == ["rnaseq"]
    assert "rnaseq" in words.index_stems(text)
    assert words.index_stems(text) == words.index_stems("RNA-Seq"), "and their parts find the same"
    assert words.exact(text) == ["rnaseq"]


def test_letters_with_marks_are_read_without_them():
    assert words.plain_words("Müller Straße naïve Ångström Łódź œuvre") == [
        "muller",
        "strasse",
        "naive",
        "angstrom",
        "lodz",
        "oeuvre",
    ]
    assert words.plain_words("Ελληνικά 東京") == ["ελληνικα", "東京"]


def test_apostrophes_go():
    assert words.plain_words("The company’s labs’ o'neill") == ["the", "company", "labs", "oneill"]


def test_stop_words_find_nothing():
    assert words.index_stems("the and of für une") == []
    assert words.question_stems("What is the use of it?") == []


def test_words_tied_by_a_hyphen_are_found_together_and_apart():
    assert words.index_stems("co-crystal") == ["co", "crystal", "cocryst"]
    assert list(words.asked("co-crystal")) == [("co-crystal", ("co", "crystal"), "cocryst")]
    assert "endtoendof" not in words.index_stems("end-to-end-of"), "a chain of many is no word"


def test_a_known_writing_within_a_chain_of_hyphens_is_known():
    assert [stems for _typed, stems, _tied in words.asked("x-ray-crystallography")] == [
        ("xray",),
        ("crystallographi",),
    ]
    assert [stems for _typed, stems, _tied in words.asked("the-x-ray")] == [("xray",)]


def test_a_sentence_is_read_aloud_with_an_end():
    assert words.spoken("  We   do\nthis ") == "We do this."
    assert words.spoken("Do you?") == "Do you?"
    assert words.spoken(" ") == ""


@given(st.text(max_size=80))
def test_whatever_is_written_the_words_are_folded_and_short(text):
    for word in [*words.index_stems(text), *words.exact(text), *words.question_stems(text)]:
        assert word
        assert " " not in word
        assert len(word) <= words.LONGEST_WORD * 3
        assert not set(word) & set("\"'()*:-|")


@given(st.text(max_size=80))
def test_what_was_written_is_found_by_the_same_writing(text):
    index = set(words.index_stems(text))
    assert set(words.question_stems(text)) <= index
    for _typed, stems, tied in words.asked(text):
        assert set(stems) <= index or tied in index
