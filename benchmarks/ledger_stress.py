"""Many processes post random entries to the same few budget lines at once; then every law of the ledger is checked.

`python -m benchmarks.ledger_stress --operations 100000 --processes 8 --seed 7 --database postgresql`
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import random
import secrets
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Self
from urllib.parse import urlsplit, urlunsplit

AT = datetime(2026, 1, 12, 9, 0, tzinfo=UTC)
LINES = 24
SUBJECTS = 40  # for each line: enough that they repeat, few enough that they meet their limits
HOT = 3  # lines that get half of all operations

# How often each operation is tried; many are refused because the money is gone, as in life.
WEIGHTS = {
    "allocate": 4,
    "take_back": 5,
    "reserve": 15,
    "unreserve": 8,
    "commit": 20,
    "commit_reserved": 10,
    "release": 10,
    "pay": 15,
    "recover": 5,
    "transfer": 8,
}


@dataclass
class Tally:
    """What one process did, by operation; cents that were accepted, by kind of entry."""

    accepted: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    conflicts: Counter[str] = field(default_factory=Counter)
    cents: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)

    def __iadd__(self, other: Tally) -> Self:
        self.accepted += other.accepted
        self.refused += other.refused
        self.conflicts += other.conflicts
        self.cents += other.cents
        self.seconds += other.seconds
        return self


def main(arguments: Sequence[str]) -> int:
    """Run it; exit code 1 when a law was broken."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ledger_stress", description=__doc__)
    parser.add_argument("--operations", type=int, default=100_000, help="how many in all")
    parser.add_argument("--processes", type=int, default=8, help="how many at once")
    parser.add_argument("--seed", type=int, default=None, help="repeats the same choices; else one is drawn")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--json", action="store_true", help="print the result as one line of JSON")
    options = parser.parse_args(arguments)
    seed = options.seed if options.seed is not None else secrets.randbelow(10**6)
    say = (lambda *_words: None) if options.json else print
    say(
        f"Seed {seed}: {options.operations:,} operations by {options.processes} processes on {options.database}."
    )
    with own_database(options.database):
        result = stress(operations=options.operations, processes=options.processes, seed=seed)
    if options.json:
        print(json.dumps({"seed": seed, "database": options.database, **result}))
    else:
        show(result)
    return 1 if result["findings"] else 0


@contextmanager
def own_database(kind: str) -> Iterator[None]:
    """A fresh database of this run alone, named in the environment of this process and its children."""
    from tests.databases import postgresql

    with tempfile.TemporaryDirectory(prefix="landbridge-stress-") as folder:
        os.environ |= {
            "LANDBRIDGE_DATA": folder,
            "LANDBRIDGE_SECRET_KEY": "known to everyone, for the measurement alone",
            "DJANGO_SETTINGS_MODULE": "landbridge.config.settings",
        }
        if kind == "sqlite":
            os.environ["LANDBRIDGE_DATABASE_URL"] = f"sqlite:///{folder}/stress.sqlite3"
            yield
            return
        with postgresql() as server, created_on(server.url) as url:
            os.environ["LANDBRIDGE_DATABASE_URL"] = url
            yield


@contextmanager
def created_on(server_url: str) -> Iterator[str]:
    """The address of a new database on the server; dropped at the end."""
    import psycopg
    from psycopg import sql

    name = f"landbridge_stress_{os.getpid()}"
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield urlunsplit(urlsplit(server_url)._replace(path=f"/{name}"))
        finally:
            close_connections()
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def close_connections() -> None:
    """Let go of the database, where Django was started at all."""
    from django.db import connections

    connections.close_all()


