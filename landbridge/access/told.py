"""What the record says of access, in words of people."""

from __future__ import annotations

from landbridge.foundation.problems import N_

TOLD = {
    "access_request.accepted": N_("Quote accepted"),
    "access_request.agreed": N_("Agreed"),
    "access_request.agreement_kept": N_("Summary of the agreement drawn"),
    "access_request.begun": N_("Work begun"),
    "access_request.cancelled": N_("Cancelled"),
    "access_request.closed": N_("Closed"),
    "access_request.complained": N_("Complaint made"),
    "access_request.complaint_answered": N_("Complaint answered"),
    "access_request.declined": N_("Declined by the desk"),
    "access_request.delivered": N_("Delivered"),
    "access_request.feedback_given": N_("Feedback given"),
    "access_request.found_eligible": N_("Found eligible"),
    "access_request.found_feasible": N_("Found feasible"),
    "access_request.found_not_feasible": N_("Found not feasible"),
    "access_request.quoted": N_("Quote sent"),
    "access_request.returned": N_("Returned for correction"),
    "access_request.saved": N_("Changed"),
    "access_request.slot_given_back": N_("Slot given back"),
    "access_request.slot_held": N_("Slot held"),
    "access_request.slot_offered": N_("Slot offered"),
    "access_request.slot_taken_away": N_("Slot taken away"),
    "access_request.started": N_("Begun"),
    "access_request.submitted": N_("Handed in"),
    "access_request.withdrawn": N_("Withdrawn"),
    "access_rules.drafted": N_("New version begun"),
    "access_rules.edited": N_("Changed"),
    "access_rules.published": N_("Published"),
    "access_rules.signature_ended": N_("Signature ended"),
    "access_rules.signed": N_("Signed"),
}
