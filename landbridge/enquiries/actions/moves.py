"""The moves of an enquiry up to its outcome: acknowledged, analysed, made ready, searched for, introduced."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from landbridge.clocks import actions as clocks
from landbridge.enquiries import queries, rules
from landbridge.enquiries.actions.duties import (
    ACKNOWLEDGE,
    ANALYSIS,
    ASSIGN,
    FIRST_CONTACT,
    OUTCOME,
    SEARCH,
    _begin,
    _end,
)
from landbridge.enquiries.actions.locking import _check_leads, _lock, _tell_company
from landbridge.enquiries.models import Candidate, Enquiry
from landbridge.enquiries.states import WORKFLOW, M, S
from landbridge.foundation.audit.record import record
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.problems import refuse_if


@transaction.atomic
def acknowledge(*, enquiry_id: int, by: Actor, at: datetime) -> Enquiry:
    """The desk has read it. Whoever acknowledges works on it, where nobody does yet; the company learns who."""
    enquiry = _lock(enquiry_id, by=by)
    target = WORKFLOW.target(M.ACKNOWLEDGE, of=enquiry, by=by)
    _check_leads(enquiry, by=by)
    enquiry.state, enquiry.acknowledged_at = target, enquiry.acknowledged_at or at
    enquiry.save(update_fields=["state", "acknowledged_at"])
    lead = queries.lead_of(enquiry)
    if lead.membership_id is None and by.membership_id is not None:
        lead.membership_id, lead.person_name = by.membership_id, by.name
        lead.save(update_fields=["membership_id", "person_name"])
        _end(ASSIGN, enquiry=enquiry, by=by, at=at)
    record("enquiry.acknowledged", enquiry, by=by, at=at)
    _end(ACKNOWLEDGE, enquiry=enquiry, by=by, at=at)
    _begin(FIRST_CONTACT, ANALYSIS, enquiry=enquiry, region=lead.region, by=by, at=at)
    clocks.assign(about=enquiry, membership_id=lead.membership_id, by=by, at=at)
    _tell_company("acknowledged", enquiry, at=at)
    return enquiry


@transaction.atomic
def analyse(*, enquiry_id: int, by: Actor, at: datetime) -> Enquiry:
    """The desk works out with the company what is really needed."""
    enquiry = _lock(enquiry_id, by=by)
    target = WORKFLOW.target(M.ANALYSE, of=enquiry, by=by)
    _check_leads(enquiry, by=by)
    return _moved(enquiry, target, event="analysis_begun", by=by, at=at)


@transaction.atomic
def make_ready(*, enquiry_id: int, by: Actor, at: datetime) -> Enquiry:
    """The need is defined, and the company approved the words that may leave the region."""
    enquiry = _lock(enquiry_id, by=by)
    target = WORKFLOW.target(M.MAKE_READY, of=enquiry, by=by)
    _check_leads(enquiry, by=by)
    _check_may_leave(enquiry)
    _moved(enquiry, target, event="made_ready", by=by, at=at)
    _end(FIRST_CONTACT, ANALYSIS, enquiry=enquiry, by=by, at=at)  # whoever analysed has talked to the company
    _begin(SEARCH, enquiry=enquiry, region=queries.lead_of(enquiry).region, by=by, at=at)
    return enquiry


@transaction.atomic
def search(*, enquiry_id: int, by: Actor, at: datetime) -> Enquiry:
    """The desk looks for offers; again, where what was found did not do."""
    enquiry = _lock(enquiry_id, by=by)
    is_again = enquiry.state != S.READY
    target = WORKFLOW.target(M.SEARCH, of=enquiry, by=by)
    _check_leads(enquiry, by=by)
    _check_may_leave(enquiry)
    _moved(enquiry, target, event="search_begun", by=by, at=at)
    if is_again:
        _begin(SEARCH, enquiry=enquiry, region=queries.lead_of(enquiry).region, by=by, at=at)
    _tell_company("searching", enquiry, at=at, again=is_again)
    return enquiry


@transaction.atomic
def send_shortlist(*, enquiry_id: int, by: Actor, at: datetime) -> Enquiry:
    """Everything on the shortlist goes to the company, which says what it wants."""
    enquiry = _lock(enquiry_id, by=by)
    target = WORKFLOW.target(M.SEND_SHORTLIST, of=enquiry, by=by)
    _check_leads(enquiry, by=by)
    offers = Candidate.objects.filter(enquiry=enquiry, dropped_at__isnull=True)
    count = offers.count()
    refuse_if(rules.problems_with_shortlist(offers=count))
    offers.filter(sent_at__isnull=True).update(sent_at=at)
    _moved(enquiry, target, event="shortlist_sent", by=by, at=at)
    _end(SEARCH, enquiry=enquiry, by=by, at=at)
    _tell_company("shortlist", enquiry, at=at, offers=count)
    return enquiry


@transaction.atomic
def introduce(*, enquiry_id: int, by: Actor, at: datetime) -> Enquiry:
    """An introduction is under way; called by whoever prepares it, also for the second and third."""
    enquiry = _lock(enquiry_id, by=by)
    target = WORKFLOW.target(M.INTRODUCE, of=enquiry, by=by)
    _check_leads(enquiry, by=by)
    _check_may_leave(enquiry)
    if enquiry.state == target:
        return enquiry
    _moved(enquiry, target, event="introducing", by=by, at=at)
    _end(SEARCH, enquiry=enquiry, by=by, at=at)
    _begin(OUTCOME, enquiry=enquiry, region=queries.lead_of(enquiry).region, by=by, at=at)
    return enquiry


@transaction.atomic
def report_outcome(*, enquiry_id: int, by: Actor, at: datetime, outcome: str = "") -> Enquiry:
    """What came of the introduction is known; `outcome` is said in a sentence, and stays on record."""
    enquiry = _lock(enquiry_id, by=by)
    target = WORKFLOW.target(M.REPORT_OUTCOME, of=enquiry, by=by)
    _check_leads(enquiry, by=by)
    enquiry.state = target
    enquiry.save(update_fields=["state"])
    record("enquiry.outcome_reported", enquiry, by=by, at=at, outcome=outcome.strip()[: rules.LONGEST_REASON])
    _end(OUTCOME, enquiry=enquiry, by=by, at=at)
    return enquiry


def _check_may_leave(enquiry: Enquiry) -> None:
    approved = queries.approved_summary(enquiry)
    refuse_if(rules.problems_with_leaving(has_approved_summary=approved is not None))


def _moved(enquiry: Enquiry, target: str, *, event: str, by: Actor, at: datetime) -> Enquiry:
    enquiry.state = target
    enquiry.save(update_fields=["state"])
    record(f"enquiry.{event}", enquiry, by=by, at=at)
    return enquiry
