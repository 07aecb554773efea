"""Processor time of the whole suite on both databases, and its slowest tests.

`python3 run.py bench tests`; what follows goes to pytest. Counted is what this machine's Python processes used, those
of the browser and of the workers among them; an embedded PostgreSQL server runs beside them and is not counted.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time

from benchmarks.figures import Figure, show
from tests.databases import ROOT

MOST = 300  # seconds of processor time


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to run."""
    parser.add_argument("--slowest", type=int, default=30, help="how many of the slowest tests are listed")
    parser.add_argument("paths", nargs="*", help="only the tests there")


def run(options: argparse.Namespace) -> None:
    """Run the suite as `run.py test` does, and take its processor time."""
    began = time.monotonic()
    command = [sys.executable, "-m", "tests", f"--durations={options.slowest}", *options.paths]
    code = subprocess.call(command, cwd=ROOT, stdout=sys.stderr if options.json else None)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    figures = [
        Figure("processor time", round(used.ru_utime + used.ru_stime), "s", MOST),
        Figure("from start to end", round(time.monotonic() - began), "s"),
        Figure("exit code", code, ""),
    ]
    show("The whole suite", figures, as_json=options.json)
