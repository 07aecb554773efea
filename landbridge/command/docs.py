"""`landbridge docs`: the reference documents that are generated from the code."""

from __future__ import annotations

import argparse

from landbridge.command.answer import Answer

EXAMPLES = """  landbridge docs
  landbridge docs --check"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Write or compare."""
    parser.add_argument("--check", action="store_true", help="only say which are not fresh; exit 1 if any")


def run(options: argparse.Namespace) -> Answer:
    """Write the documents under docs/reference, or compare them."""
    from landbridge.command import reference

    stale = reference.stale()
    if options.check:
        lines = [f"docs/reference/{name} is not fresh: run `landbridge docs`." for name in stale]
        return Answer(
            lines=lines or ["All generated documents are fresh."],
            data={"stale": stale},
            code=int(bool(stale)),
        )
    reference.write()
    return Answer(
        lines=[f"Wrote docs/reference/{name}." for name in reference.documents()], data={"written": stale}
    )
