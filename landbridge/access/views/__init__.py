"""Pages of access: requests on both sides, slots, and the common rules."""

from __future__ import annotations

from landbridge.access.views.agreeing import (
    agreement,
    beginning,
    cancellation,
    closing,
    contract,
    delivery,
    summary,
)
from landbridge.access.views.answering import acceptance, eligibility, feasibility, quote, refusal, return_
from landbridge.access.views.asking import new, submission, text, withdrawal
from landbridge.access.views.judging import complaint, complaint_answer, feedback
from landbridge.access.views.requests import request_, requests
from landbridge.access.views.ruling import (
    rule_set,
    rules,
    rules_edit,
    rules_new,
    rules_publication,
    signature,
    signature_ending,
)
from landbridge.access.views.slots import holding, release, slot_removal, slots

__all__ = [
    "acceptance",
    "agreement",
    "beginning",
    "cancellation",
    "closing",
    "complaint",
    "complaint_answer",
    "contract",
    "delivery",
    "eligibility",
    "feasibility",
    "feedback",
    "holding",
    "new",
    "quote",
    "refusal",
    "release",
    "request_",
    "requests",
    "return_",
    "rule_set",
    "rules",
    "rules_edit",
    "rules_new",
    "rules_publication",
    "signature",
    "signature_ending",
    "slot_removal",
    "slots",
    "submission",
    "summary",
    "text",
    "withdrawal",
]
