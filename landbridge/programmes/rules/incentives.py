"""What an incentive, a target and a published figure must look like."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from landbridge.foundation.money import euro
from landbridge.foundation.problems import N_, Problem
from landbridge.programmes.rules.facts import FigureFacts, IncentiveFacts, TargetFacts
from landbridge.programmes.rules.plain import problems_with_day, problems_with_key, problems_with_text

LARGEST_CAP = euro(10_000_000)
LONGEST_VALIDITY = 60
LONGEST_EXTENSION = 36
MOST_EVIDENCE = 20


def problems_with_incentive(
    facts: IncentiveFacts,
    *,
    bases: Collection[str],
    legal_bases: Collection[str],
    taken: Collection[str] = (),
) -> Iterator[Problem]:
    """`bases` and `legal_bases` are the choices there are, `taken` the keys of the phase's other incentives."""
    yield from problems_with_key(facts.key, field="key", taken=taken)
    yield from problems_with_text(facts.name, field="name")
    yield from problems_with_text(facts.purpose, field="purpose")
    if facts.cap_eur.currency != "EUR" or not euro(0) < facts.cap_eur <= LARGEST_CAP:
        yield Problem(
            "cap_out_of_bounds",
            N_("The cap is more than nothing and at most %(most)s."),
            field="cap_eur",
            params={"most": LARGEST_CAP},
        )
    if facts.basis not in bases:
        yield Problem("unknown_basis", N_("Choose how the amount comes about."), field="basis")
    if facts.legal_basis not in legal_bases:
        yield Problem(
            "unknown_legal_basis", N_("Choose the rule under which the money is given."), field="legal_basis"
        )
    yield from _problems_with_terms(facts)


def _problems_with_terms(facts: IncentiveFacts) -> Iterator[Problem]:
    for field, months, least, most in (
        ("validity_months", facts.validity_months, 1, LONGEST_VALIDITY),
        ("extension_months", facts.extension_months, 0, LONGEST_EXTENSION),
    ):
        if not least <= months <= most:
            yield Problem(
                "months_out_of_bounds",
                N_("This takes from %(least)s to %(most)s months."),
                field=field,
                params={"least": least, "most": most},
            )
    if len(facts.evidence) > MOST_EVIDENCE or any(not 1 <= len(line) <= 200 for line in facts.evidence):
        yield Problem(
            "evidence_out_of_bounds",
            N_("Name at most %(most)s pieces of evidence, each in a line of up to 200 characters."),
            field="evidence",
            params={"most": MOST_EVIDENCE},
        )
    if facts.on_offer is not None and not 1 <= facts.on_offer <= 100_000:
        yield Problem(
            "on_offer_out_of_bounds", N_("The number on offer is from 1 to 100,000."), field="on_offer"
        )


def problems_with_target(facts: TargetFacts) -> Iterator[Problem]:
    """A target is a whole number of something."""
    yield from problems_with_key(facts.code, field="code")
    yield from problems_with_text(facts.name, field="name")
    yield from problems_with_text(facts.unit, field="unit")
    if not 0 <= facts.value <= 2_000_000_000:
        yield Problem("value_out_of_bounds", N_("A target is from 0 to 2,000,000,000."), field="value")


def problems_with_figure(facts: FigureFacts, *, on: date, taken: Collection[str] = ()) -> Iterator[Problem]:
    """`on` is the day of publishing, `taken` the codes of the figures that stand already."""
    yield from problems_with_key(facts.code, field="code", taken=taken)
    yield from problems_with_text(facts.name, field="name")
    yield from problems_with_text(facts.value, field="value")
    if facts.as_of is not None:
        yield from problems_with_day(facts.as_of, field="as_of")
        if facts.as_of > on:
            yield Problem("not_yet", N_("A published figure cannot be from the future."), field="as_of")
