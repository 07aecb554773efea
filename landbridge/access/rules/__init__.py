"""What holds for access: what a request needs, who may check it, quotes, slots, feedback, and the rules' versions."""

from __future__ import annotations

from landbridge.access.rules.agreeing import (
    DAYS_FOR_FEEDBACK,
    problems_with_acceptance,
    problems_with_answer,
    problems_with_closing,
    problems_with_dates,
    problems_with_feedback,
    problems_with_quote,
    reads_other_side,
)
from landbridge.access.rules.asking import (
    LONGEST_REASON,
    LONGEST_TITLE,
    Asked,
    Facts,
    number_for,
    problems_with,
    problems_with_checker,
    problems_with_draft,
    problems_with_origin,
    problems_with_reason,
    problems_with_text,
)
from landbridge.access.rules.slots import (
    LONGEST_SLOT,
    Stretch,
    overlap,
    problems_with_holding,
    problems_with_slot,
)
from landbridge.access.rules.versions import (
    LONGEST_DEVIATIONS,
    fingerprint,
    former_end,
    problems_with_publication,
    problems_with_signature,
)

__all__ = [
    "DAYS_FOR_FEEDBACK",
    "LONGEST_DEVIATIONS",
    "LONGEST_REASON",
    "LONGEST_SLOT",
    "LONGEST_TITLE",
    "Asked",
    "Facts",
    "Stretch",
    "fingerprint",
    "former_end",
    "number_for",
    "overlap",
    "problems_with",
    "problems_with_acceptance",
    "problems_with_answer",
    "problems_with_checker",
    "problems_with_closing",
    "problems_with_dates",
    "problems_with_draft",
    "problems_with_feedback",
    "problems_with_holding",
    "problems_with_origin",
    "problems_with_publication",
    "problems_with_quote",
    "problems_with_reason",
    "problems_with_signature",
    "problems_with_slot",
    "problems_with_text",
    "reads_other_side",
]
