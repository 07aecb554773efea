"""The partner's half, with four eyes: one person verifies, a second approves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from landbridge.claims import queries, rules
from landbridge.claims.actions.claiming import _lock
from landbridge.claims.letters import tell_about
from landbridge.claims.models import Claim, CostLine
from landbridge.claims.states import WORKFLOW, M
from landbridge.foundation.audit.record import record
from landbridge.foundation.money import Money, total
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.problems import N_, Problem, refuse_if
from landbridge.vouchers.models import Voucher


@transaction.atomic
def verify(
    *,
    claim_id: int,
    accepted: Mapping[int, Money],
    finding: str,
    by: Actor,
    at: datetime,
    remarks: Mapping[int, str] | None = None,
) -> Claim:
    """Accept so much of each cost line (by its id); whoever handed the claim in cannot do this."""
    claim = _lock(claim_id, by=by)
    target = WORKFLOW.target(M.VERIFY, of=claim, by=by)
    Voucher.objects.for_update().get(pk=claim.voucher_id)  # two claims share what the voucher holds
    lines = list(CostLine.objects.filter(claim=claim).order_by("pk"))
    refuse_if(
        [
            *_problems_with_person(claim, by=by, others={N_("handed in"): claim.submitted_by_id}),
            *rules.problems_with_verification(
                accepted,
                spent={line.pk: line.net_eur for line in lines},
                finding=finding,
                left=queries.left_for(claim),
            ),
        ]
    )
    for line in lines:
        line.accepted_eur = accepted[line.pk]
        line.remark = (remarks or {}).get(line.pk, "").strip()[:300]
        line.save(update_fields=["accepted_eur", "remark"])
    claim.state = target
    claim.accepted_eur = total(accepted[line.pk] for line in lines)
    claim.finding = finding.strip()
    claim.verified_at, claim.verified_by_id, claim.verified_by_name = at, by.person_id, by.name
    claim.save(
        update_fields=[
            "state",
            "accepted_eur",
            "finding",
            "verified_at",
            "verified_by_id",
            "verified_by_name",
        ]
    )
    record("claim.verified", claim, by=by, at=at, accepted_eur=claim.accepted_eur, finding=claim.finding)
    return claim


@transaction.atomic
def approve(*, claim_id: int, by: Actor, at: datetime) -> Claim:
    """The second pair of eyes: whoever handed in or verified the claim cannot approve it."""
    claim = _lock(claim_id, by=by)
    target = WORKFLOW.target(M.APPROVE, of=claim, by=by)
    deeds = {N_("handed in"): claim.submitted_by_id, N_("verified"): claim.verified_by_id}
    refuse_if(_problems_with_person(claim, by=by, others=deeds))
    claim.state = target
    claim.approved_at, claim.approved_by_id, claim.approved_by_name = at, by.person_id, by.name
    claim.save(update_fields=["state", "approved_at", "approved_by_id", "approved_by_name"])
    record("claim.approved", claim, by=by, at=at, accepted_eur=claim.accepted_eur)
    tell_about("approved", claim, at=at, to=queries.company_people(claim))
    return claim


@transaction.atomic
def reopen(*, claim_id: int, reason: str, by: Actor, at: datetime) -> Claim:
    """Send a verified claim back to be verified again; the second pair of eyes saw something."""
    claim = _lock(claim_id, by=by)
    target = WORKFLOW.target(M.REOPEN, of=claim, by=by)
    refuse_if(rules.problems_with_reason(reason))
    _forget_verification(claim, state=target)
    record("claim.reopened", claim, by=by, at=at, reason=reason.strip())
    return claim


@transaction.atomic
def return_for_correction(*, claim_id: int, reason: str, by: Actor, at: datetime) -> Claim:
    """Hand the claim back to the company, with what is wrong."""
    claim = _lock(claim_id, by=by)
    target = WORKFLOW.target(M.RETURN, of=claim, by=by)
    refuse_if(rules.problems_with_reason(reason))
    claim.state, claim.finding = target, reason.strip()
    claim.save(update_fields=["state", "finding"])
    record("claim.returned", claim, by=by, at=at, reason=reason.strip())
    tell_about("returned", claim, at=at, to=queries.company_people(claim), reason=reason.strip())
    return claim


@transaction.atomic
def refuse(*, claim_id: int, reason: str, by: Actor, at: datetime) -> Claim:
    """Pay nothing for this claim, with the reason that the company reads."""
    claim = _lock(claim_id, by=by)
    target = WORKFLOW.target(M.REFUSE, of=claim, by=by)
    refuse_if(
        [
            *rules.problems_with_reason(reason),
            *_problems_with_person(claim, by=by, others={N_("handed in"): claim.submitted_by_id}),
        ]
    )
    claim.finding = reason.strip()
    claim.save(update_fields=["finding"])
    _forget_verification(claim, state=target)
    record("claim.refused", claim, by=by, at=at, reason=reason.strip())
    tell_about("refused", claim, at=at, to=queries.company_people(claim), reason=reason.strip())
    return claim


def _forget_verification(claim: Claim, *, state: str) -> None:
    claim.state, claim.accepted_eur = state, None
    claim.verified_at, claim.verified_by_id, claim.verified_by_name = None, None, ""
    claim.save(update_fields=["state", "accepted_eur", "verified_at", "verified_by_id", "verified_by_name"])
    CostLine.objects.filter(claim=claim).update(accepted_eur=None)


def _problems_with_person(claim: Claim, *, by: Actor, others: Mapping[str, int | None]) -> list[Problem]:
    return list(
        rules.problems_with_person(
            by.person_id, others=others, belongs_to_company=queries.belongs_to_company(by.person_id, claim)
        )
    )
