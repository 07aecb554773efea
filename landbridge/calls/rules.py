"""When a call may be published, extended and finished: one computation for the task list and the refusal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo, available_timezones

from landbridge.foundation import reasons
from landbridge.foundation.money import Money
from landbridge.foundation.problems import N_, Problem

LONGEST_REASON = 500

POINTS_IN_ALL = 100
MOST_QUESTIONS = 60
MOST_CRITERIA = 10
NOTHING = Money(0)


class Part(StrEnum):
    """The parts in which a call is prepared, each on its own page."""

    ABOUT = "about"
    WINDOW = "window"
    OFFERS = "offers"
    CRITERIA = "criteria"
    QUESTIONS = "questions"


@dataclass(frozen=True, slots=True)
class Window:
    """From when until when a call takes applications, and in which zone the office set both times."""

    opens_at: datetime
    closes_at: datetime
    time_zone: str


@dataclass(frozen=True, slots=True)
class OfferFacts:
    """One offer: its cap, the incentive's own cap, and what is free in all lines that would pay for it."""

    name: str
    cap: Money
    incentive_cap: Money
    free: Money


@dataclass(frozen=True, slots=True)
class CriterionFacts:
    name: str
    points: int
    threshold: int


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything about a call in preparation that publication asks for."""

    title: str
    summary: str
    contact_email: str
    selection_mode: str
    window: Window
    offers: tuple[OfferFacts, ...]
    criteria: tuple[CriterionFacts, ...]
    questions: int
    phase_is_over: bool


def problems_with(facts: Facts, *, at: datetime) -> Iterator[Problem]:
    """Everything that stands against publishing the call at this moment, part by part."""
    for _part, problem in problems_by_part(facts, at=at):
        yield problem


def problems_by_part(facts: Facts, *, at: datetime) -> Iterator[tuple[Part, Problem]]:
    """The same problems, each with the part of the call in which it is cured."""
    for part, found in (
        (Part.ABOUT, _about(facts)),
        (Part.WINDOW, _window(facts, at=at)),
        (Part.OFFERS, _offers(facts)),
        (Part.CRITERIA, _criteria(facts)),
        (Part.QUESTIONS, _questions(facts)),
    ):
        for problem in found:
            yield part, problem


def _about(facts: Facts) -> Iterator[Problem]:
    if not facts.title.strip():
        yield Problem("no_title", N_("The call has no title."), N_("Give it one that a company understands."))
    if not facts.summary.strip():
        yield Problem(
            "no_summary", N_("The summary is missing."), N_("Say in two sentences who can get what.")
        )
    if not facts.contact_email.strip():
        yield Problem(
            "no_contact", N_("There is nobody to ask."), N_("Name an e-mail address for questions.")
        )
    if not facts.selection_mode:
        yield Problem(
            "no_selection_mode",
            N_("It is not said how applications are chosen."),
            N_("Choose a mode; applicants see it before they start."),
        )


def _window(facts: Facts, *, at: datetime) -> Iterator[Problem]:
    yield from window_problems(facts.window)
    if facts.window.opens_at < at:
        yield Problem(
            "opening_passed",
            N_("The opening time has passed: %(opens_at)s."),
            N_("Choose an opening that is still to come, so that everyone has the whole time."),
            params={"opens_at": facts.window.opens_at},
        )
    if facts.phase_is_over:
        yield Problem(
            "phase_over", N_("The phase has ended."), N_("Wake the phase, or prepare the call in the next.")
        )


def window_problems(window: Window) -> Iterator[Problem]:
    """What is wrong with a window by itself. The opening second belongs to it, the closing second does not."""
    if window.time_zone not in available_timezones():
        yield Problem(
            "no_time_zone",
            N_("There is no such time zone."),
            N_("Choose one, such as Europe/Brussels."),
            "time_zone",
        )
    if window.closes_at <= window.opens_at:
        yield Problem(
            "closes_too_early",
            N_("The call would close before it opens."),
            N_("Choose a closing time after the opening time."),
            "closes_at",
        )


def _offers(facts: Facts) -> Iterator[Problem]:
    if not facts.offers:
        yield Problem("no_offer", N_("The call offers nothing yet."), N_("Choose at least one incentive."))
    for offer in facts.offers:
        params: dict[str, object] = {"offer": offer.name, "cap": offer.cap, "most": offer.incentive_cap}
        if offer.cap > offer.incentive_cap:
            yield Problem(
                "cap_too_high",
                N_("%(offer)s: the cap of %(cap)s is above the incentive's own of %(most)s."),
                N_("Lower the cap of this call, or raise that of the incentive."),
                params=params,
            )
        if offer.free <= NOTHING:
            yield Problem(
                "no_money",
                N_("%(offer)s: no partner has free money for it in this phase."),
                N_("Allocate money to a partner's budget line for it, or leave it out of the call."),
                params=params,
            )


def _criteria(facts: Facts) -> Iterator[Problem]:
    points = sum(criterion.points for criterion in facts.criteria)
    if facts.selection_mode == "draw" and not facts.criteria:
        return
    if not facts.criteria:
        yield Problem("no_criteria", N_("There are no criteria yet."), N_("Start from the standard three."))
    elif points != POINTS_IN_ALL:
        yield Problem(
            "points_do_not_add_up",
            N_("The criteria add up to %(points)s points instead of 100."),
            N_("Share out exactly 100 points."),
            params={"points": points},
        )
    for criterion in facts.criteria:
        if criterion.threshold > criterion.points:
            yield Problem(
                "threshold_too_high",
                N_("%(criterion)s: nobody can reach %(threshold)s of %(points)s points."),
                N_("Lower the threshold."),
                params={
                    "criterion": criterion.name,
                    "threshold": criterion.threshold,
                    "points": criterion.points,
                },
            )
    if facts.selection_mode == "threshold" and not any(one.threshold for one in facts.criteria):
        yield Problem(
            "no_threshold",
            N_("Everyone above the threshold is chosen, but no criterion has one."),
            N_("Give at least one criterion a threshold, or choose another mode."),
        )


def _questions(facts: Facts) -> Iterator[Problem]:
    if not facts.questions:
        yield Problem("no_question", N_("The form asks nothing yet."), N_("Start from the standard form."))


def extension_problems(*, closes_at: datetime, new: datetime, reason: str, at: datetime) -> Iterator[Problem]:
    """Why the closing time may not be moved to `new`: only later, only while open or before, only with a reason."""
    if at >= closes_at:
        yield Problem(
            "closed_already",
            N_("The call closed at %(closes_at)s; it cannot be opened again."),
            N_("Prepare another call: it can copy everything from this one."),
            params={"closes_at": closes_at},
        )
    if new <= closes_at:
        yield Problem(
            "not_later",
            N_("The new closing time must be later than %(closes_at)s."),
            N_("Applicants rely on the time they were given; it can only be extended."),
            "closes_at",
            params={"closes_at": closes_at},
        )
    yield from reason_problems(reason)


def reason_problems(reason: str) -> Iterator[Problem]:
    """An extension or cancellation is public, and so is its reason."""
    return reasons.problems_with(reason, cure=N_("Applicants will read it."), longest=LONGEST_REASON)


def finishing_problems(*, closes_at: datetime, at: datetime) -> Iterator[Problem]:
    """A call is finished only after it closed."""
    if at < closes_at:
        yield Problem(
            "still_open",
            N_("The call closes at %(closes_at)s; it can be finished after that."),
            N_("Wait for the end of the window."),
            params={"closes_at": closes_at},
        )


def question_problems(
    *, key: str, kind: str, longest: int, choices: tuple[str, ...], other_keys: frozenset[str]
) -> Iterator[Problem]:
    """What is wrong with one question of the form."""
    if key in other_keys:
        yield Problem(
            "key_taken", N_("Another question has this key already."), N_("Choose another short name."), "key"
        )
    if kind == "choice" and len(set(choices)) < 2:
        yield Problem(
            "too_few_choices",
            N_("There is nothing to choose from."),
            N_("Write at least two different answers, one on each line."),
            "choices",
        )
    if kind != "declaration" and longest < 1:
        yield Problem("no_length", N_("No answer would fit."), N_("Allow at least one character."), "longest")


def zone_of(time_zone: str) -> ZoneInfo:
    """The zone in which the window was set; UTC where the name means nothing."""
    return ZoneInfo(time_zone if time_zone in available_timezones() else "UTC")
