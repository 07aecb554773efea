"""Sessions: booked by the company, cancelled by either side, entered by the coach, approved or disputed by the company.

Whoever books holds the case, then the coach, then the company: no two bookings look at the same calendar at once.
"""

from __future__ import annotations

import secrets
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from landbridge.coaching import queries, rules
from landbridge.coaching.actions._parts import _cancelled, _locked, _person_of, _require, _tell
from landbridge.coaching.models import Case, Coach, FreeTime, Session
from landbridge.coaching.rules import Booking, Stretch
from landbridge.coaching.states import SESSION_WORKFLOW, Party, S, SessionMove, SessionState
from landbridge.foundation.audit.record import record
from landbridge.foundation.outbox.recipient import Recipient
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.permissions.roles import Role
from landbridge.foundation.problems import N_, NotAllowed, refuse, refuse_if
from landbridge.organisations.models import Organisation

CODE_SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"


@transaction.atomic
def book(
    *,
    case_id: int,
    free_time_id: int,
    starts_at: datetime,
    ends_at: datetime,
    topic: str,
    by: Actor,
    at: datetime,
) -> Session:
    """The company takes a part of its coach's free time; nobody else can from this moment on."""
    _require(P.COACHING_ASK, by=by)
    case = _locked(case_id, by=by)
    coach = queries.coach_of(case)
    if case.state != S.COACHING or coach is None:
        refuse(
            "no_coaching",
            N_("Sessions are booked while the coaching runs."),
            cure=N_("Accept the plan first. After the report, no more are booked."),
        )
    Coach.objects.for_update().get(pk=coach.pk)
    Organisation.objects.for_update().get(pk=case.company_id)
    free = FreeTime.objects.filter(pk=free_time_id, coach=coach).first()
    if free is None:
        refuse(
            "time_is_gone",
            N_("The coach has taken this time away."),
            cure=N_("Choose another one; the list is fresh."),
            field="opening",
        )
    wanted = Stretch(starts_at, ends_at)
    refuse_if(rules.problems_with_booking(_booking(wanted, free, case=case), at=at))
    session = Session.objects.create(
        case=case,
        coach=coach,
        free_time=free,
        code="".join(secrets.choice(CODE_SIGNS) for _ in range(12)),
        starts_at=starts_at,
        ends_at=ends_at,
        link=coach.meeting_link,
        topic=topic.strip(),
        booked_by_name=by.name,
        booked_at=at,
        changed_at=at,
    )
    record("coaching_case.session_booked", case, by=by, at=at, starts_at=starts_at, session=session.code)
    _tell_both("session_booked", session, at=at)
    return session


@transaction.atomic
def cancel(*, session_id: int, reason: str, by: Actor, at: datetime) -> Session:
    """Either side cancels before it begins; later than a day before, that is written down."""
    session, case = _locked_session(session_id, by=by)
    SESSION_WORKFLOW.target(SessionMove.CANCEL, of=session, by=by)
    party = queries.party_of(case, by, coach=session.coach)
    if party not in (Party.COMPANY, Party.COACH) and by.role is not Role.SYSTEM:
        raise NotAllowed(P.COACHING_ASK)
    refuse_if(
        (
            *rules.problems_with_reason(reason),
            *rules.problems_with_cancelling(starts_at=session.starts_at, at=at),
        )
    )
    is_late = rules.is_late(starts_at=session.starts_at, at=at)
    _cancelled(session, reason=reason, at=at, is_late=is_late)
    record(
        "coaching_case.session_cancelled",
        case,
        by=by,
        at=at,
        session=session.code,
        late=is_late,
        reason=session.reason,
    )
    _tell_both("session_cancelled", session, at=at, person=by.name, why=session.reason)
    return session


@transaction.atomic
def hold(*, session_id: int, hours: Decimal, notes: str, by: Actor, at: datetime) -> Session:
    """The coach enters what was worked on and how long it took; the company approves the hours."""
    session, case = _locked_session(session_id, by=by)
    target = SESSION_WORKFLOW.target(SessionMove.HOLD, of=session, by=by)
    _check_hours(session, case, hours, at=at)
    session.state, session.hours, session.notes = target, hours, notes.strip()
    session.save(update_fields=["state", "hours", "notes"])
    record("coaching_case.session_held", case, by=by, at=at, session=session.code, hours=str(hours))
    _tell_of("session_held", session, to=queries.people_of_company(case), zone=queries.zone_of(case), at=at)
    return session


@transaction.atomic
def miss(*, session_id: int, by: Actor, at: datetime) -> Session:
    """Nobody of the company came; no hours count."""
    session, case = _locked_session(session_id, by=by)
    target = SESSION_WORKFLOW.target(SessionMove.MISS, of=session, by=by)
    refuse_if(
        rules.problems_with_entering(
            starts_at=session.starts_at, hours=None, others=(), plan_hours=Decimal(0), at=at
        )
    )
    session.state = target
    session.save(update_fields=["state"])
    record("coaching_case.session_missed", case, by=by, at=at, session=session.code)
    _tell_of("session_missed", session, to=queries.people_of_company(case), zone=queries.zone_of(case), at=at)
    return session


