"""What a programme and its phases must look like."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from landbridge.foundation.problems import N_, Problem
from landbridge.programmes.rules.facts import PhaseFacts, ProgrammeFacts
from landbridge.programmes.rules.plain import problems_with_day, problems_with_key, problems_with_text

ACCENTS = ("sea", "moss", "plum", "clay", "night", "amber")


def problems_with_programme(facts: ProgrammeFacts, *, taken: Collection[str] = ()) -> Iterator[Problem]:
    """`taken` holds the keys of the other programmes."""
    yield from problems_with_key(facts.key, field="key", taken=taken)
    yield from problems_with_text(facts.name, field="name")
    if facts.accent not in ACCENTS:
        yield Problem("unknown_accent", N_("This colour is not in the palette."), field="accent")


def problems_with_phase(
    facts: PhaseFacts, *, after: PhaseFacts | None = None, before: PhaseFacts | None = None
) -> Iterator[Problem]:
    """`after` is the phase that it follows, `before` the one that follows it."""
    yield from problems_with_text(facts.name, field="name")
    yield from problems_with_day(facts.starts_on, field="starts_on")
    yield from problems_with_day(facts.ends_on, field="ends_on")
    if facts.ends_on < facts.starts_on:
        yield Problem("ends_before_start", N_("The last day lies before the first."), field="ends_on")
    if after and facts.starts_on <= after.ends_on:
        yield Problem(
            "overlaps_previous",
            N_("The phase before this one, %(name)s, lasts until %(day)s."),
            N_("Choose a later first day, or end the earlier phase sooner."),
            field="starts_on",
            params={"name": after.name, "day": after.ends_on},
        )
    if before and facts.ends_on >= before.starts_on:
        yield Problem(
            "overlaps_next",
            N_("The phase after this one, %(name)s, begins on %(day)s."),
            N_("Choose an earlier last day, or let the later phase begin later."),
            field="ends_on",
            params={"name": before.name, "day": before.starts_on},
        )


def problems_with_following(*, is_planned: bool, has_follower: bool) -> Iterator[Problem]:
    """Whether a next phase may follow this one: it has begun, and nothing follows it yet."""
    if is_planned:
        yield Problem(
            "not_begun",
            N_("This phase has not begun yet."),
            N_("Start it first; the next one follows from what it offered."),
        )
    if has_follower:
        yield Problem("has_follower", N_("Another phase follows this one already."))
