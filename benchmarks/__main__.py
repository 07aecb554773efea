"""`python3 run.py bench pages`: measure one thing and print it beside its target.

Nothing here is asserted: a figure is read, not a test that fails on a busy machine. README.md beside this file
keeps what was measured, when and on what.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence

SUBJECTS = {
    "pages": "processor time, queries and size of each page, with 1,000 applications in the list",
    "server": "the same over HTTP: one server process",
    "assets": "style and scripts at first load, raw and as served",
    "start": "a clean clone until the first page answers",
    "ledger": "many processes on a few budget lines at once",
    "importing": "an import of 50,000 records, and the same file again",
    "match": "how well questions find what answers them, beside other engines",
    "meaning": "the vector of a question, the scan of all offers, and what 8 bits lose",
    "scale": "search and match at 10,000, 100,000 and 1,000,000 records",
    "search_page": "the search page, the map and the match of a question, 100,000 public records",
    "indicators": "every dashboard page with five simulated years, beside the same figures by loading rows",
    "timetable": "the timetable beside its bound and first come first served; published instances to the optimum",
    "event_day": "the day of a large event: its timetable through the job, check-in, agenda, repair",
    "tests": "processor time of the whole suite, and its slowest tests",
}


def main(arguments: Sequence[str]) -> int:
    """Hand over to the module of the subject; its exit code."""
    parser = argparse.ArgumentParser(prog="run.py bench", description=__doc__)
    subjects = parser.add_subparsers(dest="subject", metavar="SUBJECT", required=True)
    for name, about in SUBJECTS.items():
        subject = subjects.add_parser(name, help=about, description=about, add_help=name != "ledger")
        if name != "ledger":  # it reads its own options, --json among them
            subject.add_argument("--json", action="store_true", help="answer as JSON")
            importlib.import_module(f"benchmarks.{name}").add_arguments(subject)
    options, rest = parser.parse_known_args(arguments)
    if options.subject == "ledger":
        return int(importlib.import_module("benchmarks.ledger_stress").main(rest))
    if rest:
        parser.error(f"unknown: {' '.join(rest)}")
    importlib.import_module(f"benchmarks.{options.subject}").run(options)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
