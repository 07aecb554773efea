"""`landbridge mailbox`: take in e-mails from a Maildir, an mbox, a file, or the standard input of a mail server's pipe."""

from __future__ import annotations

import argparse
import contextlib
import mailbox
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from landbridge.command.answer import Answer
from landbridge.command.line import CommandFailed

EXAMPLES = """  landbridge mailbox -                        one e-mail from standard input (a pipe in the mail server's aliases)
  landbridge mailbox /var/mail/landbridge     every e-mail of an mbox
  landbridge mailbox /var/mail/Maildir        every e-mail of a Maildir; nothing in it is changed
  landbridge mailbox answer.eml --json        one e-mail from a file, the answer as JSON

  The same e-mail may be handed over as often as you like: it is known by its Message-ID and taken in once."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where the e-mails are."""
    parser.add_argument("source", help="a Maildir, an mbox, a file with one e-mail, or - for standard input")


def run(options: argparse.Namespace) -> Answer:
    """Take each e-mail in; exit 0 whatever stands in them, 1 where the source cannot be read."""
    from landbridge.foundation import clock
    from landbridge.foundation.inbox import reception

    counts: Counter[str] = Counter()
    rows = []
    for raw in _mails(options.source):
        outcome = reception.take(raw, at=clock.now())
        counts[str(outcome.verdict)] += 1
        rows.append(
            {
                "mail": outcome.incoming.pk,
                "message_id": outcome.incoming.message_id,
                "verdict": str(outcome.verdict),
                "why": outcome.incoming.why,
            }
        )
    lines = [f"{count} {verdict.replace('_', ' ')}" for verdict, count in sorted(counts.items())]
    return Answer(lines=lines or ["nothing there"], data={"mails": rows, "counts": dict(counts)})


def _mails(source: str) -> Iterator[bytes]:
    if source == "-":
        raw = sys.stdin.buffer.read()
        if raw:
            yield raw
        return
    path = Path(source)
    if not path.exists():
        raise CommandFailed(
            f"There is no {source}. Name a Maildir, an mbox or a file, or - for standard input."
        )
    if path.is_dir():
        if not (path / "cur").is_dir() and not (path / "new").is_dir():
            raise CommandFailed(f"{source} is a folder, but not a Maildir: it has neither `new` nor `cur`.")
        yield from _of_folder(path)
    elif _is_mbox(path):
        with contextlib.closing(mailbox.mbox(path, create=False)) as box:
            for key in box.keys():  # noqa: SIM118 - a mailbox is no dict
                yield box.get_bytes(key)
    else:
        yield path.read_bytes()


def _is_mbox(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(5) == b"From "


def _of_folder(path: Path) -> Iterator[bytes]:
    for part in ("new", "cur"):
        for file in sorted((path / part).glob("*")):
            if file.is_file():
                yield file.read_bytes()
