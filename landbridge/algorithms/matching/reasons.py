"""Why an offer fits, as data: sentences that can be read aloud, the weightiest first."""

from __future__ import annotations

import dataclasses
import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from landbridge.algorithms.matching import words
from landbridge.algorithms.matching.offers import Capacity, Offer, Question, kilometres

ORDINARY_SENTENCE = 12  # words; a longer one must say more to be chosen
LEAST_ANSWER = 0.2  # of the weight of what was asked; a sentence with less answers nothing
LONGEST_SENTENCE = 240  # characters that somebody listens to

_ENDS = re.compile(r"(?<=[.!?…])\s+(?=[^\W\d_a-z]|\d)|\n+|;\s+")


def N_(message: str) -> str:  # noqa: N802 - the name gettext tools look for
    """Mark a message for translation; it is translated when shown."""
    return message


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason for an offer. `message` is marked with `N_` and holds `%(name)s` places for `params`.

    `weight` is the share of the score it brought; 0 says something worth knowing that brought nothing.
    """

    code: str
    message: str
    params: Mapping[str, object] = dataclasses.field(default_factory=dict)
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each part of a fit counts in the score; together 1."""

    text: float = 0.56
    competences: float = 0.22
    access: float = 0.06
    language: float = 0.04
    certificates: float = 0.05
    time: float = 0.03
    capacity: float = 0.02
    results: float = 0.02


def share_of_competences(question: Question, offer: Offer) -> float:
    """The weight of the wanted competences that are there, of the weight of all."""
    wanted = question.competences
    whole = math.fsum(wanted.values())
    return (
        math.fsum(weight for code, weight in wanted.items() if code in offer.competences) / whole
        if whole > 0
        else 0.0
    )


def share_of_certificates(question: Question, offer: Offer) -> float:
    """How many of the wanted certificates hold on the day they are needed."""
    held = [code for code in question.certificates if holds(question, offer, code)]
    return len(held) / len(question.certificates) if question.certificates else 0.0


def holds(question: Question, offer: Offer, code: str) -> bool:
    """The offer has this certificate, and it holds on the day it is needed, or today."""
    until = offer.certificates.get(code)
    return code in offer.certificates and (until is None or until >= (question.needed_on or question.today))


def is_in_time(question: Question, offer: Offer) -> bool:
    """The work can be done by the day it is needed; false where either is not known."""
    if question.needed_on is None or offer.lead_days is None:
        return False
    return offer.lead_days <= (question.needed_on - question.today).days


def share_of_results(offer: Offer) -> float:
    """From 0 for no past result to 1 for very many; the first counts most."""
    return 1 - 1 / (1 + max(offer.results, 0))


def reasons(
    question: Question,
    offer: Offer,
    *,
    text: float = 0.0,
    weights: Weights | None = None,
    rarity: Callable[[str], float] | None = None,
    closeness: Sequence[float] | None = None,
) -> list[Reason]:
    """Why this offer, the weightiest reason first. See `answer` for `rarity` and `closeness`."""
    weights = weights or Weights()
    found = [
        *_answer(question, offer, weight=weights.text * text, rarity=rarity, closeness=closeness),
        *_competences(question, offer, weight=weights.competences),
        *_wishes(question, offer, weights=weights),
        *_record(question, offer, weights=weights),
    ]
    return sorted(found, key=lambda reason: -reason.weight)


def answer(
    question: Question,
    sentences: Sequence[str],
    *,
    rarity: Callable[[str], float] | None = None,
    closeness: Sequence[float] | None = None,
) -> str:
    """The sentence that answers best, "" if none does.

    `rarity` says how much a stem tells (else all the same); `closeness` gives each sentence's likeness in meaning to
    the question, from 0 to 1, which then counts as much as the words.
    """
    asked = {
        stem: weight * (rarity(stem) if rarity else 1.0) for stem, weight in question.reading.stems.items()
    }
    whole = math.fsum(asked.values())
    best, chosen = 0.0, ""
    for place, sentence in enumerate(sentences):
        stems = words.index_stems(sentence)
        told = math.fsum(asked[stem] for stem in set(stems) if stem in asked) / whole if whole > 0 else 0.0
        near = closeness[place] if closeness is not None else told
        score = (told + near) / 2
        length = max(len(stems) / ORDINARY_SENTENCE, 1.0)
        if score >= LEAST_ANSWER and score / math.sqrt(length) > best:
            best, chosen = score / math.sqrt(length), sentence
    return chosen


