"""`landbridge import`: one file of another directory, read, shown as counts, and taken over where that is asked for."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from landbridge.command.answer import Answer
from landbridge.command.line import CommandFailed

if TYPE_CHECKING:
    from landbridge.catalogue.models import Import, Source

EXAMPLES = """  landbridge import ror.jsonl --source ror --format ror
  landbridge import geraete.xlsx --source stuttgart --format uniquip --region stuttgart --yes
  landbridge import list.csv --source national-list --json"""
PIECE = 1024 * 1024


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file, its source, and whether it is taken over without a question."""
    parser.add_argument("file", type=Path, help="CSV, XLSX or JSON")
    parser.add_argument("--source", required=True, metavar="KEY", help="the source; made anew with --format")
    parser.add_argument(
        "--format",
        choices=("uniquip", "table", "json", "ror"),
        help="how a new source writes its files",
    )
    parser.add_argument("--region", metavar="KEY", help="the region that a new source belongs to")
    parser.add_argument(
        "--yes",
        action="store_true",
        help="take it over without a question, but for an alarm: that is decided in the browser",
    )


def run(options: argparse.Namespace) -> Answer:
    """Read the file, say what it would change, and take it over after --yes or a "yes"; everything else drops it."""
    from landbridge.catalogue.actions import importing as actions
    from landbridge.catalogue.states import Read
    from landbridge.catalogue.tasks import importing as tasks
    from landbridge.foundation import clock
    from landbridge.foundation.permissions.actor import SYSTEM
    from landbridge.foundation.problems import Refused

    try:
        file = _received(options.file)
        found = actions.begin(source_id=_source(options).pk, file=file, by=SYSTEM, at=clock.now())
    except Refused as refusal:
        raise CommandFailed(_said(refusal)) from None
    tasks.read.call(found.pk)
    found.refresh_from_db()
    if found.state == Read.FAILED:
        raise CommandFailed(f"{options.file} cannot be read: {found.problem}")
    lines = [f"{found.rows:,} rows of {found.source}.", *_counted(found)]
    if found.state == Read.ALARM:
        lines.append(
            "Stopped: fewer than half the rows of last time. Take it over with a reason, or drop it:"
        )
        return Answer(lines=[*lines, f"  {found.get_absolute_url()}"], data=_data(found), code=1)
    if not options.yes and not _is_wanted(lines):
        actions.drop(import_id=found.pk, by=SYSTEM, at=clock.now())
        found.refresh_from_db()
        return Answer(lines=[*lines, "Dropped; nothing was changed."], data=_data(found))
    actions.take_over(import_id=found.pk, by=SYSTEM, at=clock.now())
    tasks.carry_out.call(found.pk)
    found.refresh_from_db()
    lines.append("Taken over.")
    if found.counts.get("doubtful"):
        lines.append(f"Doubtful rows are decided in the browser: {found.get_absolute_url()}")
    return Answer(lines=lines, data=_data(found))


def _source(options: argparse.Namespace) -> Source:
    """The source of this key; with --format a new one where there is none."""
    from landbridge.catalogue.actions import importing as actions
    from landbridge.catalogue.models import Source
    from landbridge.foundation import clock
    from landbridge.foundation.permissions.actor import SYSTEM
    from landbridge.programmes.models import Region

    known = Source.objects.filter(key=options.source).first()
    if known is not None:
        if options.format not in (None, known.format):
            raise CommandFailed(
                f"{known.name} writes {known.format}. Change that in the browser, or leave --format out."
            )
        return known
    if options.format is None:
        raise CommandFailed(
            f"There is no source {options.source}. Say how it writes its files with --format."
        )
    region = Region.objects.filter(key=options.region).first() if options.region else None
    if options.region and region is None:
        raise CommandFailed(f"There is no region {options.region}.")
    return actions.add_source(
        key=options.source,
        name=options.source,
        format=options.format,
        region=region,
        by=SYSTEM,
        at=clock.now(),
    )


class _File:
    """A file of this machine, given as a browser would."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name: str | None = path.name

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        with self.path.open("rb") as file:
            while piece := file.read(chunk_size or PIECE):
                yield piece


def _received(path: Path) -> Any:
    from landbridge.foundation.files.kinds import IMPORTS
    from landbridge.foundation.files.store import receive

    try:
        return receive(_File(path), kinds=IMPORTS)
    except OSError as error:
        raise CommandFailed(f"{path} cannot be read: {error}") from error


def _said(refusal: Any) -> str:
    from landbridge.foundation.ui.formatting import problem_cure, problem_text

    return "\n".join(f"{problem_text(one)} {problem_cure(one)}".strip() for one in refusal.problems)


def _counted(found: Import) -> list[str]:
    from landbridge.catalogue.states import What

    return [
        f"  {count:>9,} {what.label.lower()}" for what in What if (count := found.counts.get(what, 0))
    ] or ["  nothing that could be taken over"]


def _is_wanted(lines: list[str]) -> bool:
    """Ask the person at the terminal, if there is one."""
    if not sys.stdin.isatty():
        return False
    print("\n".join(lines), file=sys.stderr)
    print('Take it over? Type "yes": ', end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() == "yes"


def _data(found: Import) -> dict[str, Any]:
    return {
        "import": found.pk, "source": found.source.key, "state": str(found.state), "rows": found.rows,
        "counts": found.counts, "page": found.get_absolute_url(),
    }  # fmt: skip
