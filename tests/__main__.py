"""The whole suite, on SQLite and then on PostgreSQL: `python3 run.py test`, with pytest's arguments after it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.databases import COUNTS, NAMED, ROOT, NoServer, postgresql

NOTHING_COLLECTED = 5


def main(arguments: list[str]) -> int:
    """Run pytest once for each database, add up what happened, and give the exit code."""
    if {"--help", "-h", "--version", "--collect-only", "--co"} & set(arguments):
        return run(arguments)[0]
    if any(argument.startswith("--database") for argument in arguments):
        return report([run(arguments)])
    print("The tests on SQLite", flush=True)
    runs = [run(["--database=sqlite", *arguments])]
    try:
        with postgresql() as server:
            print(f"\nThe tests on {server.about}", flush=True)
            again = ["--database=postgresql", "--without-once", *arguments]
            runs.append(run(again, {NAMED: server.url}))
    except NoServer as reasons:
        banner = "!" * 100
        print(
            f"\n{banner}\nHALF OF THE TESTS WERE LEFT OUT: there is no PostgreSQL to run them on.\n{reasons}"
        )
        print(f"Name a server in {NAMED}=postgresql://user:password@host/database.\n{banner}")
        left_out = os.environ.get("CI", "").lower() in ("true", "1")
        return report(runs) or int(left_out)
    return report(runs)


def run(arguments: list[str], environment: dict[str, str] | None = None) -> tuple[int, Counter[str]]:
    """One run of pytest: its exit code and its counts by outcome."""
    processes = (
        []
        if any(argument.startswith(("-n", "--pdb", "--numprocesses")) for argument in arguments)
        else ["-n2"]
    )
    with tempfile.TemporaryDirectory() as folder:
        counts = Path(folder, "counts.json")
        code = subprocess.call(
            [sys.executable, "-m", "pytest", *processes, *arguments],
            cwd=ROOT,
            env={**os.environ, **(environment or {}), COUNTS: str(counts)},
        )
        return code, Counter(json.loads(counts.read_text("utf-8")) if counts.exists() else {})


def report(runs: list[tuple[int, Counter[str]]]) -> int:
    """Print the closing line over all runs and give the exit code. A run that could not finish is a failure."""
    total: Counter[str] = Counter()
    failed = False
    for code, counts in runs:
        total += counts
        if code not in (0, NOTHING_COLLECTED):
            failed = True
            total["failed"] += not (counts["failed"] or counts["error"])
    print(
        f"\n{total['passed']} passed, {total['failed'] + total['error']} failed,"
        f" {total['skipped'] + total['xfailed']} skipped",
        flush=True,
    )
    return int(failed or not total["passed"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
