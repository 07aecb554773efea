"""Booking by oneself: one of the two chooses a slot in which both are free, or takes the first."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from landbridge.foundation.operations.form_pages import form_page, posted
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.meetings import actions, queries
from landbridge.meetings.forms.planning import BookingForm
from landbridge.meetings.models import MeetingRules
from landbridge.meetings.models import Request as MeetingRequest
from landbridge.meetings.queries.material import pair_of
from landbridge.meetings.queries.spots import Board
from landbridge.meetings.views.shared import crumbs_of


@needs(P.EVENT_ATTEND)
def booking(request: Request, pk: int) -> HttpResponse:
    """An accepted request takes a slot and a table at once."""
    own = queries.own_registrations(request.actor).values("pk")
    rows = MeetingRequest.objects.filter(Q(sender__in=own) | Q(receiver__in=own))
    found = get_object_or_404(rows.select_related("event", "sender", "receiver"), pk=pk)
    me = get_object_or_404(
        queries.own_registrations(request.actor).select_related("event"),
        pk__in=(found.sender_id, found.receiver_id),
    )
    rules = get_object_or_404(MeetingRules, event=found.event_id)
    board = Board(found.event, rules, pair_of(found.sender_id, found.receiver_id), at=request.now)
    form = BookingForm(posted(request), openings=board.openings())
    other = found.receiver if found.sender_id == me.pk else found.sender
    return form_page(
        request,
        form,
        act=lambda: actions.book(
            request_id=found.pk, slot_id=form.cleaned_data["slot"], by=request.actor, at=request.now
        ),
        title=_("Take a slot with %(name)s") % {"name": other.name},
        lead=_("Slots in which you are both free. A table is given to you; both of you are told."),
        save=_("Take it"),
        done=_("Booked. It stands in your agenda."),
        to=reverse("meetings:agenda", args=[me.pk]),
        back=found.get_absolute_url(),
        crumbs=crumbs_of(me),
    )
