"""`landbridge index`: how far the indexes of search have read; bring them up to date, or make them anew."""

from __future__ import annotations

import argparse
import time

from landbridge.command.answer import Answer

EXAMPLES = """  landbridge index status
  landbridge index update
  landbridge index rebuild --json"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What is to be done."""
    parser.add_argument(
        "what",
        choices=("status", "update", "rebuild"),
        help="say how far they have read; read what is new; make them anew while the old ones answer",
    )


def run(options: argparse.Namespace) -> Answer:
    """An index is a cache of the database: nothing is lost with it. Exit 1 where the status finds one behind."""
    from landbridge.catalogue.search import index

    if options.what == "status":
        found = index.status()
        lines = [
            f"{one['name']}: {one['records']} of {one['public']} public records, {one['unread']} changes unread"
            f"{'' if one['built'] else '; was never built'}"
            for one in found
        ]
        behind = any(one["unread"] or not one["built"] or one["records"] != one["public"] for one in found)
        return Answer(lines=lines, data={"indexes": found}, code=int(behind))
    began = time.perf_counter()
    done = index.rebuild() if options.what == "rebuild" else index.update()
    seconds = time.perf_counter() - began
    lines = [f"{name}: {number} records in {seconds:.1f} s" for name, number in done.items()]
    return Answer(lines=lines, data={"records": done, "seconds": round(seconds, 3)})
