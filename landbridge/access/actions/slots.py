"""Slots: offered by the facility, held by one request at a time. Whoever changes them holds the record's lock."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from landbridge.access import rules
from landbridge.access.actions._parts import _locked, _require
from landbridge.access.models import Request, Slot
from landbridge.access.rules import Stretch
from landbridge.access.states import HOLDING
from landbridge.catalogue.models import Record
from landbridge.foundation.audit.record import record
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.permissions.roles import Role
from landbridge.foundation.problems import N_, refuse, refuse_if


@transaction.atomic
def offer_slot(*, record_id: int, starts_at: datetime, ends_at: datetime, by: Actor, at: datetime) -> Slot:
    """A facility offers a stretch of its capacity; slots of one record never overlap."""
    _require(P.ACCESS_ANSWER, by=by)
    offer = _locked_offer(record_id, by=by)
    others = Slot.objects.filter(record=offer, starts_at__lt=ends_at, ends_at__gt=starts_at)
    refuse_if(
        rules.problems_with_slot(
            Stretch(starts_at, ends_at),
            others=tuple(Stretch(other.starts_at, other.ends_at) for other in others),
            at=at,
        )
    )
    slot = Slot.objects.create(record=offer, starts_at=starts_at, ends_at=ends_at)
    record("access_request.slot_offered", offer, by=by, at=at, starts_at=starts_at, ends_at=ends_at)
    return slot


@transaction.atomic
def take_away_slot(*, slot_id: int, by: Actor, at: datetime) -> Record:
    """A facility takes back a slot that nobody holds."""
    _require(P.ACCESS_ANSWER, by=by)
    offer = _locked_offer(Slot.objects.get(pk=slot_id).record_id, by=by)
    slot = Slot.objects.for_update().get(pk=slot_id)
    if slot.held_by_id is not None:
        refuse(
            "slot_held",
            N_("A company holds this slot."),
            cure=N_("Ask it to give the slot back, or cancel what was agreed."),
        )
    record(
        "access_request.slot_taken_away", offer, by=by, at=at, starts_at=slot.starts_at, ends_at=slot.ends_at
    )
    slot.delete()
    return offer


@transaction.atomic
def hold(*, request_id: int, slot_id: int, by: Actor, at: datetime) -> Request:
    """The company holds a slot for its request; nobody else can from this moment on."""
    _require(P.ACCESS_REQUEST, by=by)
    request = _locked(request_id, by=by)
    Record.objects.for_update().get(pk=request.record_id)
    slot = Slot.objects.for_update().get(pk=slot_id)
    refuse_if(
        rules.problems_with_holding(
            state=request.state,
            starts_at=slot.starts_at,
            is_held=slot.held_by_id is not None,
            is_ours=slot.held_by_id == request.pk,
            is_same_offer=slot.record_id == request.record_id,
            at=at,
        )
    )
    if slot.held_by_id is None:
        slot.held_by, slot.held_at = request, at
        slot.save(update_fields=["held_by", "held_at"])
        record(
            "access_request.slot_held", request, by=by, at=at, starts_at=slot.starts_at, ends_at=slot.ends_at
        )
    return request


@transaction.atomic
def give_back(*, request_id: int, slot_id: int, by: Actor, at: datetime) -> Request:
    """The company gives a slot back before the agreement; it is free for others."""
    _require(P.ACCESS_REQUEST, by=by)
    request = _locked(request_id, by=by)
    slot = Slot.objects.for_update().filter(pk=slot_id, held_by=request).first()
    if slot is None:
        return request
    if request.state not in HOLDING:
        refuse(
            "slots_not_now",
            N_("Slots are chosen between the quote and the agreement."),
            cure=N_("After the agreement, ask the facility."),
        )
    slot.held_by = slot.held_at = None
    slot.save(update_fields=["held_by", "held_at"])
    record("access_request.slot_given_back", request, by=by, at=at, starts_at=slot.starts_at)
    return request


def _locked_offer(record_id: int, *, by: Actor) -> Record:
    """The record, locked, of the facility that the actor speaks for."""
    rows = Record.objects.for_update()
    if by.role is not Role.SYSTEM:
        rows = rows.filter(organisation_id=by.organisation_id or 0)
    return rows.get(pk=record_id)
