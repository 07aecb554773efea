"""Sessions: booking one, its page, cancelling, entering and approving its hours, its calendar entry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from landbridge.coaching import actions, queries, rules
from landbridge.coaching.forms import BookingForm, HoursForm
from landbridge.coaching.forms.coaching import length_of
from landbridge.coaching.models import Coach, Session
from landbridge.coaching.states import SESSION_WORKFLOW, Party, S, SessionMove, SessionState
from landbridge.coaching.views.shared import crumbs_of, seen_by, session_seen_by
from landbridge.foundation.calendar import calendar
from landbridge.foundation.exports import calendar_response
from landbridge.foundation.operations.form_pages import button_pressed, carried_out, form_page, posted
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import Problem
from landbridge.foundation.ui.forms import ReasonForm
from landbridge.foundation.ui.parts import Crumb

MOST_SHOWN = 120


@dataclass(frozen=True, slots=True)
class Opening:
    """One time that can be booked, on the company's clock and on the coach's."""

    key: str
    day: date
    clock: str
    until: str
    other: str


@needs(P.COACHING_ASK)
def booking(request: Request, pk: int) -> HttpResponse:
    """The coach's free times, by day; one is chosen. The length is chosen above and stands in the address."""
    found = seen_by(request.actor, pk)
    coach = queries.coach_of(found)
    minutes = length_of(request.GET.get("minutes", ""))
    zone, openings = queries.zone_of(found), list[Opening]()
    if coach and found.state == S.COACHING:
        openings = _openings(coach, minutes=minutes, zone=zone, at=request.now)
    form = BookingForm(posted(request), openings=[one.key for one in openings])
    result = carried_out(
        request,
        form,
        lambda: actions.book(
            case_id=found.pk,
            free_time_id=form.free_time_id,
            starts_at=form.starts_at,
            ends_at=form.starts_at + timedelta(minutes=minutes),
            topic=form.cleaned_data["topic"],
            by=request.actor,
            at=request.now,
        ),
    )
    if result is not None:
        messages.success(request, _("Booked. You and your coach were told."))
        return redirect(result)
    context = {
        "found": found,
        "form": form,
        "coach": coach,
        "days": _by_day(openings),
        "chosen": request.POST.get("opening", ""),
        "zone": zone,
        "other_zone": coach.time_zone if coach and _differ(zone, coach.time_zone, at=request.now) else "",
        "minutes": minutes,
        "lengths": rules.LENGTHS,
        "hours": queries.hours_of_case(found),
        "breadcrumbs": [*crumbs_of(found), Crumb(_("Book a session"))],
    }
    return render(request, "coaching/booking.html", context, status=form.http_status)


@needs(P.COACHING_SEE)
@require_GET
def session(request: Request, coaching_session_pk: int) -> HttpResponse:
    """One session: when, on both clocks, what was worked on, its hours."""
    return _session_page(request, coaching_session_pk)


@needs(P.COACHING_SEE)
def session_cancellation(request: Request, coaching_session_pk: int) -> HttpResponse:
    """Either side cancels."""
    found = session_seen_by(request.actor, coaching_session_pk)
    is_late = rules.is_late(starts_at=found.starts_at, at=request.now)
    form = ReasonForm(posted(request), longest=rules.LONGEST_REASON, read_by=_("The other side reads it."))
    return form_page(
        request,
        form,
        act=lambda: actions.cancel(
            session_id=found.pk, **form.cleaned_data, by=request.actor, at=request.now
        ),
        title=_("Cancel the session"),
        lead=_(
            "It begins in less than 24 hours. Please call the other side as well; it is noted as cancelled late."
        )
        if is_late
        else _("There are more than 24 hours left; the time is free for others again."),
        done=_("Cancelled. The other side was told."),
        crumbs=_crumbs(found),
        is_final=True,
    )


@needs(P.COACHING_COACH)
def session_hours(request: Request, coaching_session_pk: int) -> HttpResponse:
    """The coach enters hours and notes; after a dispute, anew."""
    found = session_seen_by(request.actor, coaching_session_pk)
    corrects = found.state == SessionState.DISPUTED
    act = actions.correct if corrects else actions.hold
    length = rules.hours_of([queries.stretch_of(found)])
    form = HoursForm(
        posted(request), initial={"hours": found.hours or round(length * 2) / 2, "notes": found.notes}
    )
    return form_page(
        request,
        form,
        act=lambda: act(session_id=found.pk, **form.cleaned_data, by=request.actor, at=request.now),
        title=_("Correct the hours") if corrects else _("Enter the session"),
        lead=_("The company says: %(reason)s") % {"reason": found.reason} if corrects else "",
        done=_("Kept. The company was asked to approve the hours."),
        crumbs=_crumbs(found),
    )


