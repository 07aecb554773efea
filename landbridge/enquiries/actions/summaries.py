"""The words that may leave the region: written by the desk, approved or sent back by the company."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from landbridge.enquiries import queries, rules
from landbridge.enquiries.actions.locking import _check_leads, _lock, _tell_company, _tell_desk
from landbridge.enquiries.models import Enquiry, Summary
from landbridge.enquiries.states import S
from landbridge.foundation.audit.record import record
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import NotAllowed, refuse_if


@transaction.atomic
def write_summary(*, enquiry_id: int, title: str, text: str, by: Actor, at: datetime) -> Summary:
    """Write the next version; until the company approves it, nothing more leaves the region."""
    if not by.may(P.ENQUIRY_WORK):
        raise NotAllowed(P.ENQUIRY_WORK)
    enquiry = _lock(enquiry_id, by=by)
    _check_leads(enquiry, by=by)
    newest = queries.newest_summary(enquiry)
    refuse_if(
        rules.problems_with_summary(
            title=title,
            text=text,
            is_closed=enquiry.state in (S.CLOSED, S.DECLINED),
            newest=(newest.title, newest.text) if newest else None,
            names=queries.names_of(enquiry),
        )
    )
    summary = Summary.objects.create(
        enquiry=enquiry,
        version=newest.version + 1 if newest else 1,
        title=title.strip(),
        text=text.strip(),
        written_by_name=by.name,
        written_at=at,
    )
    record("enquiry.summary_written", enquiry, by=by, at=at, version=summary.version)
    _tell_company("summary_to_approve", enquiry, at=at, version=summary.version)
    return summary


@transaction.atomic
def approve_summary(*, summary_id: int, by: Actor, at: datetime) -> Summary:
    """The company agrees that exactly these words leave the region."""
    enquiry, summary = _to_decide(summary_id, permission=P.ENQUIRY_APPROVE, by=by)
    _approve(summary, by=by, at=at)
    record("enquiry.summary_approved", enquiry, by=by, at=at, version=summary.version)
    _tell_desk("summary_approved", enquiry, at=at, version=summary.version)
    return summary


@transaction.atomic
def send_back_summary(*, summary_id: int, remark: str, by: Actor, at: datetime) -> Summary:
    """The company wants other words; the desk writes the next version."""
    enquiry, summary = _to_decide(summary_id, permission=P.ENQUIRY_APPROVE, by=by)
    refuse_if(rules.problems_with_remark(remark))
    summary.refused_at, summary.remark = at, remark.strip()
    summary.save(update_fields=["refused_at", "remark"])
    record("enquiry.summary_sent_back", enquiry, by=by, at=at, version=summary.version, remark=summary.remark)
    _tell_desk("summary_sent_back", enquiry, at=at, version=summary.version, remark=summary.remark)
    return summary


@transaction.atomic
def note_approval(*, summary_id: int, how: str, by: Actor, at: datetime) -> Summary:
    """Write down that a company without an account approved by telephone or e-mail; it is told, and can object."""
    enquiry, summary = _to_decide(summary_id, permission=P.ENQUIRY_WORK, by=by)
    _check_leads(enquiry, by=by)
    refuse_if(rules.problems_with_stand_in(company_has_people=queries.company_can_sign_in(enquiry), how=how))
    summary.remark = how.strip()
    _approve(summary, by=by, at=at)
    record("enquiry.approval_noted", enquiry, by=by, at=at, version=summary.version, how=summary.remark)
    _tell_company(
        "approval_noted", enquiry, at=at, version=summary.version, summary_title=summary.title,
        text=summary.text, how=summary.remark,
    )  # fmt: skip
    return summary


def _to_decide(summary_id: int, *, permission: P, by: Actor) -> tuple[Enquiry, Summary]:
    if not by.may(permission):
        raise NotAllowed(permission)
    enquiry = _lock(Summary.objects.get(pk=summary_id).enquiry_id, by=by)
    summary = Summary.objects.for_update().get(pk=summary_id)
    newest = queries.newest_summary(enquiry)
    refuse_if(
        rules.problems_with_decision(
            is_decided=summary.approved_at is not None or summary.refused_at is not None,
            is_newest=newest is not None and newest.pk == summary.pk,
        )
    )
    return enquiry, summary


def _approve(summary: Summary, *, by: Actor, at: datetime) -> None:
    summary.approved_at, summary.approved_by_id, summary.approved_by_name = at, by.person_id, by.name
    summary.save(update_fields=["approved_at", "approved_by_id", "approved_by_name", "remark"])
