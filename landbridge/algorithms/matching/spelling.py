"""Spelling: the known word nearest to one that nobody uses, by letters added, lost, changed or swapped."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

import numpy as np

SHORTEST = 4  # letters; a shorter word is rather an abbreviation than a mistake
TWO_MISTAKES_FROM = 8  # letters
_ORDINARY = str.maketrans("", "", "abcdefghijklmnopqrstuvwxyz")


class Vocabulary(Protocol):
    """What a reader of questions needs to know of an index."""

    def count(self, stem: str) -> int:
        """How many documents use this stem."""
        ...

    def nearest(self, word: str) -> str:
        """The likeliest known word for one that is not known, folded; "" when none is near."""
        ...


class NothingKnown:
    """No index: nothing is known, and nothing proposed."""

    def count(self, stem: str) -> int:
        return 0

    def nearest(self, word: str) -> str:
        return ""


NOTHING_KNOWN = NothingKnown()


class WordList:
    """Known words with the number of documents that use them; finds a near one among 100,000 in about a millisecond.

    Each word's letters are one bit each in a number: two words that differ by few letters differ in few bits.
    """

    def __init__(self, counted: Iterable[tuple[str, int]]) -> None:
        kept = [(word, count) for word, count in counted if can_be_misspelt(word)]
        self.words = [word for word, _count in kept]
        self.counts = np.array([count for _word, count in kept], dtype=np.int64)
        self._letters = np.array([_letters(word) for word in self.words], dtype=np.uint32)
        self._lengths = np.array([len(word) for word in self.words], dtype=np.int16)

    def nearest(self, word: str) -> str:
        """The known word with the fewest mistakes between them, then with the same first letter, then the commonest."""
        if not can_be_misspelt(word):
            return ""
        most = most_mistakes(word)
        near = np.abs(self._lengths - len(word)) <= most
        near &= _bits(self._letters ^ np.uint32(_letters(word))) <= 2 * most
        best: tuple[int, bool, int, str] | None = None
        for place in np.flatnonzero(near):
            known = self.words[place]
            mistakes = distance(word, known, most=most)
            if mistakes <= most:
                found = (mistakes, known[0] != word[0], -int(self.counts[place]), known)
                best = found if best is None else min(best, found)
        return best[3] if best else ""


def can_be_misspelt(word: str) -> bool:
    """Long enough, and nothing but the letters a to z."""
    return len(word) >= SHORTEST and not word.translate(_ORDINARY)


def most_mistakes(word: str) -> int:
    """How many mistakes are believed of a word of this length."""
    return 2 if len(word) >= TWO_MISTAKES_FROM else 1


def distance(one: str, other: str, *, most: int) -> int:
    """Letters to add, drop, change, or swap with their neighbour (optimal string alignment); beyond `most`, most + 1."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, start=1):
        earlier, before, row = before, row, [place]
        for column, wanted in enumerate(other, start=1):
            cost = min(before[column] + 1, row[-1] + 1, before[column - 1] + (letter != wanted))
            if place > 1 and column > 1 and letter == other[column - 2] and one[place - 2] == wanted:
                cost = min(cost, earlier[column - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


def _letters(word: str) -> int:
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) - 97)
    return bits


def _bits(numbers: np.ndarray[tuple[int], np.dtype[np.uint32]]) -> np.ndarray[tuple[int], np.dtype[np.uint8]]:
    return np.bitwise_count(numbers)