def stress(*, operations: int, processes: int, seed: int) -> dict[str, object]:
    """Set up the lines, let the processes loose, and verify."""
    line_ids = set_up()
    shares = [operations // processes + (number < operations % processes) for number in range(processes)]
    began = time.perf_counter()
    # Forked, with no connection open: what is loaded is loaded once.
    with multiprocessing.get_context("fork").Pool(processes, initializer=start) as pool:
        jobs = [(seed + number, share, line_ids) for number, share in enumerate(shares)]
        tally = Tally()
        for one in pool.starmap(work, jobs, chunksize=1):
            tally += one
    elapsed = time.perf_counter() - began
    findings = verify(tally)
    took = sorted(tally.seconds)
    return {
        "operations": operations,
        "processes": processes,
        "seconds": round(elapsed, 1),
        "per_second": round(operations / elapsed),
        "accepted": sum(tally.accepted.values()),
        "refused": sum(tally.refused.values()),
        "conflicts": sum(tally.conflicts.values()),
        "conflicts_by_kind": dict(tally.conflicts),
        "median_ms": round(1000 * took[len(took) // 2], 2),
        "p99_ms": round(1000 * took[int(len(took) * 0.99)], 2),
        "findings": findings,
    }


def start() -> None:
    """Prepare Django in this process; what the tables need is there."""
    import django

    django.setup()


def set_up() -> list[int]:
    """Tables, one phase, and a line with EUR 100,000 for each of its partners."""
    start()
    from django.core.management import call_command

    from landbridge.budgets import actions
    from landbridge.foundation.money import euro
    from landbridge.foundation.permissions.actor import SYSTEM
    from landbridge.programmes.models import Partner, Phase, Programme

    for app in ("budgets", "memberships", "audit", "outbox", "jobs"):
        call_command("migrate", app, verbosity=0, interactive=False)
    programme = Programme.objects.create(key="stress", name="Stress")
    phase = Phase.objects.create(
        programme=programme, number=1, name="Phase 1", starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31)
    )
    ids = []
    for number in range(1, LINES + 1):
        partner = Partner.objects.create(
            programme=programme, name=f"Partner {number}", short_name=f"P{number}", country="BE"
        )
        line = actions.open_line(partner=partner, phase=phase, by=SYSTEM, at=AT)
        actions.allocate(line=line, amount=euro(100_000), reason="Start", by=SYSTEM, at=AT)
        ids.append(line.pk)
    close_connections()
    return ids


def work(seed: int, operations: int, line_ids: list[int]) -> Tally:
    """One process's share: random operations, each in a transaction of its own."""
    from django.db import IntegrityError, OperationalError

    from landbridge.foundation.problems import Refused

    choice = random.Random(seed)
    tally = Tally()
    names, weights = list(WEIGHTS), list(WEIGHTS.values())
    perform = performer(choice, line_ids)
    for _ in range(operations):
        name = choice.choices(names, weights)[0]
        cents = choice.randrange(1, 900_000)
        began = time.perf_counter()
        try:
            for kind in perform(name, cents):
                tally.cents[kind] += cents
        except Refused:
            tally.refused[name] += 1
        except (IntegrityError, OperationalError) as conflict:
            tally.conflicts[f"{name}: {str(conflict).splitlines()[0]}"] += 1
        else:
            tally.accepted[name] += 1
        tally.seconds.append(time.perf_counter() - began)
    close_connections()
    return tally


def performer(choice: random.Random, line_ids: list[int]) -> Callable[[str, int], list[str]]:
    """A function that carries out one operation and gives the kinds of entries it posted."""
    from landbridge.budgets import actions
    from landbridge.budgets.models import Line
    from landbridge.foundation.money import Money
    from landbridge.foundation.permissions.actor import SYSTEM
    from landbridge.programmes.models import Partner

    lines = {line.pk: line for line in Line.objects.filter(pk__in=line_ids)}
    words = {"reason": "Stress", "by": SYSTEM, "at": AT}

    def line() -> Line:
        return lines[choice.choice(line_ids[:HOT] if choice.random() < 0.5 else line_ids)]

    def perform(name: str, cents: int) -> list[str]:
        amount = Money(cents)
        if name in ("allocate", "take_back"):
            entry = getattr(actions, name)(line=line(), amount=amount, **words)
            return [entry.kind]
        if name == "transfer":
            transfer = actions.propose_transfer(giver=line(), receiver=line(), amount=amount, **words)
            actions.agree(transfer_id=transfer.pk, by=SYSTEM, at=AT)
            return ["move_out", "move_in"]
        about = Partner(pk=choice.randrange(1, SUBJECTS + 1), short_name="A voucher")
        more = {"from_reserved": True} if name == "commit_reserved" else {}
        verb = getattr(actions, name.removesuffix("_reserved"))
        return [verb(line=line(), amount=amount, about=about, **more, **words).kind]

    return perform


def verify(tally: Tally) -> list[str]:
    """Every law of the ledger, and that it holds exactly what the processes were told was posted."""
    from django.db.models import Sum

    from landbridge.budgets import queries
    from landbridge.budgets.models import Entry

    found = list(queries.findings())
    rows = (
        Entry.objects.exclude(reason="Start").values("kind").annotate(sum=Sum("amount_eur")).order_by("kind")
    )
    posted = Counter({row["kind"]: row["sum"].cents for row in rows})
    found += [
        f"{kind}: the processes were told of {tally.cents[kind]} cents, the ledger holds {posted[kind]}."
        for kind in sorted(posted.keys() | tally.cents.keys())
        if posted[kind] != tally.cents[kind]
    ]
    return found


def show(result: dict[str, object]) -> None:
    """Print the result for people."""
    print(f"{result['seconds']} s, {result['per_second']} operations a second", end="; ")
    print(f"median {result['median_ms']} ms, 99 % within {result['p99_ms']} ms.")
    print(
        f"{result['accepted']} accepted, {result['refused']} refused, {result['conflicts']} conflicts",
        end=" ",
    )
    print(result["conflicts_by_kind"] or "")
    findings = result["findings"]
    print("Every law of the ledger holds." if not findings else f"BROKEN: {findings}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
