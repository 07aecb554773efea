"""The company's half: begin a claim, add costs with their evidence, hand it in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from landbridge.claims import queries, rules
from landbridge.claims.letters import tell_about
from landbridge.claims.models import Claim, CostLine
from landbridge.claims.states import WORKFLOW, M, S
from landbridge.foundation.audit.record import record
from landbridge.foundation.files.store import Received, store
from landbridge.foundation.money import Money
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import N_, NotAllowed, refuse, refuse_if
from landbridge.vouchers.models import Voucher
from landbridge.vouchers.states import S as VoucherState

MOST_COSTS = 100


@dataclass(frozen=True, slots=True)
class CostDetails:
    """One cost as the company enters it. `net` and `vat` are in the invoice's currency; `rate` is euro for one unit."""

    category: str
    description: str
    supplier: str
    invoice_number: str
    invoiced_on: date
    paid_on: date
    net: Money
    vat: Money
    rate: Decimal = Decimal(1)
    rated_on: date | None = None


@transaction.atomic
def start(*, voucher_id: int, by: Actor, at: datetime) -> Claim:
    """Begin a claim, or return the one that is still being written."""
    if not by.may(P.CLAIM_EDIT):
        raise NotAllowed(P.CLAIM_EDIT)
    voucher = Voucher.objects.visible_to(by).for_update().get(pk=voucher_id)
    if voucher.state != VoucherState.ACTIVE:
        refuse(
            "voucher_not_active",
            N_("This voucher is not in use."),
            cure=N_("Only a voucher that was accepted and has not ended can be claimed."),
        )
    draft = Claim.objects.filter(voucher=voucher, state=S.DRAFT).order_by("pk").first()
    if draft:
        return draft
    # A claim that was handed back is a draft too: it is found above.
    if Claim.objects.filter(voucher=voucher, is_final=True).exclude(state=S.REFUSED).exists():
        refuse(
            "final_claim_exists",
            N_("The final claim for this voucher was handed in already."),
            cure=N_("Ask the finance officer to return it if something is missing."),
        )
    number = Claim.objects.filter(voucher=voucher).count() + 1
    claim = Claim.objects.create(voucher=voucher, number=f"{voucher.number}-C{number}", started_at=at)
    record("claim.started", claim, by=by, at=at, voucher=voucher.number)
    return claim


@transaction.atomic
def write_report(*, claim_id: int, report: str, is_final: bool, by: Actor, at: datetime) -> Claim:
    """Keep the report of what was done, and whether another claim will follow."""
    claim = _draft(claim_id, by=by)
    Voucher.objects.for_update().get(
        pk=claim.voucher_id
    )  # two claims marked as the last one at once meet here
    refuse_if(
        [
            *rules.problems_with_report(report),
            *rules.problems_with_final(
                is_final=is_final, another_is_final=is_final and queries.another_is_final(claim)
            ),
        ]
    )
    claim.report, claim.is_final = report, is_final
    claim.save(update_fields=["report", "is_final"])
    record("claim.report_written", claim, by=by, at=at, is_final=is_final)
    return claim


@transaction.atomic
def add_cost(*, claim_id: int, cost: CostDetails, evidence: Received, by: Actor, at: datetime) -> CostLine:
    """Add one cost with its evidence. VAT is kept but does not count."""
    claim = _draft(claim_id, by=by)
    if CostLine.objects.filter(claim=claim).count() >= MOST_COSTS:
        refuse(
            "too_many_costs",
            N_("A claim holds at most %(most)s costs."),
            cure=N_("Put small items together on one line with one file."),
            most=MOST_COSTS,
        )
    refuse_if(rules.problems_with_amounts(net=cost.net, vat=cost.vat, rate=cost.rate))
    line = CostLine(claim=claim, evidence=store(evidence, by=by, at=at))
    _write(cost, on=line)
    line.save()
    record(
        "claim.cost_added",
        claim,
        by=by,
        at=at,
        invoice=cost.invoice_number,
        net=cost.net,
        evidence=evidence.sha256,
    )
    return line


@transaction.atomic
def edit_cost(
    *, claim_id: int, line_id: int, cost: CostDetails, evidence: Received | None, by: Actor, at: datetime
) -> CostLine:
    """Correct a cost of a draft; without new evidence the file stays as it is."""
    claim = _draft(claim_id, by=by)
    line = CostLine.objects.for_update().get(pk=line_id, claim=claim)
    refuse_if(rules.problems_with_amounts(net=cost.net, vat=cost.vat, rate=cost.rate))
    was = str(line.net)
    _write(cost, on=line)
    if evidence is not None:
        line.evidence = store(evidence, by=by, at=at)
    line.save()
    record(
        "claim.cost_edited",
        claim,
        by=by,
        at=at,
        invoice=cost.invoice_number,
        net=cost.net,
        was=was,
        evidence=line.evidence.sha256,
    )
    return line


@transaction.atomic
def remove_cost(*, claim_id: int, line_id: int, by: Actor, at: datetime) -> Claim:
    """Take a cost off a draft; the stored evidence and the record of it remain."""
    claim = _draft(claim_id, by=by)
    line = CostLine.objects.for_update().get(pk=line_id, claim=claim)
    record("claim.cost_removed", claim, by=by, at=at, invoice=line.invoice_number, net=line.net_eur)
    line.delete()
    return claim


@transaction.atomic
def submit(*, claim_id: int, by: Actor, at: datetime) -> Claim:
    """Hand the claim in; the finance officer of the paying partner has the ball."""
    claim = _lock(claim_id, by=by)
    target = WORKFLOW.target(M.SUBMIT, of=claim, by=by)
    claim.voucher.state = Voucher.objects.for_update().get(pk=claim.voucher_id).state
    refuse_if(rules.problems_with(queries.facts_of(claim, at=at)))
    claim.state = target
    claim.submitted_at, claim.submitted_by_id = at, by.person_id
    claim.first_submitted_at = claim.first_submitted_at or at
    claim.save(update_fields=["state", "submitted_at", "submitted_by_id", "first_submitted_at"])
    record("claim.submitted", claim, by=by, at=at)
    tell_about("submitted", claim, at=at, to=[*queries.company_people(claim), *queries.finance_people(claim)])
    return claim


def _write(cost: CostDetails, *, on: CostLine) -> None:
    on.category, on.description = cost.category, cost.description
    on.supplier, on.invoice_number = cost.supplier, cost.invoice_number
    on.invoice_key = rules.plain_key(cost.invoice_number)
    on.invoiced_on, on.paid_on = cost.invoiced_on, cost.paid_on
    on.currency, on.net_cents, on.vat_cents = cost.net.currency, cost.net.cents, cost.vat.cents
    on.rate, on.rated_on = cost.rate, cost.rated_on
    on.net_eur = cost.net.into("EUR", rate=cost.rate)


def _lock(claim_id: int, *, by: Actor) -> Claim:
    return (
        Claim.objects.visible_to(by)
        .for_update()
        .select_related(
            "voucher__application__call__phase__programme", "voucher__application__applicant", "voucher__line"
        )
        .get(pk=claim_id)
    )


def _draft(claim_id: int, *, by: Actor) -> Claim:
    if not by.may(P.CLAIM_EDIT):
        raise NotAllowed(P.CLAIM_EDIT)
    claim = _lock(claim_id, by=by)
    if claim.state != S.DRAFT:
        refuse(
            "not_a_draft",
            N_("This claim was handed in; it can no longer be changed."),
            cure=N_("Ask the finance officer to return it if something is wrong."),
        )
    return claim
