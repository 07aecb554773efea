"""A coach for a case: proposed by the desk, chosen by the company, accepted or declined by the coach."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from landbridge.coaching import queries, rules
from landbridge.coaching.actions._parts import (
    ACCEPT_PLAN,
    MATCH,
    PLAN,
    _locked,
    _next_duty,
    _person_of,
    _require,
    _tell,
)
from landbridge.coaching.models import Case, Offer
from landbridge.coaching.rules import Conflict
from landbridge.coaching.states import OFFER_WORKFLOW, WORKFLOW, M, Offered, OfferMove, S
from landbridge.foundation.audit.record import record
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import N_, refuse, refuse_if


@transaction.atomic
def propose(*, case_id: int, coach_ids: Sequence[int], by: Actor, at: datetime) -> Case:
    """The desk proposes up to three coaches, each with the reasons of this moment; the company chooses one."""
    _require(P.COACHING_WORK, by=by)
    case = _locked(case_id, by=by)
    if case.state != S.ANALYSED:
        refuse(
            "no_coach_wanted",
            N_("Coaches are proposed once the needs are known, and until one has accepted."),
            cure=N_("Look at the page of the case; it says what comes next."),
        )
    chosen = [one for one in queries.ranked(case, at=at) if one.coach.pk in set(coach_ids)]
    standing = Offer.objects.filter(case=case, state__in=[Offered.PROPOSED, Offered.CHOSEN]).count()
    refuse_if(rules.problems_with_proposal([one.fit for one in chosen], standing=standing))
    for one in chosen:
        Offer.objects.create(
            case=case,
            coach=one.coach,
            reasons=[{"code": reason.code, "values": list(reason.values)} for reason in one.fit.reasons],
            conflict=str(Conflict.WORKS_WITH) if Conflict.WORKS_WITH in one.fit.conflicts else "",
            proposed_by_name=by.name,
            proposed_at=at,
        )
    names = [one.coach.name for one in chosen]
    record("coaching_case.proposed", case, by=by, at=at, coaches=names)
    _tell("proposed", case, to=queries.people_of_company(case), at=at, coaches=", ".join(names))
    return case


@transaction.atomic
def withdraw_offer(*, offer_id: int, by: Actor, at: datetime) -> Case:
    """The desk takes a coach back whom nobody has accepted yet."""
    offer, case = _locked_offer(offer_id, by=by)
    target = OFFER_WORKFLOW.target(OfferMove.WITHDRAW, of=offer, by=by)
    if offer.state == Offered.ACCEPTED:
        refuse(
            "coach_has_accepted",
            N_("This coach has accepted the case."),
            cure=N_("To look for another one, use “Look for another coach” on the page of the case."),
        )
    was_chosen = offer.state == Offered.CHOSEN
    offer.state = target
    offer.save(update_fields=["state"])
    record("coaching_case.offer_withdrawn", case, by=by, at=at, coach=offer.coach.name)
    if was_chosen:
        _tell("not_you", case, to=_person_of(offer.coach), at=at)
    return case


@transaction.atomic
def choose(*, offer_id: int, by: Actor, at: datetime) -> Case:
    """The company chooses one of the coaches; whoever it chose before, and has not answered, is told."""
    offer, case = _locked_offer(offer_id, by=by)
    target = OFFER_WORKFLOW.target(OfferMove.CHOOSE, of=offer, by=by)
    if case.state != S.ANALYSED:
        refuse(
            "no_coach_wanted", N_("This case is not looking for a coach."), cure=N_("Look at its page again.")
        )
    if not offer.coach.is_active:
        refuse(
            "coach_rests",
            N_("This coach takes no cases at the moment."),
            cure=N_("Choose another one, or ask your adviser."),
        )
    if Offer.objects.filter(case=case, state=Offered.CHOSEN).exists():
        refuse(
            "coach_chosen",
            N_("You have chosen a coach, who has not answered yet."),
            cure=N_("Wait for the answer, or ask your adviser to withdraw that choice."),
        )
    offer.state, offer.chosen_at = target, at
    offer.save(update_fields=["state", "chosen_at"])
    record("coaching_case.coach_chosen", case, by=by, at=at, coach=offer.coach.name)
    _tell("chosen", case, to=_person_of(offer.coach), at=at)
    return case


@transaction.atomic
def accept(*, offer_id: int, has_no_conflict: bool, by: Actor, at: datetime) -> Case:
    """The coach takes the case, declaring that no interest of their own stands against it."""
    offer, case = _locked_offer(offer_id, by=by)
    answered = OFFER_WORKFLOW.target(OfferMove.ACCEPT, of=offer, by=by)
    target = WORKFLOW.target(M.MATCH, of=case, by=by)
    refuse_if(rules.problems_with_acceptance(has_no_conflict=has_no_conflict))
    offer.state, offer.answered_at, offer.has_no_conflict_at = answered, at, at
    offer.save(update_fields=["state", "answered_at", "has_no_conflict_at"])
    for other in Offer.objects.for_update().filter(case=case, state=Offered.PROPOSED):
        other.state = Offered.WITHDRAWN
        other.save(update_fields=["state"])
    case.state = target
    case.save(update_fields=["state"])
    _next_duty(MATCH, PLAN, case, by=by, at=at)
    record("coaching_case.matched", case, by=by, at=at, coach=offer.coach.name)
    people = [*queries.people_of_company(case), *queries.desk_for(case)]
    _tell("matched", case, to=people, at=at, coach=offer.coach.name)
    return case


@transaction.atomic
def decline(*, offer_id: int, reason: str, by: Actor, at: datetime) -> Case:
    """The coach does not take the case, and says why; the company chooses again."""
    offer, case = _locked_offer(offer_id, by=by)
    target = OFFER_WORKFLOW.target(OfferMove.DECLINE, of=offer, by=by)
    refuse_if(rules.problems_with_reason(reason))
    offer.state, offer.answered_at, offer.reason = target, at, reason.strip()
    offer.save(update_fields=["state", "answered_at", "reason"])
    record("coaching_case.coach_declined", case, by=by, at=at, coach=offer.coach.name, reason=offer.reason)
    people = [*queries.people_of_company(case), *queries.desk_for(case)]
    _tell("declined", case, to=people, at=at, coach=offer.coach.name, why=offer.reason)
    return case


@transaction.atomic
def rematch(*, case_id: int, reason: str, by: Actor, at: datetime) -> Case:
    """The desk looks for another coach before the coaching has begun; the clock begins again."""
    case = _locked(case_id, by=by)
    target = WORKFLOW.target(M.REMATCH, of=case, by=by)
    refuse_if(rules.problems_with_reason(reason))
    offer = queries.offer_of(case)
    if offer is not None:
        offer.state, offer.reason = OFFER_WORKFLOW.target(OfferMove.WITHDRAW, of=offer, by=by), reason.strip()
        offer.save(update_fields=["state", "reason"])
    was, case.state = case.state, target
    case.save(update_fields=["state"])
    _next_duty(PLAN if was == S.MATCHED else ACCEPT_PLAN, MATCH, case, by=by, at=at)
    record("coaching_case.rematched", case, by=by, at=at, reason=reason.strip())
    people = [*queries.people_of_company(case), *_person_of(offer.coach if offer else None)]
    _tell("rematched", case, to=people, at=at, why=reason.strip())
    return case


def _locked_offer(offer_id: int, *, by: Actor) -> tuple[Offer, Case]:
    """The offer and its case, the case locked first."""
    case = _locked(Offer.objects.get(pk=offer_id).case_id, by=by)
    rows = Offer.objects.for_update().select_related("coach__person", "coach__organisation__region")
    return rows.get(pk=offer_id, case=case), case
