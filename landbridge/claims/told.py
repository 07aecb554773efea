"""What the record says of claims and payment files, in words of people."""

from __future__ import annotations

from landbridge.foundation.problems import N_

TOLD = {
    "claim.started": N_("Begun"),
    "claim.report_written": N_("Report written"),
    "claim.cost_added": N_("Cost added"),
    "claim.cost_edited": N_("Cost changed"),
    "claim.cost_removed": N_("Cost removed"),
    "claim.submitted": N_("Handed in"),
    "claim.returned": N_("Handed back for correction"),
    "claim.verified": N_("Verified"),
    "claim.reopened": N_("Sent back to verification"),
    "claim.approved": N_("Approved by a second person"),
    "claim.refused": N_("Refused"),
    "claim.put_into_payment": N_("Put into a payment file"),
    "claim.payment_rejected": N_("The bank did not pay"),
    "claim.paid": N_("Paid"),
    "payment_file.made": N_("Made"),
    "payment_file.released": N_("Released by a second person"),
    "payment_file.cancelled": N_("Cancelled"),
    "payment_file.answered": N_("Answered by the bank"),
}
