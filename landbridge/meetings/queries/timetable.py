"""The meetings of an event as its organiser lists them."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from landbridge.events.models import Event
from landbridge.meetings.models import Meeting


def meetings_listed(
    event: Event, *, slot: str = "", state: str = "", text: str = "", only: str = ""
) -> QuerySet[Meeting]:
    """By slot and table; filtered by slot, state, a name, or to those that are locked."""
    rows = Meeting.objects.filter(event=event).select_related("first", "second", "slot", "table", "request")
    if slot.isdecimal():
        rows = rows.filter(slot=int(slot))
    if state:
        rows = rows.filter(state=state)
    if only == "locked":
        rows = rows.filter(is_locked=True)
    if text:
        names = Q(table__name__iexact=text)
        for side in ("first", "second"):
            for column in ("name", "organisation_name"):
                names |= Q(**{f"{side}__{column}__icontains": text})
        rows = rows.filter(names)
    return rows.order_by("slot__number", "table__number", "pk")
