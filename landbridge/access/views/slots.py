"""Slots: offered by a facility, chosen by a company."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from landbridge.access import actions, queries
from landbridge.access.forms import SlotForm
from landbridge.access.models import Slot
from landbridge.access.views.shared import request_page, seen_by
from landbridge.catalogue.models import Record
from landbridge.foundation.operations.form_pages import button_pressed, form_page, posted
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.ui.forms import in_zone
from landbridge.foundation.ui.parts import Crumb


@needs(P.ACCESS_ANSWER)
def slots(request: Request, record_pk: int) -> HttpResponse:
    """The slots of one offer, and a form for the next."""
    rows = Record.objects.kept_by(request.actor).select_related("organisation__region")
    offer, form = get_object_or_404(rows, pk=record_pk), SlotForm(posted(request))
    zone = queries.zone_of_offer(offer)
    return form_page(
        request,
        form,
        act=lambda: actions.offer_slot(
            record_id=offer.pk,
            starts_at=in_zone(form.cleaned_data["starts_at"], zone),
            ends_at=in_zone(form.cleaned_data["ends_at"], zone),
            by=request.actor,
            at=request.now,
        ),
        to=reverse("access:slots", args=[offer.pk]),
        title=_("Slots of “%(offer)s”") % {"offer": offer.name},
        save=_("Offer this slot"),
        done=_("Offered."),
        crumbs=[Crumb(_("Access"), reverse("access:requests"))],
        template="access/slots.html",
        slots=queries.slots_of(offer, at=request.now),
        zone=zone,
    )


@needs(P.ACCESS_ANSWER)
@require_POST
def slot_removal(request: Request, slot_pk: int) -> HttpResponse:
    """Take back a slot that nobody holds."""
    mine = Record.objects.kept_by(request.actor).values("pk")
    slot = get_object_or_404(Slot, pk=slot_pk, record__in=mine)
    back = reverse("access:slots", args=[slot.record_id])
    return button_pressed(
        request,
        lambda: actions.take_away_slot(slot_id=slot.pk, by=request.actor, at=request.now),
        to=back,
        done=_("Taken away."),
        back=back,
    )


@needs(P.ACCESS_REQUEST)
@require_POST
def holding(request: Request, pk: int, slot_pk: int) -> HttpResponse:
    """Hold a slot."""
    found = seen_by(request.actor, pk)
    slot = get_object_or_404(Slot, pk=slot_pk, record_id=found.record_id)
    return button_pressed(
        request,
        lambda: actions.hold(request_id=found.pk, slot_id=slot.pk, by=request.actor, at=request.now),
        done=_("The slot is yours; nobody else can hold it."),
        refused=lambda problems: request_page(request, pk, problems=problems),
    )


@needs(P.ACCESS_REQUEST)
@require_POST
def release(request: Request, pk: int, slot_pk: int) -> HttpResponse:
    """Give a slot back."""
    found = seen_by(request.actor, pk)
    return button_pressed(
        request,
        lambda: actions.give_back(request_id=found.pk, slot_id=slot_pk, by=request.actor, at=request.now),
        done=_("Given back."),
        refused=lambda problems: request_page(request, pk, problems=problems),
    )
