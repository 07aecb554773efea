"""Keeping the catalogues: new messages in, gone ones out, translations taken over."""

from __future__ import annotations

import fcntl
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from landbridge.foundation.messages import catalogue, checking, source
from landbridge.foundation.messages.message import Key, Message
from landbridge.foundation.messages.scope import Scope
from landbridge.foundation.messages.tongues import TONGUES


@dataclass(frozen=True, slots=True)
class Refusal:
    """A translation that was not taken."""

    message: Message
    reasons: tuple[str, ...]


@dataclass(slots=True)
class Left:
    """What a language still lacks, in scope and beyond."""

    in_scope: list[Message] = field(default_factory=list)
    beyond: list[Message] = field(default_factory=list)


def update(messages: Mapping[Key, Message], *, language: str, package: Path = source.PACKAGE) -> list[Path]:
    """Write the catalogues of a language anew; which files changed."""
    with _alone(language, package=package):
        translations = catalogue.read_all(language, package=package)
        return _written(messages, translations, language=language, package=package)


def take(
    given: Mapping[Key, tuple[str, ...]],
    messages: Mapping[Key, Message],
    *,
    language: str,
    package: Path = source.PACKAGE,
) -> tuple[list[Path], list[Refusal]]:
    """Take over the translations that can be shown; which files changed, and what was refused.

    One at a time for each language. Translations of messages that are gone stay until `update` is asked for: the source
    may be in the middle of a change.
    """
    refused, accepted = [], {}
    for key, texts in given.items():
        tidied = tuple(checking.tidied(text, language=language) for text in texts)
        reasons = tuple(checking.problems_with(messages[key], tidied, language=language))
        if reasons:
            refused.append(Refusal(messages[key], reasons))
        else:
            accepted[key] = tidied
    with _alone(language, package=package):
        translations = catalogue.read_all(language, package=package)
        known = dict(messages) | _gone(messages, language=language, package=package)
        return _written(known, translations | accepted, language=language, package=package), refused


def _gone(messages: Mapping[Key, Message], *, language: str, package: Path) -> dict[Key, Message]:
    """Translated messages that the source says no more, each in the catalogue where it stands."""
    return {
        key: Message(key[0], key[1], "" if len(texts) == 1 else key[1], path.parent.parent.name, ())
        for path in catalogue.files(language, package=package)
        for key, texts in catalogue.read(path.read_text(encoding="utf-8")).items()
        if key not in messages and any(texts)
    }


def _written(
    messages: Mapping[Key, Message], translations: catalogue.Translations, *, language: str, package: Path
) -> list[Path]:
    by_word: dict[str, list[Message]] = {}
    for message in messages.values():
        by_word.setdefault(message.word, []).append(message)
    changed = []
    for word, said in by_word.items():
        path = catalogue.path_of(word, language, package=package)
        if catalogue.write(said, translations, language=language, path=path):
            changed.append(path)
    wanted = {catalogue.path_of(word, language, package=package) for word in by_word}
    for path in catalogue.files(language, package=package):
        if path not in wanted:
            path.unlink()
            changed.append(path)
    return changed


def left(messages: Mapping[Key, Message], *, language: str, within: Scope) -> Left:
    """What is not translated yet, or was before the English changed."""
    translations, found = catalogue.read_all(language), Left()
    for key, message in messages.items():
        if not all(translations.get(key, ("",))):
            (found.in_scope if within.holds(message) else found.beyond).append(message)
    return found


def findings(
    messages: Mapping[Key, Message], *, within: Scope, package: Path = source.PACKAGE
) -> Iterator[str]:
    """What a check of all catalogues finds: broken messages, missing ones, catalogues that are not up to date."""
    for language in TONGUES:
        translations = catalogue.read_all(language, package=package)
        for key, message in messages.items():
            texts = translations.get(key, ())
            if any(texts):
                for reason in checking.problems_with(message, texts, language=language):
                    yield f"{language}, {message.word}: {reason} “{message.singular[:80]}”"
            elif language in within.complete and within.holds(message):
                yield f"{language}, {message.word}: missing: “{message.singular[:80]}” ({message.paths[0]})"
        gone = [key for key, texts in translations.items() if key not in messages and any(texts)]
        if gone:
            yield (
                f"{language}: {len(gone)} translations belong to no message any more, such as"
                f" “{gone[0][1][:80]}”: run `landbridge messages update`."
            )


@contextmanager
def _alone(language: str, *, package: Path) -> Iterator[None]:
    """While a language's catalogues are read and written, nobody else writes them."""
    name = f"landbridge-messages-{sha256(str(package).encode()).hexdigest()[:8]}-{language}.lock"
    with (Path(tempfile.gettempdir()) / name).open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
