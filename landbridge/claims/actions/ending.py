"""The end of a voucher, as far as it depends on its claims: nothing ends while a claim runs."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from landbridge.claims import queries
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.problems import N_, refuse, refuse_if
from landbridge.vouchers import actions as vouchers
from landbridge.vouchers import queries as vouchers_held
from landbridge.vouchers import rules as voucher_rules
from landbridge.vouchers.models import Voucher


@transaction.atomic
def close_voucher(*, voucher_id: int, reason: str, by: Actor, at: datetime) -> Voucher:
    """Close a voucher under which no claim runs; what was not used is free again."""
    _refuse_while_a_claim_runs(voucher_id, by=by)
    return vouchers.close(voucher_id=voucher_id, reason=reason, by=by, at=at)


@transaction.atomic
def lapse_voucher(*, voucher_id: int, by: Actor, at: datetime) -> Voucher:
    """Let a voucher lapse under which no claim runs and none can be handed in any more."""
    _refuse_while_a_claim_runs(voucher_id, by=by)
    return vouchers.lapse(voucher_id=voucher_id, by=by, at=at)


@transaction.atomic
def end_unclaimed(*, voucher_id: int, by: Actor, at: datetime) -> Voucher:
    """End a voucher under which nothing more can be claimed: closed where something was paid, else lapsed."""
    voucher = Voucher.objects.visible_to(by).select_related("line").get(pk=voucher_id)
    if not vouchers_held.holdings(voucher).paid:
        return lapse_voucher(voucher_id=voucher_id, by=by, at=at)
    today = vouchers_held.today_for(voucher, at=at)
    refuse_if(voucher_rules.problems_with_lapse(valid_until=voucher.valid_until, today=today))
    return close_voucher(voucher_id=voucher_id, reason="Nothing more can be claimed", by=by, at=at)


def _refuse_while_a_claim_runs(voucher_id: int, *, by: Actor) -> None:
    """Lock the voucher first: a claim that is handed in at this moment waits, and finds it ended, or is found."""
    voucher = Voucher.objects.visible_to(by).for_update().get(pk=voucher_id)
    running = queries.running_claims(voucher)
    if running:
        refuse(
            "claim_runs",
            N_("Claim %(claim)s has not been paid or refused yet."),
            cure=N_("Finish the claim first; the voucher closes by itself when its final claim is paid."),
            claim=running[0].number,
        )
