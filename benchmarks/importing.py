"""What an import of 50,000 records costs: read and compared, taken over, and the same file once more.

`python3 run.py bench importing` takes the organisations of ROR from `../shared/data/ror-active` (or from there below
LANDBRIDGE_BENCH_DATA), adds invented ones up to `--records`, and hands the file over into an empty database of its own,
through the actions and jobs of every import. The second time nothing has changed, which is what a nightly import meets.
"""

from __future__ import annotations

import argparse
import gzip
import json
import resource
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figures import Figure, show
from benchmarks.judged import folder
from benchmarks.rows import choose

MOST = 60  # seconds, the first time
MEMORY = 500  # MB
# The letters of ROR's identifiers (Crockford's base 32), whose last two figures check the others (ISO/IEC 7064).
LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
FIRST_INVENTED = 900_000_000
FILE = "organisations.jsonl.gz"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How many."""
    parser.add_argument("--records", type=int, default=50_000, help="rows of the file")


def run(options: argparse.Namespace) -> None:
    """Import the file twice into an empty database, and print what that took."""
    here = folder("ror-active")
    if here is None or not (here / FILE).exists():
        print("ROR is not here: put ror-active into ../shared/data, or name LANDBRIDGE_BENCH_DATA.")
        return
    lines = gzip.decompress((here / FILE).read_bytes()).splitlines()[: options.records]
    content = b"\n".join([*lines, *invented(options.records - len(lines), besides=lines)])
    with tempfile.TemporaryDirectory(prefix="landbridge-import-") as passing:
        choose(Path(passing))
        import django

        django.setup()
        show(f"Import of {options.records:,} records", list(measured(content)), as_json=options.json)


def invented(number: int, *, besides: list[bytes]) -> Iterator[bytes]:
    """So many invented institutes in Ulm, under identifiers that ROR has not given."""
    given = {json.loads(line)["id"][-9:] for line in besides}
    at = FIRST_INVENTED
    while number > 0:
        at += 1
        ror = identifier(at)
        if ror in given:
            continue
        number -= 1
        row = {
            "id": f"https://ror.org/{ror}", "name": f"Invented Institute {at - FIRST_INVENTED}", "country": "DE",
            "city": "Ulm", "types": ["facility"],
        }  # fmt: skip
        yield json.dumps(row).encode()


def identifier(number: int) -> str:
    """The identifier of this number, with its check figures."""
    text = ""
    for place in range(6):
        text = LETTERS[number // 32**place % 32] + text
    value = sum(LETTERS.index(letter) * 32**place for place, letter in enumerate(reversed(text)))
    return f"0{text}{98 - value * 100 % 97:02d}"


def measured(content: bytes) -> Iterator[Figure]:
    """Two imports of the same content, by the actions and the jobs."""
    from landbridge.catalogue.actions import importing as actions
    from landbridge.catalogue.models import Record
    from landbridge.command.migrate import migrate
    from landbridge.foundation import clock
    from landbridge.foundation.permissions.actor import SYSTEM

    migrate()
    source = actions.add_source(key="ror", name="ROR", format="ror", by=SYSTEM, at=clock.now())
    for name, most in (("the first time", MOST), ("the same file again", None)):
        began, worked = time.monotonic(), time.process_time()
        yield from _imported(source.pk, content, name)
        wall = round(time.monotonic() - began, 1)
        note = f"{time.process_time() - worked:.1f} s of processor time"
        yield Figure(f"{name}, whole", wall, "s", most=most, note=note)
    yield Figure("published records", Record.objects.filter(state="published").count(), "")
    yield Figure(
        "memory, peak", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, "MB", most=MEMORY
    )


def _imported(source_id: int, content: bytes, name: str) -> Iterator[Figure]:
    from landbridge.catalogue.actions import importing as actions
    from landbridge.catalogue.tasks import importing as tasks
    from landbridge.foundation import clock
    from landbridge.foundation.files.kinds import IMPORTS
    from landbridge.foundation.files.store import receive
    from landbridge.foundation.permissions.actor import SYSTEM

    began = time.monotonic()
    file = receive(_File(content), kinds=IMPORTS)
    found = actions.begin(source_id=source_id, file=file, by=SYSTEM, at=clock.now())
    tasks.read.call(found.pk)
    yield Figure(f"{name}, read and compared", round(time.monotonic() - began, 1), "s")
    actions.take_over(import_id=found.pk, by=SYSTEM, at=clock.now())
    tasks.carry_out.call(found.pk)
    found.refresh_from_db()
    counts = ", ".join(f"{count:,} {what}" for what, count in found.counts.items())
    yield Figure(f"{name}, rows", found.rows, "", note=counts)


class _File:
    """Content of memory, given as a browser would."""

    name: str | None = "ror.jsonl"

    def __init__(self, content: bytes) -> None:
        self.content = content

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        yield self.content
