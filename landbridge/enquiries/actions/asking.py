"""Asking a question, and changing it while it is open."""

from __future__ import annotations

import uuid
from dataclasses import asdict
from datetime import datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

from django.db import transaction

from landbridge.catalogue.models import Competence
from landbridge.enquiries import queries, rules
from landbridge.enquiries.actions.duties import ACKNOWLEDGE, ASSIGN, _begin
from landbridge.enquiries.actions.locking import _lock, _tell_company, _tell_desk
from landbridge.enquiries.models import Enquiry, Lead, Want
from landbridge.enquiries.states import LeadState, S
from landbridge.foundation.audit.record import record
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.permissions.roles import Role
from landbridge.foundation.problems import N_, NotAllowed, refuse, refuse_if
from landbridge.organisations.models import Organisation
from landbridge.programmes.calendar import calendar_of
from landbridge.programmes.models import Region

DAYS_TO_ACKNOWLEDGE = 2  # working days that the receipt promises; the clock itself runs by the duty's row


@transaction.atomic
def ask(
    *,
    asked: rules.Asked,
    by: Actor,
    at: datetime,
    company_id: int | None = None,
    person_name: str = "",
    person_email: str = "",
    is_demonstration: bool = False,
) -> Enquiry:
    """Put a question to the desk of the company's region, which leads it from the first moment on.

    A company asks for itself; a broker for a company of the region, naming the person there; Landbridge itself for
    any. Starts the clocks of the desk, sends the receipt, and tells the desk.
    """
    if not by.may(P.ENQUIRY_ASK):
        raise NotAllowed(P.ENQUIRY_ASK)
    company = _company(company_id, by=by)
    for_others = by.role is not Role.SME
    is_named = not for_others or bool(person_name.strip() and person_email.strip())
    refuse_if(
        rules.problems_with(
            asked, asker=queries.asker_of(company, is_named=is_named), today=_today(company.region, at=at)
        )
    )
    region = cast(Region, company.region)  # the rules refuse a company without a desk
    enquiry = Enquiry.objects.create(
        number=f"?{uuid.uuid4().hex[:19]}",  # until the row has its running number
        company=company,
        region=region,
        asked_by_id=None if for_others else by.person_id,
        asked_by_name=person_name.strip() if for_others else by.name,
        asked_by_email=person_email.strip().lower() if for_others else "",
        is_demonstration=is_demonstration,
        asked_at=at,
        **_columns(asked),
    )
    enquiry.number = rules.number_for(enquiry.pk)
    enquiry.save(update_fields=["number"])
    _keep_wants(enquiry, asked.wants)
    Lead.objects.create(
        enquiry=enquiry, region=region, state=LeadState.ACCEPTED, offered_at=at, answered_at=at
    )
    record("enquiry.asked", enquiry, by=by, at=at, company=company.name, desk=region.name)
    _begin(ACKNOWLEDGE, ASSIGN, enquiry=enquiry, region=region, by=by, at=at)
    until = calendar_of(region).deadline(at, working_days=DAYS_TO_ACKNOWLEDGE)
    _tell_company("asked", enquiry, at=at, until=until.astimezone(ZoneInfo(region.time_zone)).date())
    _tell_desk("asked_desk", enquiry, at=at)
    return enquiry


@transaction.atomic
def revise(*, enquiry_id: int, version: int, asked: rules.Asked, by: Actor, at: datetime) -> Enquiry:
    """Change the question while it is open: the company its own, the desk that leads what it learned on the way.

    Refused where somebody else changed it since `version`, so that nobody's words are lost.
    """
    if not by.may(P.ENQUIRY_ASK):
        raise NotAllowed(P.ENQUIRY_ASK)
    enquiry = _lock(enquiry_id, by=by)
    if enquiry.state in (S.CLOSED, S.DECLINED):
        refuse("enquiry_ended", N_("This enquiry has ended."), cure=N_("Ask a new question."))
    if enquiry.version != version:
        refuse(
            "stale",
            N_("Somebody changed this while you were writing."),
            cure=N_(
                "Your text is still here. Compare it with the page in a second window; saved again, yours stands."
            ),
        )
    today = queries.today_for(enquiry, at=at)
    refuse_if(rules.problems_with_revision(asked, was_needed_by=enquiry.needed_by, today=today))
    changed = _columns(asked)
    fields = [name for name, value in changed.items() if getattr(enquiry, name) != value]
    for name in fields:
        setattr(enquiry, name, changed[name])
    enquiry.version += 1
    enquiry.save(update_fields=[*fields, "version"])
    _keep_wants(enquiry, asked.wants)
    record("enquiry.revised", enquiry, by=by, at=at, fields=sorted(fields))
    if by.role is Role.SME:
        _tell_desk("revised", enquiry, at=at, person=by.name)
    else:
        _tell_company("revised", enquiry, at=at, person=by.name)
    return enquiry


def _company(company_id: int | None, *, by: Actor) -> Organisation:
    """The actor's own company, or one that a broker or Landbridge may ask for."""
    wanted = by.organisation_id if by.role is Role.SME else company_id
    return Organisation.objects.visible_to(by).select_related("region").get(pk=wanted or 0)


def _today(region: Region | None, *, at: datetime) -> Any:
    return at.astimezone(ZoneInfo(region.time_zone)).date() if region else at.date()


def _columns(asked: rules.Asked) -> dict[str, Any]:
    """The question as columns of its row."""
    columns = asdict(asked)
    del columns["wants"]
    for name in ("title", "confidential_text", "sample", "regulation"):
        columns[name] = columns[name].strip()
    columns["budget_eur"] = asked.budget_eur  # asdict would take the amount apart
    columns["languages"], columns["access_modes"] = list(asked.languages), list(asked.access_modes)
    return columns


def _keep_wants(enquiry: Enquiry, wants: tuple[tuple[int, int], ...]) -> None:
    """The competences as they are wanted now; unknown and refused ones are left out."""
    known = set(
        Competence.objects.accepted().filter(pk__in=[pk for pk, _ in wants]).values_list("pk", flat=True)
    )
    Want.objects.filter(enquiry=enquiry).delete()
    Want.objects.bulk_create(
        Want(enquiry=enquiry, competence_id=pk, weight=weight)
        for pk, weight in dict(wants).items()
        if pk in known
    )
