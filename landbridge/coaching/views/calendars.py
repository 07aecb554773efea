"""The coach's calendar: free time laid and taken away, sessions; and the private feeds for other programs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from landbridge.coaching import actions, queries
from landbridge.coaching.forms import StretchForm, WeekForm
from landbridge.coaching.models import Case, Coach, FreeTime, Session
from landbridge.coaching.rules import Free
from landbridge.coaching.states import OCCUPIES
from landbridge.coaching.views.shared import crumbs, own_coach
from landbridge.foundation.calendar import calendar
from landbridge.foundation.exports import calendar_response
from landbridge.foundation.operations.form_pages import button_pressed, form_page, posted
from landbridge.foundation.permissions.guards import Request, needs, public
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.ui.forms import in_zone
from landbridge.foundation.ui.parts import Crumb

DAYS_SHOWN = 120


@dataclass(frozen=True, slots=True)
class Line:
    """One stretch of the coach's calendar, on the coach's clock: free time, or a session in it."""

    day: date
    begins: str
    ends: str
    free: Free | None = None
    session: Session | None = None


@needs(P.COACHING_COACH)
@require_GET
def own_calendar(request: Request) -> HttpResponse:
    """Day by day: when the coach is free, and who has booked what of it."""
    coach = own_coach(request.actor)
    context = {
        "coach": coach,
        "days": _days(coach, at=request.now),
        "hours": queries.hours_free([coach], at=request.now)[coach.pk],
        "zone": coach.time_zone,
        "feed": queries.coach_calendar_link(coach),
        "breadcrumbs": [*crumbs(), Crumb(_("My calendar"))],
    }
    return render(request, "coaching/calendar.html", context)


@needs(P.COACHING_COACH)
def week(request: Request) -> HttpResponse:
    """Lay the same hours week after week."""
    coach = own_coach(request.actor)
    tomorrow = (request.now + timedelta(days=1)).astimezone(ZoneInfo(coach.time_zone)).date()
    form = WeekForm(posted(request), initial={"first_day": tomorrow})
    return form_page(
        request,
        form,
        act=lambda: actions.lay_week(
            coach_id=coach.pk, pattern=form.pattern, by=request.actor, at=request.now
        ),
        to=reverse("coaching:calendar"),
        title=_("Free every week"),
        lead=_(
            "On the clock of %(zone)s, in summer and winter alike. Hours in which you are free already stay."
        )
        % {"zone": coach.time_zone},
        save=_("Lay these hours"),
        done=_("Laid. Companies that you coach can book them."),
        crumbs=_trail(),
    )


@needs(P.COACHING_COACH)
def stretch(request: Request) -> HttpResponse:
    """Lay one stretch of free time."""
    coach = own_coach(request.actor)
    form = StretchForm(posted(request))
    return form_page(
        request,
        form,
        act=lambda: actions.lay_time(
            coach_id=coach.pk,
            starts_at=in_zone(form.cleaned_data["starts_at"], coach.time_zone),
            ends_at=in_zone(form.cleaned_data["ends_at"], coach.time_zone),
            by=request.actor,
            at=request.now,
        ),
        to=reverse("coaching:calendar"),
        title=_("Free once"),
        lead=_("On the clock of %(zone)s.") % {"zone": coach.time_zone},
        save=_("Lay this time"),
        done=_("Laid. Companies that you coach can book it."),
        crumbs=_trail(),
    )


@needs(P.COACHING_COACH)
@require_POST
def free_time_removal(request: Request, free_time_pk: int) -> HttpResponse:
    """Take free time away again."""
    coach = own_coach(request.actor)
    laid, back = get_object_or_404(FreeTime, pk=free_time_pk, coach=coach), reverse("coaching:calendar")
    return button_pressed(
        request,
        lambda: actions.take_away(free_time_id=laid.pk, by=request.actor, at=request.now),
        to=back,
        done=_("Taken away."),
        back=back,
    )


@public
@require_safe
def coach_feed(request: Request, key: str) -> HttpResponse:
    """A coach's sessions, for the calendar that follows this private address."""
    _check(key)
    coach = get_object_or_404(Coach, calendar_key=key)
    name = _("Coaching: %(name)s") % {"name": coach.name}
    entries = queries.coach_entries(coach, at=request.now)
    return calendar_response(calendar(entries, name=name, at=request.now), filename="coaching")


@public
@require_safe
def case_feed(request: Request, key: str) -> HttpResponse:
    """A case's sessions, for the company's calendar."""
    _check(key)
    case = get_object_or_404(Case.objects.select_related("company", "region"), calendar_key=key)
    name = _("Coaching %(number)s") % {"number": case.number}
    return calendar_response(
        calendar(queries.case_entries(case), name=name, at=request.now), filename="coaching"
    )


def _check(key: str) -> None:
    """What no key can be is not looked for."""
    if not key.isascii() or not key.isprintable():
        raise Http404


def _days(coach: Coach, *, at: datetime) -> list[tuple[date, list[Line]]]:
    """What stands in the calendar, by day: free time first, then what is booked of it."""
    clock = ZoneInfo(coach.time_zone)
    ahead = queries.sessions_of(coach, at=at).filter(ends_at__gt=at, state__in=OCCUPIES)
    rows = [
        *(
            (one.stretch.starts_at, one.stretch.ends_at, one, None)
            for one in queries.free_ahead(coach, at=at, days=DAYS_SHOWN)
        ),
        *((one.starts_at, one.ends_at, None, one) for one in ahead),
    ]
    lines = []
    for starts_at, ends_at, free, session in sorted(rows, key=lambda row: (row[0], row[2] is None)):
        begins, ends = starts_at.astimezone(clock), ends_at.astimezone(clock)
        lines.append(Line(begins.date(), f"{begins:%H:%M}", f"{ends:%H:%M}", free, session))
    return [(day, list(found)) for day, found in groupby(lines, key=lambda line: line.day)]


def _trail() -> list[Crumb]:
    return [*crumbs(), Crumb(_("My calendar"), reverse("coaching:calendar"))]
