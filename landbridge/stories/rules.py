"""When a story or a piece of news may be shown, approved, published; what its versions are made of."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

from landbridge.foundation.problems import N_, Problem

LONGEST_TITLE, LONGEST_STANDFIRST, LONGEST_BODY = 120, 300, 12_000
LONGEST_QUOTE, LONGEST_NAME, LONGEST_REASON = 400, 150, 1000
LONGEST_ALT = 250
MOST_PICTURES = 6
SHORTEST_BODY = 200


@dataclass(frozen=True, slots=True)
class Words:
    """A story in one language."""

    title: str
    standfirst: str
    body: str
    quote: str = ""
    quoted: str = ""
    is_machine: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """A picture as both sides see it: its content by its hash, and its words."""

    sha256: str
    alt: str
    caption: str
    credit: str


def sha256_of(wordings: Sequence[tuple[str, Words]], pictures: Sequence[Seen]) -> str:
    """The SHA-256, in hexadecimal, of all that a side approves: every language, every picture, in their order."""
    whole = {
        "wordings": [
            {"language": language, **asdict(words)}
            for language, words in sorted(wordings, key=lambda one: one[0])
        ],
        "pictures": [asdict(one) for one in pictures],
    }
    text = json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def slug_for(title: str, *, number: int) -> str:
    """The address of a story: its title in plain letters, and its number."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return f"{re.sub('[^a-z0-9]+', '-', plain).strip('-')[:60].strip('-') or 'story'}-{number}"


def problems_with_words(words: Words) -> Iterator[Problem]:
    """A wording has its title; a quote says whose it is."""
    if not words.title.strip():
        yield Problem(
            code="no_title",
            message=N_("The title is missing."),
            cure=N_("Say in one line what was achieved."),
            field="title",
        )
    if words.quote.strip() and not words.quoted.strip():
        yield Problem(
            code="quote_of_nobody",
            message=N_("It is not said whose words these are."),
            cure=N_("Name the person and what they do."),
            field="quoted",
        )


def problems_with_showing(wordings: Sequence[tuple[str, Words]]) -> Iterator[Problem]:
    """What both sides are to read is complete in each of its languages."""
    if not wordings:
        yield Problem(
            code="no_words", message=N_("There is nothing to read yet."), cure=N_("Write it in one language.")
        )
    for language, words in wordings:
        if not words.standfirst.strip():
            yield Problem(
                code="no_standfirst",
                message=N_("The first sentences are missing (%(language)s)."),
                cure=N_("Say in two sentences who did what with whom."),
                params={"language": language},
            )
        if len(words.body.strip()) < SHORTEST_BODY:
            yield Problem(
                code="too_short",
                message=N_("The story is too short (%(language)s): it has fewer than %(least)s letters."),
                cure=N_("Say what the question was, what was done, and what came of it."),
                params={"language": language, "least": SHORTEST_BODY},
            )


def problems_with_picture(*, alt: str, credit: str, others: int) -> Iterator[Problem]:
    """A picture says what it shows and who made it, and is one of six at most."""
    if not alt.strip():
        yield Problem(
            code="no_alt",
            message=N_("The picture has no words for people who do not see it."),
            cure=N_("Say in a sentence what it shows."),
            field="alt",
        )
    if not credit.strip():
        yield Problem(
            code="no_credit",
            message=N_("It is not said who made the picture."),
            cure=N_("Name its maker, and the terms under which it may be used."),
            field="credit",
        )
    if others >= MOST_PICTURES:
        yield Problem(
            code="enough_pictures",
            message=N_("A story has at most %(most)s pictures."),
            cure=N_("Take another one away first."),
            params={"most": MOST_PICTURES},
        )


def problems_with_approving(
    *, number: int, sha256: str, shown: int, shown_sha256: str, has_approved: bool
) -> Iterator[Problem]:
    """Exactly what was read is approved, once."""
    if number != shown or sha256 != shown_sha256:
        yield Problem(
            code="another_version",
            message=N_("The story has changed since you opened this page."),
            cure=N_("Read it again, then say yes to what you read."),
        )
    elif has_approved:
        yield Problem(
            code="approved_already",
            message=N_("Your side has approved this version already."),
            cure=N_("There is nothing more to do."),
        )


def problems_with_publishing(*, approved: int, sha256s: frozenset[str], sha256: str) -> Iterator[Problem]:
    """Both sides said yes to exactly this version."""
    if approved < 2 or sha256s != {sha256}:
        yield Problem(
            code="not_approved",
            message=N_("Not both sides have approved exactly this version."),
            cure=N_("Show it to both sides again."),
        )


def problems_with_news(*, title: str, lead: str, body: str) -> Iterator[Problem]:
    """A piece of news has its title, its first sentence and its text."""
    for field, text in (("title", title), ("lead", lead), ("body", body)):
        if not text.strip():
            yield Problem(
                code="missing",
                message=N_("This is missing."),
                cure=N_("Write it before it is published."),
                field=field,
            )
