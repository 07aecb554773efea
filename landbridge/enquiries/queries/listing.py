"""Enquiries in lists."""

from __future__ import annotations

from django.db.models import Q

from landbridge.enquiries.models.enquiry import EnquiryRows
from landbridge.enquiries.rules import digits_of, meant_by
from landbridge.enquiries.states import OPEN, LeadState, S
from landbridge.programmes.models import Region


def listed(rows: EnquiryRows, *, state: str = "", region: str = "", text: str = "") -> EnquiryRows:
    """The newest first; by state (`open`: all that have not ended), by the desk that leads, by words or a number."""
    if state == "open":
        rows = rows.filter(state__in=[*OPEN, S.ON_HOLD])
    elif state:
        rows = rows.filter(state=state)
    if region:
        rows = rows.filter(leads__region__key=region, leads__state=LeadState.ACCEPTED)
    if text:
        digits = digits_of(text)
        found = Q(title__icontains=text) | Q(company__name__icontains=text)
        rows = rows.filter(found | Q(number__in=meant_by(text)) if digits else found)
    return rows.select_related("company", "region").order_by("-asked_at", "-pk")


def leading_regions() -> list[tuple[str, str]]:
    """The desks that may lead, for a filter."""
    rows = Region.objects.active().order_by("name", "pk")
    return [(region.key, region.name) for region in rows]
