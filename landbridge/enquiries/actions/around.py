"""What other desks were asked and shown about an enquiry; it ends with the enquiry, or before."""

from __future__ import annotations

from datetime import datetime

from landbridge.clocks import actions as clocks
from landbridge.clocks.states import Ending
from landbridge.enquiries.models import Enquiry, Lead, Sight
from landbridge.enquiries.states import LeadState
from landbridge.foundation.permissions.actor import Actor


def _end_around(enquiry: Enquiry, *, by: Actor, at: datetime) -> None:
    """Take back what is offered to another desk, and end what scouts may see."""
    waiting = Lead.objects.offered().filter(enquiry=enquiry).select_related("region", "enquiry").first()
    if waiting is not None:
        _take_back(waiting, LeadState.EXPIRED, by=by, at=at)
    Sight.objects.filter(enquiry=enquiry, ended_at__isnull=True).update(ended_at=at)


def _take_back(lead: Lead, target: str, *, by: Actor, at: datetime) -> None:
    """The offer no longer stands, and nobody owes an answer."""
    lead.state, lead.answered_at = target, at
    lead.save(update_fields=["state", "answered_at"])
    clocks.stop(about=lead, ending=Ending.CANCELLED, by=by, at=at)
