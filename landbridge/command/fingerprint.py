"""`landbridge fingerprint`: counts and content hashes of every table that lasts: all but sessions and attempts."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from landbridge.command.answer import Answer

EXAMPLES = """  landbridge fingerprint
  landbridge fingerprint --json > before.json"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Takes nothing of its own."""


def run(options: argparse.Namespace) -> Answer:  # noqa: ARG001 - every command is called alike
    """Two databases with the same fingerprints hold the same."""
    from landbridge.foundation.tables import fingerprints

    found = fingerprints()
    lines = [f"{one.rows:>9}  {one.sha256[:16]}  {one.table}" for one in found]
    return Answer(lines=lines, data=[asdict(one) for one in found])
