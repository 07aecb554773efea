"""What the record says of budget lines and transfers, in words of people."""

from __future__ import annotations

from landbridge.foundation.problems import N_

TOLD = {
    "budget.line_opened": N_("Line opened"),
    "budget.allocated": N_("Money allocated"),
    "budget.taken_back": N_("Money taken back"),
    "budget.reserved": N_("Money reserved"),
    "budget.unreserved": N_("Reservation ended"),
    "budget.committed": N_("Money committed"),
    "budget.released": N_("Money released"),
    "budget.paid": N_("Money paid"),
    "budget.recovered": N_("Money recovered"),
    "budget.moved_out": N_("Money moved to another line"),
    "budget.moved_in": N_("Money moved here"),
    "transfer.proposed": N_("Proposed"),
    "transfer.posted": N_("Agreed and moved"),
    "transfer.refused": N_("Refused"),
    "transfer.withdrawn": N_("Withdrawn"),
}
