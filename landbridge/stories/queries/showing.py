"""A story or a piece of news in one of its languages, with what it falls back to; its version and its hash."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from landbridge.stories.models import News, Picture, Story, Wording
from landbridge.stories.rules import Seen, Words, sha256_of
from landbridge.stories.states import S


@dataclass(frozen=True, slots=True)
class Shown:
    """A story in one language. `asked` is set where it has no words in the language that was asked for."""

    words: Words
    language: str
    languages: tuple[str, ...]
    number: int
    asked: str = ""


@dataclass(frozen=True, slots=True)
class ShownNews:
    """A piece of news in one language; `asked` as above."""

    title: str
    lead: str
    body: str
    language: str
    languages: tuple[str, ...]
    asked: str = ""


def work_number(story: Story) -> int:
    """The version that is being written, or the one that both sides read."""
    return story.shown_version + 1 if story.state in (S.DRAFT, S.WITHDRAWN) else story.shown_version


def words_of(story: Story, number: int) -> list[tuple[str, Words]]:
    """The version in each of its languages, its own first. One query."""
    rows = sorted(
        Wording.objects.filter(story=story, number=number).order_by("language"),
        key=lambda one: one.language != story.language,
    )
    return [(row.language, _words(row)) for row in rows]


def shown_in(wordings: list[tuple[str, Words]], *, language: str, number: int) -> Shown | None:
    """The version in the language, else in the story's own; None where there are no words at all."""
    if not wordings:
        return None
    there = dict(wordings)
    own = language if language in there else wordings[0][0]
    return Shown(
        there[own], own, tuple(there), number, asked=language if language and language not in there else ""
    )


def language_from(there: Iterable[str], *, asked: str, reads: str) -> str:
    """The language to show: the one asked for by address, else that in which the reader reads the pages."""
    found = tuple(there)
    if asked in found:
        return asked
    tongue = reads.partition("-")[0]
    return next((code for code in found if code.partition("-")[0] == tongue), reads)


def pictures_of(story: Story) -> list[Picture]:
    """Its pictures in their order. One query."""
    return list(story.pictures.select_related("file").order_by("position", "pk"))


def hash_of(story: Story, number: int) -> str:
    """The SHA-256 of a version with the pictures of now. Two queries."""
    seen = [Seen(one.file.sha256, one.alt, one.caption, one.credit) for one in pictures_of(story)]
    return sha256_of(words_of(story, number), seen)


def news_in(news: News, *, language: str) -> ShownNews:
    """The news in the language where it was translated, else in its own. No query."""
    there = (news.language, *sorted(code for code in news.texts if code != news.language))
    own = language if language in there else news.language
    rows = news.texts.get(own, {}) if own != news.language else {}
    return ShownNews(
        rows.get("title") or news.title,
        rows.get("lead") or news.lead,
        rows.get("body") or news.body,
        own,
        there,
        asked=language if language not in there else "",
    )


def _words(row: Wording) -> Words:
    return Words(row.title, row.standfirst, row.body, row.quote, row.quoted, row.is_machine)
