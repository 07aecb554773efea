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
    cost_edit,
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
from landbridge.claims.views.reporting import paid_vouchers, paid_vouchers_table

__all__ = [
    "approval",
    "claim",
    "claims",
    "cost",
    "cost_edit",
    "cost_removal",
    "evidence",
    "new",
    "of_voucher",
    "paid_vouchers",
    "paid_vouchers_table",
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
