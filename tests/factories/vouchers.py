"""Vouchers in the situations that tests need, brought about by the word's own actions."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from landbridge.budgets.models import Line
from landbridge.calls.models import Call, Offer
from landbridge.foundation.money import Money, euro
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.vouchers import actions
from landbridge.vouchers.models import Voucher
from tests.cast import Cast
from tests.factories.applications import a_submitted_application, an_offer, an_open_call
from tests.factories.budgets import a_line

AWARDED = datetime(2026, 5, 20, 9, 0, tzinfo=UTC)  # valid until 20 May 2027, claims until 19 July 2027
ACCEPTED = datetime(2026, 5, 22, 9, 0, tzinfo=UTC)
SIX_THOUSAND = euro(6000)


def the_line(cast: Cast, *, free: Money | None = None) -> Line:
    """The Danish partner's line, with EUR 100,000 in it unless told otherwise; opened once."""
    found = Line.objects.filter(partner=cast.danish_partner, phase=cast.phase).first()
    return found or a_line(partner=cast.danish_partner, phase=cast.phase, free=free or euro(100_000))


def another_offer(cast: Cast) -> Offer:
    """One more incentive of the cast's one call, so that the same company may ask again."""
    call = Call.objects.filter(phase=cast.phase).first() or an_open_call(cast.phase)
    return an_offer(call, name=f"Voucher {Offer.objects.filter(call=call).count() + 1}")


def a_voucher(
    cast: Cast,
    *,
    amount: Money = SIX_THOUSAND,
    at: datetime = AWARDED,
    reason: str = "Convincing.",
    **changes: Any,
) -> Voucher:
    """Awarded to the Danish company for work with the German institute; not accepted yet."""
    the_line(cast)
    offer = changes.pop("offer", None) or another_offer(cast)
    application = a_submitted_application(cast, offer=offer, **changes)
    return actions.award(application_id=application.pk, amount=amount, reason=reason, by=SYSTEM, at=at)


def a_voucher_in_use(cast: Cast, **changes: Any) -> Voucher:
    """Awarded and accepted: money can be spent and claimed."""
    return actions.accept(voucher_id=a_voucher(cast, **changes).pk, by=SYSTEM, at=ACCEPTED)