@transaction.atomic
def approve_hours(*, session_id: int, by: Actor, at: datetime) -> Session:
    """The company says that the hours are right; from now on they count."""
    session, case = _locked_session(session_id, by=by)
    session.state = SESSION_WORKFLOW.target(SessionMove.APPROVE, of=session, by=by)
    session.approved_by_name, session.approved_at, session.reason = by.name, at, ""
    session.save(update_fields=["state", "approved_by_name", "approved_at", "reason"])
    record("coaching_case.hours_approved", case, by=by, at=at, session=session.code, hours=str(session.hours))
    return session


@transaction.atomic
def dispute(*, session_id: int, reason: str, by: Actor, at: datetime) -> Session:
    """The company says that the hours are not right, and why; the coach corrects them."""
    session, case = _locked_session(session_id, by=by)
    target = SESSION_WORKFLOW.target(SessionMove.DISPUTE, of=session, by=by)
    refuse_if(rules.problems_with_reason(reason))
    session.state, session.reason = target, reason.strip()
    session.save(update_fields=["state", "reason"])
    record("coaching_case.hours_disputed", case, by=by, at=at, session=session.code, reason=session.reason)
    people = [*_person_of(session.coach), *queries.desk_for(case)]
    _tell_of("hours_disputed", session, to=people, zone=session.coach.time_zone, at=at)
    return session


@transaction.atomic
def correct(*, session_id: int, hours: Decimal, notes: str, by: Actor, at: datetime) -> Session:
    """The coach enters the hours anew after a dispute."""
    session, case = _locked_session(session_id, by=by)
    target = SESSION_WORKFLOW.target(SessionMove.CORRECT, of=session, by=by)
    _check_hours(session, case, hours, at=at)
    session.state, session.hours, session.notes = target, hours, notes.strip()
    session.save(update_fields=["state", "hours", "notes"])
    record("coaching_case.hours_corrected", case, by=by, at=at, session=session.code, hours=str(hours))
    _tell_of("session_held", session, to=queries.people_of_company(case), zone=queries.zone_of(case), at=at)
    return session


@transaction.atomic
def remind(*, session_id: int, by: Actor, at: datetime) -> Session:
    """Both sides are reminded of a session of the coming day, once."""
    _require(P.COACHING_SEE, by=by)
    session, case = _locked_session(session_id, by=by)
    if session.reminded_at is None and session.state == SessionState.BOOKED and session.starts_at > at:
        session.reminded_at = at
        session.save(update_fields=["reminded_at"])
        record("coaching_case.session_reminded", case, by=by, at=at, session=session.code)
        _tell_both("session_reminder", session, at=at)
    return session


def _booking(wanted: Stretch, free: FreeTime, *, case: Case) -> Booking:
    """What the rules want to know, read under the locks."""
    return Booking(
        wanted=wanted,
        free=Stretch(free.starts_at, free.ends_at),
        booked=tuple(queries.booked_around(wanted, coach_id=free.coach_id)),
        elsewhere=tuple(queries.booked_around(wanted, case__company_id=case.company_id)),
        hours_left=queries.hours_of_case(case).left,
    )


def _locked_session(session_id: int, *, by: Actor) -> tuple[Session, Case]:
    """The session and its case, the case locked first."""
    case = _locked(Session.objects.get(pk=session_id).case_id, by=by)
    session = Session.objects.for_update().select_related("coach__person").get(pk=session_id)
    session.case = case
    return session, case


def _check_hours(session: Session, case: Case, hours: Decimal, *, at: datetime) -> None:
    refuse_if(
        rules.problems_with_entering(
            starts_at=session.starts_at,
            hours=hours,
            others=queries.entered_besides(session),
            plan_hours=queries.hours_of_case(case).planned,
            at=at,
        )
    )


def _tell_both(event: str, session: Session, *, at: datetime, **places: object) -> None:
    """Each side in its own time zone, with the address of its own calendar."""
    case, coach = session.case, session.coach
    company = queries.people_of_company(case)
    mine, theirs = queries.case_calendar_link(case), queries.coach_calendar_link(coach)
    _tell_of(event, session, to=company, zone=queries.zone_of(case), at=at, calendar=mine, **places)
    known = {person.email for person in company}
    others = [one for one in _person_of(coach) if one.email not in known]
    _tell_of(event, session, to=others, zone=coach.time_zone, at=at, calendar=theirs, **places)


def _tell_of(
    event: str, session: Session, *, to: list[Recipient], zone: str, at: datetime, **places: object
) -> None:
    _tell(event, session.case, to=to, at=at, **{**queries.session_for_letters(session, zone=zone), **places})
