"""When a claim may be handed in, and what of a cost may count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from landbridge.foundation.money import Money, euro
from landbridge.foundation.problems import N_, Problem

SHORTEST_REPORT = 50
LONGEST_REPORT = 5000
# One cost, in euro without VAT. A slip of the keyboard is told before it is stored.
LARGEST_COST = euro(1_000_000)


@dataclass(frozen=True, slots=True)
class Cost:
    """One cost line as far as rules ask about it. `net_eur` is without VAT; the rate is euro for one unit."""

    number: int
    invoice_number: str
    invoiced_on: date
    paid_on: date
    net_eur: Money
    seen_before: tuple[str, ...] = ()
    supplier_is_applicant: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that decides whether a claim may be handed in."""

    voucher_is_active: bool
    granted_on: date
    valid_until: date
    last_day_to_claim: date
    left_eur: Money
    report: str
    has_account: bool
    today: date
    costs: tuple[Cost, ...] = field(default_factory=tuple)
    shared_with_provider: tuple[str, ...] = ()
    shared_with_others: tuple[str, ...] = ()


def plain_key(text: str) -> str:
    """Letters and figures alone, so that `INV-2026/7`, `inv 2026 7` and `INV20267` are one number."""
    return "".join(letter for letter in text.casefold() if letter.isalnum())[:60]


def problems_with_final(*, is_final: bool, another_is_final: bool) -> Iterator[Problem]:
    """A voucher has one final claim."""
    if is_final and another_is_final:
        yield Problem(
            code="final_claim_exists",
            message=N_("Another claim for this voucher was marked as the last one."),
            cure=N_("Leave this box empty, or change the other claim first."),
            field="is_final",
        )


def problems_with_report(report: str) -> Iterator[Problem]:
    """A draft's report may be empty, but not endless."""
    if len(report) > LONGEST_REPORT:
        yield Problem(
            code="report_too_long",
            message=N_("The report is too long."),
            cure=N_("Shorten it to %(longest)s characters."),
            field="report",
            params={"longest": LONGEST_REPORT},
        )


def problems_with_amounts(*, net: Money, vat: Money, rate: Decimal) -> Iterator[Problem]:
    """A cost is a positive amount, also in euro, and no larger than one cost can be."""
    in_euro = net.into("EUR", rate=rate)
    if net.cents <= 0 or in_euro.cents <= 0:
        yield Problem(
            code="cost_not_positive",
            message=N_("The amount must be more than nothing, also in euro."),
            cure=N_("Enter the amount without VAT; for another currency check the rate too."),
            field="net",
        )
    if in_euro > LARGEST_COST:
        yield Problem(
            code="cost_too_large",
            message=N_("One cost is at most %(most)s."),
            cure=N_("Check the amount and the rate."),
            field="net",
            params={"most": LARGEST_COST},
        )
    if not 0 <= vat.cents <= net.cents:
        yield Problem(
            code="vat_out_of_range",
            message=N_("VAT is a part of the amount, not more than it."),
            cure=N_("Enter the VAT as it stands on the invoice, or leave it empty."),
            field="vat",
        )


def problems_with(facts: Facts) -> Iterator[Problem]:
    """Every reason why this claim cannot be handed in today, in the order of the page."""
    if not facts.voucher_is_active:
        yield Problem(
            code="voucher_not_active",
            message=N_("This voucher is not in use."),
            cure=N_("Only a voucher that was accepted and has not ended can be claimed."),
        )
    if facts.today > facts.last_day_to_claim:
        yield Problem(
            code="too_late_to_claim",
            message=N_("Claims for this voucher could be handed in until %(day)s."),
            cure=N_("Ask the programme office what is still possible."),
            params={"day": facts.last_day_to_claim},
        )
    if not facts.costs:
        yield Problem(
            code="no_costs",
            message=N_("The claim has no cost yet."),
            cure=N_("Add each invoice with its evidence."),
            field="costs",
        )
    for cost in facts.costs:
        yield from problems_with_cost(cost, facts=facts)
    if len(facts.report.strip()) < SHORTEST_REPORT:
        yield Problem(
            code="report_missing",
            message=N_("The report is missing or very short."),
            cure=N_("Say in a few sentences what was done, with whom, and what came of it."),
            field="report",
        )
    if not facts.has_account:
        yield Problem(
            code="no_bank_account",
            message=N_("There is no bank account to pay to."),
            cure=N_("Enter your company's account on its page; a finance officer checks it once."),
        )


def problems_with_cost(cost: Cost, *, facts: Facts) -> Iterator[Problem]:
    """A cost counts when it was made and paid after the award and within the voucher's validity."""
    where: Mapping[str, object] = {"invoice": cost.invoice_number, "number": cost.number}
    if cost.invoiced_on < facts.granted_on:
        yield Problem(
            code="cost_before_award",
            message=N_("Invoice %(invoice)s is older than the award of %(day)s."),
            cure=N_("Work begun before the award cannot be paid; remove this cost."),
            field="costs",
            params={**where, "day": facts.granted_on},
        )
    if cost.invoiced_on > facts.valid_until:
        yield Problem(
            code="cost_after_validity",
            message=N_("Invoice %(invoice)s is dated after the voucher ended on %(day)s."),
            cure=N_("Remove this cost, or correct its date if it was mistyped."),
            field="costs",
            params={**where, "day": facts.valid_until},
        )
    if cost.paid_on < cost.invoiced_on:
        yield Problem(
            code="paid_before_invoiced",
            message=N_("Invoice %(invoice)s was paid before it was written."),
            cure=N_("Check both dates; for a prepayment give the date of the prepayment invoice."),
            field="costs",
            params=where,
        )
    if cost.paid_on > facts.today:
        yield Problem(
            code="not_yet_paid",
            message=N_("Invoice %(invoice)s is not paid yet."),
            cure=N_("Claim what was paid; the proof of payment is part of the evidence."),
            field="costs",
            params=where,
        )


def hints_about(facts: Facts) -> Iterator[Problem]:
    """What an officer should look at; none of it stops a claim by itself."""
    for cost in facts.costs:
        for place in cost.seen_before:
            yield Problem(
                code="seen_before",
                message=N_("Invoice %(invoice)s, or its evidence, was claimed before: %(place)s."),
                cure=N_("Compare the two before you accept it."),
                params={"invoice": cost.invoice_number, "place": place},
            )
        if cost.supplier_is_applicant:
            yield Problem(
                code="own_invoice",
                message=N_("Invoice %(invoice)s seems to be written by the company itself."),
                cure=N_("A company does not pay itself; ask who sent it."),
                params={"invoice": cost.invoice_number},
            )
    for what in facts.shared_with_provider:
        yield Problem(
            code="maybe_related",
            message=N_("Company and provider have this in common: %(what)s."),
            cure=N_("A related organisation cannot be the provider; ask before you accept its invoice."),
            params={"what": what},
        )
    for what in facts.shared_with_others:
        yield Problem(
            code="known_elsewhere",
            message=N_("Another organisation has the same: %(what)s."),
            cure=N_("Find out whether they are one company, and whether the same cost was paid before."),
            params={"what": what},
        )
    total = sum(cost.net_eur.cents for cost in facts.costs)
    if total > facts.left_eur.cents:
        yield Problem(
            code="more_than_left",
            message=N_("The costs come to %(total)s; the voucher still holds %(left)s."),
            cure=N_("What exceeds the voucher the company pays itself."),
            params={"total": Money(total), "left": facts.left_eur},
        )
