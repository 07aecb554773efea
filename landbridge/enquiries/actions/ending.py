"""How an enquiry stops and goes on: closed, declined, held until a day, resumed and reopened where it stood."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from landbridge.clocks import actions as clocks
from landbridge.enquiries import queries, rules
from landbridge.enquiries.actions.duties import (
    ACKNOWLEDGE,
    ANALYSIS,
    ASSIGN,
    OUTCOME,
    SEARCH,
    _begin,
    _end_all,
)
from landbridge.enquiries.actions.locking import _check_leads, _lock, _tell_company
from landbridge.enquiries.models import Enquiry
from landbridge.enquiries.states import WORKFLOW, Closing, M, S
from landbridge.foundation.audit.record import record
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.problems import refuse_if

# The duty that runs again when an enquiry is reopened where it stood.
DUTY_AT = {
    S.NEW: ACKNOWLEDGE,
    S.ACKNOWLEDGED: ANALYSIS,
    S.ANALYSIS: ANALYSIS,
    S.READY: SEARCH,
    S.SEARCHING: SEARCH,
    S.INTRODUCING: OUTCOME,
}


@transaction.atomic
def close(
    *, enquiry_id: int, closing: str, by: Actor, at: datetime, reason: str = "", duplicate_of: str = ""
) -> Enquiry:
    """End an enquiry with what came of it; a duplicate names, by its number, the one of the company that goes on."""
    enquiry = _lock(enquiry_id, by=by)
    stood = enquiry.state
    target = WORKFLOW.target(M.CLOSE, of=enquiry, by=by)
    _check_leads(enquiry, by=by)
    twin = queries.twin_of(enquiry, number=duplicate_of) if closing == Closing.DUPLICATE else None
    refuse_if(
        rules.problems_with_closing(
            closing=closing,
            reason=reason,
            number=enquiry.number,
            of=twin.number if twin else None,
            is_itself_duplicate=twin is not None and twin.closing == Closing.DUPLICATE,
        )
    )
    enquiry.state, enquiry.stood_at, enquiry.closing = target, stood, closing
    enquiry.reason, enquiry.duplicate_of, enquiry.ended_at = reason.strip(), twin, at
    enquiry.save(update_fields=["state", "stood_at", "closing", "reason", "duplicate_of", "ended_at"])
    record("enquiry.closed", enquiry, by=by, at=at, closing=closing, reason=reason.strip())
    _end_all(enquiry, by=by, at=at)
    _tell_company(
        "closed", enquiry, at=at, closing=closing, reason=enquiry.reason, twin=twin.number if twin else ""
    )
    return enquiry


@transaction.atomic
def decline(*, enquiry_id: int, reason: str, by: Actor, at: datetime) -> Enquiry:
    """The network cannot help with this; the company reads why."""
    enquiry = _lock(enquiry_id, by=by)
    stood = enquiry.state
    target = WORKFLOW.target(M.DECLINE, of=enquiry, by=by)
    _check_leads(enquiry, by=by)
    refuse_if(rules.problems_with_reason(reason))
    enquiry.state, enquiry.stood_at, enquiry.reason, enquiry.ended_at = target, stood, reason.strip(), at
    enquiry.save(update_fields=["state", "stood_at", "reason", "ended_at"])
    record("enquiry.declined", enquiry, by=by, at=at, reason=reason.strip())
    _end_all(enquiry, by=by, at=at)
    _tell_company("declined", enquiry, at=at, reason=enquiry.reason)
    return enquiry


@transaction.atomic
def hold(*, enquiry_id: int, until: date, reason: str, by: Actor, at: datetime) -> Enquiry:
    """Wait until a day; its clocks stand still meanwhile, and on the day it goes on by itself."""
    enquiry = _lock(enquiry_id, by=by)
    stood = enquiry.state
    target = WORKFLOW.target(M.HOLD, of=enquiry, by=by)
    _check_leads(enquiry, by=by)
    refuse_if(rules.problems_with_hold(until=until, reason=reason, today=queries.today_for(enquiry, at=at)))
    enquiry.state, enquiry.stood_at, enquiry.reason, enquiry.hold_until = target, stood, reason.strip(), until
    enquiry.save(update_fields=["state", "stood_at", "reason", "hold_until"])
    record("enquiry.held", enquiry, by=by, at=at, until=until, reason=reason.strip())
    clocks.pause(about=enquiry, by=by, at=at)
    _tell_company("held", enquiry, at=at, until=until, reason=enquiry.reason)
    return enquiry


@transaction.atomic
def resume(*, enquiry_id: int, by: Actor, at: datetime) -> Enquiry:
    """Go on where it stood when it was put on hold."""
    enquiry = _lock(enquiry_id, by=by)
    earliest = WORKFLOW.target(M.RESUME, of=enquiry, by=by)
    _check_leads(enquiry, by=by)
    enquiry.state = enquiry.stood_at or earliest
    enquiry.stood_at, enquiry.reason, enquiry.hold_until = "", "", None
    enquiry.save(update_fields=["state", "stood_at", "reason", "hold_until"])
    record("enquiry.resumed", enquiry, by=by, at=at)
    clocks.resume(about=enquiry, by=by, at=at)
    _tell_company("resumed", enquiry, at=at)
    return enquiry


@transaction.atomic
def reopen(*, enquiry_id: int, reason: str, by: Actor, at: datetime) -> Enquiry:
    """Take up a closed or declined enquiry again, where it stood."""
    enquiry = _lock(enquiry_id, by=by)
    earliest = WORKFLOW.target(M.REOPEN, of=enquiry, by=by)
    _check_leads(enquiry, by=by)
    refuse_if(rules.problems_with_reason(reason))
    enquiry.state = enquiry.stood_at or earliest
    enquiry.stood_at, enquiry.closing, enquiry.reason = "", "", ""
    enquiry.duplicate_of, enquiry.ended_at = None, None
    enquiry.save(update_fields=["state", "stood_at", "closing", "reason", "duplicate_of", "ended_at"])
    record("enquiry.reopened", enquiry, by=by, at=at, reason=reason.strip())
    lead = queries.lead_of(enquiry)
    duties = [duty for duty in (DUTY_AT.get(S(enquiry.state)), "" if lead.membership_id else ASSIGN) if duty]
    _begin(*duties, enquiry=enquiry, region=lead.region, by=by, at=at)
    clocks.assign(about=enquiry, membership_id=lead.membership_id, by=by, at=at)
    _tell_company("reopened", enquiry, at=at, reason=reason.strip())
    return enquiry
