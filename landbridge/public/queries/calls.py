"""Calls as the open site shows them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from landbridge.calls.models import Call, Offer
from landbridge.calls.states import S
from landbridge.foundation.money import Money


@dataclass(frozen=True, slots=True)
class Card:
    """One call in a list, with the incentives it offers."""

    call: Call
    programme: str
    accent: str
    is_demonstration: bool
    offers: list[tuple[str, Money]]
    is_open: bool

    @property
    def most(self) -> Money:
        """The most that one voucher of the call can be worth."""
        return max((cap for _name, cap in self.offers), default=Money(0))


def cards(at: datetime) -> list[Card]:
    """The calls open at this moment, the first to close on top, then those that open next; two queries."""
    rows = Call.objects.filter(state=S.PUBLISHED, closes_at__gt=at)
    found = with_offers(rows.select_related("phase__programme").order_by("closes_at", "pk"), at=at)
    return sorted(found, key=lambda card: (not card.is_open, card.call.closes_at, card.call.pk))


def with_offers(calls: QuerySet[Call] | Iterable[Call], *, at: datetime) -> list[Card]:
    """The calls with what they offer, in their order; one query more than the calls cost."""
    found = list(calls)
    offers: dict[int, list[tuple[str, Money]]] = defaultdict(list)
    rows = Offer.objects.filter(call__in=[call.pk for call in found]).order_by("-cap_eur", "pk")
    for call_id, name, cap in rows.values_list("call_id", "name", "cap_eur"):
        offers[call_id].append((name, cap))
    return [
        Card(
            call=call,
            programme=call.phase.programme.name,
            accent=call.phase.programme.accent,
            is_demonstration=call.phase.programme.is_demonstration,
            offers=offers[call.pk],
            is_open=call.is_open(at),
        )
        for call in found
    ]
