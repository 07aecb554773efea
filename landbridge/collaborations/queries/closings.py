"""What closed and has no next step yet: vouchers, introductions, meetings, coachings of the last half year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import CharField, Exists, F, Model, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse

from landbridge.coaching.models import Case
from landbridge.coaching.states import OVER
from landbridge.collaborations.models import Collaboration, NextStep
from landbridge.collaborations.states import Closed, Owner
from landbridge.foundation.permissions.actor import Actor
from landbridge.introductions.models import Introduction
from landbridge.introductions.states import S as IntroductionState
from landbridge.meetings.models import Meeting, Outcome
from landbridge.meetings.states import MeetingState
from landbridge.organisations.models import Kind, Organisation
from landbridge.vouchers.models import Voucher
from landbridge.vouchers.states import S as VoucherState

LOOKED_BACK = timedelta(days=183)
WORDS = 300


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that closed, as a list shows it."""

    kind: Closed
    pk: int
    at: datetime
    title: str
    company: str
    other: str

    @property
    def plan(self) -> str:
        """The page that says what comes next."""
        return reverse(f"collaborations:after_{self.kind}", args=[self.pk])


@dataclass(frozen=True, slots=True)
class Closing:
    """One thing that closed, as the form needs it: whom it concerns, and what was said of going on."""

    kind: Closed
    row: Model
    title: str
    on: date
    company: Organisation
    provider: Organisation | None
    collaboration: Collaboration | None = None
    text: str = ""
    owner: Owner | None = None
    due_on: date | None = None


def closings(actor: Actor, *, at: datetime, kind: str = "") -> list[Line]:
    """What closed within half a year and has neither a next step nor a word that there is none. One query."""
    parts = [rows for one, rows in _parts(actor, since=at - LOOKED_BACK).items() if kind in ("", one)]
    found: Any = parts[0].union(*parts[1:], all=True) if parts[1:] else parts[0]
    return [
        Line(Closed(of), pk, ended_at, title, company, other or "")
        for of, pk, ended_at, title, company, other in found.order_by("-ended", "-pk")
    ]


def how_many_closed(actor: Actor, *, at: datetime) -> int:
    """How much of it there is. One query."""
    parts = list(_parts(actor, since=at - LOOKED_BACK).values())
    return parts[0].union(*parts[1:], all=True).count()


def closed_one(kind: Closed, pk: int, *, actor: Actor) -> Closing:
    """One of them, where the actor sees it, planned for or not. Raises DoesNotExist."""
    return FINDERS[kind](pk, actor)


def _parts(actor: Actor, *, since: datetime) -> dict[str, QuerySet[Any, Any]]:
    vouchers = Voucher.objects.visible_to(actor).filter(
        state__in=[VoucherState.CLOSED, VoucherState.LAPSED], ended_at__gte=since
    )
    introductions = _introductions(actor).filter(made_at__gte=since)
    meetings = _meetings(actor).filter(ended_at__gte=since)
    cases = Case.objects.visible_to(actor).filter(state__in=OVER, ended_at__gte=since)
    application = ("application__title", "application__applicant__name", "application__provider__name")
    sides = ("title", "company__name", "provider__name")
    people = ("event__title", "first__organisation_name", "second__organisation_name")
    began = Coalesce("ended_at", "made_at")
    return {
        Closed.VOUCHER: _columns(vouchers, Closed.VOUCHER, application, column="voucher"),
        Closed.INTRODUCTION: _columns(
            introductions, Closed.INTRODUCTION, sides, column="introduction", ended=began
        ),
        Closed.MEETING: _columns(meetings, Closed.MEETING, people, column="meeting"),
        Closed.COACHING: _columns(
            cases, Closed.COACHING, ("title", "company__name", None), column="coaching_case"
        ),
    }


def _columns(
    rows: Any, kind: Closed, names: tuple[str, str, str | None], *, column: str, ended: Any = None
) -> QuerySet[Any, Any]:
    """The six columns of a line, of those without a next step."""
    title, company, other = names
    planned = NextStep.objects.filter(**{f"{column}_id": OuterRef("pk")})
    text = CharField(max_length=WORDS)
    found: QuerySet[Any, Any] = (
        rows.filter(~Exists(planned))
        .annotate(
            of=Value(str(kind), output_field=text),
            ended=ended or F("ended_at"),
            shown=Cast(title, text),
            one=Cast(company, text),
            two=Cast(other, text) if other else Value("", output_field=text),
        )
        .order_by()
        .values_list("of", "pk", "ended", "shown", "one", "two")
    )
    return found


