"""The hours of a case: what the desk allows, what the plan holds, what is booked, entered and approved."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum

from landbridge.coaching.models import Case, Objective, Session
from landbridge.coaching.rules.booking import hours_in
from landbridge.coaching.rules.free_time import Stretch
from landbridge.coaching.states import SPENT, SessionState


@dataclass(frozen=True, slots=True)
class Hours:
    """In hours. `planned` is what the accepted plan holds; nothing counts before there is one."""

    limit: int
    planned: Decimal
    booked: Decimal
    entered: Decimal
    approved: Decimal

    @property
    def left(self) -> Decimal:
        """Of the plan, neither entered nor booked."""
        return max(self.planned - self.entered - self.booked, Decimal(0))


def hours_of_case(case: Case, sessions: list[Session] | None = None) -> Hours:
    """The hours of a case; `sessions` where the caller has loaded them already."""
    rows = list(Session.objects.filter(case=case)) if sessions is None else sessions
    goals = Objective.objects.filter(plan__case=case, plan__accepted_at__isnull=False)
    return Hours(
        limit=case.hours_at_most,
        planned=goals.aggregate(sum=Sum("hours"))["sum"] or Decimal(0),
        booked=sum(
            (hours_in(stretch_of(one)) for one in rows if one.state == SessionState.BOOKED), start=Decimal(0)
        ),
        entered=_sum(one for one in rows if one.state in SPENT),
        approved=_sum(one for one in rows if one.state == SessionState.APPROVED),
    )


def entered_besides(session: Session) -> list[Decimal]:
    """The hours entered for the other sessions of its case."""
    others = Session.objects.filter(case_id=session.case_id, state__in=SPENT).exclude(pk=session.pk)
    return [one.hours for one in others if one.hours is not None]


def stretch_of(session: Session) -> Stretch:
    """Its time, as the rules read it."""
    return Stretch(session.starts_at, session.ends_at)


def _sum(rows: Iterable[Session]) -> Decimal:
    return sum((one.hours or Decimal(0) for one in rows), start=Decimal(0))
