"""What the record says of applications, in words of people."""

from __future__ import annotations

from landbridge.foundation.problems import N_

TOLD = {
    "application.started": N_("Begun"),
    "application.saved": N_("Text changed"),
    "application.provider_named": N_("Provider named"),
    "application.shared": N_("Shared with the provider"),
    "application.confirmed": N_("Confirmed by the provider"),
    "application.submitted": N_("Handed in"),
    "application.receipt_kept": N_("Receipt drawn"),
    "application.returned": N_("Handed back for correction"),
    "application.withdrawn": N_("Withdrawn"),
    "application.awarded": N_("Awarded"),
    "application.rejected": N_("Not awarded"),
}
