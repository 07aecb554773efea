"""Brokers who are away, as the desk enters them: their cases move on at once, or on the day it begins, by a job.

And the company that waited too long: it is told whom to call.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from landbridge.clocks import actions as clocks
from landbridge.clocks import queries as clock_queries
from landbridge.clocks.models import Absence, Clock
from landbridge.enquiries import queries
from landbridge.enquiries.actions.leading import pass_on
from landbridge.enquiries.actions.locking import _tell_company
from landbridge.enquiries.models import Enquiry
from landbridge.foundation.audit.record import record
from landbridge.foundation.permissions.actor import SYSTEM, Actor


@transaction.atomic
def enter_absence(
    *,
    region_id: int,
    membership_id: int,
    first_day: date,
    last_day: date,
    stand_in_id: int | None,
    by: Actor,
    at: datetime,
) -> Absence:
    """Enter when a broker is away; where it has begun, the open cases go to the stand-in or the desk now."""
    absence = clocks.enter_absence(
        region_id=region_id,
        membership_id=membership_id,
        first_day=first_day,
        last_day=last_day,
        stand_in_id=stand_in_id,
        by=by,
        at=at,
    )
    if first_day <= clock_queries.today_at(absence.region, at=at):
        for lead in queries.cases_of_absent(absence):
            pass_on(lead_id=lead.pk, absence_id=absence.pk, by=SYSTEM, at=at)
        clocks.begin_absence(absence_id=absence.pk, by=SYSTEM, at=at)
    return absence


@transaction.atomic
def tell_whom_to_call(*, clock_id: int, by: Actor, at: datetime) -> Clock:
    """Tell the company that its question still waits, and how it reaches the desk; once.

    Source: rules of the field, section 3: on day 5 without an adviser the company is told as well.
    """
    clock = Clock.objects.for_update().get(pk=clock_id)
    if clock.client_told_at is not None or clock.ended_at is not None:
        return clock
    enquiry = Enquiry.objects.select_related("company", "region").get(pk=clock.about_id)
    clock = clocks.mark_client_told(clock_id=clock_id, by=by, at=at)
    record("enquiry.told_whom_to_call", enquiry, by=by, at=at)
    _tell_company("whom_to_call", enquiry, at=at, days=clock.tells_client_after)
    return clock
