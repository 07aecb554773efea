"""When somebody may be asked, answer, or be named; and what gives a side away before both said yes."""

from __future__ import annotations

from landbridge.introductions.rules.answering import (
    LONGEST_OUTCOME,
    LONGEST_REASON,
    may_read_confidential,
    problems_with_answer,
    problems_with_lapse,
    problems_with_outcome,
    problems_with_reason,
    reminds_at,
)
from landbridge.introductions.rules.asking import (
    DAYS_TO_ANSWER,
    LONGEST_TEXT,
    LONGEST_TITLE,
    MOST_OPEN,
    MOST_OPEN_EVER,
    Preparation,
    lapse_of,
    number_for,
    problems_with_cap,
    problems_with_limit,
    problems_with_preparation,
    problems_with_texts,
)
from landbridge.introductions.rules.papers import (
    LONGEST_AGREEMENT,
    problems_with_need,
    problems_with_release,
    problems_with_sending,
    problems_with_signature,
    problems_with_template,
)
from landbridge.introductions.rules.traces import Identity, hints_about, problems_with_text

__all__ = [
    "DAYS_TO_ANSWER",
    "LONGEST_AGREEMENT",
    "LONGEST_OUTCOME",
    "LONGEST_REASON",
    "LONGEST_TEXT",
    "LONGEST_TITLE",
    "MOST_OPEN",
    "MOST_OPEN_EVER",
    "Identity",
    "Preparation",
    "hints_about",
    "lapse_of",
    "may_read_confidential",
    "number_for",
    "problems_with_answer",
    "problems_with_cap",
    "problems_with_lapse",
    "problems_with_limit",
    "problems_with_need",
    "problems_with_outcome",
    "problems_with_preparation",
    "problems_with_reason",
    "problems_with_release",
    "problems_with_sending",
    "problems_with_signature",
    "problems_with_template",
    "problems_with_text",
    "problems_with_texts",
    "reminds_at",
]
