"""Reading claims and payments: facts, lists, hints, the bank's file, the report, what is off."""

from __future__ import annotations

from landbridge.claims.queries.cross_checks import (
    cross_checked,
    seen_before,
)
from landbridge.claims.queries.findings import (
    findings,
)
from landbridge.claims.queries.payments import (
    REPORT,
    payment_facts,
    payments_in,
    payments_of,
    ready_to_pay,
    report_rows,
    today_at,
)
from landbridge.claims.queries.reading import (
    account_of,
    another_is_final,
    belongs_to_company,
    claimed,
    company_people,
    cost_lines,
    facts_of,
    finance_people,
    left_for,
    listed,
    running_claims,
    unclaimed,
)

__all__ = [
    "REPORT",
    "account_of",
    "another_is_final",
    "belongs_to_company",
    "claimed",
    "company_people",
    "cost_lines",
    "cross_checked",
    "facts_of",
    "finance_people",
    "findings",
    "left_for",
    "listed",
    "payment_facts",
    "payments_in",
    "payments_of",
    "ready_to_pay",
    "report_rows",
    "running_claims",
    "seen_before",
    "today_at",
    "unclaimed",
]