def _introductions(actor: Actor) -> Any:
    """Those in which both sides know each other."""
    open_ones = (IntroductionState.MADE, IntroductionState.OUTCOME_KNOWN)
    return Introduction.objects.visible_to(actor).filter(state__in=open_ones)


def _meetings(actor: Actor) -> Any:
    """Those that were held, by somebody's word, and concern an organisation of the network."""
    said = Outcome.objects.filter(seat__meeting=OuterRef("pk"), was_held=True)
    known = Q(first__organisation__isnull=False) | Q(second__organisation__isnull=False)
    held = Meeting.objects.visible_to(actor).filter(known, state=MeetingState.HELD, ended_at__isnull=False)
    return held.filter(Exists(said))


def _voucher(pk: int, actor: Actor) -> Closing:
    rows = Voucher.objects.visible_to(actor).select_related(
        "application__applicant", "application__provider", "collaboration"
    )
    found = rows.get(pk=pk, state__in=[VoucherState.CLOSED, VoucherState.LAPSED])
    application = found.application
    return Closing(
        Closed.VOUCHER,
        found,
        application.title or found.number,
        (found.ended_at or found.awarded_at).date(),
        application.applicant,
        application.provider,
        getattr(found, "collaboration", None),
    )


def _introduction(pk: int, actor: Actor) -> Closing:
    rows = _introductions(actor).select_related("company", "provider", "collaboration")
    found = rows.get(pk=pk)
    return Closing(
        Closed.INTRODUCTION,
        found,
        found.title,
        (found.ended_at or found.made_at).date(),
        found.company,
        found.provider,
        getattr(found, "collaboration", None),
    )


def _meeting(pk: int, actor: Actor) -> Closing:
    rows = _meetings(actor).select_related(
        "event", "first__organisation", "second__organisation", "collaboration"
    )
    found = rows.get(pk=pk)
    company, provider = sides_of_meeting(found)
    assert company is not None  # noqa: S101 - one of the two is of an organisation
    own = _own_outcome(found, actor)
    owner = _owner_of(own, actor, company=company, provider=provider) if own else None
    return Closing(
        Closed.MEETING,
        found,
        found.event.title,
        found.ended_at.date(),
        company,
        provider,
        getattr(found, "collaboration", None),
        text=own.next_step if own else "",
        owner=owner,
        due_on=own.next_step_on if own else None,
    )


def _case(pk: int, actor: Actor) -> Closing:
    rows = Case.objects.visible_to(actor).select_related("company", "report")
    found = rows.get(pk=pk, state__in=OVER)
    report = getattr(found, "report", None)
    text = " ".join(report.continuation.split())[:WORDS] if report else ""
    ended = found.ended_at or found.asked_at
    return Closing(Closed.COACHING, found, found.title, ended.date(), found.company, None, text=text)


def sides_of_meeting(found: Meeting) -> tuple[Organisation | None, Organisation | None]:
    """The two organisations that met, the company first; None where somebody came for none of the network."""
    sides: Iterable[Organisation | None] = (found.first.organisation, found.second.organisation)
    known = sorted((one for one in sides if one is not None), key=lambda one: one.kind != Kind.COMPANY)
    if len({one.pk for one in known}) < 2:
        return (known[0] if known else None), None
    return known[0], known[1]


def _own_outcome(found: Meeting, actor: Actor) -> Outcome | None:
    """What the actor said of it for themselves: the other side never reads it, nor does a desk."""
    own = Outcome.objects.filter(seat__meeting=found, seat__registration__person_id=actor.person_id or 0)
    return own.exclude(next_step="").order_by("pk").first()


def _owner_of(
    own: Outcome, actor: Actor, *, company: Organisation, provider: Organisation | None
) -> Owner | None:
    """Whose turn it is, by one side's word: theirs, or the other's."""
    if actor.organisation_id not in (company.pk, provider.pk if provider else 0):
        return None
    is_company = actor.organisation_id == company.pk
    return Owner.COMPANY if is_company == own.next_step_by_me else Owner.PROVIDER


FINDERS = {
    Closed.VOUCHER: _voucher,
    Closed.INTRODUCTION: _introduction,
    Closed.MEETING: _meeting,
    Closed.COACHING: _case,
}
