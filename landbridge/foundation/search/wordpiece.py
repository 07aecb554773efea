"""Text to the numbers of its tokens, as BERT's uncased vocabulary wants it: WordPiece, in plain Python.

Source: Devlin et al. 2019 and its published tokeniser: cleaned, lower case, accents off, split at white space,
punctuation and CJK characters, then the longest piece first.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

LONGEST_WORD = 100  # characters; a longer one is unknown
FILLING, UNKNOWN, FIRST, LAST = "[PAD]", "[UNK]", "[CLS]", "[SEP]"
CJK = (
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x2A6DF),
    (0x2A700, 0x2B73F),
    (0x2B740, 0x2B81F),
    (0x2B920, 0x2CEAF),
    (0x2F800, 0x2FA1F),
)


class WordPiece:
    """A tokeniser with its vocabulary: one piece a line, its number is the number of the line."""

    def __init__(self, pieces: Iterable[str]) -> None:
        self._numbers: Mapping[str, int] = {piece: number for number, piece in enumerate(pieces)}
        missing = [piece for piece in (FILLING, UNKNOWN, FIRST, LAST) if piece not in self._numbers]
        if missing:
            raise ValueError(f"A vocabulary without {', '.join(missing)} is none.")
        self.filling = self._numbers[FILLING]
        self._pieces = lru_cache(maxsize=20_000)(self._pieces_of)

    def ids(self, text: str, *, most: int) -> list[int]:
        """The numbers of the first tokens of a text, with the marks of its beginning and end; at most so many."""
        found = [self._numbers[FIRST]]
        for word in words(text[: most * LONGEST_WORD]):
            found += self._pieces(word)
            if len(found) >= most - 1:
                break
        return [*found[: most - 1], self._numbers[LAST]]

    def _pieces_of(self, word: str) -> tuple[int, ...]:
        unknown = (self._numbers[UNKNOWN],)
        if len(word) > LONGEST_WORD:
            return unknown
        found: list[int] = []
        start = 0
        while start < len(word):
            end = len(word)
            while (number := self._numbers.get(("##" if start else "") + word[start:end])) is None:
                end -= 1
                if end == start:
                    return unknown
            found.append(number)
            start = end
        return tuple(found)


def words(text: str) -> Iterator[str]:
    """The words of a text in lower case and without accents; each punctuation mark is a word."""
    for part in _plain(text).split():
        if part.isalnum() and part.isascii():
            yield part
        else:
            yield from _split(part)


def _split(part: str) -> Iterator[str]:
    start = 0
    for place, character in enumerate(part):
        if is_punctuation(character) or is_cjk(character):
            if start < place:
                yield part[start:place]
            yield character
            start = place + 1
    if start < len(part):
        yield part[start:]


def _plain(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text.lower()
    shown = (" " if one.isspace() else one for one in text if not is_control(one))
    apart = unicodedata.normalize("NFD", "".join(shown))
    # One by one: of several together, Python would make a final sigma where the vocabulary has none.
    return "".join(one.lower() for one in apart if unicodedata.category(one) != "Mn")


def is_control(character: str) -> bool:
    """Characters that show nothing and separate nothing, and what replaced a wrong byte."""
    if character in "\t\n\r":
        return False
    return character in "\0\ufffd" or unicodedata.category(character) in ("Cc", "Cf", "Co")


def is_cjk(character: str) -> bool:
    """Characters that are words by themselves."""
    code = ord(character)
    return code >= 0x3400 and any(first <= code <= last for first, last in CJK)


def is_punctuation(character: str) -> bool:
    """Punctuation, and every visible ASCII character that is neither letter nor digit."""
    code = ord(character)
    if code < 128:
        return 33 <= code <= 47 or 58 <= code <= 64 or 91 <= code <= 96 or 123 <= code <= 126
    return unicodedata.category(character).startswith("P")
