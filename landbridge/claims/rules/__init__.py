"""The rules of claims: handing in, looking with four eyes, paying."""

from __future__ import annotations

from landbridge.claims.rules.checking import (
    LONGEST_REASON,
    problems_with_person,
    problems_with_reason,
    problems_with_verification,
)
from landbridge.claims.rules.claiming import (
    LARGEST_COST,
    LONGEST_REPORT,
    SHORTEST_REPORT,
    Cost,
    Facts,
    hints_about,
    plain_key,
    problems_with,
    problems_with_amounts,
    problems_with_cost,
    problems_with_final,
    problems_with_report,
)
from landbridge.claims.rules.paying import (
    DAYS_AHEAD,
    MOST_TRANSFERS,
    easter_sunday,
    is_banking_day,
    next_banking_day,
    problems_with_answer,
    problems_with_day,
    problems_with_payer,
)

__all__ = [
    "DAYS_AHEAD",
    "LARGEST_COST",
    "LONGEST_REASON",
    "LONGEST_REPORT",
    "MOST_TRANSFERS",
    "SHORTEST_REPORT",
    "Cost",
    "Facts",
    "easter_sunday",
    "hints_about",
    "is_banking_day",
    "next_banking_day",
    "plain_key",
    "problems_with",
    "problems_with_amounts",
    "problems_with_answer",
    "problems_with_cost",
    "problems_with_day",
    "problems_with_final",
    "problems_with_payer",
    "problems_with_person",
    "problems_with_reason",
    "problems_with_report",
    "problems_with_verification",
]
