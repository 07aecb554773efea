"""Budget lines and what stands in them, as situations: `a_line(free=euro(100_000))`, `a_transfer()`."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.db import models

from landbridge.budgets import actions
from landbridge.budgets.models import Line, Transfer
from landbridge.foundation.money import Money, euro
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.programmes.models import Phase
from tests.factories.programmes import a_partner, a_phase, an_incentive

POSTED = datetime(2026, 1, 12, 9, 0, tzinfo=UTC)
NOTHING = Money(0)


def a_line(*, free: Money = NOTHING, **changes: Any) -> Line:
    """A partner's line for every incentive of a phase, with so much free money in it."""
    phase = changes.pop("phase", None) or _phase_of(changes)
    partner = changes.pop("partner", None) or a_partner(programme=phase.programme)
    line = Line.objects.create(partner=partner, phase=phase, **changes)
    if free:
        actions.allocate(line=line, amount=free, reason="Budget of the phase", by=SYSTEM, at=POSTED)
    return line


def an_own_line(*, free: Money = NOTHING, **changes: Any) -> Line:
    """A line for one incentive alone: give `incentive`, or one is made."""
    incentive = changes.pop("incentive", None) or an_incentive()
    return a_line(free=free, incentive=incentive, phase=incentive.phase, **changes)


def a_commitment(line: Line, *, about: models.Model, amount: Money) -> Line:
    """The line with so much committed for one subject."""
    actions.commit(line=line, amount=amount, about=about, reason="Awarded", by=SYSTEM, at=POSTED)
    return line


def a_payment(line: Line, *, about: models.Model, amount: Money) -> Line:
    """The line with so much committed and paid for one subject."""
    a_commitment(line, about=about, amount=amount)
    actions.pay(line=line, amount=amount, about=about, reason="Paid", by=SYSTEM, at=POSTED)
    return line


def a_transfer(**changes: Any) -> Transfer:
    """EUR 7,000 from one partner to another of the same phase, proposed by the giver's side."""
    giver = changes.pop("giver", None) or a_line(free=euro(20_000))
    receiver = changes.pop("receiver", None) or a_line(phase=giver.phase)
    values = {"amount": euro(7000), "reason": "More demand there than here", "by": SYSTEM, "at": POSTED}
    return actions.propose_transfer(giver=giver, receiver=receiver, **{**values, **changes})


def _phase_of(changes: dict[str, Any]) -> Phase:
    partner = changes.get("partner")
    return a_phase(programme=partner.programme) if partner else a_phase()
