"""What the actions of access share: the lock on a request, its letters, and its end."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from landbridge.access import queries
from landbridge.access.models import Request, Slot
from landbridge.clocks import actions as clocks
from landbridge.clocks.states import Ending
from landbridge.foundation.audit.record import record
from landbridge.foundation.outbox.recipient import Recipient
from landbridge.foundation.outbox.tell import tell
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import NotAllowed
from landbridge.programmes.models import Region


def _locked(request_id: int, *, by: Actor) -> Request:
    rows = Request.objects.visible_to(by).for_update()
    return rows.select_related(
        "rule_set", "record", "company__region", "provider__region", "introduction", "enquiry"
    ).get(pk=request_id)


def _require(permission: P, *, by: Actor) -> None:
    if not by.may(permission):
        raise NotAllowed(permission)


def _tell(event: str, request: Request, *, to: Iterable[Recipient], at: datetime, **places: object) -> None:
    context = {**queries.for_letters(request), **places}
    tell(f"access/{event}", request, to=to, at=at, context=context)


def _start_clock(duty: str, request: Request, *, region: Region | None, by: Actor, at: datetime) -> None:
    """A duty that some region's desk watches; where there is no region there is nobody to watch it."""
    if region is not None:
        clocks.start(duty=duty, about=request, region=region, by=by, at=at)


def _end(request: Request, target: str, *, event: str, by: Actor, at: datetime, reason: str = "") -> Request:
    """End a request: its clocks stop, and slots that lie ahead are free for others."""
    freed = Slot.objects.filter(held_by=request, starts_at__gt=at).update(held_by=None, held_at=None)
    request.state, request.ended_at, request.reason = target, at, reason.strip()
    request.save(update_fields=["state", "ended_at", "reason"])
    clocks.stop(about=request, by=by, at=at, ending=Ending.CANCELLED)
    record(f"access_request.{event}", request, by=by, at=at, reason=request.reason, slots_freed=freed)
    return request
