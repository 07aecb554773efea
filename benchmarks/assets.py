"""Style and scripts that a browser loads with its first page: raw, and as served with brotli and with gzip.

`python3 run.py bench assets`. Landing page and the form of an application; every file their HTML names, once.
"""

from __future__ import annotations

import argparse
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figures import Figure, show
from benchmarks.rows import build, choose
from benchmarks.visitor import Visitor

NAMED = re.compile(r'<(?:link rel="stylesheet" href|script src)="([^"]+)"')
MOST = 150  # KB, style and scripts together; the nearest open system loads 1,300


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where the database is kept."""
    parser.add_argument("--folder", type=Path, help="keep the database here and use it again")


def run(options: argparse.Namespace) -> None:
    """Ask for both pages, then for every file that they name."""
    with tempfile.TemporaryDirectory(prefix="landbridge-assets-") as passing:
        choose(options.folder or Path(passing))
        import django

        django.setup()
        build(applications=0)
        show("Style and scripts at first load", list(measured()), as_json=options.json)


def measured() -> Iterator[Figure]:
    """The sum for each page and encoding, then each file."""
    from django.core.wsgi import get_wsgi_application

    from benchmarks.pages import writing

    application = get_wsgi_application()
    anybody = Visitor(application)
    form = next(writing(application))
    files: set[str] = set()
    for name, answer in (("landing page", anybody.get("/")), (form.name, form.ask())):
        named = NAMED.findall(answer.body.decode())
        files |= set(named)
        for encoding in ("identity", "gzip", "br"):
            octets = sum(len(anybody.get(path, encoding=encoding).body) for path in named)
            about = f"{name}, {len(named)} files, {encoding}"
            yield Figure(about, round(octets / 1000, 1), "KB", MOST)
    for path in sorted(files):
        raw, brotli = (len(anybody.get(path, encoding=encoding).body) for encoding in ("identity", "br"))
        yield Figure(path, round(raw / 1000, 1), "KB", note=f"{brotli / 1000:.1f} KB with brotli")
