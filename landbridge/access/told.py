"""What the record says of access, in words of people."""

from __future__ import annotations

from landbridge.foundation.problems import N_

TOLD = {
    "access.accepted": N_("Quote accepted"),
    "access.agreed": N_("Agreed"),
    "access.agreement_kept": N_("Summary of the agreement drawn"),
    "access.begun": N_("Work begun"),
    "access.cancelled": N_("Cancelled"),
    "access.closed": N_("Closed"),
    "access.complained": N_("Complaint made"),
    "access.complaint_answered": N_("Complaint answered"),
    "access.declined": N_("Declined by the desk"),
    "access.delivered": N_("Delivered"),
    "access.feedback_given": N_("Feedback given"),
    "access.found_eligible": N_("Found eligible"),
    "access.found_feasible": N_("Found feasible"),
    "access.found_not_feasible": N_("Found not feasible"),
    "access.quoted": N_("Quote sent"),
    "access.returned": N_("Returned for correction"),
    "access.saved": N_("Changed"),
    "access.slot_given_back": N_("Slot given back"),
    "access.slot_held": N_("Slot held"),
    "access.slot_offered": N_("Slot offered"),
    "access.slot_taken_away": N_("Slot taken away"),
    "access.started": N_("Begun"),
    "access.submitted": N_("Handed in"),
    "access.withdrawn": N_("Withdrawn"),
    "access_rules.drafted": N_("New version begun"),
    "access_rules.edited": N_("Changed"),
    "access_rules.published": N_("Published"),
    "access_rules.signature_ended": N_("Signature ended"),
    "access_rules.signed": N_("Signed"),
}
