"""Both engines: the same documents found and counted, whatever is asked, by several processes, after any crash."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from landbridge.algorithms.matching.question import EMPTY, Synonyms, read, read_prose
from landbridge.foundation.search.engine import (
    ENGINES,
    Document,
    Hits,
    available,
    engine,
    engine_at,
    reading,
)
from tests.databases import ROOT

pytestmark = pytest.mark.once

FACILITIES = [
    Document(1, "RNA-Seq core", facets={"region": ("kent",), "access": ("remote", "sample")}),
    Document(2, "RNAseq laboratory", "Library preparation.", facets={"region": ("liege",)}),
    Document(3, "Genomics", items=("We do RNA sequencing.", "Flow cytometry."), boost=0.5),
    Document(
        4,
        "Institut Müller",
        "Kokristallisation, protein crystallography (GLP).",
        facets={"region": ("kent",)},
    ),
    Document(5, "Mueller & Söhne", "Co-crystals of small molecules.", facets={"access": ("sample",)}),
    Document(6, "Laboratoire d'électrophorèse", "Études de protéines; assays for proteins."),
]


IN_FOLDERS = ["sqlite", "tantivy"]  # PostgreSQL has its own tests


@pytest.fixture(params=IN_FOLDERS)
def searched(request, tmp_path):
    made = engine_at(tmp_path / "index", name=request.param)
    made.put(FACILITIES)
    return made


def found(searched, text, **more):
    return set(searched.search(reading(text, searched=searched), **more).ids)


# ── What is found ────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    "text", ["RNA-Seq", "RNAseq", "RNA sequencing", '"RNA sequencing"', "rna‑seq", "rna sequencing of"]
)
def test_three_writings_give_the_same_set(searched, text):
    assert found(searched, text) == {1, 2, 3}


@pytest.mark.parametrize("text", ["Müller", "MÜLLER", "Mueller", "muller"])
def test_german_letters_in_each_writing_give_the_same_set(searched, text):
    assert found(searched, text) == {4, 5}


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("electrophorese", {6}),
        ("électrophorèse", {6}),
        ("proteins", {4, 6}),
        ("protéines", {4, 6}),
        ("co-crystal", {5}),
        ("cocrystals", {5}),
        ("protein -assays", {4}),
        ("-rna", {4, 5, 6}),
        ('"small molecules"', {5}),
        ('"molecules small"', set()),
        ('"sequencing. flow"', set()),
        ('-"library preparation" rnaseq', {1, 3}),
        ("cristallography", {4}),
        ("protien", {4, 6}),
        ("flowcytometry", {3}),
        ("rna cytometry", {3}),
        ("rna proteins", set()),
        ("zebra", set()),
        ("", {1, 2, 3, 4, 5, 6}),
        ('"*" OR ( NEAR', set()),
    ],
)
def test_words_phrases_exclusions_and_mistakes(searched, text, numbers):
    assert found(searched, text) == numbers


def test_a_phrase_does_not_reach_from_one_part_into_the_next(searched):
    assert found(searched, '"rna sequencing flow"') == set()
    assert found(searched, '"laboratory library"') == set()


def test_any_word_may_be_there_when_a_whole_question_is_asked(searched):
    assert found(searched, "rna proteins", every=False) == {1, 2, 3, 4, 6}
    assert set(searched.best(read_prose("Who knows RNA or proteins?")).ids) == {1, 2, 3, 4, 6}
    assert searched.best(EMPTY) == Hits()
    assert len(searched.best(read("rna"), limit=2).ids) == 2


def test_synonyms_widen_and_weigh_less(searched):
    synonyms = Synonyms.of({"FACS": ["flow cytometry"]})
    assert set(searched.search(read("FACS", synonyms=synonyms)).ids) == {3}
    assert set(searched.search(read("FACS")).ids) == set()


def test_an_overdue_record_ranks_lower(searched):
    searched.put([Document(10, "Zeta potential", boost=0.5), Document(11, "Zeta potential", boost=1.0)])
    assert searched.search(read("zeta potential")).ids == (11, 10)
    assert searched.search(EMPTY).ids[-2:] == (3, 10), "also where nothing is asked: then by number"


def test_a_word_in_the_title_counts_more(searched):
    searched.put([Document(20, "Rheology", "and more"), Document(21, "Other", "rheology and")])
    assert searched.search(read("rheology")).ids == (20, 21)


def test_equal_scores_go_by_number_over_all_pages(searched):
    searched.put([Document(number, "Twin twin") for number in range(150, 100, -1)])
    pages = [searched.search(read("twin"), limit=20, offset=start).ids for start in (0, 20, 40)]
    assert [one for page in pages for one in page] == list(range(101, 151))
    assert searched.search(read("twin"), offset=500).ids == ()


# ── Facets ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_filters_choose_and_counts_lift_their_own(searched):
    hits = searched.search(read("rna"), filters={"region": ["kent"]}, facets=("region", "access", "nothing"))
    assert hits.ids == (1,)
    assert hits.total == 1
    assert hits.facets["region"] == {"kent": 1, "liege": 1}, "as if no region had been chosen"
    assert hits.facets["access"] == {"remote": 1, "sample": 1}
    assert hits.facets["nothing"] == {}


def test_an_empty_choice_is_none_and_unless_leaves_out(searched):
    assert found(searched, "rna", filters={"region": []}) == {1, 2, 3}
    assert found(searched, "rna", unless={"region": ["kent"], "access": []}) == {2, 3}
    assert searched.best(read("rna"), unless={"region": ["kent"]}).total == 2
    assert searched.ids(filters={"access": ["sample"]}).tolist() == [1, 5]
    assert searched.ids(filters={"access": ["sample"]}).tolist() == [1, 5], "and again, kept"
    assert searched.ids(unless={"region": ["kent", "liege"]}).tolist() == [3, 5, 6]


VALUES = {"region": ["a", "b", "c"], "access": ["x y", "é", "ISO 13485", "_"]}
CHOSEN = st.fixed_dictionaries(
    {name: st.lists(st.sampled_from(values), max_size=2) for name, values in VALUES.items()}
)
WORDS = ["lipid", "protein", "cells", "assay"]


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    chance = random.Random(4)
    documents = [
        Document(
            number,
            " ".join(chance.sample(WORDS, 2)),
            facets={
                name: tuple(chance.sample(values, chance.randint(0, 2))) for name, values in VALUES.items()
            },
        )
        for number in range(1, 400)
    ]
    folder = tmp_path_factory.mktemp("many")
    made = [engine_at(folder, name=name) for name in IN_FOLDERS]
    for one in made:
        one.rebuild(documents[:200])
        one.put(documents[150:])
    return documents, made


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(WORDS), max_size=2, unique=True), CHOSEN, CHOSEN)
def test_counts_are_what_counting_by_hand_gives(many, asked, filters, unless):
    documents, made = many

    def fits(document, without=""):
        return (
            all(word in document.title.split() for word in asked)
            and all(
                set(values) & set(document.facets[name])
                for name, values in filters.items()
                if values and name != without
            )
            and not any(set(values) & set(document.facets[name]) for name, values in unless.items())
        )

    for one in made:
        hits = one.search(
            read(" ".join(asked)), filters=filters, unless=unless, facets=tuple(VALUES), limit=1_000
        )
        assert set(hits.ids) == {document.id for document in documents if fits(document)}
        assert hits.total == len(hits.ids)
        for name in VALUES:
            by_hand = Counter(
                value for document in documents if fits(document, name) for value in document.facets[name]
            )
            assert hits.facets[name] == by_hand


# ── Changes ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_change_is_found_at_once_and_turns_the_stamp(searched):
    before = searched.stamp()
    searched.put([Document(2, "Rheology")])
    assert searched.stamp() != before
    assert found(searched, "rheology") == {2}
    assert found(searched, "rnaseq") == {1, 3}
    searched.remove([1, 99])
    assert found(searched, "rnaseq") == {3}
    assert searched.count() == 5


def test_a_rebuild_leaves_nothing_of_what_was(searched):
    before = searched.stamp()
    assert searched.rebuild(Document(number, "New") for number in (7, 8)) == 2
    assert searched.stamp() != before
    assert found(searched, "") == {7, 8}
    versions = [path for path in searched.folder.root.iterdir() if path.is_dir()]
    assert len(versions) == 1, "the old version is swept away"


def test_a_rebuild_that_fails_changes_nothing(searched):
    def broken():
        yield Document(7, "New")
        raise RuntimeError("The database went away.")

    with pytest.raises(RuntimeError):
        searched.rebuild(broken())
    assert found(searched, "") == {1, 2, 3, 4, 5, 6}


def test_new_words_are_proposed_after_a_change(searched):
    assert searched.vocabulary().nearest("rheologie") == ""
    searched.put([Document(7, "Rheology")])
    assert searched.vocabulary().nearest("rheologie") == "rheology"


@pytest.mark.parametrize("name", IN_FOLDERS)
def test_before_the_first_document_nothing_is_found(name, tmp_path):
    empty = engine_at(tmp_path, name=name)
    assert empty.search(read("rna"), facets=("region",)) == Hits(facets={"region": {}})
    assert (empty.stamp(), empty.count(), empty.best(read("rna")), empty.ids().tolist()) == (
        "",
        0,
        Hits(),
        [],
    )
    assert empty.vocabulary().count("rna") == 0
    assert empty.vocabulary().nearest("protien") == ""
    empty.remove([1])
    assert empty.stamp() == ""


# ── Several processes, and their ends ────────────────────────────────────────────────────────────────────────────────
def put_from_elsewhere(folder, name, start):
    one = engine_at(folder, name=name)
    for number in range(start, start + 5):
        one.put([Document(number, "From elsewhere")])


def test_what_another_process_writes_is_found(searched, request):
    name = request.node.callspec.params["searched"]
    spawn = multiprocessing.get_context("spawn")
    writers = [
        spawn.Process(target=put_from_elsewhere, args=(searched.folder.root, name, start))
        for start in (100, 200)
    ]
    for writer in writers:
        writer.start()
    for number in range(300, 303):
        searched.put([Document(number, "From here")])
    for writer in writers:
        writer.join(60)
        assert writer.exitcode == 0
    assert found(searched, "elsewhere") == {*range(100, 105), *range(200, 205)}
    assert found(searched, '"from here"') == {300, 301, 302}


DYING = """
import sys, time
from pathlib import Path
from landbridge.foundation.search.engine import Document, engine_at
one = engine_at(Path(sys.argv[1]), name=sys.argv[2])
def endless():
    number = 1000
    while True:
        number += 1
        if number == 4000:
            print("writing", flush=True)
        yield Document(number, "Half written " * 20)
