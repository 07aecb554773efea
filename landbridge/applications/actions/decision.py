"""The decision: awarded together with the voucher, or not awarded with a reason."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from landbridge.applications import queries, rules
from landbridge.applications.models import Application, Decision
from landbridge.applications.states import WORKFLOW, M
from landbridge.foundation.audit.record import record
from landbridge.foundation.money import Money
from landbridge.foundation.outbox.tell import tell
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.problems import refuse_if


@transaction.atomic
def mark_awarded(
    *, application_id: int, awarded_eur: Money, reason: str, by: Actor, at: datetime
) -> Application:
    """Mark the application as awarded and keep the decision; `vouchers.actions.award` calls this in its transaction.

    Refused for more than was asked or than the cap, without a reason, and for whoever belongs to either side.
    The letter of award is the voucher's.
    """
    application = _lock(application_id, by=by)
    target = WORKFLOW.target(M.AWARD, of=application, by=by)
    refuse_if(
        [
            *rules.problems_with_reason(reason),
            *rules.problems_with_award(
                awarded_eur,
                requested=application.requested_eur or Money(0),
                cap=application.offer.cap_eur,
            ),
            *rules.problems_with_decider(
                belongs_to=queries.organisations_of_person(by.person_id), parties=_parties(application)
            ),
        ]
    )
    application.state = target
    application.save(update_fields=["state"])
    Decision.objects.create(
        application=application,
        awarded_eur=awarded_eur,
        reason=reason.strip(),
        person_id=by.person_id,
        person_name=by.name,
        at=at,
    )
    record("application.awarded", application, by=by, at=at, awarded_eur=awarded_eur, reason=reason.strip())
    return application


@transaction.atomic
def reject(*, application_id: int, reason: str, by: Actor, at: datetime) -> Application:
    """Decide not to award, with the reason that the applicant and the provider read in the letter."""
    application = _lock(application_id, by=by)
    target = WORKFLOW.target(M.REJECT, of=application, by=by)
    refuse_if(
        [
            *rules.problems_with_reason(reason),
            *rules.problems_with_decider(
                belongs_to=queries.organisations_of_person(by.person_id), parties=_parties(application)
            ),
        ]
    )
    application.state = target
    application.save(update_fields=["state"])
    decision = Decision.objects.create(
        application=application, reason=reason.strip(), person_id=by.person_id, person_name=by.name, at=at
    )
    record("application.rejected", application, by=by, at=at, reason=decision.reason)
    tell(
        "applications/rejected",
        decision,
        to=queries.everyone_involved(application),
        at=at,
        programme=application.call.phase.programme.key,
        context=queries.for_letters(application, reason=decision.reason),
    )
    return application


def _lock(application_id: int, *, by: Actor) -> Application:
    return (
        Application.objects.visible_to(by)
        .for_update()
        .select_related("call__phase__programme", "offer__incentive", "applicant", "provider", "partner")
        .get(pk=application_id)
    )


def _parties(application: Application) -> frozenset[int]:
    return frozenset(pk for pk in (application.applicant_id, application.provider_id) if pk is not None)
