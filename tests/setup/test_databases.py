"""Which PostgreSQL the tests use, and how the two runs become one closing line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from tests import __main__ as suite
from tests import databases
from tests.databases import NAMED, NoServer, Server, choose

pytestmark = pytest.mark.once
EMBEDDED = Server("postgresql://embedded/postgres", "embedded")


def answering(*addresses: str) -> Callable[[str], str]:
    """A world in which servers answer at these addresses alone."""

    def answers(url: str) -> str:
        if url not in addresses:
            raise NoServer(f"{url} is silent")
        return "17.1"

    return answers


def no_package() -> Server:
    raise NoServer("no package")


@pytest.fixture(autouse=True)
def _two_local_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(databases, "local_addresses", lambda: iter(["postgresql://a", "postgresql://b"]))


# ── The choice ───────────────────────────────────────────────────────────────────────────────────────────────────────
def test_the_server_named_for_the_tests_comes_first() -> None:
    environment = {NAMED: "postgresql://mine/x", "LANDBRIDGE_DATABASE_URL": "postgresql://live/y"}
    server = choose(
        environment, answers=answering("postgresql://mine/x", "postgresql://a"), embedded=no_package
    )
    assert server.url == "postgresql://mine/x"
    assert server.about == "PostgreSQL 17.1, the server named in the environment"


def test_landbridges_own_address_counts_if_it_is_a_postgresql() -> None:
    everywhere = answering("postgresql://live/y", "postgresql://a")
    live = choose({"LANDBRIDGE_DATABASE_URL": "postgresql://live/y"}, answers=everywhere, embedded=no_package)
    assert live.url == "postgresql://live/y"
    local = choose({"LANDBRIDGE_DATABASE_URL": "sqlite:///x"}, answers=everywhere, embedded=no_package)
    assert local.url == "postgresql://a"


def test_a_named_server_that_is_silent_is_not_replaced_by_another() -> None:
    with pytest.raises(NoServer, match="postgresql://gone/x is silent"):
        choose({NAMED: "postgresql://gone/x"}, answers=answering("postgresql://a"), embedded=lambda: EMBEDDED)


def test_the_first_local_server_that_answers_is_used() -> None:
    server = choose({}, answers=answering("postgresql://b"), embedded=lambda: EMBEDDED)
    assert (server.url, server.about) == ("postgresql://b", "PostgreSQL 17.1, the server on this machine")


def test_the_embedded_server_is_the_last_resort() -> None:
    assert choose({}, answers=answering(), embedded=lambda: EMBEDDED) == EMBEDDED


def test_without_any_server_every_reason_is_given() -> None:
    with pytest.raises(NoServer) as silence:
        choose({}, answers=answering(), embedded=no_package)
    reasons = "  - postgresql://a is silent\n  - postgresql://b is silent\n  - no package"
    assert str(silence.value) == reasons


def test_a_server_nobody_runs_does_not_answer() -> None:
    pytest.importorskip("psycopg")
    with pytest.raises(NoServer) as silence:
        databases.answer_of("postgresql://me:secret@127.0.0.1:1/x")
    assert "me@127.0.0.1:1/x does not answer" in str(silence.value)
    assert "secret" not in str(silence.value)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://me:secret@host:5432/x", "postgresql://me@host:5432/x"),
        ("postgresql://host/x", "postgresql://host/x"),
    ],
)
def test_a_password_is_never_printed(url: str, shown: str) -> None:
    assert databases.without_password(url) == shown


def test_each_run_has_a_database_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    first = databases.own_database("postgresql://me@%2Fvar%2Frun/postgres")
    monkeypatch.setattr(databases.os, "getpid", lambda: 1)
    second = databases.own_database("postgresql://me@%2Fvar%2Frun/postgres")
    assert first.startswith("postgresql://me@%2Fvar%2Frun/landbridge_")
    assert first != second


# ── The closing line ─────────────────────────────────────────────────────────────────────────────────────────────────
def test_the_closing_line_adds_up_both_runs(capsys: pytest.CaptureFixture[str]) -> None:
    assert suite.report([(0, Counter(passed=3, skipped=1)), (0, Counter(passed=2, xfailed=1))]) == 0
    assert capsys.readouterr().out == "\n5 passed, 0 failed, 2 skipped\n"


def test_failures_and_errors_fail_the_whole(capsys: pytest.CaptureFixture[str]) -> None:
    assert suite.report([(0, Counter(passed=3)), (1, Counter(passed=1, failed=1, error=1))]) == 1
    assert capsys.readouterr().out == "\n4 passed, 2 failed, 0 skipped\n"


def test_a_run_that_could_not_finish_is_a_failure(capsys: pytest.CaptureFixture[str]) -> None:
    assert suite.report([(0, Counter(passed=3)), (3, Counter())]) == 1
    assert capsys.readouterr().out == "\n3 passed, 1 failed, 0 skipped\n"


def test_no_tests_at_all_is_a_failure(capsys: pytest.CaptureFixture[str]) -> None:
    assert suite.report([(5, Counter()), (5, Counter())]) == 1


@pytest.mark.parametrize(("ci", "code"), [("true", 1), ("", 0)])
def test_without_postgresql_half_is_left_out_loudly_and_ci_fails(
    ci: str, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    @contextmanager
    def none() -> Iterator[Server]:
        raise NoServer("  - no package")
        yield

    monkeypatch.setenv("CI", ci)
    monkeypatch.setattr(suite, "postgresql", none)
    monkeypatch.setattr(suite, "run", lambda arguments, environment=None: (0, Counter(passed=2)))
    assert suite.main([]) == code
    said = capsys.readouterr().out
    assert "HALF OF THE TESTS WERE LEFT OUT" in said
    assert said.endswith("2 passed, 0 failed, 0 skipped\n")


def test_both_databases_have_their_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    runs: list[tuple[list[str], dict[str, str] | None]] = []

    @contextmanager
    def one() -> Iterator[Server]:
        yield EMBEDDED

    def run(arguments: list[str], environment: dict[str, str] | None = None) -> tuple[int, Counter[str]]:
        runs.append((arguments, environment))
        return 0, Counter(passed=1)

    monkeypatch.setattr(suite, "postgresql", one)
    monkeypatch.setattr(suite, "run", run)
    assert suite.main(["-x"]) == 0
    assert runs == [
        (["--database=sqlite", "-x"], None),
        (["--database=postgresql", "--without-once", "-x"], {NAMED: EMBEDDED.url}),
    ]
    assert capsys.readouterr().out.endswith("2 passed, 0 failed, 0 skipped\n")
