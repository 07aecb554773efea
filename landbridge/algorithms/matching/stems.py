"""English stems: the Porter2 algorithm of the Snowball project (snowballstem.org, BSD), as tantivy and Lucene use it."""

from __future__ import annotations

import re
from functools import lru_cache

_VOWELS = "aeiouy"
_DOUBLES = ("bb", "dd", "ff", "gg", "mm", "nn", "pp", "rr", "tt")
_FIRST_REGION = re.compile(r"[aeiouy][^aeiouy]")
_SHORT_END = re.compile(r"(?:[^aeiouy][aeiouy][^aeiouywxY]|^[aeiouy][^aeiouy])$")
_LETTERS = re.compile(r"[a-z]+\Z")
_SPECIAL = {
    "skis": "ski",
    "skies": "sky",
    "idly": "idl",
    "gently": "gentl",
    "ugly": "ugli",
    "early": "earli",
    "only": "onli",
    "singly": "singl",
}
_SPECIAL |= dict.fromkeys(("sky", "news", "howe", "atlas", "cosmos", "bias", "andes"), "")
_AFTER_PLURAL = ("inning", "outing", "canning", "herring", "earring", "proceed", "exceed", "succeed")
_BEGINNINGS = ("gener", "commun", "arsen", "past", "univers", "later", "emerg", "organ", "inter")

_STEP_2 = (
    ("ization", "ize"),
    ("ational", "ate"),
    ("fulness", "ful"),
    ("ousness", "ous"),
    ("iveness", "ive"),
    ("tional", "tion"),
    ("biliti", "ble"),
    ("lessli", "less"),
    ("entli", "ent"),
    ("ation", "ate"),
    ("ogist", "og"),
    ("alism", "al"),
    ("aliti", "al"),
    ("ousli", "ous"),
    ("iviti", "ive"),
    ("fulli", "ful"),
    ("enci", "ence"),
    ("anci", "ance"),
    ("abli", "able"),
    ("izer", "ize"),
    ("ator", "ate"),
    ("alli", "al"),
    ("bli", "ble"),
)
_STEP_3 = (
    ("ational", "ate"),
    ("tional", "tion"),
    ("alize", "al"),
    ("icate", "ic"),
    ("iciti", "ic"),
    ("ical", "ic"),
    ("ness", ""),
    ("ful", ""),
)
_STEP_4 = (
    "ement",
    "ance",
    "ence",
    "able",
    "ible",
    "ment",
    "ant",
    "ent",
    "ism",
    "ate",
    "iti",
    "ous",
    "ive",
    "ize",
    "al",
    "er",
    "ic",
)


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The stem of a word of small Latin letters; anything else (digits, other scripts, two letters) stays as it is."""
    if len(word) < 3 or not _LETTERS.match(word):
        return word
    if word in _SPECIAL:
        return _SPECIAL[word] or word
    word = _with_consonant_y(word)
    first, second = _regions(word)
    word = _plural(word)
    if word in _AFTER_PLURAL:
        return word.lower()
    word = _past_and_ing(word, first)
    if len(word) > 2 and word[-1] in "yY" and word[-2] not in _VOWELS:
        word = word[:-1] + "i"
    word = _derived(word, first)
    word = _derived_further(word, first, second)
    word = _last_suffix(word, second)
    return _last_letter(word, first, second).lower()


def _with_consonant_y(word: str) -> str:
    if "y" not in word:
        return word
    letters = list(word)
    for place, letter in enumerate(letters):
        if letter == "y" and (place == 0 or letters[place - 1] in _VOWELS):
            letters[place] = "Y"
    return "".join(letters)


def _regions(word: str) -> tuple[int, int]:
    """Where R1 and R2 begin: after the first, and after the second, consonant that follows a vowel."""
    first = next((len(start) for start in _BEGINNINGS if word.startswith(start)), 0)
    if not first:
        found = _FIRST_REGION.search(word)
        first = found.end() if found else len(word)
    found = _FIRST_REGION.search(word, first)
    return first, found.end() if found else len(word)


def _plural(word: str) -> str:
    if word.endswith("sses"):
        return word[:-2]
    if word.endswith(("ied", "ies")):
        return word[:-2] if len(word) > 4 else word[:-1]
    if word.endswith(("us", "ss")) or not word.endswith("s"):
        return word
    return word[:-1] if any(letter in _VOWELS for letter in word[:-2]) else word


def _past_and_ing(word: str, first: int) -> str:
    for ending in ("eedly", "eed"):
        if word.endswith(ending):
            return word[: -len(ending)] + "ee" if len(word) - len(ending) >= first else word
    for ending in ("ingly", "edly", "ing", "ed"):
        if word.endswith(ending):
            kept = word[: -len(ending)]
            return _completed(kept, first) if any(letter in _VOWELS for letter in kept) else word
    return word


def _completed(kept: str, first: int) -> str:
    if kept.endswith(("at", "bl", "iz")):
        return kept + "e"
    if kept.endswith(_DOUBLES):
        return kept if len(kept) == 3 and kept[0] in "aeo" else kept[:-1]
    return kept + "e" if len(kept) <= first and _SHORT_END.search(kept) else kept


def _derived(word: str, first: int) -> str:
    for ending, instead in _STEP_2:
        if word.endswith(ending):
            return word[: -len(ending)] + instead if len(word) - len(ending) >= first else word
    if word.endswith("ogi"):
        return word[:-1] if len(word) - 3 >= first and word.endswith("logi") else word
    if word.endswith("li") and len(word) - 2 >= first and word[-3:-2] in tuple("cdeghkmnrt"):
        return word[:-2]
    return word


def _derived_further(word: str, first: int, second: int) -> str:
    for ending, instead in _STEP_3:
        if word.endswith(ending):
            return word[: -len(ending)] + instead if len(word) - len(ending) >= first else word
    return word[:-5] if word.endswith("ative") and len(word) - 5 >= second else word


def _last_suffix(word: str, second: int) -> str:
    for ending in _STEP_4:
        if word.endswith(ending):
            return word[: -len(ending)] if len(word) - len(ending) >= second else word
    return word[:-3] if word.endswith(("sion", "tion")) and len(word) - 3 >= second else word


def _last_letter(word: str, first: int, second: int) -> str:
    before = len(word) - 1
    if word.endswith("e"):
        goes = before >= second or (before >= first and not _SHORT_END.search(word[:-1]))
        return word[:-1] if goes else word
    return word[:-1] if word.endswith("ll") and before >= second else word
