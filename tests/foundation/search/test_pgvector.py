"""Vectors in PostgreSQL find what the scan finds. Left out, loudly, where no server has the extension."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

import numpy as np
import pytest
from django.db import connections

from landbridge.foundation.search.pgvector import PgVectors, available
from tests.databases import NoServer, embedded_server
from tests.foundation.search.test_vectors import DIMENSIONS, agree, by_hand, some_documents, unit

pytestmark = pytest.mark.once


@pytest.fixture(scope="module")
def connection(django_db_blocker):
    """A database on a server from a package, which brings the extension."""
    pytest.importorskip("psycopg")
    try:
        with embedded_server() as server, django_db_blocker.unblock():
            parts = urlsplit(server.url)
            connections.settings["vectors"] = {
                **connections.settings["default"],
                "ENGINE": "django.db.backends.postgresql",
                "NAME": parts.path[1:],
                "USER": parts.username,
                "PASSWORD": "",
                "HOST": unquote(parts.hostname or ""),
                "PORT": "",
            }
            if not available(connections["vectors"]):
                pytest.skip(
                    "No PostgreSQL with the extension `vector`: vectors in PostgreSQL were not tested."
                )
            yield connections["vectors"]
            connections["vectors"].close()
            del connections["vectors"]
            del connections.settings["vectors"]
    except NoServer as reasons:
        pytest.skip(f"No PostgreSQL with the extension `vector` was tested: {reasons}")


@pytest.fixture
def shelf(connection):
    yield PgVectors(connection, model="tiny", dimensions=DIMENSIONS)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS search_vectors, search_vectors_about")


def test_neighbours_are_those_that_looking_at_every_pair_finds(shelf):
    documents = some_documents(count=200)
    assert shelf.rebuild(documents.items()) == 200
    assert (shelf.count(), shelf.items()) == (200, sum(map(len, documents.values())))
    for question in unit(np.random.default_rng(5), 5, DIMENSIONS):
        agree(shelf.nearest(question, limit=20), by_hand(documents, question, limit=20))


@pytest.mark.parametrize("few", [0, 20_000])
def test_only_those_allowed_are_found(shelf, monkeypatch, few):
    monkeypatch.setattr("landbridge.foundation.search.pgvector.FEW", few)
    documents = some_documents(count=200)
    shelf.rebuild(documents.items())
    allowed = np.array(sorted(documents)[::10])
    question = unit(np.random.default_rng(6), DIMENSIONS)
    found = shelf.nearest(question, limit=10, allowed=allowed)
    agree(found, by_hand(documents, question, limit=10, allowed=set(allowed.tolist())))
    assert len(found.ids) == 10


def test_who_is_asked_for_by_name_comes_with_its_score(shelf):
    documents = some_documents(count=100)
    shelf.rebuild(documents.items())
    question = unit(np.random.default_rng(6), DIMENSIONS)
    every = shelf.nearest(question)
    named = every.ids[[2, 50, 99]]
    found = shelf.nearest(question, limit=5, also=named)
    assert found.ids.tolist() == every.ids[[0, 1, 2, 3, 4, 50, 99]].tolist()
    assert found.scores.tolist() == pytest.approx(every.scores[[0, 1, 2, 3, 4, 50, 99]].tolist(), abs=1e-6)
    found = shelf.nearest(question, limit=1, allowed=every.ids[::2], also=named)
    assert found.ids.tolist() == every.ids[[0, 2, 50]].tolist(), "none that is not allowed"


def test_the_nearest_item_of_each_document(shelf):
    documents = some_documents(count=20)
    number, rows = next(iter(documents.items()))
    assert shelf.nearest_items([number], rows[-1]).shape == (0, DIMENSIONS), "nothing is there yet"
    shelf.rebuild(documents.items())
    found = shelf.nearest_items([999_999, number], rows[-1])
    assert (found @ rows[-1]).tolist() == pytest.approx([1], abs=0.001)


def test_what_is_put_replaces_and_what_is_removed_is_gone(shelf):
    question = unit(np.random.default_rng(8), DIMENSIONS)
    assert shelf.nearest(question).ids.tolist() == []
    assert (shelf.count(), shelf.items(), shelf.stamp()) == (0, 0, "")
    assert shelf.put([(1, np.array([-question])), (2, np.array([question]))]) == 2
    first = shelf.stamp()
    shelf.put([(1, np.array([-question, question]))])
    shelf.remove([2, 99])
    found = shelf.nearest(question)
    assert (found.ids.tolist(), found.items.tolist()) == ([1], [1])
    assert found.scores[0] == pytest.approx(1, abs=0.001)
    assert shelf.stamp() not in ("", first)


def test_another_model_starts_anew(shelf, connection):
    shelf.rebuild(some_documents(count=5).items())
    other = PgVectors(connection, model="other", dimensions=32)
    assert (other.count(), other.nearest(np.ones(32, np.float32)).ids.tolist()) == (0, [])
    other.put([(1, np.ones((1, 32), np.float32))])
    assert (other.count(), shelf.count()) == (1, 0)


def test_the_embedded_database_has_no_such_extension(db):
    assert connections["default"].vendor == "postgresql" or not available(connections["default"])
