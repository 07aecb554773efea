"""Words of a text as they are compared: folded, joined where writings differ, without stop words, as stems.

One function serves the index, the question and the sentence that says why: what they call the same word cannot differ.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from landbridge.algorithms.matching.stems import stem

LONGEST_WORD = 64
_LETTERS_THAT_FOLD = str.maketrans(
    {
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "å": "a",
        "đ": "d",
        "ł": "l",
        "ı": "i",
        "þ": "th",
        "ð": "d",
        "’": "'",
        "‘": "'",
        "ʼ": "'",
        "‐": "-",
        "‑": "-",
        "‒": "-",
        "–": "-",
        "−": "-",
        "µ": "μ",
    }
)
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_CHUNK = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_WHOSE = re.compile(r"'s?\Z")

_STOPS = (
    "a about above after again against all also am an and any are as at be because been before being below between both"
    " but by can cannot could did do does doing done down during each etc few for from further had has have having he"
    " her here hers him his how however i if in into is it its itself just let like may me might more most much must my"
    " no nor not now of off on once one only or other ought our ours out over own per really same shall she should so"
    " some such than that the their theirs them then there these they this those through thus to too under until up"
    " upon us use used using very via was we well were what when where whether which while who whom whose why will with"
    " within without would you your yours"
    " aux avec dans des du elle est et il la le les leur mais ne nous ou par pas pour qui sont sur une un"
    " auch auf aus bei das dem den der die durch ein eine einem einen einer fur ist mit nach nicht oder sich sie"
    " sind uber und vom von wie wir zu zum zur"
    " de een en het niet op te van voor zijn"
)
STOP_WORDS = frozenset(_STOPS.split())

# One thing, written in several ways. The first way is the word in the index; the parts of all ways are found as well.
WRITINGS: tuple[tuple[str, ...], ...] = (
    *(
        (f"{kind}seq", f"{kind} seq", f"{kind} sequencing")
        for kind in ("rna", "dna", "chip", "atac", "mirna", "scrna", "snrna", "mrna", "dnase", "bisulfite")
    ),
    ("qpcr", "q pcr", "quantitative pcr"),
    ("rtpcr", "rt pcr", "reverse transcription pcr"),
    ("ddpcr", "dd pcr", "digital droplet pcr", "droplet digital pcr"),
    ("lcms", "lc ms", "liquid chromatography mass spectrometry"),
    ("gcms", "gc ms", "gas chromatography mass spectrometry"),
    ("msms", "ms ms", "tandem mass spectrometry"),
    ("massspectrometry", "mass spectrometry", "mass spec"),
    ("cryoem", "cryo em", "cryo electron microscopy"),
    ("xray", "x ray"),
    ("crisprcas9", "crispr cas9", "crispr cas 9"),
    ("coculture", "co culture"),
    ("invitro", "in vitro"),
    ("invivo", "in vivo"),
    ("exvivo", "ex vivo"),
    ("insilico", "in silico"),
    ("3d", "3 d", "three dimensional"),
    ("2d", "2 d", "two dimensional"),
)


def folded(text: str) -> str:
    """Small letters without accents: ä and á become a, ß becomes ss; letters of other scripts stay."""
    lowered = text.lower().translate(_LETTERS_THAT_FOLD)
    if lowered.isascii():
        return lowered
    apart = unicodedata.normalize("NFKD", lowered)
    return unicodedata.normalize(
        "NFC", "".join(letter for letter in apart if not unicodedata.combining(letter))
    )


def plain_words(text: str) -> list[str]:
    """The words of a text, folded, in their order and with stop words; a hyphen parts two words."""
    return [_without_apostrophe(word)[:LONGEST_WORD] for word in _WORD.findall(folded(text))]


def exact(text: str) -> list[str]:
    """The words as a quoted phrase compares them: folded, and known writings joined; neither stems nor left out."""
    return [way for way, _parts in _joined(plain_words(text))]


def index_stems(text: str) -> list[str]:
    """Every word under which a text is found: stems without stop words, joined writings and their parts."""
    found: list[str] = []
    for way, parts in _joined(plain_words(text)):
        if parts:
            found.append(way)
            found.extend(_ALL_PARTS[way])
        elif way not in STOP_WORDS:
            found.append(stem(way))
    if "-" in text or "‑" in text or "–" in text:
        found.extend(stem(joined) for joined in hyphenated(text))
    return found


def hyphenated(text: str) -> Iterator[str]:
    """Words written with a hyphen, as one word: co-crystal gives cocrystal."""
    for piece in chunks(text):
        if "-" in piece and _is_plain(piece):
            yield piece.replace("-", "")


def question_stems(text: str) -> list[str]:
    """What a text asks for: stems without stop words, a known writing as its one joined word."""
    return [
        way if parts else stem(way)
        for way, parts in _joined(plain_words(text))
        if parts or way not in STOP_WORDS
    ]


def chunks(text: str) -> list[str]:
    """The words of a text, folded, in their order; those tied by hyphens are one."""
    return [_without_apostrophe(chunk)[:LONGEST_WORD] for chunk in _CHUNK.findall(folded(text))]


def asked(text: str) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Each thing a folded text asks for: as typed, its stems, and the stem of the whole where hyphens tie its parts.

    Stop words are left out, except tied to others by a hyphen.
    """
    pieces = chunks(text)
    apart = [(word, number) for number, piece in enumerate(pieces) for word in piece.split("-")]
    place = 0
    for way, parts in _joined([word for word, _number in apart]):
        number = apart[place][1]
        starts = place == 0 or apart[place - 1][1] != number
        taken = [word for word, _number in apart[place : place + max(parts, 1)]]
        place += max(parts, 1)
        if parts:
            yield " ".join(taken), (way,), ""
        elif "-" not in pieces[number]:
            if way not in STOP_WORDS:
                yield way, (stem(way),), ""
        elif starts and _is_plain(pieces[number]):
            yield (
                pieces[number],
                tuple(map(stem, pieces[number].split("-"))),
                stem(pieces[number].replace("-", "")),
            )
        elif not _is_plain(pieces[number]) and way not in STOP_WORDS:
            yield way, (stem(way),), ""


