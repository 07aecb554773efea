"""What is off with access, for `landbridge verify`."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import F

from landbridge.access import rules
from landbridge.access.models import Quote, Request, RuleSet, Slot
from landbridge.access.states import AFTER_AGREEMENT, ENDED, S


def findings() -> Iterator[str]:
    """Slots held twice or too long, rules changed after their publication, agreements without a quote."""
    yield from _of_slots()
    yield from _of_rules()
    yield from _of_requests()


def _of_slots() -> Iterator[str]:
    last: Slot | None = None
    rows = Slot.objects.select_related("held_by").order_by("record_id", "starts_at", "ends_at", "pk")
    for slot in rows.iterator(chunk_size=1000):
        if last is not None and last.record_id == slot.record_id and last.ends_at > slot.starts_at:
            yield f"Slots {last.pk} and {slot.pk} of record {slot.record_id} overlap."
        if last is None or last.record_id != slot.record_id or slot.ends_at > last.ends_at:
            last = slot
        holder = slot.held_by
        if holder is None:
            continue
        if holder.state in ENDED and holder.ended_at and slot.starts_at > holder.ended_at:
            yield f"Request {holder} has ended, but still holds slot {slot.pk}, which lay ahead."
        if holder.record_id != slot.record_id:
            yield f"Request {holder} holds slot {slot.pk}, which belongs to another offer."


def _of_rules() -> Iterator[str]:
    former: RuleSet | None = None
    for rule_set in RuleSet.objects.filter(published_at__isnull=False).order_by("valid_from", "pk"):
        was = rules.fingerprint(
            version=rule_set.version,
            title=rule_set.title,
            text=rule_set.text,
            valid_from=rule_set.valid_from,
        )
        if was != rule_set.fingerprint:
            yield f"The common rules {rule_set.version} were changed after their publication."
        if former is not None and former.valid_until != rules.former_end(rule_set.valid_from):
            yield f"The common rules {former.version} do not end where {rule_set.version} begins."
        former = rule_set


def _of_requests() -> Iterator[str]:
    agreed = Request.objects.filter(state__in=AFTER_AGREEMENT)
    accepted = Quote.objects.filter(accepted_at__isnull=False)
    for request in agreed.exclude(pk__in=accepted.values("request")).order_by("pk"):
        yield f"Request {request} is agreed, but no quote was accepted."
    for request in (
        Request.objects.exclude(state=S.DRAFT).filter(number="").exclude(state=S.WITHDRAWN).order_by("pk")
    ):
        yield f"Request {request.pk} was handed in without a number."
    for request in Request.objects.exclude(provider=F("record__organisation")).order_by("pk"):
        yield f"Request {request} asks another organisation than the one whose offer it names."
