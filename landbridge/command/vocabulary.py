"""`landbridge vocabulary`: the product's own list of competences, or one that an operator brings, with its licence."""

from __future__ import annotations

import argparse
import gzip
from pathlib import Path

from landbridge.command.answer import Answer
from landbridge.command.line import CommandFailed

EXAMPLES = """  landbridge vocabulary
  landbridge vocabulary edam-topics.jsonl.gz
  landbridge vocabulary euroscivoc-terms.jsonl"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file, if any."""
    parser.add_argument(
        "file",
        nargs="?",
        type=Path,
        help="EDAM topics or EuroSciVoc, one JSON object on a line; else our own list",
    )


def run(options: argparse.Namespace) -> Answer:
    """Take the terms over; the same file twice changes nothing."""
    from landbridge.catalogue import actions, rules
    from landbridge.foundation import clock
    from landbridge.foundation.permissions.actor import SYSTEM

    words = rules.own_words()
    if options.file is not None:
        try:
            opened = gzip.open if options.file.suffix == ".gz" else open
            with opened(options.file, "rt", encoding="utf-8") as lines:
                words = rules.words_of_file(lines)
        except (OSError, UnicodeDecodeError, ValueError) as error:
            raise CommandFailed(f"{options.file} cannot be read: {error}") from error
    changed = actions.vocabulary.load(words=words, by=SYSTEM, at=clock.now())
    names = sorted({word.vocabulary for word in words})
    told = [f"{len(words)} terms read, {changed} new or changed."]
    told += [f"Licence: {rules.LICENCES[name]}" for name in names if name in rules.LICENCES]
    return Answer(lines=told, data={"read": len(words), "changed": changed, "vocabularies": names})