def sentences_of(text: str) -> Iterator[str]:
    """The sentences of a text, each on one line; an item of a list is one, too."""
    for sentence in _ENDS.split(text):
        if line := " ".join(sentence.split()).strip("•*·- "):
            yield line


def aloud(sentence: str) -> str:
    """A sentence as it is read aloud: ended, and cut at a word where it is too long."""
    line = " ".join(sentence.split())
    if len(line) > LONGEST_SENTENCE:
        line = line[:LONGEST_SENTENCE].rsplit(" ", 1)[0].rstrip(",;:") + "…"
    return words.spoken(line)


def _answer(
    question: Question,
    offer: Offer,
    *,
    weight: float,
    rarity: Callable[[str], float] | None,
    closeness: Sequence[float] | None,
) -> Iterator[Reason]:
    sentence = answer(question, offer.sentences, rarity=rarity, closeness=closeness)
    if sentence:
        yield Reason("answer", N_("In its own words: “%(sentence)s”"), {"sentence": aloud(sentence)}, weight)


def _competences(question: Question, offer: Offer, *, weight: float) -> Iterator[Reason]:
    whole = math.fsum(question.competences.values())
    for code, wanted in sorted(question.competences.items(), key=lambda one: (-one[1], one[0])):
        if code in offer.competences and wanted > 0:
            params = {"competence": offer.competences[code]}
            yield Reason(
                "competence", N_("It has this competence: %(competence)s."), params, weight * wanted / whole
            )


def _wishes(question: Question, offer: Offer, *, weights: Weights) -> Iterator[Reason]:
    modes = sorted(question.access_modes & offer.access_modes.keys())
    if modes:
        params = {"mode": ", ".join(offer.access_modes[code] for code in modes)}
        yield Reason("access", N_("It can be used in the way you ask for: %(mode)s."), params, weights.access)
    languages = sorted(question.languages & offer.languages.keys())
    if languages:
        params = {"language": ", ".join(offer.languages[code] for code in languages)}
        yield Reason(
            "language", N_("You can speak this language there: %(language)s."), params, weights.language
        )
    for code in sorted(question.certificates):
        if holds(question, offer, code):
            share = weights.certificates / len(question.certificates)
            yield _certificate(offer, code, weight=share)


def _certificate(offer: Offer, code: str, *, weight: float) -> Reason:
    name, until = offer.certificate_names.get(code, code), offer.certificates[code]
    if until is None:
        return Reason("certificate", N_("It works under %(certificate)s."), {"certificate": name}, weight)
    params = {"certificate": name, "until": until}
    return Reason("certificate", N_("It works under %(certificate)s, valid until %(until)s."), params, weight)


def _record(question: Question, offer: Offer, *, weights: Weights) -> Iterator[Reason]:
    if is_in_time(question, offer):
        yield Reason(
            "time", N_("It takes %(days)s days, in time for you."), {"days": offer.lead_days}, weights.time
        )
    if offer.capacity == Capacity.FREE:
        yield Reason("capacity", N_("It has free capacity."), weight=weights.capacity)
    elif offer.capacity == Capacity.FULL:
        yield Reason("full", N_("It has no free capacity at present."))
    if offer.results > 0:
        message = (
            N_("One earlier collaboration came of it.")
            if offer.results == 1
            else N_("%(number)s earlier collaborations came of it.")
        )
        yield Reason("results", message, {"number": offer.results}, weights.results * share_of_results(offer))
    if question.place and offer.place:
        distance = round(kilometres(question.place, offer.place))
        yield Reason("distance", N_("It is %(km)s km away."), {"km": distance})
    if offer.confirmed_on and not offer.is_overdue:
        yield Reason("fresh", N_("This was confirmed on %(day)s."), {"day": offer.confirmed_on})
    elif offer.is_overdue:
        yield Reason("overdue", N_("Nobody has confirmed this for a long time: ask whether it still holds."))
