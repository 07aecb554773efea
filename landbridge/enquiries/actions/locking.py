"""What every change of an enquiry begins with, and how its people are told."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from landbridge.enquiries import queries, rules
from landbridge.enquiries.models import Enquiry, Message
from landbridge.foundation.inbox.addresses import reply_address
from landbridge.foundation.outbox.recipient import Recipient
from landbridge.foundation.outbox.tell import tell
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.problems import refuse_if

KIND = "enquiry"  # the first word of the addresses that answers about an enquiry go to


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


def _tell(
    event: str,
    enquiry: Enquiry,
    *,
    to: list[Recipient],
    at: datetime,
    message: Message | None = None,
    **context: Any,
) -> None:
    """A letter about the enquiry; whoever answers it by e-mail answers this enquiry, and this `message` of it."""
    tell(
        f"enquiries/{event}",
        enquiry,
        to=to,
        at=at,
        context={**queries.for_letters(enquiry), **context},
        key=f"enquiries.{event}:{message.pk}" if message else None,
        reply_to=lambda person: reply_address(
            KIND, about_id=enquiry.pk, reader=person.email, topic_id=message.pk if message else 0
        ),
    )
