"""One sentence of the product, as the source says it, and where."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

SHORT = 6

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Found:
    """One place of the source that says something; `path` is relative to the checkout."""

    singular: str
    plural: str
    context: str
    path: str


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence with all its places, in the order of the source; `word` is the lowest that says it."""

    context: str
    singular: str
    plural: str
    word: str
    paths: tuple[str, ...]

    @property
    def key(self) -> Key:
        """By this gettext finds it."""
        return (self.context, self.singular)

    @property
    def digest(self) -> str:
        """A name that stays as long as the sentence does."""
        text = f"{self.context}\x00{self.singular}\x00{self.plural}"
        return base64.b32encode(hashlib.sha256(text.encode()).digest()).decode().lower().rstrip("=")

    @property
    def words(self) -> int:
        """How long it is."""
        return len(self.singular.split()) + len(self.plural.split())


def short_names(messages: Iterable[Message]) -> Mapping[str, Message]:
    """Each message by a short stable name; a longer one where two would share it."""
    by_name: dict[str, list[Message]] = {}
    for message in messages:
        by_name.setdefault(message.digest[:SHORT], []).append(message)
    return {
        name if len(sharing) == 1 else message.digest[: SHORT + 4]: message
        for name, sharing in by_name.items()
        for message in sharing
    }