def _is_plain(piece: str) -> bool:
    """No known writing begins within these words tied by hyphens, and they are not many."""
    parts = piece.split("-")
    return len(parts) <= 3 and not any(known for _way, known in _joined(parts))


def spoken(text: str) -> str:
    """The text on one line with single spaces, ended as a sentence, so that it can be read aloud."""
    line = " ".join(text.split())
    return line if not line or line[-1] in ".!?…" else f"{line}."


def umlaut_key(word: str) -> str:
    """What the writings of one German word have in common: mueller and muller give muller."""
    return word.replace("ae", "a").replace("oe", "o").replace("ue", "u")


def _without_apostrophe(word: str) -> str:
    return _WHOSE.sub("", word).replace("'", "") if "'" in word else word


def _joined(words: list[str]) -> Iterator[tuple[str, int]]:
    """Each word with 0, or a known writing as its first way with the number of words it was written in."""
    place, end = 0, len(words)
    while place < end:
        word = words[place]
        if word in _STARTS:
            for writing, first_way in _STARTS[word]:
                if words[place : place + len(writing)] == writing:
                    yield first_way, len(writing)
                    place += len(writing)
                    break
            else:
                yield word, 0
                place += 1
        else:
            yield word, 0
            place += 1


def _starts(writings: Iterable[tuple[str, ...]]) -> dict[str, list[tuple[list[str], str]]]:
    found: dict[str, list[tuple[list[str], str]]] = {}
    for ways in writings:
        for way in ways:
            parts = way.split()
            found.setdefault(parts[0], []).append((parts, ways[0]))
    for begun in found.values():
        begun.sort(key=lambda known: -len(known[0]))
    return found


_STARTS = _starts(WRITINGS)
_ALL_PARTS = {
    ways[0]: tuple(
        dict.fromkeys(
            stem(part) for way in ways if " " in way for part in way.split() if part not in STOP_WORDS
        )
    )
    for ways in WRITINGS
}
