"""The command line: which commands there are, how each is called, and how it answers."""

from __future__ import annotations

import argparse
import importlib
import keyword
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from types import ModuleType

from landbridge.command.answer import Answer

COMMANDS = {
    "demo": "set everything up and serve the demonstration on this machine",
    "serve": "serve the site",
    "worker": "run the background jobs: letters, seals, recurring work",
    "migrate": "bring the database up to date",
    "appoint": "give somebody the first programme office",
    "seed": "add the cast, or the whole demonstration",
    "mailbox": "take in e-mails: answers to letters, from a mailbox or a mail server's pipe",
    "replay": "play the four programmes of the past and compare with what they published",
    "model": "make the file by which search knows what texts mean",
    "vocabulary": "take over a list of competences: our own, EDAM or EuroSciVoc",
    "import": "read a file of another directory, show what it would change, and take it over",
    "indicators": "the figures of the programmes as of any day; add the common indicators",
    "index": "the index of search: how far it has read, or make it anew",
    "verify": "check every invariant, the ledger and the audit chain",
    "fingerprint": "count and hash every table",
    "backup": "write everything into one archive",
    "restore": "read an archive into an empty database",
    "archive": "everything the network owns in one documented file, to take it away",
    "programs": "programs of others that may act for people who agree (OAuth 2)",
    "permissions": "who may open which page",
    "bench": "measure: search and match, pages, the ledger",
    "docs": "write the generated reference documents",
    "messages": "the languages: bring their catalogues up to date, check and compile them",
}


@dataclass(frozen=True, slots=True)
class CommandFailed(Exception):
    """A command could not do its work; the sentence says why and what to do."""

    sentence: str

    def __str__(self) -> str:
        return self.sentence


def main(arguments: Sequence[str]) -> int:
    """Run one command; the exit code is 0 when all is well, 1 for findings and failures, 2 for a wrong call."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.command is None:
        parser.print_help()
        return 2
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "landbridge.config.settings")
    module = _module(options.command)
    try:
        if hasattr(module, "prepare"):
            module.prepare(options)
        import django

        django.setup()
        answer: Answer = module.run(options)
        return answer.give(as_json=options.json)
    except CommandFailed as failure:
        print(failure, file=sys.stderr)
        return 1


def _module(command: str) -> ModuleType:
    """The module of a command; the one whose name is a word of Python ends in an underscore."""
    name = f"{command}_" if keyword.iskeyword(command) else command
    return importlib.import_module(f"landbridge.command.{name}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="landbridge",
        description="Landbridge: one file from a company's question to what came of it.",
        epilog="`landbridge COMMAND --help` shows examples. Settings come from the environment: docs/operating.md.",
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    for name, about in COMMANDS.items():
        module = _module(name)
        command = commands.add_parser(
            name,
            help=about,
            description=f"{about[0].upper()}{about[1:]}.",
            epilog=f"Examples:\n{module.EXAMPLES}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        command.add_argument("--json", action="store_true", help="answer as JSON")
        module.add_arguments(command)
    return parser
