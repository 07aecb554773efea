"""`landbridge demo`: set everything up and serve the demonstration."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys

from landbridge.command import serve
from landbridge.command.answer import Answer

EXAMPLES = """  landbridge demo
  landbridge demo --port 9000
  landbridge demo --without-serving"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """As `serve`, and whether to serve at all."""
    serve.add_arguments(parser)
    parser.add_argument("--without-serving", action="store_true", help="only set everything up")


def prepare(options: argparse.Namespace) -> None:
    """Before the settings are read: this is a demonstration, at an address we choose ourselves."""
    options.port = serve.free_port_near(options.host, options.port)
    os.environ["LANDBRIDGE_DEMONSTRATION"] = "on"
    os.environ.setdefault("LANDBRIDGE_ADDRESS", f"http://{options.host}:{options.port}")


def run(options: argparse.Namespace) -> Answer:
    """Migrate, seed what is missing, say who to sign in as, serve.

    A process of its own sets everything up: it draws documents, and the threads in which they are drawn would be
    missing in the processes that a server forks off, where the first letter would then wait for ever.
    """
    if options.without_serving:
        _set_up()
        return Answer(lines=[])
    here = ["--host", options.host, "--port", str(options.port)]
    code = subprocess.call([sys.executable, "-m", "landbridge", "demo", "--without-serving", *here])  # noqa: S603 - ourselves
    if code:
        return Answer(lines=[], code=code)
    print("\nPress Ctrl+C to stop.", flush=True)
    serve.listen(options, port=options.port)
    return Answer(lines=[])


def _set_up() -> None:
    from django.conf import settings

    from landbridge.command.migrate import migrate
    from landbridge.demonstration import world
    from landbridge.foundation import clock

    migrate()
    for line in world.set_up(at=clock.now()):
        print(line, flush=True)
    print(f"\nLandbridge is at {settings.LANDBRIDGE_ADDRESS}/", flush=True)
    print("Sign in there with one click as one of these (all invented):", flush=True)
    for person in world.cast():
        print(f"  {person.note:<44} {person.email}", flush=True)
