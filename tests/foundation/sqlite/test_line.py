"""Writers of one process are served in the order in which they came, and none is lost."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import OperationalError, connections, transaction
from django.db.utils import IntegrityError

from landbridge.foundation.sqlite.turns import Line, line_of

ALIAS = "embedded"


@pytest.fixture
def database(tmp_path: Path, django_db_blocker: object) -> Iterator[str]:
    """A database file of its own, opened through the backend under test."""
    template = dict(connections.settings["default"])
    settings = {
        **template,
        "ENGINE": "landbridge.foundation.sqlite",
        "NAME": str(tmp_path / "line.sqlite3"),
        "CONN_MAX_AGE": None,
        "OPTIONS": {"timeout": 20, "synchronous": "NORMAL"},
    }
    connections.settings[ALIAS] = settings
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        with connections[ALIAS].cursor() as cursor:
            cursor.execute("CREATE TABLE places (id INTEGER PRIMARY KEY, total INTEGER NOT NULL)")
            cursor.execute(
                "CREATE TABLE submissions (id INTEGER PRIMARY KEY, who TEXT, total INTEGER UNIQUE)"
            )
            cursor.execute(
                "CREATE TABLE notes (id INTEGER PRIMARY KEY, place INTEGER REFERENCES places(id), text TEXT)"
            )
            cursor.execute("INSERT INTO places (id, total) VALUES (1, 0)")
        yield settings["NAME"]
        connections[ALIAS].close()
        del connections.settings[ALIAS]
        del connections[ALIAS]


def scalar(query: str) -> object:
    with connections[ALIAS].cursor() as cursor:
        return cursor.execute(query).fetchone()[0]


def run(*works: Callable[[], None]) -> list[Exception]:
    """Run the works in threads of their own; what they raised comes back."""
    raised: list[Exception] = []

    def guarded(work: Callable[[], None]) -> None:
        try:
            work()
        except Exception as error:  # noqa: BLE001 - whatever it was, the test names it
            raised.append(error)
        finally:
            connections[ALIAS].close()

    threads = [threading.Thread(target=guarded, args=(work,), daemon=True) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
        assert not thread.is_alive(), "a writer hangs"
    return raised


def test_every_pragma_is_as_promised(database: str) -> None:
    assert scalar("PRAGMA journal_mode") == "wal"
    assert scalar("PRAGMA foreign_keys") == 1
    assert connections[ALIAS].transaction_mode == "IMMEDIATE"  # type: ignore[attr-defined]
    connections.settings[ALIAS]["OPTIONS"] = {}
    connections[ALIAS].close()
    del connections[ALIAS]
    assert scalar("PRAGMA synchronous") == 2, "FULL unless the settings say otherwise"
    assert scalar("PRAGMA busy_timeout") == 20_000


def test_foreign_keys_hold(database: str) -> None:
    with pytest.raises(IntegrityError), connections[ALIAS].cursor() as cursor:
        cursor.execute("INSERT INTO notes (place, text) VALUES (99, 'nowhere')")


def test_800_submissions_at_once_are_all_kept_and_nobody_starves(database: str) -> None:
    waits: list[float] = []

    def submit_ten(who: str) -> Callable[[], None]:
        def work() -> None:
            for _ in range(10):
                began = time.monotonic()
                with transaction.atomic(using=ALIAS), connections[ALIAS].cursor() as cursor:
                    waits.append(time.monotonic() - began)
                    total = cursor.execute("SELECT total FROM places WHERE id = 1").fetchone()[0] + 1
                    cursor.execute("INSERT INTO submissions (who, total) VALUES (%s, %s)", [who, total])
                    cursor.execute("UPDATE places SET total = %s WHERE id = 1", [total])

        return work

    assert run(*[submit_ten(f"company {number}") for number in range(80)]) == []
    assert scalar("SELECT count(*) FROM submissions") == 800
    assert scalar("SELECT total FROM places") == 800
    waits.sort()
    median, worst = waits[len(waits) // 2], waits[-1]
    assert worst < max(20 * median, 5.0), f"someone waited {worst:.2f} s while half waited {median:.2f} s"


def test_writers_are_served_in_the_order_of_their_arrival() -> None:
    line = Line()
    served: list[int] = []
    assert line.take(seconds=1)
    threads = []
    for number in range(50):
        thread = threading.Thread(
            target=lambda n=number: (line.take(seconds=30), served.append(n), line.release())
        )
        thread.start()
        threads.append(thread)
        while line.waiting <= number:
            time.sleep(0.0005)
    line.release()
    for thread in threads:
        thread.join(timeout=30)
    assert served == list(range(50))
    assert line.take(seconds=0), "the line is free again"


def test_whoever_gives_up_leaves_the_line_to_the_others() -> None:
    line = Line()
    assert line.take(seconds=1)
    assert not line.take(seconds=0.01)
    assert line.waiting == 0
    line.release()
    assert line.take(seconds=0)


def test_reads_do_not_wait_for_a_writer(database: str) -> None:
    seen: list[object] = []
    with transaction.atomic(using=ALIAS), connections[ALIAS].cursor() as cursor:
        cursor.execute("UPDATE places SET total = 7 WHERE id = 1")
        assert run(lambda: seen.append(scalar("SELECT total FROM places"))) == []
    assert seen == [0]
    assert scalar("SELECT total FROM places") == 7


@transaction.atomic(using=ALIAS)
def change_and_fail() -> None:
    connections[ALIAS].cursor().execute("UPDATE places SET total = 2")
    connections[ALIAS].cursor().execute("UPDATE nowhere SET total = 3")


def test_nested_blocks_and_savepoints_hold_one_turn(database: str) -> None:
    with transaction.atomic(using=ALIAS):
        with connections[ALIAS].cursor() as cursor:
            cursor.execute("UPDATE places SET total = 1")
        with pytest.raises(OperationalError, match="no such table"):
            change_and_fail()
    assert scalar("SELECT total FROM places") == 1
    assert line_of(database).take(seconds=0), "nobody holds the turn after the block"
    line_of(database).release()


@pytest.mark.parametrize("how", ["rollback", "close", "statement", "commit"])
def test_the_turn_is_handed_on_however_a_transaction_ends(database: str, how: str) -> None:
    def end() -> None:
        try:
            with transaction.atomic(using=ALIAS), connections[ALIAS].cursor() as cursor:
                cursor.execute("UPDATE places SET total = total + 1")
                if how == "rollback":
                    transaction.set_rollback(True, using=ALIAS)
                if how == "close":
                    connections[ALIAS].close()
                if how == "statement":
                    cursor.execute("SELECT nothing FROM nowhere")
        except OperationalError:
            pass

    assert run(end, end, end) == []
    assert line_of(database).take(seconds=0)
    line_of(database).release()
    assert scalar("SELECT total FROM places") == (3 if how == "commit" else 0)


def test_statements_outside_a_transaction_wait_their_turn_too(database: str) -> None:
    def add_twenty() -> None:
        for _ in range(20):
            with connections[ALIAS].cursor() as cursor:
                cursor.execute("UPDATE places SET total = total + 1")

    assert run(*[add_twenty] * 20) == []
    assert scalar("SELECT total FROM places") == 400


def test_a_writer_that_waits_too_long_is_told_so(database: str) -> None:
    connections.settings[ALIAS]["OPTIONS"] = {"timeout": 0.05}

    def write() -> None:
        with transaction.atomic(using=ALIAS):
            pass

    with transaction.atomic(using=ALIAS):
        raised = run(write)
    assert [type(error) for error in raised] == [OperationalError]
    assert "the writers before this one" in str(raised[0]), "the line refused it, before SQLite had to"


def test_another_process_is_waited_for_by_sqlite_itself(database: str) -> None:
    other = sqlite3.connect(database, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    threading.Timer(0.2, other.commit).start()
    with transaction.atomic(using=ALIAS), connections[ALIAS].cursor() as cursor:
        cursor.execute("UPDATE places SET total = 5")
    other.close()
    assert scalar("SELECT total FROM places") == 5
