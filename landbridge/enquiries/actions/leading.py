"""Who leads: taken, given to a colleague, handed over to another desk. Exactly one lead is accepted at any moment."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from landbridge.clocks import actions as clocks
from landbridge.enquiries import queries, rules
from landbridge.enquiries.actions.around import _take_back
from landbridge.enquiries.actions.duties import ASSIGN
from landbridge.enquiries.actions.locking import _check_leads, _lock, _tell, _tell_company, _tell_desk
from landbridge.enquiries.models import Enquiry, Lead
from landbridge.enquiries.states import LEAD_WORKFLOW, LeadMove, LeadState, S
from landbridge.foundation.audit.record import record
from landbridge.foundation.outbox.tell import tell
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import NotAllowed, refuse_if
from landbridge.memberships import queries as memberships
from landbridge.programmes.models import Region

HAND_OVER = "enquiries.hand_over"


@transaction.atomic
def take(*, enquiry_id: int, by: Actor, at: datetime) -> Enquiry:
    """A broker of the desk that leads works on it from now on, whoever did before."""
    return _given(enquiry_id, by.membership_id, by=by, at=at)


@transaction.atomic
def give(*, enquiry_id: int, membership_id: int | None, by: Actor, at: datetime) -> Enquiry:
    """Give it to a colleague at the desk, who is told; None gives it back to the desk, whose clock begins again."""
    enquiry = _given(enquiry_id, membership_id, by=by, at=at)
    if membership_id is not None and membership_id != by.membership_id:
        _tell_desk("given", enquiry, at=at, giver=by.name)
    return enquiry


@transaction.atomic
def offer_lead(*, enquiry_id: int, region_id: int, remark: str, by: Actor, at: datetime) -> Lead:
    """Ask another desk to take the lead, with the approved summary and a remark; meanwhile this desk goes on leading.

    The offer expires after as many working days of the region that was asked as the duty says.
    """
    if not by.may(P.ENQUIRY_WORK):
        raise NotAllowed(P.ENQUIRY_WORK)
    enquiry = _lock(enquiry_id, by=by)
    _check_leads(enquiry, by=by)
    region = Region.objects.get(pk=region_id)
    waiting = Lead.objects.offered().filter(enquiry=enquiry).select_related("region").first()
    hand_over = rules.HandOver(
        state=enquiry.state,
        has_approved_summary=queries.approved_summary(enquiry) is not None,
        is_to_oneself=queries.lead_of(enquiry).region_id == region.pk,
        is_desk_open=region.is_active and memberships.desk_of(region.pk).exists(),
        waits_for=str(waiting.region) if waiting else "",
    )
    refuse_if(rules.problems_with_hand_over(hand_over, remark=remark))

    lead = Lead.objects.create(
        enquiry=enquiry,
        region=region,
        state=LeadState.OFFERED,
        offered_at=at,
        offered_by_name=by.name,
        offer_remark=remark.strip(),
    )
    clock = clocks.start(duty=HAND_OVER, about=lead, region=region, by=by, at=at)
    lead.expires_at = clock.due_at
    lead.save(update_fields=["expires_at"])

    record("enquiry.lead_offered", enquiry, by=by, at=at, desk=region.name, remark=remark.strip())
    _tell_asked(lead, at=at)
    return lead


@transaction.atomic
def accept_lead(*, lead_id: int, by: Actor, at: datetime) -> Enquiry:
    """The desk that was asked leads from now on, and whoever accepts works on it; the clocks go over to it."""
    lead, enquiry = _lock_offer(lead_id, by=by)
    target = LEAD_WORKFLOW.target(LeadMove.ACCEPT, of=lead, by=by)
    refuse_if(
        rules.problems_with_answer(
            expires_at=lead.expires_at, state=enquiry.state, is_asked=queries.is_asked(lead, actor=by), at=at
        )
    )
    before = _end_lead(enquiry, by=by, at=at)
    lead.state, lead.answered_at = target, at
    lead.membership_id, lead.person_name = by.membership_id, by.name if by.membership_id else ""
    lead.save(update_fields=["state", "answered_at", "membership_id", "person_name"])

    clocks.stop(about=lead, by=by, at=at)
    _led_by(enquiry, lead, by=by, at=at)
    record("enquiry.lead_accepted", enquiry, by=by, at=at, desk=lead.region.name, before=before.region.name)
    _tell_company("handed_over", enquiry, at=at, before=before.region.name)
    _tell("lead_accepted", enquiry, to=queries.desk_people(enquiry, lead=before), at=at, person=by.name)
    return enquiry


@transaction.atomic
def refuse_lead(*, lead_id: int, reason: str, by: Actor, at: datetime) -> Lead:
    """The desk that was asked says no, and why; the desk that asked goes on leading."""
    lead, enquiry = _lock_offer(lead_id, by=by)
    target = LEAD_WORKFLOW.target(LeadMove.REFUSE, of=lead, by=by)
    refuse_if(
        rules.problems_with_answer(
            expires_at=None, state=enquiry.state, is_asked=queries.is_asked(lead, actor=by), at=at
        )
    )
    refuse_if(rules.problems_with_refusal(reason))
    lead.state, lead.answered_at, lead.reason = target, at, reason.strip()
    lead.save(update_fields=["state", "answered_at", "reason"])

    clocks.stop(about=lead, by=by, at=at)
    record("enquiry.lead_refused", enquiry, by=by, at=at, desk=lead.region.name, reason=reason.strip())
    _tell_desk("lead_refused", enquiry, at=at, asked=lead.region.name, reason=reason.strip())
    return lead


@transaction.atomic
def expire_lead(*, lead_id: int, by: Actor, at: datetime) -> Lead:
    """Nobody answered in time, or the enquiry has ended: the offer no longer stands."""
    lead, enquiry = _lock_offer(lead_id, by=by)
    target = LEAD_WORKFLOW.target(LeadMove.EXPIRE, of=lead, by=by)
    refuse_if(rules.problems_with_expiry(expires_at=lead.expires_at, state=enquiry.state, at=at))
    _take_back(lead, target, by=by, at=at)
    record("enquiry.lead_expired", enquiry, by=by, at=at, desk=lead.region.name)
    if enquiry.ended_at is None:
        _tell_desk("lead_expired", enquiry, at=at, asked=lead.region.name)
    return lead


@transaction.atomic
def withdraw_lead(*, lead_id: int, by: Actor, at: datetime) -> Lead:
    """The desk that leads takes its offer back before it was answered."""
    lead, enquiry = _lock_offer(lead_id, by=by)
    target = LEAD_WORKFLOW.target(LeadMove.EXPIRE, of=lead, by=by)
    _check_leads(enquiry, by=by)
    _take_back(lead, target, by=by, at=at)
    record("enquiry.lead_withdrawn", enquiry, by=by, at=at, desk=lead.region.name)
    return lead


@transaction.atomic
def return_home(*, enquiry_id: int, reason: str, by: Actor, at: datetime) -> Enquiry:
    """The desk that leads gives the lead back to the company's own desk, which leads at once."""
    if not by.may(P.ENQUIRY_WORK):
        raise NotAllowed(P.ENQUIRY_WORK)
    enquiry = _lock(enquiry_id, by=by)
    _check_leads(enquiry, by=by)
    is_home = queries.lead_of(enquiry).region_id == enquiry.region_id
    refuse_if(rules.problems_with_return(is_home=is_home, state=enquiry.state, reason=reason))

    waiting = Lead.objects.offered().filter(enquiry=enquiry).select_related("region", "enquiry").first()
    if waiting is not None:
        _take_back(waiting, LeadState.EXPIRED, by=by, at=at)
    before = _end_lead(enquiry, by=by, at=at)
    lead = Lead.objects.create(
        enquiry=enquiry,
        region=enquiry.region,
        state=LeadState.ACCEPTED,
        offered_at=at,
        offered_by_name=by.name,
        offer_remark=reason.strip(),
        answered_at=at,
    )
    _led_by(enquiry, lead, by=by, at=at)
    record("enquiry.lead_returned", enquiry, by=by, at=at, before=before.region.name, reason=reason.strip())
    _tell_desk("lead_returned", enquiry, at=at, before=before.region.name, reason=reason.strip())
    _tell_company("handed_over", enquiry, at=at, before=before.region.name)
    return enquiry


