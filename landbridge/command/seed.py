"""`landbridge seed`: the cast alone, or the whole demonstration; what is there already stays as it is."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from landbridge.command.answer import Answer
from landbridge.command.line import CommandFailed

EXAMPLES = """  landbridge seed cast --json
  landbridge seed demo"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to add."""
    parser.add_argument("what", choices=["cast", "demo"], help="the invented people, or everything")


def run(options: argparse.Namespace) -> Answer:
    """Add what is missing and answer with the accounts of the cast."""
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured

    from landbridge.catalogue import actions
    from landbridge.demonstration import world
    from landbridge.foundation import clock
    from landbridge.foundation.permissions.actor import SYSTEM

    try:
        _ = settings.SECRET_KEY
    except ImproperlyConfigured:
        raise CommandFailed("Its letters carry signed links: set LANDBRIDGE_SECRET_KEY first.") from None
    at = clock.now()
    actions.vocabulary.load(by=SYSTEM, at=at)
    lines = list(world.set_up_cast(at=at) if options.what == "cast" else world.set_up(at=at))
    cast = world.cast()
    lines += [f"{person.note:<44} {person.email:<40} {person.password}" for person in cast]
    return Answer(lines=lines, data={"cast": [asdict(person) for person in cast]})
