"""A clean clone until the first page answers: `run.py demo`, as a newcomer starts it.

`python3 run.py bench start`. The packages come from pip's cache where it has them: run it twice and read the second.
Only what is committed is cloned. The server it starts is ended again, and the clone is removed.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figures import Figure, show

ROOT = Path(__file__).resolve().parent.parent
MOST = 60  # seconds, once packages are downloaded
# What the terminal says when a part begins; each part lasts until the next one begins.
PARTS = (
    ("clone", ""),
    ("environment", "Making .venv"),
    ("packages", "Installing the runtime packages"),
    ("migrate", "packages installed"),
    ("cast", "Adding the cast"),
    ("programmes of the past", "Playing the programmes"),
    ("call of today", "Opening a call"),
    ("static files and server", "Landbridge is at"),
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which Python."""
    parser.add_argument("--python", default=sys.executable, help="start it with this Python")


def run(options: argparse.Namespace) -> None:
    """Clone, start, wait for the page, end the server."""
    show("From a clean clone to the first page", list(measured(options.python)), as_json=options.json)


def measured(python: str) -> Iterator[Figure]:
    """Seconds of each part, their sum, and the processor time of all of it."""
    began_at: dict[str, float] = {"clone": time.monotonic()}
    with tempfile.TemporaryDirectory(prefix="landbridge-start-") as folder:
        clone = Path(folder, "landbridge")
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
        with subprocess.Popen(
            [python, "run.py", "demo", "--port", "0"],
            cwd=clone,
            env=_environment(),
            stdout=subprocess.PIPE,
            text=True,
        ) as process:
            try:
                address = _followed(process, began_at)
                first_page(address)
                ended_at = time.monotonic()
            finally:
                process.send_signal(signal.SIGTERM)
                process.communicate(timeout=30)
    names = [name for name, _ in PARTS if name in began_at]
    ends = [*(began_at[name] for name in names[1:]), ended_at]
    for name, end in zip(names, ends, strict=True):
        yield Figure(name, round(end - began_at[name], 1), "s")
    yield Figure("from clone to first page", round(ended_at - began_at["clone"], 1), "s", MOST)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    yield Figure("processor time of all of it", round(used.ru_utime + used.ru_stime, 1), "s")


def _environment() -> dict[str, str]:
    """A shell that knows nothing of this Landbridge."""
    here = {"VIRTUAL_ENV", "PYTHONPATH", "DJANGO_SETTINGS_MODULE"}
    kept = {name: value for name, value in os.environ.items() if name not in here}
    return {name: value for name, value in kept.items() if not name.startswith("LANDBRIDGE_")}


def _followed(process: subprocess.Popen[str], began_at: dict[str, float]) -> str:
    """Note when each part begins; the address it serves at."""
    said = ""
    while character := (process.stdout.read(1) if process.stdout else ""):
        said = "" if character == "\n" else said + character
        for name, words in PARTS:
            if words and said.startswith(words):
                began_at.setdefault(name, time.monotonic())
        if re.search(r"\.\s\d+ s$", said):
            began_at.setdefault("migrate", time.monotonic())
        if found := re.match(r"Landbridge is at (http://[^/]+/)$", said):
            return found[1]
    raise SystemExit("`run.py demo` ended before it served anything.")


def first_page(address: str) -> None:
    """Ask until the page comes, for a minute at most."""
    until = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(address, timeout=30) as answer:
                answer.read()
                return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)
