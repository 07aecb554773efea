"""`landbridge replay`: the four programmes of the past, played through the product's own actions."""

from __future__ import annotations

import argparse

from landbridge.command.answer import Answer

EXAMPLES = """  landbridge replay
  landbridge replay --seed 2014 --json"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The seed of what was not published."""
    parser.add_argument(
        "--seed", type=int, default=2014, help="distributes what was not published (default: 2014)"
    )


def run(options: argparse.Namespace) -> Answer:
    """Play what is not there yet, then compare with what the programmes published; exit 1 on a difference."""
    from landbridge.demonstration import replay

    for line in replay.play(seed=options.seed):
        if not options.json:
            print(line, flush=True)
    result = replay.compare()
    return Answer(lines=result.lines, data=result.data, code=0 if result.agrees else 1)
