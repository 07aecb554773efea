"""PostgreSQL as the engine finds and counts what the embedded one does. Left out, loudly, where there is no server."""

from __future__ import annotations

import random
from urllib.parse import unquote, urlsplit

import pytest
from django.db import connections

from benchmarks.ledger_stress import created_on
from landbridge.algorithms.matching.question import EMPTY, read, read_prose
from landbridge.foundation.search.engine import Document, Hits, engine_at, reading
from landbridge.foundation.search.postgres_engine import PostgresEngine
from tests.databases import NoServer, postgresql
from tests.foundation.search.test_engines import FACILITIES, VALUES, WORDS

pytestmark = pytest.mark.once

ASKED = [
    "",
    "RNA-Seq",
    '"RNA sequencing"',
    "Müller",
    "mueller",
    "proteins",
    "co-crystal",
    "protein -assays",
    "-rna",
    '"small molecules"',
    '"molecules small"',
    '"rna sequencing flow"',
    '-"library preparation" rnaseq',
    "cristallography",
    "flowcytometry",
    "rna proteins",
    "\"'\\ & | ! <-> ( :*",
]


@pytest.fixture(scope="module")
def using(django_db_blocker):
    pytest.importorskip("psycopg")
    try:
        with postgresql() as server, created_on(server.url) as url, django_db_blocker.unblock():
            parts = urlsplit(url)
            connections.settings["search"] = {
                **connections.settings["default"],
                "ENGINE": "django.db.backends.postgresql",
                "NAME": parts.path[1:],
                "USER": unquote(parts.username or ""),
                "PASSWORD": unquote(parts.password or ""),
                "HOST": unquote(parts.hostname or ""),
                "PORT": str(parts.port or ""),
                "OPTIONS": {},
            }
            yield "search"
            connections["search"].close()
            del connections["search"]
            del connections.settings["search"]
    except NoServer as reasons:
        pytest.skip(f"PostgreSQL as the engine of search was not tested: {reasons}")


@pytest.fixture
def searched(using):
    yield PostgresEngine(using=using)
    with connections[using].cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS search_documents, search_stamp")


@pytest.fixture
def embedded(tmp_path):
    return engine_at(tmp_path, name="tantivy")


def test_the_same_is_found_as_in_the_embedded_engine(searched, embedded):
    for one in (searched, embedded):
        assert one.rebuild(FACILITIES) == 6
    for text in ASKED:
        for every in (True, False):
            found = searched.search(
                reading(text, searched=searched), every=every, facets=("region", "access")
            )
            expected = embedded.search(
                reading(text, searched=embedded), every=every, facets=("region", "access")
            )
            assert (set(found.ids), found.total, found.facets) == (
                set(expected.ids),
                expected.total,
                expected.facets,
            ), text
    assert set(searched.best(read_prose("RNA or proteins?"), limit=9).ids) == {1, 2, 3, 4, 6}
    assert searched.best(read('"small molecules"')).ids == (5,)
    assert searched.best(EMPTY) == Hits()


def test_facets_are_counted_the_same(searched, embedded):
    chance = random.Random(3)
    documents = [
        Document(
            number,
            " ".join(chance.sample(WORDS, 2)),
            facets={
                name: tuple(chance.sample(values, chance.randint(0, 2))) for name, values in VALUES.items()
            },
        )
        for number in range(1, 200)
    ]
    for one in (searched, embedded):
        one.rebuild(documents)
    for _time in range(20):
        chosen, refused = (
            {name: chance.sample(values, chance.randint(0, 2)) for name, values in VALUES.items()}
            for _ in "ab"
        )
        asked = {"filters": chosen, "unless": refused, "facets": tuple(VALUES), "limit": 500}
        text = " ".join(chance.sample(WORDS, chance.randint(0, 2)))
        found, expected = searched.search(read(text), **asked), embedded.search(read(text), **asked)
        assert (set(found.ids), found.total, found.facets) == (
            set(expected.ids),
            expected.total,
            expected.facets,
        )
        assert searched.ids(filters=chosen).tolist() == embedded.ids(filters=chosen).tolist()


def test_changes_turn_the_stamp_and_are_found(searched):
    assert (searched.stamp(), searched.count(), searched.search(EMPTY, facets=("region",)).facets) == (
        "",
        0,
        {"region": {}},
    )
    assert searched.vocabulary().nearest("protien") == ""
    searched.put(FACILITIES)
    before = searched.stamp()
    searched.put([Document(2, "Rheology", "rheology " * 400)])
    searched.remove([1, 99])
    assert searched.stamp() != before
    assert searched.search(read("rheology")).ids == (2,)
    assert searched.search(read("rnaseq")).ids == (3,)
    assert searched.vocabulary().nearest("rheologie") == "rheology"


def test_a_title_counts_more_and_an_overdue_record_less(searched):
    searched.put([Document(1, "Other", "rheology"), Document(2, "Rheology", "other")])
    assert searched.search(read("rheology")).ids == (2, 1)
    searched.put([Document(3, "Zeta", boost=0.5), Document(4, "Zeta")])
    assert searched.search(read("zeta")).ids == (4, 3)
    assert searched.search(EMPTY).ids == (1, 2, 4, 3)
