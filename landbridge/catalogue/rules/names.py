"""Which known organisation a name means: plain names in several languages, a score, and a queue for what is doubtful."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

SURE, DOUBTFUL = 0.92, 0.75
MOST_CANDIDATES = 5
MOST_LOOKED_AT = 25
COMMON = 400  # a word that so many organisations of a country share leads to none of them
FUZZY_FROM = 5
MOST_BY_LETTERS = 0.9  # letters alone make doubtful, never sure


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _all_mean(meaning: str, text: str) -> dict[str, str]:
    return dict.fromkeys(text.split(), meaning)


_LETTERS = str.maketrans({
    "ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "&": " and ",
    "'": " ", "’": " ",
})  # fmt: skip
# Legal forms and small words say nothing about who it is.
_LEGAL = _words("""
    ab ag aps as asbl bv bvba cic co company corp corporation doo ev eg gesmbh ggmbh gmbh inc ivzw kg kgaa limited llc
    llp ltd mbh nv ohg oy oyj plc sa sas sarl scrl se sl sla slu snc spa sprl srl srls stichting vof vzw
""")
_SMALL = _words("""
    a af al and at da das de del dell della den der des di die do dos du e ed el en et for fuer fur i im in la le les
    of og och op per pour the to und v van vom von voor vor y zu zum zur
