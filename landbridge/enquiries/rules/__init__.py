"""What holds for enquiries: their numbers, what a question needs, when it may move on."""

from __future__ import annotations

from landbridge.enquiries.rules.asking import (
    LONGEST_TEXT,
    LONGEST_TITLE,
    MOST_WANTS,
    READINESS,
    WEIGHTS,
    Asked,
    Asker,
    problems_with,
    problems_with_revision,
)
from landbridge.enquiries.rules.moves import (
    LONGEST_REASON,
    problems_with_closing,
    problems_with_hold,
    problems_with_leader,
    problems_with_leaving,
    problems_with_reason,
    problems_with_shortlist,
)
from landbridge.enquiries.rules.numbers import digits_of, is_right, meant_by, number_for
from landbridge.enquiries.rules.summaries import (
    LONGEST_REMARK,
    names_the_company,
    problems_with_decision,
    problems_with_remark,
    problems_with_stand_in,
    problems_with_summary,
)

__all__ = [
    "LONGEST_REASON",
    "LONGEST_REMARK",
    "LONGEST_TEXT",
    "LONGEST_TITLE",
    "MOST_WANTS",
    "READINESS",
    "WEIGHTS",
    "Asked",
    "Asker",
    "digits_of",
    "is_right",
    "meant_by",
    "names_the_company",
    "number_for",
    "problems_with",
    "problems_with_closing",
    "problems_with_decision",
    "problems_with_hold",
    "problems_with_leader",
    "problems_with_leaving",
    "problems_with_reason",
    "problems_with_remark",
    "problems_with_revision",
    "problems_with_shortlist",
    "problems_with_stand_in",
    "problems_with_summary",
]
