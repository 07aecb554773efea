"""Marks and conflicts: who may mark what, and what a mark is. Source: conflicts as in the evaluation of applications."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from landbridge.algorithms.ranking import Mark, Standing, ranked, standings
from landbridge.foundation.problems import N_, Problem
from landbridge.pitches.rules.calls import Criterion

STEPS = tuple(number / 2 for number in range(11))  # 0 to 5 in halves
LONGEST_REMARK = 1500
LONGEST_CONFLICT = 300


class Found(StrEnum):
    """Conflicts that nobody needs to declare."""

    OWN_ORGANISATION = "own_organisation"
    OWN_REGION = "own_region"
    COMPETES = "competes"


FOUND_NAMES = {
    Found.OWN_ORGANISATION: N_("Your own organisation"),
    Found.OWN_REGION: N_("A company of the region you work for"),
    Found.COMPETES: N_("Your own organisation pitches in this call as well"),
}


@dataclass(frozen=True, slots=True)
class Ties:
    """For whom a person acts: the organisations and regions of all their hats, whichever they wear now."""

    organisations: frozenset[int] = frozenset()
    regions: frozenset[int] = frozenset()


def conflict_found(
    ties: Ties, *, organisation_id: int, region_id: int | None, pitching: frozenset[int] = frozenset()
) -> Found | None:
    """What stands between a person and a company without anybody saying so; `pitching` are all companies of the call."""
    if organisation_id in ties.organisations:
        return Found.OWN_ORGANISATION
    if region_id is not None and region_id in ties.regions:
        return Found.OWN_REGION
    return Found.COMPETES if ties.organisations & pitching else None


def value_of(marks: Mapping[str, float], criteria: Iterable[Criterion]) -> float:
    """The weighted mean of the marks, 0 to 5."""
    weighed = [(one.weight, marks[one.key]) for one in criteria]
    return sum(weight * mark for weight, mark in weighed) / sum(weight for weight, _ in weighed)


def problems_with_marks(marks: Mapping[str, float], *, criteria: Iterable[Criterion]) -> Iterator[Problem]:
    """Each criterion has a mark from 0 to 5 in halves, and nothing else has one."""
    known = {one.key: one.name for one in criteria}
    for key, name in known.items():
        if key not in marks:
            yield Problem(
                code="mark_missing",
                message=N_("“%(name)s” has no mark."),
                cure=N_("Give 0 to 5."),
                field=f"mark_{key}",
                params={"name": name},
            )
        elif marks[key] not in STEPS:
            yield Problem(
                code="mark_unknown",
                message=N_("A mark is 0 to 5 in halves."),
                cure=N_("Choose one of the marks."),
                field=f"mark_{key}",
            )
    if set(marks) - set(known):
        yield Problem(
            code="criterion_unknown", message=N_("There is no such criterion."), cure=N_("Reload the page.")
        )


def problems_with_marking(
    *, is_declared: bool, has_conflict: bool, is_time: bool, is_there: bool
) -> Iterator[Problem]:
    """A juror marks what lies before them, after declaring their conflicts, while marks are taken."""
    if has_conflict:
        yield Problem(
            code="conflict",
            message=N_("You have a conflict of interest with this company."),
            cure=N_("Others mark this pitch."),
        )
    if not is_declared:
        yield Problem(
            code="not_declared",
            message=N_("You have not said yet with which companies you have a conflict of interest."),
            cure=N_("Declare your conflicts, or that you have none, first."),
        )
    if not is_time:
        yield Problem(
            code="not_now",
            message=N_("Marks are not taken now."),
            cure=N_("Ask the organiser if you think that they should be."),
        )
    if not is_there:
        yield Problem(
            code="not_there",
            message=N_("This pitch was not on stage yet, or was withdrawn."),
            cure=N_("Mark it when it is on stage."),
        )


def ranking(
    marks: Iterable[Mark], *, items: list[int], seed: str, heaviest: Mapping[int, float]
) -> list[Standing]:
    """The published rule: normalised mean, raw mean, mean of the heaviest criterion, number of marks, then the lot."""
    return ranked(standings(marks, items=items), seed=seed, also=heaviest.get)


def heaviest_of(criteria: Iterable[Criterion]) -> Criterion | None:
    """The criterion that decides between equals; the first of several."""
    return max(criteria, key=lambda one: one.weight, default=None)
