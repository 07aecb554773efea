"""Calls as situations: a draft, one that lacks nothing, an open one, one that has closed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from landbridge.budgets.models import Line
from landbridge.calls import actions, queries, standard_form
from landbridge.calls.models import Call, Criterion, Offer, Question, SelectionMode
from landbridge.calls.rules import CriterionFacts, Facts, OfferFacts, Window
from landbridge.foundation.money import Money, euro
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.programmes.models import Incentive
from tests.factories.budgets import a_line
from tests.factories.programmes import a_phase, an_incentive

PREPARED = datetime(2026, 1, 20, 9, 0, tzinfo=UTC)
OPENS = datetime(2026, 2, 1, 8, 0, tzinfo=UTC)
DURING = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
CLOSES = datetime(2026, 5, 4, 15, 0, tzinfo=UTC)
AFTER = datetime(2026, 5, 20, 9, 0, tzinfo=UTC)


def a_draft(**changes: Any) -> Call:
    """A call in preparation that has a window, and nothing to offer, to judge by or to ask."""
    if "phase" not in changes:
        changes["phase"] = a_phase()
    number = changes.pop("number", None) or Call.objects.filter(phase=changes["phase"]).count() + 1
    return Call.objects.create(
        **{
            "number": number,
            "title": f"Call {number}",
            "summary": "Vouchers for a first step with a laboratory in another region.",
            "opens_at": OPENS,
            "closes_at": CLOSES,
            "time_zone": "Europe/Brussels",
            "selection_mode": SelectionMode.PANEL,
            "contact_email": "calls@example.org",
            **changes,
        }
    )


def a_complete_draft(
    *, incentive: Incentive | None = None, cap_eur: Money | None = None, **changes: Any
) -> Call:
    """A call in preparation that lacks nothing: an offer with money behind it, the standard criteria and form."""
    if incentive is None:
        incentive = an_incentive(phase=changes.get("phase") or a_phase())
    call = a_draft(**{"phase": incentive.phase, **changes})
    an_offer(call, incentive=incentive, cap_eur=cap_eur)
    for position, one in enumerate(standard_form.CRITERIA, start=1):
        a_criterion(call, position=position, name=one.name, points=one.points, threshold=one.threshold)
    for position, one in enumerate(standard_form.QUESTIONS, start=1):
        a_question(call, position=position, **{name: getattr(one, name) for name in _OF_A_QUESTION})
    if not Line.objects.filter(phase=incentive.phase).exists():
        a_line(phase=incentive.phase, free=euro(100_000))
    return call


def a_published_call(**changes: Any) -> Call:
    """Published before it opens; `queries.open_calls(DURING)` holds it."""
    call = a_complete_draft(**changes)
    return actions.publish(call_id=call.pk, by=SYSTEM, at=PREPARED)


def a_finished_call(**changes: Any) -> Call:
    """Closed and decided."""
    call = a_published_call(**changes)
    return actions.finish(call_id=call.pk, by=SYSTEM, at=AFTER)


def a_cancelled_call(**changes: Any) -> Call:
    """Published, then called off."""
    call = a_published_call(**changes)
    return actions.cancel(call_id=call.pk, reason="The funder moved the money.", by=SYSTEM, at=DURING)


def an_offer(
    call: Call, *, incentive: Incentive | None = None, cap_eur: Money | None = None, **changes: Any
) -> Offer:
    """One incentive of the call, at its own cap unless told otherwise."""
    incentive = incentive or an_incentive(phase=call.phase)
    copied = {name: getattr(incentive, name) for name in actions.COPIED}
    return Offer.objects.create(
        **{"call": call, "incentive": incentive, "cap_eur": cap_eur or incentive.cap_eur, **copied, **changes}
    )


def a_criterion(call: Call, **changes: Any) -> Criterion:
    return Criterion.objects.create(
        **{"call": call, "position": 1, "name": "Excellence", "points": 100, "threshold": 60, **changes}
    )


def a_question(call: Call, **changes: Any) -> Question:
    values = {
        "call": call,
        "position": 1,
        "section": "What you need",
        "key": "need",
        "kind": Question.Kind.LONG_TEXT,
        "label": "Which question do you want to solve?",
        "choices": [],
        **changes,
    }
    return Question.objects.create(**{**values, "choices": list(values["choices"])})


def offer_of(call: Call) -> Offer:
    """The call's first offer."""
    return queries.offers_of(call)[0]


_OF_A_QUESTION = ("section", "key", "kind", "label", "help_text", "is_required", "longest", "choices")


# ── Facts, for the rules ─────────────────────────────────────────────────────────────────────────────────────────────
def a_window(**changes: Any) -> Window:
    return Window(**{"opens_at": OPENS, "closes_at": CLOSES, "time_zone": "Europe/Brussels", **changes})


def offer_facts(**changes: Any) -> OfferFacts:
    values = {"name": "Collaboration", "cap": euro(7000), "incentive_cap": euro(7000), "free": euro(100_000)}
    return OfferFacts(**{**values, **changes})


def call_facts(**changes: Any) -> Facts:
    """A call that lacks nothing."""
    values = {
        "title": "Call 4",
        "summary": "Vouchers.",
        "contact_email": "calls@example.org",
        "selection_mode": "panel",
        "window": a_window(),
        "offers": (offer_facts(),),
        "criteria": (CriterionFacts("Excellence", 60, 30), CriterionFacts("Impact", 40, 24)),
        "questions": 3,
        "phase_is_over": False,
    }
    return Facts(**{**values, **changes})
