"""What somebody asks for: a search box read into words, phrases, exclusions, corrections and synonyms.

Whatever was added or changed is said, so that a page can show it and undo it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from landbridge.algorithms.matching import words
from landbridge.algorithms.matching.spelling import NOTHING_KNOWN, Vocabulary, can_be_misspelt
from landbridge.algorithms.matching.stems import stem

MOST_WORDS = 200  # of a question; what follows is not read
MOST_JOINED = 8  # words of a question in which neighbours are tried as one word
MOST_CORRECTED = 12  # words of a question in sentences that is still corrected
MOST_VOWELS = 4  # parts of a word between the same vowel, when its umlauts are guessed
FEW = 12  # groups of a short question; more come of one in sentences
SYNONYM_WEIGHT = 0.7

_HEADING_ENDS = re.compile(r"(?<=[.!?])(?<!\b\w\.)\s+|\s*\n\s*")

_PARTS = re.compile(
    r"""(?P<minus>(?<!\S)[-−–](?=\S))?(?:["“”„«»](?P<phrase>[^"“”„«»]*)["“”„«»]?|(?P<word>[^\s"“”„«»]+))"""
)


@dataclass(frozen=True, slots=True)
class Way:
    """One way to say a word: stems that must all be there, and how much it counts beside the word itself."""

    stems: tuple[str, ...]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Group:
    """One thing asked for, as typed, and the ways to say it; the best way counts. `weight` grows slowly if repeated."""

    typed: str
    ways: tuple[Way, ...]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Correction:
    """A word nobody here uses, and the known word that was searched instead."""

    typed: str
    proposed: str


@dataclass(frozen=True, slots=True)
class Expansion:
    """A term of the question, and what else was searched for with it."""

    typed: str
    added: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text asks for. `groups` rank (and must all be there, if so asked); phrases must, exclusions must not.

    `heading` is the first sentence or line of a long question.
    """

    typed: str = ""
    heading: str = ""
    groups: tuple[Group, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    excluded: tuple[Group, ...] = ()
    excluded_phrases: tuple[tuple[str, ...], ...] = ()
    corrections: tuple[Correction, ...] = ()
    expansions: tuple[Expansion, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Nothing is asked for: everything is found."""
        return not (self.groups or self.phrases or self.excluded or self.excluded_phrases)

    @property
    def is_short(self) -> bool:
        """A few words, not a need in sentences."""
        return len(self.groups) <= FEW

    @property
    def stems(self) -> Mapping[str, float]:
        """Every stem that may answer, with its weight: for the sentence that says why."""
        found: dict[str, float] = {}
        for group in self.groups:
            for way in group.ways:
                for one in way.stems:
                    found[one] = max(found.get(one, 0.0), group.weight * way.weight)
        for phrase in self.phrases:
            found.update((stem(word), 1.0) for word in phrase if word not in words.STOP_WORDS)
        return found


@dataclass(frozen=True, slots=True)
class Synonyms:
    """Terms with their synonyms, found by the stems they are written with; made once, asked often."""

    by_stems: Mapping[tuple[str, ...], tuple[str, ...]] = field(default_factory=dict)
    longest: int = 0

    @classmethod
    def of(cls, terms: Mapping[str, Iterable[str]]) -> Synonyms:
        """From term to synonyms; each of them stands for the others."""
        found: dict[tuple[str, ...], dict[str, None]] = {}
        for term, others in terms.items():
            names = dict.fromkeys([term, *others])
            for name in names:
                key = tuple(words.question_stems(name))
                if key:
                    found.setdefault(key, {}).update(dict.fromkeys(other for other in names if other != name))
        return cls(
            by_stems={key: tuple(names) for key, names in found.items()},
            longest=max(map(len, found), default=0),
        )


NO_SYNONYMS = Synonyms()
EMPTY = Reading()


def read(
    text: str,
    *,
    vocabulary: Vocabulary = NOTHING_KNOWN,
    synonyms: Synonyms = NO_SYNONYMS,
    literally: Collection[str] = (),
) -> Reading:
    """Read a search box: words, "phrases", -exclusions.

    `literally` names what is neither corrected nor expanded, as `typed` in corrections and expansions names it.
    Without a vocabulary nothing is corrected.
    """
    plain, phrases, excluded, excluded_phrases = _parted(text)
    found = _understood(
        plain, vocabulary=vocabulary, corrected=vocabulary, synonyms=synonyms, literally=literally
    )
    return replace(
        found,
        typed=text,
        phrases=tuple(dict.fromkeys(phrases)),
        excluded=tuple(_groups(excluded, vocabulary=vocabulary, joined=False)),
        excluded_phrases=tuple(dict.fromkeys(excluded_phrases)),
    )


def read_prose(
    text: str,
    *,
    vocabulary: Vocabulary = NOTHING_KNOWN,
    synonyms: Synonyms = NO_SYNONYMS,
    literally: Collection[str] = (),
) -> Reading:
    """Read a question in sentences: a quotation mark or a minus in it means nothing special.

    A long one is not corrected: its other words carry it, and what nobody here uses may well be a name.
    """
    plain = _chunks(text)
    corrected = vocabulary if len(plain) <= MOST_CORRECTED else None
    found = _understood(
        plain, vocabulary=vocabulary, corrected=corrected, synonyms=synonyms, literally=literally
    )
    return replace(found, typed=text, heading="" if found.is_short else heading_of(text))


def heading_of(text: str) -> str:
    """The first sentence or line of a text that has more; else nothing."""
    first, *more = _HEADING_ENDS.split(text.strip(), maxsplit=1)
    return first if more else ""


def _understood(
    plain: Sequence[str],
    *,
    vocabulary: Vocabulary,
    corrected: Vocabulary | None,
    synonyms: Synonyms,
    literally: Collection[str],
) -> Reading:
    plain = plain[:MOST_WORDS]
    kept = {words.folded(word) for word in literally}
    corrections = tuple(_corrections(plain, vocabulary=corrected, literally=kept)) if corrected else ()
    instead = {one.typed: one.proposed for one in corrections}
    spelt = [instead.get(word, word) for word in plain]
    groups = _groups(spelt, vocabulary=vocabulary, joined=len(spelt) <= MOST_JOINED)
    expanded = list(_expanded(groups, synonyms=synonyms, literally=kept))
    return Reading(
        groups=_damped(group for group, _added in expanded),
        corrections=corrections,
        expansions=tuple(
            dict.fromkeys(Expansion(typed=group.typed, added=added) for group, added in expanded if added)
        ),
    )


def _parted(text: str) -> tuple[list[str], list[tuple[str, ...]], list[str], list[tuple[str, ...]]]:
    plain: list[str] = []
    phrases: list[tuple[str, ...]] = []
    excluded: list[str] = []
    excluded_phrases: list[tuple[str, ...]] = []
    for part in _PARTS.finditer(text):
        minus = part["minus"] and not (part["word"] or "").isdigit()
        if part["phrase"] is None:
            (excluded if minus else plain).extend(_chunks(part["word"]))
        elif said := tuple(words.exact(part["phrase"])):
            (excluded_phrases if minus else phrases).append(said)
    return plain, phrases, excluded, excluded_phrases


def _chunks(text: str) -> list[str]:
    """Folded words; those tied by a hyphen stay together."""
    return words.chunks(text)


def _corrections(
    plain: Iterable[str], *, vocabulary: Vocabulary, literally: Collection[str]
) -> Iterator[Correction]:
    for word in dict.fromkeys(plain):
        if word in literally or word in words.STOP_WORDS or not can_be_misspelt(word):
            continue
        if any(vocabulary.count(stem(way)) for way in [word, *umlaut_ways(word)]):
            continue
        proposed = vocabulary.nearest(word) or _in_two(word, vocabulary)
        if proposed:
            yield Correction(typed=word, proposed=proposed)


def _in_two(word: str, vocabulary: Vocabulary) -> str:
    """Two known words that were written as one; "" if there are none. The rarer of the two is as common as can be."""
    halves = [(word[:place], word[place:]) for place in range(3, len(word) - 2)]
    scored = [
        (min(vocabulary.count(stem(one)), vocabulary.count(stem(two))), one, two) for one, two in halves
    ]
    common, one, two = max(scored, default=(0, "", ""))
    return f"{one} {two}" if common else ""


@lru_cache(maxsize=8_192)
def umlaut_ways(word: str) -> tuple[str, ...]:
    """Other writings of a word that may have an umlaut: mueller and muller for each other."""
    ways = {words.umlaut_key(word)}
    for plain, spelt in (("a", "ae"), ("o", "oe"), ("u", "ue")):
        parts = words.umlaut_key(word).split(plain)
        if len(parts) > MOST_VOWELS:
            continue
        for place in range(1, len(parts)):
            ways.add(plain.join(parts[:place]) + spelt + plain.join(parts[place:]))
    return tuple(sorted(ways - {word}))


def _groups(spelt: Iterable[str], *, vocabulary: Vocabulary, joined: bool) -> list[Group]:
    """One group for each word or known writing, in their order."""
    apart = " ".join(spelt)
    found: list[Group] = []
    for typed, stems, tied in words.asked(apart):
        ways = [Way(stems)]
        if tied:
            ways.append(Way((tied,)))
        elif len(stems) == 1 and can_be_misspelt(typed):
            ways.extend(Way((stem(way),)) for way in umlaut_ways(typed) if vocabulary.count(stem(way)))
        found.append(Group(typed=typed, ways=tuple(dict.fromkeys(ways)) if len(ways) > 1 else tuple(ways)))
    return _with_joined(found, vocabulary) if joined else found


def _with_joined(groups: list[Group], vocabulary: Vocabulary) -> list[Group]:
    """Two neighbours that the index also knows as one word become one group: co crystal, cocrystal."""
    found: list[Group] = []
    for group in groups:
        last = found[-1] if found else None
        if last and len(last.ways) == len(group.ways) == 1 and " " not in last.typed:
            one = stem(last.typed + group.typed)
            if vocabulary.count(one):
                both = Way(last.ways[0].stems + group.ways[0].stems)
                found[-1] = Group(typed=f"{last.typed} {group.typed}", ways=(both, Way((one,))))
                continue
        found.append(group)
    return found


def _expanded(
    groups: Sequence[Group], *, synonyms: Synonyms, literally: Collection[str]
) -> Iterator[tuple[Group, tuple[str, ...]]]:
    """The groups, those that together name a term as one group with its synonyms, and which were added."""
    place = 0
    while place < len(groups):
        for length in range(min(synonyms.longest, len(groups) - place), 0, -1):
            span = groups[place : place + length]
            stems = tuple(one for group in span for one in group.ways[0].stems)
            typed = " ".join(group.typed for group in span)
            others = synonyms.by_stems.get(stems, ())
            if others and typed not in literally:
                yield _with_synonyms(span, typed=typed, stems=stems, others=others), others
                place += length
                break
        else:
            yield groups[place], ()
            place += 1


def _with_synonyms(
    span: Sequence[Group], *, typed: str, stems: tuple[str, ...], others: Iterable[str]
) -> Group:
    own = span[0].ways if len(span) == 1 else (Way(stems),)
    added = (Way(tuple(words.question_stems(other)), weight=SYNONYM_WEIGHT) for other in others)
    known = {way.stems for way in own}
    return Group(typed=typed, ways=(*own, *dict.fromkeys(way for way in added if way.stems not in known)))


def _damped(groups: Iterable[Group]) -> tuple[Group, ...]:
    """Each group once; said n times, it counts the square root of n."""
    said: dict[tuple[Way, ...], list[Group]] = {}
    for group in groups:
        said.setdefault(group.ways, []).append(group)
    return tuple(
        replace(same[0], weight=math.sqrt(len(same))) if len(same) > 1 else same[0] for same in said.values()
    )
