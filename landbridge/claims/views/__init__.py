"""The pages of claims: the company's, the finance officers', the payments."""

from __future__ import annotations

from landbridge.claims.views.checking import (
    approval,
    refusal,
    reopening,
    return_,
    verification,
    voucher_closing,
)
from landbridge.claims.views.claiming import (
    claim,
    claims,
    cost,
    cost_removal,
    evidence,
    new,
    of_voucher,
    report,
    submission,
)
from landbridge.claims.views.paying import (
    payment_answer,
    payment_cancellation,
    payment_file,
    payment_file_new,
    payment_files,
    payment_release,
    payment_xml,
)

__all__ = [
    "approval",
    "claim",
    "claims",
    "cost",
    "cost_removal",
    "evidence",
    "new",
    "of_voucher",
    "payment_answer",
    "payment_cancellation",
    "payment_file",
    "payment_file_new",
    "payment_files",
    "payment_release",
    "payment_xml",
    "refusal",
    "reopening",
    "report",
    "return_",
    "submission",
    "verification",
    "voucher_closing",
]
