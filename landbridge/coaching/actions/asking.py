"""The company's first and last word before the coaching: it asks, and may withdraw."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from landbridge.catalogue.models import Competence
from landbridge.clocks import actions as clocks
from landbridge.coaching import queries, rules
from landbridge.coaching.actions._parts import ASSIGN, _end, _locked, _person_of, _require, _tell
from landbridge.coaching.models import Case
from landbridge.coaching.states import WORKFLOW, M
from landbridge.foundation.audit.record import record
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.permissions.roles import Role
from landbridge.foundation.problems import NotAllowed, refuse_if
from landbridge.organisations.models import Organisation


@transaction.atomic
def ask(
    *,
    title: str,
    wish: str,
    competence_ids: Sequence[int],
    languages: Sequence[str],
    by: Actor,
    at: datetime,
    company_id: int | None = None,
) -> Case:
    """A company asks for coaching; the desk of its region has five working days to name an adviser.

    A company's people ask for their own company; only Landbridge itself names another.
    """
    _require(P.COACHING_ASK, by=by)
    if by.role is not Role.SYSTEM and company_id not in (None, by.organisation_id):
        raise NotAllowed(P.COACHING_ASK)
    company = Organisation.objects.select_related("region").get(pk=company_id or by.organisation_id or 0)
    region = company.region
    refuse_if(
        rules.problems_with_wish(
            title=title, wish=wish, competences=len(set(competence_ids)), has_region=region is not None
        )
    )
    assert region is not None  # noqa: S101 - refused above
    case = Case.objects.create(
        number=f"?{uuid.uuid4().hex[:19]}",  # until the row has its id, which the number is made of
        company=company,
        region=region,
        title=title.strip(),
        wish=wish.strip(),
        languages=sorted(set(languages)),
        calendar_key=secrets.token_urlsafe(32),
        asked_by_name=by.name,
        asked_at=at,
        is_demonstration=company.is_demonstration,
    )
    case.number = rules.number_for(case.pk, year=at.year)
    case.save(update_fields=["number"])
    case.competences.set(Competence.objects.accepted().filter(pk__in=competence_ids))
    clocks.start(duty=ASSIGN, about=case, region=region, by=by, at=at)
    record("coaching_case.asked", case, by=by, at=at, number=case.number)
    _tell("asked", case, to=queries.desk_for(case), at=at)
    return case


@transaction.atomic
def withdraw(*, case_id: int, reason: str, by: Actor, at: datetime) -> Case:
    """The company no longer wants it; possible until the coaching begins."""
    case = _locked(case_id, by=by)
    target = WORKFLOW.target(M.WITHDRAW, of=case, by=by)
    refuse_if(rules.problems_with_reason(reason))
    offer = queries.offer_of(case)
    _end(case, target, event="withdrawn", reason=reason, by=by, at=at)
    _tell("withdrawn", case, to=[*queries.desk_for(case), *_person_of(offer.coach if offer else None)], at=at)
    return case
