"""The same pages over HTTP: `landbridge serve` with one process, and what that process uses for each of them.

`python3 run.py bench server`. Counted is the processor time of the serving process, from Linux's own books, so that
what the measuring costs is left out. The background jobs are left to a worker, which is not started.
"""

from __future__ import annotations

import argparse
import http.client
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from benchmarks.figures import Figure, show
from benchmarks.rows import build, choose


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How much."""
    parser.add_argument("--times", type=int, default=200, help="requests of each page after the warm-up")
    parser.add_argument("--folder", type=Path, help="keep the database here and use it again")


def run(options: argparse.Namespace) -> None:
    """Build the rows, serve them, ask."""
    with tempfile.TemporaryDirectory(prefix="landbridge-server-") as passing:
        choose(options.folder or Path(passing))
        import django

        django.setup()
        build(applications=1000)
        show("One server process over HTTP", list(measured(options.times)), as_json=options.json)


def measured(times: int) -> Iterator[Figure]:
    """Processor time and time to the last octet of the pages with a target."""
    from django.core.wsgi import get_wsgi_application

    from benchmarks.pages import office_of_the_network
    from benchmarks.visitor import signed_in

    office = signed_in(get_wsgi_application(), office_of_the_network())
    cookie = "; ".join(f"{name}={value}" for name, value in office.cookies.items())
    with served() as (port, process):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        for name, path, most in (
            ("landing page", "/", 15),
            ("list of applications (50)", "/applications/", 60),
        ):
            for _ in range(times // 5):
                asked(connection, path, cookie)
            used = used_by(process)
            waited = [asked(connection, path, cookie) for _ in range(times)]
            yield Figure(name, round(1000 * (used_by(process) - used) / times, 2), "ms", most)
            yield Figure("until it is there, median", round(1000 * median(waited), 2), "ms")


def asked(connection: http.client.HTTPConnection, path: str, cookie: str) -> float:
    """The seconds until the page is there; fails unless it comes."""
    began = time.monotonic()
    connection.request("GET", path, headers={"Cookie": cookie})
    answer = connection.getresponse()
    answer.read()
    if answer.status != 200:
        raise SystemExit(f"{path} answers {answer.status}.")
    return time.monotonic() - began


@contextmanager
def served() -> Iterator[tuple[int, int]]:
    """The port, and the number of the process that answers."""
    from landbridge.command.serve import free_port

    port = free_port("127.0.0.1", 0)
    command = [sys.executable, "-m", "landbridge", "serve", "--without-jobs", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as parent:
        try:
            yield port, _worker_of(parent.pid, port)
        finally:
            parent.send_signal(signal.SIGTERM)


def _worker_of(parent: int, port: int) -> int:
    """The one child of the server, once it answers."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            asked(connection, "/how-it-works/", "")
            return int(Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="ascii").split()[0])
        except OSError:
            time.sleep(0.1)
    raise SystemExit("The server does not answer.")


def used_by(process: int) -> float:
    """Seconds of processor time that a process has used."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
