"""When a claim may be handed in, verified, approved and paid; what of a cost may count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from landbridge.foundation.money import Money
from landbridge.foundation.problems import N_, Problem

LONGEST_REASON = 2000
SHORTEST_REPORT = 50


@dataclass(frozen=True, slots=True)
class Cost:
    """One cost line as far as rules ask about it. `net_eur` is without VAT; the rate is euro for one unit."""

    number: int
    invoice_number: str
    invoiced_on: date
    paid_on: date
    net_eur: Money
    seen_before: tuple[str, ...] = ()


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
    total = sum(cost.net_eur.cents for cost in facts.costs)
    if total > facts.left_eur.cents:
        yield Problem(
            code="more_than_left",
            message=N_("The costs come to %(total)s; the voucher still holds %(left)s."),
            cure=N_("What exceeds the voucher the company pays itself."),
            params={"total": Money(total), "left": facts.left_eur},
        )


def problems_with_verification(
    accepted: Mapping[int, Money],
    *,
    spent: Mapping[int, Money],
    finding: str,
    left: Money,
) -> Iterator[Problem]:
    """Of each cost at most what was spent is accepted; of all together at most what the voucher still holds."""
    for number, (line_id, net) in enumerate(spent.items(), start=1):
        amount = accepted.get(line_id)
        if amount is None or not 0 <= amount.cents <= net.cents:
            yield Problem(
                code="accepted_out_of_range",
                message=N_("Of cost %(number)s, between nothing and %(net)s can be accepted."),
                cure=N_("Enter the part of it that counts."),
                field=f"accepted_{line_id}",
                params={"number": number, "net": net},
            )
    total = Money(sum(amount.cents for amount in accepted.values()))
    if total > left:
        yield Problem(
            code="more_than_left",
            message=N_("%(total)s is more than the %(left)s that the voucher still holds."),
            cure=N_("Accept less, so that the sum fits; the company pays the rest itself."),
            params={"total": total, "left": left},
        )
    elif not total:
        yield Problem(
            code="nothing_accepted",
            message=N_("Nothing of this claim would be paid."),
            cure=N_("Return the claim or refuse it, with the reason."),
        )
    reduced = total.cents < min(sum(net.cents for net in spent.values()), left.cents)
    if reduced and not finding.strip():
        yield Problem(
            code="no_finding",
            message=N_("Less is accepted than was claimed, and nothing says why."),
            cure=N_("Write for the company what does not count, and why."),
            field="finding",
        )


def problems_with_person(
    person_id: int | None, *, others: Mapping[str, int | None], belongs_to_company: bool
) -> Iterator[Problem]:
    """Four eyes: whoever did one half does not do the other, and nobody pays their own company.

    `others` maps what was done to who did it. Landbridge itself (None) is nobody.
    """
    if person_id is None:
        return
    for deed, other in others.items():
        if other == person_id:
            yield Problem(
                code="same_person",
                message=N_("You have %(deed)s this yourself."),
                cure=N_("A second person does this step; ask a colleague."),
                params={"deed": deed},
            )
    if belongs_to_company:
        yield Problem(
            code="conflict_of_interest",
            message=N_("You belong to the company that is paid."),
            cure=N_("Ask a colleague who does not."),
        )


def problems_with_reason(reason: str) -> Iterator[Problem]:
    """Whoever is told no, or told to correct something, is told why."""
    if not reason.strip():
        yield Problem(
            code="no_reason",
            message=N_("The reason is missing."),
            cure=N_("Say what is wrong and what would put it right."),
            field="reason",
        )
    elif len(reason) > LONGEST_REASON:
        yield Problem(
            code="reason_too_long",
            message=N_("The reason is too long."),
            cure=N_("Shorten it to %(longest)s characters."),
            field="reason",
            params={"longest": LONGEST_REASON},
        )


def problems_with_payer(*, iban: str, street: str, town: str, postcode: str) -> Iterator[Problem]:
    """A partner pays from an account, with a structured address (mandatory in SEPA since 15 November 2026)."""
    if not (iban and street and town and postcode):
        yield Problem(
            code="payer_incomplete",
            message=N_("The paying partner's account or address is incomplete."),
            cure=N_("The programme office completes the partner: IBAN, street, postcode and town."),
        )