getattr(one, sys.argv[3])(endless())
"""


@pytest.mark.parametrize("action", ["put", "rebuild"])
def test_a_writer_that_is_killed_leaves_all_as_it_was(searched, request, action):
    name = request.node.callspec.params["searched"]
    writer = subprocess.Popen(
        [sys.executable, "-c", DYING, str(searched.folder.root), name, action],
        stdout=subprocess.PIPE,
        cwd=ROOT,
        text=True,
    )
    assert writer.stdout
    assert writer.stdout.readline() == "writing\n"
    time.sleep(0.1)
    os.kill(writer.pid, signal.SIGKILL)
    writer.wait(10)
    writer.stdout.close()

    assert found(searched, "") == {1, 2, 3, 4, 5, 6}
    searched.put([Document(7, "After the crash")])
    assert found(searched, "crash") == {7}
    again = type(searched)(searched.folder.root)
    assert found(again, "") == {1, 2, 3, 4, 5, 6, 7}
    assert again.rebuild(FACILITIES) == 6
    assert found(searched, "") == {1, 2, 3, 4, 5, 6}
    assert len([path for path in searched.folder.root.iterdir() if path.is_dir()]) == 1


def test_a_folder_whose_version_was_taken_away_is_empty_and_can_be_rebuilt(searched):
    version = searched.folder.current()
    for path in version.iterdir():
        path.unlink()
    version.rmdir()
    assert searched.search(EMPTY).total == 0
    assert searched.rebuild(FACILITIES) == 6
    assert searched.count() == 6


# ── Which engine ─────────────────────────────────────────────────────────────────────────────────────────────────────
def test_the_engine_is_chosen_by_a_setting(settings, tmp_path):
    settings.LANDBRIDGE_INDEX_DIR = tmp_path
    for name, path in ENGINES.items():
        settings.LANDBRIDGE_SEARCH = name
        assert type(engine()).__name__ == path.rsplit(".", 1)[1]
        assert engine() is engine(), "one for each process"
    settings.LANDBRIDGE_SEARCH = ""
    assert type(engine()) is type(engine_at(tmp_path, name=available()))
    settings.LANDBRIDGE_SEARCH = "solr"
    with pytest.raises(ValueError, match="LANDBRIDGE_SEARCH is one of"):
        engine()


def test_without_the_package_sqlite_searches(monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert available() == "sqlite"


def test_where_the_index_lies(settings):
    assert Path(settings.LANDBRIDGE_INDEX_DIR).name.startswith("index")


def test_a_long_question_leaves_out_what_most_documents_have(tmp_path):
    engine = engine_at(tmp_path, name="tantivy")
    engine.rebuild(
        Document(number, "Cells", "assay" if number < 3 else f"subject{number}") for number in range(1, 9)
    )
    everyday = " ".join(f"everyday{letter}" for letter in "abcdefghijklm")
    assert set(engine.best(read_prose("cells assay")).ids) == set(range(1, 9)), "a short one does not"
    assert engine.best(read_prose(f"cells assay {everyday}")).ids == (1, 2)
    assert len(engine.best(read_prose("cells " + "cell-like " * 13)).ids) == 8, "unless nothing else is left"


def test_numbers_are_read_in_portions(tmp_path, monkeypatch):
    monkeypatch.setattr("landbridge.foundation.search.tantivy_engine.MOST_READ", 4)
    engine = engine_at(tmp_path, name="tantivy")
    engine.rebuild(Document(number, "Cells", facets={"odd": (str(number % 2),)}) for number in range(1, 41))
    assert engine.ids().tolist() == list(range(1, 41))
    assert engine.ids(filters={"odd": ["1"]}).tolist() == list(range(1, 41, 2))
    assert engine.ids(filters={"odd": ["none"]}).tolist() == []
