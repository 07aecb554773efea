"""How well a pitch fits what an investor looks for, with the reasons; nobody is hidden, what fits best stands first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from landbridge.foundation.money import Money
from landbridge.foundation.problems import N_, Problem

# Weights: rules of the field name type, ticket, markets, stages, geography; market and stage are what most say no by.
MARKET, STAGE, TICKET, PLACE = 4, 3, 2, 1


class Why(StrEnum):
    """One reason for or against."""

    MARKET = "market"
    OTHER_MARKET = "other_market"
    STAGE = "stage"
    OTHER_STAGE = "other_stage"
    TICKET = "ticket"
    SHARED_ROUND = "shared_round"
    TOO_SMALL = "too_small"
    PLACE = "place"
    OTHER_PLACE = "other_place"


@dataclass(frozen=True, slots=True)
class Wants:
    """What an investor looks for; what is left empty excludes nothing."""

    ticket_from: Money | None = None
    ticket_to: Money | None = None
    markets: frozenset[str] = frozenset()
    stages: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Offers:
    """What a pitch says of itself."""

    asks: Money | None
    markets: frozenset[str]
    stage: str
    country: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Why it fits, or does not: `what` holds the markets in common."""

    why: Why
    what: tuple[str, ...] = ()

    @property
    def speaks_for(self) -> bool:
        return self.why in (Why.MARKET, Why.STAGE, Why.TICKET, Why.SHARED_ROUND, Why.PLACE)


@dataclass(frozen=True, slots=True)
class Fit:
    """Points out of those that could be had; with an empty profile there are none, and `share` is 0."""

    points: float
    most: int
    reasons: tuple[Reason, ...]

    @property
    def share(self) -> float:
        return self.points / self.most if self.most else 0.0

    @property
    def is_good(self) -> bool:
        """Fits in what it was compared by: at least two thirds of the points."""
        return self.most > 0 and self.share >= 2 / 3 - 1e-9


def fit(wants: Wants, offers: Offers) -> Fit:
    """Compare by whatever the profile says."""
    points, most, reasons = 0.0, 0, []
    for weight, share, reason in _compared(wants, offers):
        points, most = points + weight * share, most + weight
        reasons.append(reason)
    return Fit(points, most, tuple(reasons))


def _compared(wants: Wants, offers: Offers) -> Iterator[tuple[int, float, Reason]]:
    if wants.markets:
        shared = tuple(sorted(wants.markets & offers.markets))
        yield MARKET, float(bool(shared)), Reason(Why.MARKET, shared) if shared else Reason(Why.OTHER_MARKET)
    if wants.stages:
        is_in = offers.stage in wants.stages
        yield STAGE, float(is_in), Reason(Why.STAGE if is_in else Why.OTHER_STAGE, (offers.stage,))
    if offers.asks is not None and (wants.ticket_from is not None or wants.ticket_to is not None):
        yield _ticket(wants, offers.asks)
    if wants.countries:
        is_in = offers.country in wants.countries
        yield PLACE, float(is_in), Reason(Why.PLACE if is_in else Why.OTHER_PLACE, (offers.country,))


def _ticket(wants: Wants, asks: Money) -> tuple[int, float, Reason]:
    """A round above the largest ticket is one to share with others: half the points."""
    if wants.ticket_from is not None and asks < wants.ticket_from:
        return TICKET, 0.0, Reason(Why.TOO_SMALL)
    if wants.ticket_to is not None and asks > wants.ticket_to:
        return TICKET, 0.5, Reason(Why.SHARED_ROUND)
    return TICKET, 1.0, Reason(Why.TICKET)


def problems_with_profile(
    *,
    name: str,
    type_: str,
    ticket_from: Money | None,
    ticket_to: Money | None,
    markets: Iterable[str],
    consents: bool,
) -> Iterator[Problem]:
    """A profile says who somebody is and what they look for, with a consent of its own."""
    if not name.strip() or not type_:
        yield Problem(
            code="nobody",
            message=N_("The profile does not say who you are."),
            cure=N_("Give name and type."),
            field="name",
        )
    if ticket_from is not None and ticket_to is not None and ticket_to < ticket_from:
        yield Problem(
            code="ticket_reversed",
            message=N_("The largest ticket is below the smallest."),
            cure=N_("Exchange the two amounts."),
            field="ticket_to_eur",
        )
    if not list(markets):
        yield Problem(
            code="no_market",
            message=N_("No market is chosen."),
            cure=N_("Choose at least one; pitches are sorted by it."),
            field="markets",
        )
    if not consents:
        yield Problem(
            code="no_consent",
            message=N_("Without your consent no profile is kept."),
            cure=N_("Tick the box, or leave the page; you may withdraw at any time."),
            field="consents",
        )
