"""What the record says of enquiries, in words of people."""

from __future__ import annotations

from landbridge.foundation.problems import N_

TOLD: dict[str, str] = {
    "enquiry.asked": N_("Asked"),
    "enquiry.revised": N_("Question changed"),
    "enquiry.acknowledged": N_("Acknowledged"),
    "enquiry.analysis_begun": N_("Analysis begun"),
    "enquiry.made_ready": N_("Ready to search"),
    "enquiry.search_begun": N_("Search begun"),
    "enquiry.shortlist_sent": N_("Shortlist sent"),
    "enquiry.introducing": N_("Introductions begun"),
    "enquiry.outcome_reported": N_("Outcome reported"),
    "enquiry.closed": N_("Closed"),
    "enquiry.declined": N_("Declined"),
    "enquiry.held": N_("Put on hold"),
    "enquiry.resumed": N_("Resumed"),
    "enquiry.reopened": N_("Opened again"),
    "enquiry.summary_written": N_("Summary written"),
    "enquiry.summary_approved": N_("Summary approved"),
    "enquiry.summary_sent_back": N_("Summary sent back"),
    "enquiry.approval_noted": N_("Approval noted by the desk"),
}
