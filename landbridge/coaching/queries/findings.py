"""What is off with coaching, for `landbridge verify`."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from django.db.models import F, Sum

from landbridge.coaching.models import Case, Feedback, FreeTime, Offer, Plan, Report, Session
from landbridge.coaching.rules import STATEMENTS
from landbridge.coaching.states import OCCUPIES, SPENT, WRITTEN, Offered, Party, S, SessionState

WITH_COACH = (S.MATCHED, S.PLANNED, S.COACHING, *WRITTEN)
WITH_PLAN = (S.COACHING, *WRITTEN)


def findings() -> Iterator[str]:
    """Time given twice, hours beyond the plan, plans beyond the case, reports without their four eyes."""
    yield from _of_time()
    yield from _of_hours()
    yield from _of_cases()


def _of_time() -> Iterator[str]:
    last: FreeTime | None = None
    for free in FreeTime.objects.order_by("coach_id", "starts_at", "pk").iterator(chunk_size=1000):
        if last is not None and last.coach_id == free.coach_id and last.ends_at > free.starts_at:
            yield f"Free times {last.pk} and {free.pk} of coach {free.coach_id} overlap."
        if last is None or last.coach_id != free.coach_id or free.ends_at > last.ends_at:
            last = free
    former: Session | None = None
    booked = Session.objects.filter(state__in=OCCUPIES).order_by("coach_id", "starts_at", "pk")
    for session in booked.iterator(chunk_size=1000):
        if former is not None and former.coach_id == session.coach_id and former.ends_at > session.starts_at:
            yield f"Sessions {former.code} and {session.code} of coach {session.coach_id} overlap."
        if former is None or former.coach_id != session.coach_id or session.ends_at > former.ends_at:
            former = session
    outside = Session.objects.filter(state=SessionState.BOOKED, free_time__isnull=False)
    for session in outside.filter(starts_at__lt=F("free_time__starts_at")).order_by("pk"):
        yield f"Session {session.code} begins before the free time in which it was booked."
    for session in outside.filter(ends_at__gt=F("free_time__ends_at")).order_by("pk"):
        yield f"Session {session.code} ends after the free time in which it was booked."


def _of_hours() -> Iterator[str]:
    plans = Plan.objects.filter(accepted_at__isnull=False).select_related("case").order_by("pk")
    planned = {}
    for plan in plans.annotate(together=Sum("objectives__hours")):
        planned[plan.case_id] = plan.together or Decimal(0)
        if planned[plan.case_id] > plan.case.hours_at_most:
            yield f"The plan of case {plan.case} takes more hours than the case has."
    entered = Session.objects.filter(state__in=SPENT).values_list("case_id", "case__number")
    for case_id, number, spent in entered.annotate(spent=Sum("hours")).order_by("case_id"):
        if spent > planned.get(case_id, Decimal(0)):
            yield f"More hours were entered for case {number} than its plan has."


def _of_cases() -> Iterator[str]:
    accepted = Offer.objects.filter(state=Offered.ACCEPTED).values("case")
    for case in Case.objects.filter(state__in=WITH_COACH).exclude(pk__in=accepted).order_by("pk"):
        yield f"Case {case} is {case.state}, but no coach has accepted it."
    plans = Plan.objects.filter(accepted_at__isnull=False).values("case")
    for case in Case.objects.filter(state__in=WITH_PLAN).exclude(pk__in=plans).order_by("pk"):
        yield f"Case {case} is {case.state}, but no plan was accepted."
    for offer in Offer.objects.filter(
        state=Offered.ACCEPTED, coach__person_id=F("case__adviser_id")
    ).order_by("pk"):
        yield f"The coach of case {offer.case_id} advises it as well."
    for report in Report.objects.filter(approved_at__isnull=False, checked_at__isnull=True).order_by("pk"):
        yield f"The report of case {report.case_id} was approved, but not checked."
    for feedback in Feedback.objects.filter(party__in=list(Party)).order_by("pk"):
        if set(feedback.marks) != set(STATEMENTS[Party(feedback.party)]):
            yield f"Feedback {feedback.pk} on case {feedback.case_id} does not mark its seven statements."
