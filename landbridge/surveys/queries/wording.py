"""The texts of a questionnaire in one language, each in its own where that one is missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from landbridge.surveys.models import Question, Version

OF_VERSION = ("title", "lead", "thanks")
OF_QUESTION = ("text", "help", "low", "high", "unit")


@dataclass(frozen=True, slots=True)
class Words:
    """One text, and the language in which it stands."""

    text: str
    language: str

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.text)


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice with its key."""

    key: str
    text: str
    language: str


@dataclass(frozen=True, slots=True)
class WordedQuestion:
    """A question as it is asked in one language."""

    question: Question
    text: Words
    help: Words
    low: Words
    high: Words
    unit: Words
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class WordedVersion:
    """Title, lead and thanks in one language."""

    language: str
    title: Words
    lead: Words
    thanks: Words


def languages_of(version: Version) -> list[str]:
    """Its own language first, then those it was translated into."""
    return [version.language, *sorted(code for code in version.texts if code != version.language)]


def worded(version: Version, language: str) -> WordedVersion:
    """The version in a language; no query."""
    found = {name: _words(version, name, language=language, own=version.language) for name in OF_VERSION}
    return WordedVersion(language=language, **found)


def worded_question(question: Question, language: str, *, own: str) -> WordedQuestion:
    """The question in a language; `own` is that of its version. No query."""
    found = {name: _words(question, name, language=language, own=own) for name in OF_QUESTION}
    texts = question.texts.get(language, {}).get("choices", {}) if language != own else {}
    choices = tuple(
        Choice(one["key"], texts.get(one["key"]) or one["text"], language if texts.get(one["key"]) else own)
        for one in question.choices
    )
    return WordedQuestion(question=question, choices=choices, **found)


def missing_in(version: Version, questions: Iterable[Question], language: str) -> int:
    """How many texts are there in its own language and not in this one."""
    if language == version.language:
        return 0
    rows: list[tuple[Any, tuple[str, ...]]] = [
        (version, OF_VERSION),
        *((one, OF_QUESTION) for one in questions),
    ]
    count = 0
    for row, names in rows:
        there = row.texts.get(language, {})
        count += sum(1 for name in names if getattr(row, name) and not there.get(name))
        if isinstance(row, Question):
            texts = there.get("choices", {})
            count += sum(1 for one in row.choices if not texts.get(one["key"]))
    return count


def _words(row: Any, name: str, *, language: str, own: str) -> Words:
    text = row.texts.get(language, {}).get(name, "") if language != own else ""
    return Words(text, language) if text else Words(getattr(row, name), own)
