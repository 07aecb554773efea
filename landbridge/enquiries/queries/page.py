"""What the page of one enquiry shows beside its own row."""

from __future__ import annotations

from datetime import datetime

from landbridge.enquiries.models import Enquiry
from landbridge.enquiries.states import S
from landbridge.foundation.audit.models import Entry

# By which event a state is reached.
_REACHED_BY = {
    "enquiry.asked": S.NEW,
    "enquiry.acknowledged": S.ACKNOWLEDGED,
    "enquiry.analysis_begun": S.ANALYSIS,
    "enquiry.made_ready": S.READY,
    "enquiry.search_begun": S.SEARCHING,
    "enquiry.shortlist_sent": S.SHORTLISTED,
    "enquiry.introducing": S.INTRODUCING,
    "enquiry.outcome_reported": S.OUTCOME_KNOWN,
}


def reached(enquiry: Enquiry) -> dict[S, datetime]:
    """When each state was reached last, as the record says."""
    rows = Entry.objects.filter(
        subject_table=enquiry._meta.label_lower, subject_id=enquiry.pk, event__in=list(_REACHED_BY)
    )
    events = rows.order_by("pk").values_list("event", "at")
    return {S.NEW: enquiry.asked_at} | {_REACHED_BY[event]: at for event, at in events}
