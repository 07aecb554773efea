"""What the actions of coaching share: the lock on a case, its letters, its clocks, its end."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from landbridge.clocks import actions as clocks
from landbridge.clocks.states import Ending
from landbridge.coaching import queries
from landbridge.coaching.models import Case, Coach, Offer, Session
from landbridge.coaching.states import OFFER_WORKFLOW, SESSION_WORKFLOW, OfferMove, SessionMove, SessionState
from landbridge.foundation.audit.record import record
from landbridge.foundation.outbox.recipient import Recipient
from landbridge.foundation.outbox.tell import tell
from landbridge.foundation.permissions.actor import SYSTEM, Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import NotAllowed
from landbridge.memberships.queries import desk_of

ASSIGN, FIRST_CONTACT, ANALYSIS = "coaching.assign", "coaching.first_contact", "coaching.analysis"
MATCH, PLAN, ACCEPT_PLAN = "coaching.match", "coaching.plan", "coaching.accept_plan"
REPORT, CHECK, APPROVE = "coaching.report", "coaching.check", "coaching.approve"


def _locked(case_id: int, *, by: Actor) -> Case:
    """The case, locked, for whoever sees it. Coach and company are locked after it, never before."""
    return Case.objects.visible_to(by).for_update().select_related("company", "region").get(pk=case_id)


def _require(permission: P, *, by: Actor) -> None:
    if not by.may(permission):
        raise NotAllowed(permission)


def _tell(event: str, case: Case, *, to: Iterable[Recipient], at: datetime, **places: object) -> None:
    context = {**queries.for_letters(case), **places}
    tell(f"coaching/{event}", case, to=to, at=at, context=context)


def _next_duty(
    done: str, then: str, case: Case, *, by: Actor, at: datetime, due_at: datetime | None = None
) -> None:
    """One duty is done, the next one begins and reminds the adviser."""
    clocks.stop(duty=done, about=case, by=by, at=at)
    hat = desk_of(case.region_id).filter(person_id=case.adviser_id or 0).first()
    clocks.start(
        duty=then,
        about=case,
        region=case.region,
        by=by,
        at=at,
        due_at=due_at,
        membership_id=hat.pk if hat else None,
    )


def _person_of(coach: Coach | None) -> list[Recipient]:
    return queries.reached_at(coach) if coach else []


def _end(case: Case, target: str, *, event: str, reason: str, by: Actor, at: datetime) -> Case:
    """End a case early: its clocks stop, sessions that lie ahead are cancelled, coaches are free for others."""
    offers = list(Offer.objects.for_update().filter(case=case, state__in=["proposed", "chosen"]))
    for offer in offers:
        offer.state = OFFER_WORKFLOW.target(OfferMove.WITHDRAW, of=offer, by=SYSTEM)
        offer.save(update_fields=["state"])
    ahead = Session.objects.for_update().filter(case=case, state=SessionState.BOOKED, starts_at__gt=at)
    for session in ahead:
        _cancelled(session, reason=reason, at=at)
    case.state, case.ended_at, case.reason = target, at, reason.strip()
    case.save(update_fields=["state", "ended_at", "reason"])
    clocks.stop(about=case, by=by, at=at, ending=Ending.CANCELLED)
    record(f"coaching_case.{event}", case, by=by, at=at, reason=case.reason)
    return case


def _cancelled(session: Session, *, reason: str, at: datetime, is_late: bool = False) -> None:
    session.state = SESSION_WORKFLOW.target(SessionMove.CANCEL, of=session, by=SYSTEM)
    session.reason, session.cancelled_late = reason.strip(), is_late
    session.sequence, session.changed_at = session.sequence + 1, at
    session.save(update_fields=["state", "reason", "cancelled_late", "sequence", "changed_at"])
