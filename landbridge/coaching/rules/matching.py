"""Who fits as a coach of a case: a ranked list with the reasons, and what speaks against somebody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from landbridge.foundation.problems import N_, Problem

MOST_PROPOSED = 3
# What each reason is worth; together 100. Competence decides; the rest orders those who have it.
COMPETENCE, LANGUAGE, ABROAD, ROOM, HOURS = 60, 20, 10, 5, 5
HOURS_THAT_SUFFICE = 8.0
NEAR = 0.5  # a broader or narrower competence counts half


class Conflict(StrEnum):
    """What speaks against a coach of a case."""

    OWN_COMPANY = "own_company"
    ADVISES = "advises"
    FULL = "full"
    DECLINED = "declined"
    WORKS_WITH = "works_with"

    @property
    def label(self) -> str:
        return CONFLICT_NAMES[self]

    @property
    def excludes(self) -> bool:
        """Whether they cannot be proposed at all; otherwise the company reads it and decides."""
        return self is not Conflict.WORKS_WITH


CONFLICT_NAMES = {
    Conflict.OWN_COMPANY: N_("Belongs to the company"),
    Conflict.ADVISES: N_("Advises the company on this case, or works at its desk"),
    Conflict.FULL: N_("Has as many cases as they take"),
    Conflict.DECLINED: N_("Declined this case"),
    Conflict.WORKS_WITH: N_("Their organisation works with the company already"),
}


@dataclass(frozen=True, slots=True)
class Need:
    """What a case asks of a coach: keys of competences and of those next to them, languages, the company's country."""

    competences: frozenset[str]
    near: frozenset[str]
    languages: frozenset[str]
    country: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A coach as the ranking sees them."""

    pk: int
    name: str
    competences: frozenset[str]
    languages: frozenset[str]
    country: str
    open_cases: int
    most_cases: int
    free_hours: float
    conflicts: tuple[Conflict, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a coach stands where they stand: a code, and the values that it names."""

    code: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fit:
    """One place of the ranking."""

    pk: int
    score: int
    reasons: tuple[Reason, ...]
    conflicts: tuple[Conflict, ...]

    @property
    def may_be_proposed(self) -> bool:
        return not any(conflict.excludes for conflict in self.conflicts)


def fits_of(candidates: Iterable[Candidate], need: Need) -> list[Fit]:
    """The candidates, best first; those who cannot be proposed come last, for the desk reads why."""
    named = [(_fit(one, need), one.name) for one in candidates]
    named.sort(key=lambda pair: (not pair[0].may_be_proposed, -pair[0].score, pair[1], pair[0].pk))
    return [fit for fit, _ in named]


def _fit(one: Candidate, need: Need) -> Fit:
    shared, near = one.competences & need.competences, one.competences & need.near - need.competences
    languages = one.languages & need.languages
    is_abroad = bool(one.country and need.country and one.country != need.country)
    room = max(one.most_cases - one.open_cases, 0)
    covered = min(len(shared) + NEAR * len(near), len(need.competences))
    score = COMPETENCE * (covered / len(need.competences) if need.competences else 1.0)
    score += LANGUAGE * bool(languages or not need.languages) + ABROAD * is_abroad
    score += ROOM * min(room / max(one.most_cases, 1), 1.0)
    score += HOURS * min(one.free_hours / HOURS_THAT_SUFFICE, 1.0)
    reasons = [
        *(
            [Reason("competences" if shared else "no_competence", tuple(sorted(shared)))]
            if need.competences
            else []
        ),
        *([Reason("near", tuple(sorted(near)))] if near else []),
        *(
            [Reason("languages" if languages else "no_language", tuple(sorted(languages)))]
            if need.languages
            else []
        ),
        *([Reason("abroad", (one.country,))] if is_abroad else []),
        Reason("load", (str(one.open_cases), str(one.most_cases))),
        Reason(
            "hours" if one.free_hours else "no_hours", (f"{one.free_hours:.0f}",) if one.free_hours else ()
        ),
    ]
    full = (Conflict.FULL,) if room == 0 and Conflict.FULL not in one.conflicts else ()
    return Fit(one.pk, round(score), tuple(reasons), (*one.conflicts, *full))


def problems_with_proposal(chosen: Iterable[Fit], *, standing: int) -> Iterator[Problem]:
    """Up to three coaches stand at a time, and none who has a conflict that excludes them."""
    picked = list(chosen)
    if not picked:
        yield Problem(
            code="nobody_chosen",
            message=N_("No coach is ticked."),
            cure=N_("Tick up to three; the company chooses one of them."),
            field="coaches",
        )
    if standing + len(picked) > MOST_PROPOSED:
        yield Problem(
            code="too_many_coaches",
            message=N_("The company chooses among %(most)s coaches at most; %(standing)s stand already."),
            cure=N_("Tick fewer, or withdraw one first."),
            field="coaches",
            params={"most": MOST_PROPOSED, "standing": standing},
        )
    for fit in picked:
        for conflict in fit.conflicts:
            if conflict.excludes:
                yield Problem(
                    code=f"coach_{conflict}",
                    message=N_("One of these coaches cannot be proposed: %(conflict)s."),
                    cure=N_("Choose somebody else."),
                    field="coaches",
                    params={"conflict": CONFLICT_NAMES[conflict]},
                )


def problems_with_acceptance(*, has_no_conflict: bool) -> Iterator[Problem]:
    """Whoever accepts a case declares that no interest of their own stands against it."""
    if not has_no_conflict:
        yield Problem(
            code="conflict_not_declared",
            message=N_("You have not declared that you have no conflict of interest."),
            cure=N_("Tick it if that is so. If you have one, decline the case and say which."),
            field="has_no_conflict",
        )
