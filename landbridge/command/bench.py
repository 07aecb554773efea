"""`landbridge bench`: the measurements of the checkout's `benchmarks/`, as `run.py bench` starts them."""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import sys
from pathlib import Path

from landbridge.command.answer import Answer

EXAMPLES = """  landbridge bench match
  landbridge bench scale --records 10000"""

CHECKOUT = Path(__file__).resolve().parent.parent.parent


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to measure; all that follows belongs to it."""
    parser.add_argument(
        "subject", nargs="?", default="--help", help="what to measure; without it, the list of all"
    )
    parser.add_argument("rest", nargs=argparse.REMAINDER, help="options of that measurement")


def prepare(options: argparse.Namespace) -> None:
    """Measure, and end the program: a measurement chooses its own settings, before Django reads them."""
    from landbridge.command.line import CommandFailed

    sys.path.insert(0, str(CHECKOUT))
    if importlib.util.find_spec("benchmarks") is None:
        raise CommandFailed(f"There is no folder benchmarks in {CHECKOUT}: measure from a checkout.")
    json = ["--json"] if options.json else []
    raise SystemExit(
        importlib.import_module("benchmarks.__main__").main([options.subject, *options.rest, *json])
    )


def run(options: argparse.Namespace) -> Answer:
    """Never comes to this: `prepare` ends the program."""
    raise NotImplementedError
