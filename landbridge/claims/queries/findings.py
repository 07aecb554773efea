"""What is off with claims and payments, for `landbridge verify`: sums, the ledger, the bank, one person in two roles."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from django.db.models import Sum

from landbridge.budgets.models import Entry
from landbridge.budgets.states import Kind
from landbridge.claims.models import Claim, CostLine, Payment, PaymentFile
from landbridge.claims.states import FileState, S
from landbridge.foundation.money import Money
from landbridge.vouchers.models import Voucher

NOTHING = Money(0)
ACCEPTED = (S.VERIFIED, S.APPROVED, S.IN_PAYMENT, S.PAID)


def findings() -> Iterator[str]:
    """Each claim and payment file that says something else than its lines, its payments or the ledger."""
    yield from _off_claims()
    yield from _off_files()
    yield from _off_vouchers()


def _off_claims() -> Iterator[str]:
    lines = dict(
        CostLine.objects.values("claim").annotate(sum=Sum("accepted_eur")).values_list("claim", "sum")
    )
    waiting = set(Payment.objects.filter(result=Payment.Result.WAITING).values_list("claim", flat=True))
    executed = dict(
        Payment.objects.filter(result=Payment.Result.EXECUTED)
        .values("claim")
        .annotate(sum=Sum("amount_eur"))
        .values_list("claim", "sum")
    )
    for claim in Claim.objects.order_by("pk").iterator(chunk_size=1000):
        accepted = lines.get(claim.pk) or NOTHING
        if (claim.accepted_eur or NOTHING) != accepted:
            yield f"Claim {claim.number} accepts {claim.accepted_eur or NOTHING}, its cost lines {accepted}."
        if (claim.accepted_eur is not None) != (claim.state in ACCEPTED):
            yield f"Claim {claim.number} is {claim.state}, but what is accepted of it says otherwise."
        if claim.approved_by_id and claim.approved_by_id in (claim.verified_by_id, claim.submitted_by_id):
            yield f"Claim {claim.number} was approved by the person who verified or submitted it."
        if claim.verified_by_id and claim.verified_by_id == claim.submitted_by_id:
            yield f"Claim {claim.number} was verified by the person who submitted it."
        if (claim.state == S.PAID) != (claim.pk in executed):
            yield f"Claim {claim.number} is {claim.state}, but its payments say otherwise."
        elif claim.state == S.PAID and executed[claim.pk] != claim.accepted_eur:
            yield f"Claim {claim.number} accepts {claim.accepted_eur}, but {executed[claim.pk]} were paid."
        if (claim.state == S.IN_PAYMENT) != (claim.pk in waiting):
            yield f"Claim {claim.number} is {claim.state}, but no payment waits for it, or one does."


def _off_files() -> Iterator[str]:
    sums = dict(
        Payment.objects.values("payment_file")
        .annotate(sum=Sum("amount_eur"))
        .values_list("payment_file", "sum")
    )
    for file in PaymentFile.objects.order_by("pk").iterator(chunk_size=200):
        paid = sums.get(file.pk) or NOTHING
        if paid != file.total_eur:
            yield f"Payment file {file.message_id} is made for {file.total_eur}, its payments for {paid}."
        if hashlib.sha256(file.xml.encode()).hexdigest() != file.xml_hash:
            yield f"Payment file {file.message_id} is not the text that was made."
        if file.released_by_id and file.released_by_id == file.made_by_id:
            yield f"Payment file {file.message_id} was released by the person who made it."
        if file.state in (FileState.RELEASED, FileState.ANSWERED) and file.released_at is None:
            yield f"Payment file {file.message_id} is {file.state}, but was never released."


def _off_vouchers() -> Iterator[str]:
    executed: dict[int | None, Money] = dict(
        Payment.objects.filter(result=Payment.Result.EXECUTED)
        .values("claim__voucher")
        .annotate(sum=Sum("amount_eur"))
        .values_list("claim__voucher", "sum")
    )
    booked: dict[int | None, Money] = dict(
        Entry.objects.filter(about_table=Voucher._meta.label_lower, kind=Kind.PAY, about_id__isnull=False)
        .values("about_id")
        .annotate(sum=Sum("amount_eur"))
        .values_list("about_id", "sum")
    )
    paid = {pk for pk in {*executed, *booked} if pk is not None}
    numbers = dict(Voucher.objects.filter(pk__in=paid).values_list("pk", "number"))
    for pk in sorted(paid):
        by_bank, by_ledger = executed.get(pk, NOTHING), booked.get(pk, NOTHING)
        if by_bank != by_ledger:
            yield (
                f"Voucher {numbers.get(pk, pk)}: the bank executed {by_bank}, "
                f"the ledger booked {by_ledger} as paid."
            )
