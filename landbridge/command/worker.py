"""`landbridge worker`: run the background jobs until told to stop."""

from __future__ import annotations

import argparse

from landbridge.command.answer import Answer

EXAMPLES = """  landbridge worker
  landbridge worker --once"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How long."""
    parser.add_argument("--once", action="store_true", help="do what is due now, then stop")


def run(options: argparse.Namespace) -> Answer:
    """Run jobs; with --once, answer how many were done."""
    from landbridge.foundation.jobs import worker

    done = worker.run_until_idle() if options.once else worker.run_until_stopped()
    return Answer(lines=[f"{done} jobs done."], data={"done": done})