""")
# One word for the words of the field in the languages of the network.
_SAME: Mapping[str, str] = {
    **_all_mean("university", """universitat universitaet universite universiteit universidad universidade universita
        universitet universitetet univ universities universitario universitaria universitari universitaire prifysgol"""),
    **_all_mean("institute", "institut instituto istituto instituut institutet inst instituts institutes"),
    **_all_mean("school", "hochschule hogeschool hojskole hogskola ecole escola escuela scuola"),
    **_all_mean("centre", "center centro centrum zentrum centra centres centers"),
    **_all_mean("hospital", """krankenhaus klinikum hopital ziekenhuis sygehus spital hospitals ospedale sjukhus
        klinik clinic clinica clinique kliniken"""),
    **_all_mean("research", "forschung forschungs recherche recherches onderzoek investigacion ricerca forskning"),
    **_all_mean("technical", "technische technisch technique technica tecnica technological technology technologie"),
    **_all_mean("national", "nationale nationaal nacional nazionale nationales"),
    **_all_mean("medicine", """medizin medizinische medical medecine medicale medicina geneeskunde medicinsk medisch
        medic"""),
    **_all_mean("science", "wissenschaft wissenschaften sciences scienza scienze ciencia ciencias wetenschappen"),
    **_all_mean("laboratory", "laboratories labor laboratoire laboratorio laboratorium labs lab"),
    **_all_mean("foundation", "fondation stiftung fundacion fundacio fondazione fonden"),
    **_all_mean("academy", "akademie academie academia accademia akademi"),
    "munchen": "munich", "muenchen": "munich", "koln": "cologne", "koeln": "cologne", "luttich": "liege",
    "luik": "liege", "kobenhavn": "copenhagen", "kobenhavns": "copenhagen", "wien": "vienna", "bruxelles": "brussels",
    "brussel": "brussels", "anvers": "antwerp", "antwerpen": "antwerp", "gent": "ghent", "gand": "ghent",
    "leuven": "louvain", "nurnberg": "nuremberg", "nuernberg": "nuremberg", "geneve": "geneva", "genf": "geneva",
    "zurich": "zurich", "zuerich": "zurich", "praha": "prague", "roma": "rome", "milano": "milan", "torino": "turin",
    "lisboa": "lisbon", "catalunya": "catalonia", "cataluna": "catalonia", "barcelone": "barcelona",
    "stuttgarter": "stuttgart", "tuebingen": "tubingen", "goettingen": "gottingen", "duesseldorf": "dusseldorf",
}  # fmt: skip
# What German and Dutch write in one word.
_JOINED = {
    "universitatsklinikum": "university hospital", "universitaetsklinikum": "university hospital",
    "universitair": "university", "universitetshospital": "university hospital",
    "forschungszentrum": "research centre", "forschungsinstitut": "research institute",
    "onderzoekscentrum": "research centre", "fachhochschule": "school", "forschungsgesellschaft": "research",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Known:
    """An organisation as the matcher knows it; `names` holds its name first."""

    pk: int
    names: tuple[str, ...]
    country: str
    town: str = ""
    website: str = ""
    ror: str = ""
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """What a row says about an organisation."""

    names: tuple[str, ...]
    country: str
    town: str = ""
    website: str = ""
    ror: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """The organisation that is meant where it is sure, else those that it may be, the likeliest first."""

    pk: int | None
    candidates: tuple[tuple[int, float], ...]


@lru_cache(maxsize=200_000)
def words_of(name: str) -> tuple[str, ...]:
    """The words that tell organisations apart: without accents, legal forms, small words; one language."""
    text = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS))
    text = "".join(letter for letter in text if not unicodedata.combining(letter))
    words: list[str] = []
    for word in re.findall(r"\w+", text.replace(".", "")):
        words.extend(_JOINED.get(word, _SAME.get(word, word)).split())
    telling = [word for word in words if word not in _SMALL and word not in _LEGAL]
    return tuple(telling or words)


def plain_name(name: str) -> str:
    """The words in alphabetical order: equal for names that mean the same."""
    return " ".join(sorted(words_of(name)))


def owner_key(name: str, country: str) -> str:
    """Under which rows of one file belong to the same new organisation."""
    return f"{country}:{plain_name(name)}"[:200]


def host_of(website: str) -> str:
    """The host without `www.`, in small letters."""
    return re.sub(r"^https?://(?:www\.)?|[/:?#].*$", "", website.strip().lower())


class Matcher:
    """Known organisations, found again by identifier, by host and by name. Deterministic; built once an import."""

    def __init__(self, known: Iterable[Known]) -> None:
        self._known: dict[int, Known] = {}
        self._by_ror: dict[str, int] = {}
        self._by_number: dict[str, int] = {}
        self._by_host: dict[str, list[int]] = defaultdict(list)
        self._by_name: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._names: dict[int, list[tuple[str, ...]]] = {}
        self._postings: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._pieces: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._frequency: Counter[str] = Counter()
        for one in known:
            self._take(one)

    def _take(self, one: Known) -> None:
        self._known[one.pk] = one
        if one.ror:
            self._by_ror.setdefault(one.ror.lower(), one.pk)
        for number in one.numbers:
            self._by_number.setdefault(number, one.pk)
        if one.website:
            self._by_host[host_of(one.website)].append(one.pk)
        self._names[one.pk] = [words_of(name) for name in one.names]
        for plain in sorted({" ".join(sorted(words)) for words in self._names[one.pk]}):
            self._by_name[one.country, plain].append(one.pk)
        for word in sorted({word for words in self._names[one.pk] for word in words}):
            if (one.country, word) not in self._postings:
                for piece in _pieces(word):
                    self._pieces[one.country, piece].add(word)
            self._postings[one.country, word].append(one.pk)
            self._frequency[word] += 1

    def match(self, asked: Asked) -> Match:
        """The organisation meant: by ROR or company number at once, else by host and name within the country."""
        found = self._by_ror.get(asked.ror.lower()) if asked.ror else None
        found = found or (self._by_number.get(asked.number) if asked.number else None)
        if found is not None:
            return Match(found, ((found, 1.0),))
        same = self._with_the_same_name(asked)
        if len(same) == 1:
            return Match(same[0], ((same[0], 1.0),))
        scored = {pk: self.score(asked, self._known[pk]) for pk in self._looked_at(asked)}
        best = sorted(((pk, score) for pk, score in scored.items() if score >= DOUBTFUL), key=_likeliest)
        if not best:
            return Match(None, ())
        sure = [pk for pk, score in best if score >= SURE]
        return Match(sure[0] if len(sure) == 1 else None, tuple(best[:MOST_CANDIDATES]))

    def _with_the_same_name(self, asked: Asked) -> list[int]:
        """Those whose plain name is the same and that score 1: the answer for most rows, found at once."""
        named = {
            pk for name in asked.names for pk in self._by_name.get((asked.country, plain_name(name)), ())
        }
        return sorted(pk for pk in named if self.score(asked, self._known[pk]) == 1.0)

    def score(self, asked: Asked, known: Known) -> float:
        """From 0 to 1, how likely both are the same. Another identifier of the same scheme says that they are not."""
        if (asked.ror and known.ror) or (asked.country and known.country and asked.country != known.country):
            return 0.0
        alike = max(
            (self._alike(words_of(name), words) for name in asked.names for words in self._names[known.pk]),
            default=0.0,
        )
        towns = _towns(asked.town, known.town)
        has_host = bool(asked.website and known.website) and host_of(asked.website) == host_of(known.website)
        if alike == 1.0:
            return 1.0 if towns != -1 or has_host else 0.85
        score = 0.97 * alike + (0.03 if towns == 1 else -0.06 if towns == -1 else 0.0)
        if has_host:
            only = len(self._by_host[host_of(known.website)]) == 1
            score = max(score, 0.95 if only and alike >= 0.5 else DOUBTFUL)
        return round(min(score, 0.99), 4)

    def _looked_at(self, asked: Asked) -> list[int]:
        """Organisations that share telling words or the host; those that share the most and rarest come first."""
        weights: dict[int, float] = defaultdict(float)
        for word in sorted({word for name in asked.names for word in words_of(name)}):
            near = [word] if (asked.country, word) in self._postings else self._nearby(word, asked.country)
            for other in near:
                posted = self._postings[asked.country, other]
                if len(posted) <= COMMON:
                    for pk in posted:
                        weights[pk] += self._weight(other)
        for pk in self._by_host.get(host_of(asked.website), []) if asked.website else []:
            weights[pk] += 100.0
        if not weights:
            return self._only_common(asked)
        return sorted(weights, key=lambda pk: (-weights[pk], pk))[:MOST_LOOKED_AT]

    def _only_common(self, asked: Asked) -> list[int]:
        """Names of nothing but common words: those who have all of them."""
        words = {word for name in asked.names[:1] for word in words_of(name)}
        posted = [set(self._postings.get((asked.country, word), ())) for word in words]
        return sorted(set.intersection(*posted))[:MOST_LOOKED_AT] if posted else []

    def _nearby(self, word: str, country: str) -> list[str]:
        """Known words that share most three-letter pieces with one that nobody has: typing errors."""
        if len(word) < FUZZY_FROM:
            return []
        pieces = _pieces(word)
        shared: Counter[str] = Counter()
        for piece in pieces:
            shared.update(self._pieces.get((country, piece), ()))
        near = [
            (other, _share(pieces, _pieces(other)))
            for other, count in shared.items()
            if 2 * count >= len(pieces)
        ]
        return [other for other, share in sorted(near, key=lambda one: (-one[1], one[0])) if share >= 0.5][:3]

    def _weight(self, word: str) -> float:
        return 1.0 + math.log(1 + len(self._known) / (1 + self._frequency[word]))

    def _alike(self, ours: Sequence[str], theirs: Sequence[str]) -> float:
        """1 for the same words in any order; else the weight of shared words, near ones by how near they are."""
        if sorted(ours) == sorted(theirs):
            return 1.0
        if _figures(ours) != _figures(theirs):
            return 0.0
        left, shared = list(theirs), 0.0
        whole = sum(self._weight(word) for word in (*ours, *theirs))
        for word in ours:
            near = max(((_near(word, other), other) for other in left), default=(0.0, ""))
            if near[0] > 0:
                left.remove(near[1])
                shared += near[0] * (self._weight(word) + self._weight(near[1]))
        letters = _share(_pieces(" ".join(sorted(ours))), _pieces(" ".join(sorted(theirs))))
        return max(min(shared / whole, 0.99) if whole else 0.0, min(letters, MOST_BY_LETTERS))


def _likeliest(scored: tuple[int, float]) -> tuple[float, int]:
    return -scored[1], scored[0]


def _towns(ours: str, theirs: str) -> int:
    """1 the same town, -1 another, 0 where one is not known."""
    if not ours or not theirs:
        return 0
    return 1 if plain_name(ours) == plain_name(theirs) else -1


@lru_cache(maxsize=100_000)
def _pieces(word: str) -> frozenset[str]:
    framed = f"_{word}_"
    return frozenset(framed[at : at + 3] for at in range(len(framed) - 2))


def _share(ours: frozenset[str], theirs: frozenset[str]) -> float:
    return 2 * len(ours & theirs) / (len(ours) + len(theirs))


@lru_cache(maxsize=200_000)
def _near(word: str, other: str) -> float:
    """1 for the same word, the share of pieces for a likely typing error, else 0."""
    if word == other:
        return 1.0
    if min(len(word), len(other)) < FUZZY_FROM:
        return 0.0
    share = _share(_pieces(word), _pieces(other))
    return share if share >= 0.6 else 0.0


def _figures(words: Sequence[str]) -> list[str]:
    """Numbers tell departments apart: UMR 7144 is not UMR 7145."""
    return sorted(word for word in words if any(letter.isdigit() for letter in word))
