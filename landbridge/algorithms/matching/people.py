"""Who at a gathering should meet whom: what one seeks against what the other offers, both ways, with the reasons.

The laws, each with a test: the order of the input does not matter; what is equal is ordered by number; nobody is
suggested for a border or a language alone; a reason quotes what both have written.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from landbridge.algorithms.matching import words
from landbridge.algorithms.matching.reasons import N_, Reason, sentences_of

SEEKS, OFFERS, COMPETENCES, BORDER, LANGUAGE = 0.40, 0.30, 0.20, 0.06, 0.04  # of a score; together 1
ENOUGH = 3.0  # shared words of the usual rarity with which a text fits in full
COMMON = 0.2  # of all profiles; a word that so many use says nothing about two of them
FEW_PROFILES = 20  # among so few, no word counts as common
DIGITS = 9  # of a score; what differs later than this is noise of the arithmetic
LONGEST_QUOTE = 140
REMEMBERED = 20_000  # texts of profiles whose stems are kept in memory


@dataclass(frozen=True, slots=True)
class Profile:
    """What somebody says of themselves. Competences by key, languages and countries by code."""

    id: int
    seeks: str = ""
    offers: str = ""
    competences: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    country: str = ""


@dataclass(frozen=True, slots=True)
class Fit:
    """How well somebody fits, from 0 to 1; 0 where nothing but a border or a language speaks for it."""

    id: int
    score: float


@dataclass(frozen=True, slots=True)
class Field:
    """All who take part, with how rare each of their words is; made once for a question."""

    profiles: Sequence[Profile]
    frequency: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, profiles: Iterable[Profile]) -> Field:
        """Count in how many profiles each word stands."""
        found, counted = tuple(profiles), Counter[str]()
        for one in found:
            counted.update(stems_of(one.seeks) | stems_of(one.offers))
        return cls(found, counted)

    def rarity(self, stem: str) -> float:
        """How much a shared word tells: about 1 for one that few use, 0 for one that everybody uses."""
        number, used = len(self.profiles), self.frequency.get(stem, 0)
        if number > FEW_PROFILES and used > COMMON * number:
            return 0.0
        return math.log(1 + number / (1 + used)) / math.log(2 + number)


@lru_cache(maxsize=REMEMBERED)
def stems_of(text: str) -> frozenset[str]:
    """The words of a text as they are compared."""
    return frozenset(words.index_stems(text))


def ranked(me: Profile, among: Field) -> list[Fit]:
    """Everybody but oneself, the best fit first; ties by number."""
    seek, offer = _told(me.seeks, among), _told(me.offers, among)
    found = [
        Fit(one.id, _score(me, one, seek=seek, offer=offer)) for one in among.profiles if one.id != me.id
    ]
    return sorted(found, key=lambda fit: (-fit.score, fit.id))


def reasons_for(
    me: Profile, other: Profile, *, among: Field, names: Mapping[str, str] | None = None
) -> list[Reason]:
    """Why these two, the weightiest reason first and a border last; empty where nothing speaks for it. `names` are of competences."""
    found: list[Reason] = []
    for code, message, weight, seek, offer in (
        ("they_offer", N_("You seek “%(seek)s” – they offer “%(offer)s”"), SEEKS, me.seeks, other.offers),
        ("they_seek", N_("They seek “%(seek)s” – you offer “%(offer)s”"), OFFERS, other.seeks, me.offers),
    ):
        pair = _best_pair(seek, offer, rarity=among.rarity)
        if pair is not None:
            params = {"seek": _quote(pair[0]), "offer": _quote(pair[1])}
            found.append(Reason(code, message, params, weight * min(pair[2] / ENOUGH, 1.0)))
    shared = me.competences & other.competences
    if shared:
        known = sorted((names or {}).get(key, key) for key in shared)
        weight = COMPETENCES * _share_of_competences(me, other)
        found.append(
            Reason("competences", N_("Both of you work with %(names)s"), {"names": ", ".join(known)}, weight)
        )
    if found and _crosses(me, other):
        found.append(
            Reason("border", N_("From another country: %(country)s"), {"country": other.country}, BORDER)
        )
    return sorted(found, key=lambda reason: (reason.code == "border", -reason.weight))


def _told(text: str, among: Field) -> dict[str, float]:
    return {stem: told for stem in sorted(stems_of(text)) if (told := among.rarity(stem)) > 0}


def _score(me: Profile, other: Profile, *, seek: Mapping[str, float], offer: Mapping[str, float]) -> float:
    parts = [
        SEEKS * _fit(seek, stems_of(other.offers)),
        OFFERS * _fit(offer, stems_of(other.seeks)),
        COMPETENCES * _share_of_competences(me, other),
    ]
    if not any(parts):
        return 0.0
    parts.append(BORDER * _crosses(me, other))
    parts.append(LANGUAGE * bool(me.languages & other.languages))
    return round(math.fsum(parts), DIGITS)


def _fit(told: Mapping[str, float], stems: frozenset[str]) -> float:
    shared = told.keys() & stems
    return min(math.fsum(told[stem] for stem in shared) / ENOUGH, 1.0) if shared else 0.0


def _share_of_competences(me: Profile, other: Profile) -> float:
    """The first shared competence counts most."""
    return 1 - 1 / (1 + len(me.competences & other.competences))


def _crosses(me: Profile, other: Profile) -> bool:
    return bool(me.country and other.country and me.country != other.country)


def _best_pair(seek: str, offer: str, *, rarity: Callable[[str], float]) -> tuple[str, str, float] | None:
    """The sentence of each text that answers the other best, and how much they share; None where they share nothing."""
    best: tuple[str, str, float] | None = None
    offered = [(sentence, stems_of(sentence)) for sentence in sentences_of(offer)]
    for asked in sentences_of(seek):
        wanted = stems_of(asked)
        for sentence, stems in offered:
            told = math.fsum(rarity(stem) for stem in sorted(wanted & stems))
            if told > 0 and (best is None or told > best[2]):
                best = (asked, sentence, told)
    return best


def _quote(sentence: str) -> str:
    line = sentence.strip().rstrip(".;,")
    if len(line) <= LONGEST_QUOTE:
        return line
    return line[:LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"
