"""The order of offers for a question: the fit of the text with what is wanted and what is known of the offer.

The laws, each with a test: one more wanted competence never costs an offer its place; an overdue record never stands
before the same one confirmed; the order of the input does not matter; what is equal is ordered by number.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from landbridge.algorithms.matching import reasons
from landbridge.algorithms.matching.offers import Capacity, Offer, Question, Reach
from landbridge.algorithms.matching.reasons import Reason, Weights

OVERDUE = 0.8  # what is left of the score of a record that nobody confirmed in time
DIGITS = 9  # of a score; what differs later than this is noise of the arithmetic
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Match:
    """An offer with its score from 0 to 1 and the reasons for it."""

    offer: Offer
    score: float
    is_outside: bool
    reasons: list[Reason] = field(default_factory=list)


def match(
    question: Question,
    offers: Iterable[Offer],
    *,
    texts: Mapping[int, float] | None = None,
    weights: Weights | None = None,
    rarity: Callable[[str], float] | None = None,
    most: int = SHOWN,
) -> list[Match]:
    """The best offers for a question, best first, each with its reasons.

    `texts` gives each offer's number how well its text fits, from 0 to 1 (see `fusion`); an offer that is not in it
    fits by its facts alone. `rarity` says how much a stem tells, for choosing the sentence that answers.
    """
    weights = weights or Weights()
    texts = texts or {}
    ranked = [
        (
            not is_outside if question.reach == Reach.OUTSIDE_FIRST else False,
            -score,
            offer.is_overdue,
            offer.id,
            offer,
        )
        for offer in offers
        for is_outside in [offer.region != question.region]
        if _may_be_shown(question.reach, is_outside=is_outside)
        for score in [score_of(question, offer, text=texts.get(offer.id, 0.0), weights=weights)]
    ]
    ranked.sort(key=lambda row: row[:4])
    return [
        Match(
            offer=offer,
            score=-minus_score,
            is_outside=offer.region != question.region,
            reasons=reasons.reasons(
                question, offer, text=texts.get(offer.id, 0.0), weights=weights, rarity=rarity
            ),
        )
        for _tier, minus_score, _overdue, _number, offer in ranked[:most]
    ]


def score_of(question: Question, offer: Offer, *, text: float, weights: Weights) -> float:
    """From 0 to 1, summed from its parts exactly, so that no order of adding can change a place."""
    parts = (
        weights.text * min(max(text, 0.0), 1.0),
        weights.competences * reasons.share_of_competences(question, offer),
        weights.access * bool(question.access_modes & offer.access_modes.keys()),
        weights.language * bool(question.languages & offer.languages.keys()),
        weights.certificates * reasons.share_of_certificates(question, offer),
        weights.time * reasons.is_in_time(question, offer),
        weights.capacity * (offer.capacity == Capacity.FREE),
        weights.results * reasons.share_of_results(offer),
    )
    return round(math.fsum(parts) * (OVERDUE if offer.is_overdue else 1.0), DIGITS)


def _may_be_shown(reach: Reach, *, is_outside: bool) -> bool:
    if reach == Reach.OUTSIDE_ONLY:
        return is_outside
    return not is_outside if reach == Reach.INSIDE_ONLY else True
