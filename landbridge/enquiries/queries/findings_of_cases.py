"""What cannot be in one enquiry by itself: its number, its end, its twin, its messages."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import F, Q

from landbridge.enquiries.models import Enquiry, Message
from landbridge.enquiries.rules import digits_of, is_right
from landbridge.enquiries.states import Closing, S


def case_findings() -> Iterator[str]:
    """A sentence for each."""
    for one in Enquiry.objects.order_by("pk").only("pk", "number"):
        if not is_right(digits_of(one.number)):
            yield f"The enquiry {one.pk} has the number {one.number}, whose check digit is wrong."
    ended = Q(state__in=[S.CLOSED, S.DECLINED])
    for one in Enquiry.objects.filter((ended & Q(ended_at=None)) | (~ended & ~Q(ended_at=None))).order_by(
        "pk"
    ):
        yield f"The enquiry {one} is {one.state}, and its end says otherwise."
    for one in Enquiry.objects.filter(state=S.ON_HOLD, hold_until=None).order_by("pk"):
        yield f"The enquiry {one} is on hold without a day."
    twins = Enquiry.objects.filter(closing=Closing.DUPLICATE).select_related("duplicate_of")
    for one in twins.exclude(duplicate_of__company=F("company")).order_by("pk"):
        yield f"The enquiry {one} is a duplicate of another company's."
    astray = Message.objects.exclude(answers=None).exclude(answers__enquiry=F("enquiry"))
    for message in astray.select_related("enquiry").order_by("pk"):
        yield f"A message of the enquiry {message.enquiry} answers one of another enquiry."