@transaction.atomic
def pass_on(*, lead_id: int, absence_id: int, by: Actor, at: datetime) -> Lead:
    """The broker of a case is away: it goes to the stand-in, else to the desk, whose clock to name a broker begins."""
    enquiry = Enquiry.objects.for_update().get(leads=lead_id)
    lead = Lead.objects.select_related("region").get(pk=lead_id)
    absence = queries.absence_of(absence_id)
    if lead.state != LeadState.ACCEPTED or lead.membership_id != absence.membership_id:
        return lead
    stand_in = memberships.desk_of(lead.region_id).filter(pk=absence.stand_in_id or 0).exists()
    _work_on(
        enquiry,
        lead,
        membership_id=absence.stand_in_id if stand_in else None,
        name=absence.stand_in_name if stand_in else "",
        by=by,
        at=at,
    )
    record("enquiry.passed_on", enquiry, by=by, at=at, absent=absence.person_name, to=lead.person_name)
    _tell_desk("passed_on", enquiry, at=at, absent=absence.person_name, until=absence.last_day)
    return lead


def _given(enquiry_id: int, membership_id: int | None, *, by: Actor, at: datetime) -> Enquiry:
    if not by.may(P.ENQUIRY_WORK):
        raise NotAllowed(P.ENQUIRY_WORK)
    enquiry = _lock(enquiry_id, by=by)
    _check_leads(enquiry, by=by)
    lead = queries.lead_of(enquiry)
    name = ""
    if membership_id is not None:
        name, colleague = queries.colleague(membership_id, region=lead.region, at=at)
        refuse_if(rules.problems_with_colleague(colleague))
    if enquiry.ended_at is not None:
        refuse_if(rules.problems_with_state(enquiry.state))
    _work_on(enquiry, lead, membership_id=membership_id, name=name, by=by, at=at)
    record("enquiry.given", enquiry, by=by, at=at, to=name)
    return enquiry


