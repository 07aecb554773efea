"""Scouts: other desks that read an approved summary for a time, and propose offers of their region."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from landbridge.catalogue.models import Record
from landbridge.enquiries import queries, rules
from landbridge.enquiries.actions.locking import _check_leads, _lock, _tell_desk
from landbridge.enquiries.actions.shortlist import _put
from landbridge.enquiries.models import Candidate, Enquiry, Sight
from landbridge.foundation.audit.record import record
from landbridge.foundation.outbox.tell import tell
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import N_, NotAllowed, refuse, refuse_if
from landbridge.memberships import queries as memberships
from landbridge.programmes.models import Region


@transaction.atomic
def grant_sight(
    *, enquiry_id: int, region_ids: Collection[int], until: datetime, by: Actor, at: datetime
) -> Enquiry:
    """Let other desks read the approved summary until a moment, and ask them for partners; each is told.

    A desk that reads it already reads the newest version, until the new moment.
    """
    if not by.may(P.ENQUIRY_WORK):
        raise NotAllowed(P.ENQUIRY_WORK)
    enquiry = _lock(enquiry_id, by=by)
    _check_leads(enquiry, by=by)
    summary = queries.approved_summary(enquiry)
    led_by = queries.lead_of(enquiry).region_id
    regions = (
        Region.objects.active().filter(pk__in=list(region_ids)).exclude(pk__in=[led_by, enquiry.region_id])
    )
    desks = list(regions.order_by("name", "pk"))
    refuse_if(
        rules.problems_with_sight(
            state=enquiry.state,
            has_approved_summary=summary is not None,
            until=until,
            desks=len(desks),
            at=at,
        )
    )

    Sight.objects.filter(enquiry=enquiry, region__in=desks, ended_at__isnull=True).update(ended_at=at)
    for region in desks:
        sight = Sight.objects.create(
            enquiry=enquiry,
            summary_id=summary.pk if summary else 0,  # the rules refuse it without one
            region=region,
            granted_by_name=by.name,
            granted_at=at,
            until=until,
        )
        people = memberships.recipients(memberships.desk_of(region.pk))
        tell("enquiries/sight", sight, to=people, at=at, context=queries.for_letters_outside(sight))

    record("enquiry.sight_granted", enquiry, by=by, at=at, desks=[desk.name for desk in desks], until=until)
    return enquiry


@transaction.atomic
def end_sight(*, sight_id: int, by: Actor, at: datetime) -> Sight:
    """A desk no longer reads the summary: the desk that leads ends it, or the scout has nothing to add."""
    if not by.may(P.ENQUIRY_WORK):
        raise NotAllowed(P.ENQUIRY_WORK)
    sight = Sight.objects.visible_to(by).for_update().select_related("region", "enquiry").get(pk=sight_id)
    if sight.ended_at is None:
        sight.ended_at = at
        sight.save(update_fields=["ended_at"])
        record("enquiry.sight_ended", sight.enquiry, by=by, at=at, desk=sight.region.name)
    return sight


@transaction.atomic
def propose(*, sight_id: int, record_id: int, remark: str, by: Actor, at: datetime) -> Candidate:
    """A scout puts an offer of its own region on the shortlist of the desk that leads, which is told."""
    if not by.may(P.ENQUIRY_WORK):
        raise NotAllowed(P.ENQUIRY_WORK)
    sight = Sight.objects.visible_to(by).select_related("enquiry__region", "region").get(pk=sight_id)
    enquiry = Enquiry.objects.for_update().select_related("region", "company").get(pk=sight.enquiry_id)
    if not queries.is_open(sight, at=at):
        refuse(
            "sight_ended",
            N_("You may no longer read this summary."),
            cure=N_("Write to the desk that leads, if you still have something."),
        )
    offer = Record.objects.public().filter(region_id=sight.region_id).get(pk=record_id)
    candidate = _put(enquiry, offer, remark=remark, region=sight.region, by=by, at=at)
    record("enquiry.candidate_proposed", enquiry, by=by, at=at, offer=offer.name, desk=sight.region.name)
    _tell_desk("candidate_proposed", enquiry, at=at, offer=offer.name, scout=sight.region.name)
    return candidate