@needs(P.COACHING_COACH)
@require_POST
def session_absence(request: Request, coaching_session_pk: int) -> HttpResponse:
    """Nobody of the company came."""
    found = session_seen_by(request.actor, coaching_session_pk)
    return button_pressed(
        request,
        lambda: actions.miss(session_id=found.pk, by=request.actor, at=request.now),
        done=_("Noted. The company was told."),
        refused=lambda problems: _session_page(request, coaching_session_pk, problems=problems),
    )


@needs(P.COACHING_ASK)
@require_POST
def session_approval(request: Request, coaching_session_pk: int) -> HttpResponse:
    """The company approves the hours."""
    found = session_seen_by(request.actor, coaching_session_pk)
    return button_pressed(
        request,
        lambda: actions.approve_hours(session_id=found.pk, by=request.actor, at=request.now),
        done=_("Approved."),
        refused=lambda problems: _session_page(request, coaching_session_pk, problems=problems),
    )


@needs(P.COACHING_ASK)
def session_dispute(request: Request, coaching_session_pk: int) -> HttpResponse:
    """The company disputes the hours."""
    found = session_seen_by(request.actor, coaching_session_pk)
    form = ReasonForm(
        posted(request),
        longest=rules.LONGEST_REASON,
        label=_("What is not right?"),
        read_by=_("The coach and your adviser read it."),
    )
    return form_page(
        request,
        form,
        act=lambda: actions.dispute(
            session_id=found.pk, **form.cleaned_data, by=request.actor, at=request.now
        ),
        title=_("The hours are not right"),
        done=_("The coach was told and corrects them."),
        crumbs=_crumbs(found),
    )


@needs(P.COACHING_SEE)
@require_GET
def session_entry(request: Request, coaching_session_pk: int) -> HttpResponse:
    """The session as one calendar entry, to open in a calendar."""
    found = session_seen_by(request.actor, coaching_session_pk)
    party = queries.party_of(found.case, request.actor, coach=found.coach)
    zone = found.coach.time_zone if party is Party.COACH else queries.zone_of(found.case)
    entry = queries.entry_of(found, title=found.case.title, zone=zone)
    octets = calendar([entry], name=found.case.number, at=request.now)
    return calendar_response(octets, filename=f"session-{found.code}")


def _session_page(
    request: Request, coaching_session_pk: int, *, problems: tuple[Problem, ...] = ()
) -> HttpResponse:
    found = session_seen_by(request.actor, coaching_session_pk)
    zone, coach_zone = queries.zone_of(found.case), found.coach.time_zone
    context = {
        "found": found,
        "case": found.case,
        "problems": problems,
        "zone": zone,
        "other_zone": coach_zone if _differ(zone, coach_zone, at=found.starts_at) else "",
        "until": found.starts_at - rules.NOTICE,
        "is_late": rules.is_late(starts_at=found.starts_at, at=request.now),
        "may": _may(found, request.actor, at=request.now),
        "breadcrumbs": [*crumbs_of(found.case), Crumb(_("Session"))],
    }
    return render(request, "coaching/session.html", context, status=409 if problems else 200)


def _may(found: Session, actor: Actor, *, at: datetime) -> dict[str, bool]:
    party = queries.party_of(found.case, actor, coach=found.coach)
    has_begun = at >= found.starts_at

    def allows(move: SessionMove) -> bool:
        return SESSION_WORKFLOW.allows(move, of=found, by=actor)

    return {
        "cancel": party in (Party.COMPANY, Party.COACH) and not has_begun and allows(SessionMove.CANCEL),
        "enter": has_begun and allows(SessionMove.HOLD),
        "correct": allows(SessionMove.CORRECT),
        "miss": has_begun and allows(SessionMove.MISS),
        "approve": allows(SessionMove.APPROVE),
        "dispute": allows(SessionMove.DISPUTE),
    }


def _crumbs(found: Session) -> list[Crumb]:
    return [*crumbs_of(found.case), Crumb(_("Session"), found.get_absolute_url())]


def _openings(coach: Coach, *, minutes: int, zone: str, at: datetime) -> list[Opening]:
    free, own, other = queries.free_ahead(coach, at=at), ZoneInfo(zone), ZoneInfo(coach.time_zone)
    found = []
    for pk, stretch in rules.openings(free, minutes=minutes, at=at)[:MOST_SHOWN]:
        begins, ends = stretch.starts_at.astimezone(own), stretch.ends_at.astimezone(own)
        theirs = stretch.starts_at.astimezone(other)
        key = f"{pk}@{stretch.starts_at.isoformat()}"
        found.append(Opening(key, begins.date(), f"{begins:%H:%M}", f"{ends:%H:%M}", f"{theirs:%H:%M}"))
    return found


def _by_day(openings: list[Opening]) -> list[tuple[date, list[Opening]]]:
    """The openings under the days on which they begin for the company."""
    return [(day, list(found)) for day, found in groupby(openings, key=lambda one: one.day)]


def _differ(one: str, other: str, *, at: datetime) -> bool:
    """Whether two zones show different times then."""
    return at.astimezone(ZoneInfo(one)).utcoffset() != at.astimezone(ZoneInfo(other)).utcoffset()