def _work_on(
    enquiry: Enquiry, lead: Lead, *, membership_id: int | None, name: str, by: Actor, at: datetime
) -> None:
    """Name the broker of the case, and let its clocks follow."""
    lead.membership_id, lead.person_name = membership_id, name
    lead.save(update_fields=["membership_id", "person_name"])
    if membership_id is None:
        clocks.start(duty=ASSIGN, about=enquiry, region=lead.region, by=by, at=at)
    else:
        clocks.stop(duty=ASSIGN, about=enquiry, by=by, at=at)
    if enquiry.state == S.ON_HOLD:
        clocks.pause(about=enquiry, by=by, at=at)
    clocks.assign(about=enquiry, membership_id=membership_id, by=by, at=at)


def _led_by(enquiry: Enquiry, lead: Lead, *, by: Actor, at: datetime) -> None:
    """The clocks of an enquiry go over to the desk that leads now."""
    clocks.move(about=enquiry, region=lead.region, by=by, at=at)
    _work_on(enquiry, lead, membership_id=lead.membership_id, name=lead.person_name, by=by, at=at)


def _end_lead(enquiry: Enquiry, *, by: Actor, at: datetime) -> Lead:
    """End the accepted lead, so that the next can be: in one transaction, nobody ever sees two or none."""
    lead = queries.lead_of(enquiry)
    lead.state, lead.ended_at = LEAD_WORKFLOW.target(LeadMove.END, of=lead, by=by), at
    lead.save(update_fields=["state", "ended_at"])
    return lead


def _lock_offer(lead_id: int, *, by: Actor) -> tuple[Lead, Enquiry]:
    """The offer and its enquiry, locked by the enquiry's row: whoever answers waits for whoever answers before."""
    found = Lead.objects.visible_to(by).get(pk=lead_id)
    enquiry = Enquiry.objects.for_update().select_related("company", "region").get(pk=found.enquiry_id)
    return Lead.objects.select_related("region", "enquiry").get(pk=lead_id), enquiry


def _tell_asked(lead: Lead, *, at: datetime) -> None:
    """To the desk that was asked; nothing in it that the summary does not say."""
    people = memberships.recipients(memberships.desk_of(lead.region_id))
    tell("enquiries/lead_offered", lead, to=people, at=at, context=queries.for_letters_outside(lead))
