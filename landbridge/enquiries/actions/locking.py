"""What every change of an enquiry begins with, and how its people are told."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from landbridge.enquiries import queries, rules
from landbridge.enquiries.models import Enquiry
from landbridge.foundation.outbox.recipient import Recipient
from landbridge.foundation.outbox.tell import tell
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.problems import refuse_if


def _lock(enquiry_id: int, *, by: Actor) -> Enquiry:
    """The enquiry, locked; DoesNotExist for whoever does not see it."""
    rows = Enquiry.objects.visible_to(by).for_update().select_related("company", "region")
    return rows.get(pk=enquiry_id)


def _check_leads(enquiry: Enquiry, *, by: Actor) -> None:
    """Refuse whoever sees the enquiry but does not lead it."""
    lead = queries.lead_of(enquiry)
    refuse_if(rules.problems_with_leader(leads=queries.leads(enquiry, actor=by), leader=lead.region.name))


def _tell_company(event: str, enquiry: Enquiry, *, at: datetime, **context: Any) -> None:
    _tell(event, enquiry, to=queries.company_people(enquiry), at=at, **context)


def _tell_desk(event: str, enquiry: Enquiry, *, at: datetime, **context: Any) -> None:
    _tell(event, enquiry, to=queries.desk_people(enquiry), at=at, **context)


def _tell(event: str, enquiry: Enquiry, *, to: list[Recipient], at: datetime, **context: Any) -> None:
    values = {**queries.for_letters(enquiry), **context}
    tell(f"enquiries/{event}", enquiry, to=to, at=at, context=values)
