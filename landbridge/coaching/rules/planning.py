"""The coaching plan: objectives with tasks and hours, together within what the case may take."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from landbridge.foundation.problems import N_, Problem

MOST_OBJECTIVES = 6


@dataclass(frozen=True, slots=True)
class Goal:
    """One objective: what is better afterwards, what is done for it, and how many hours it takes."""

    title: str
    task: str
    hours: Decimal


def problems_with_plan(goals: Sequence[Goal], *, summary: str, hours_at_most: int) -> Iterator[Problem]:
    """A plan says what it is about, has at least one objective, and takes no more hours than the case has."""
    if not summary.strip():
        yield Problem(
            code="no_summary",
            message=N_("The plan does not say what it is about."),
            cure=N_("Say in a few sentences what the company can do afterwards."),
            field="summary",
        )
    if not goals:
        yield Problem(
            code="no_objective",
            message=N_("The plan has no objective."),
            cure=N_("Write at least one, with its task and hours."),
            field="title_1",
        )
    if len(goals) > MOST_OBJECTIVES:
        yield Problem(
            code="too_many_objectives",
            message=N_("A plan has %(most)s objectives at most."),
            cure=N_("Put together what belongs together."),
            params={"most": MOST_OBJECTIVES},
        )
    for place, goal in enumerate(goals, start=1):
        if not goal.title.strip():
            yield Problem(
                code="objective_without_title",
                message=N_("This objective has no name."),
                cure=N_("Say what is better afterwards."),
                field=f"title_{place}",
            )
        if goal.hours <= 0 or goal.hours % Decimal("0.5"):
            yield Problem(
                code="objective_without_hours",
                message=N_("Hours are counted by halves, and an objective takes some."),
                cure=N_("Write for example 1.5 or 4."),
                field=f"hours_{place}",
            )
    together = sum((goal.hours for goal in goals), start=Decimal(0))
    if together > hours_at_most:
        yield Problem(
            code="hours_over_limit",
            message=N_("The objectives take %(together)s hours together; this case has %(most)s."),
            cure=N_("Shorten tasks, or ask the adviser for more hours."),
            params={"together": together, "most": hours_at_most},
        )


def problems_with_version(*, version: int, latest: int) -> Iterator[Problem]:
    """What is accepted is the newest version: nobody accepts what has been replaced meanwhile."""
    if version != latest:
        yield Problem(
            code="plan_replaced",
            message=N_("There is a newer version of this plan."),
            cure=N_("Read that one first."),
        )
