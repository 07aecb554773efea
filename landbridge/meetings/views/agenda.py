"""Somebody's day on a telephone: what comes next, the whole agenda, one meeting, and the calendar that follows it."""

from __future__ import annotations

from datetime import timedelta

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_safe

from landbridge.events.queries import own_zone
from landbridge.events.queries.feed import of_calendar_key
from landbridge.foundation.calendar import calendar
from landbridge.foundation.exports import calendar_response
from landbridge.foundation.permissions.guards import Request, needs, public
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.ui.parts import Crumb
from landbridge.meetings import queries
from landbridge.meetings.models import Meeting
from landbridge.meetings.views.shared import crumbs_of, own, page_of_one

FOLLOWED_FOR = timedelta(days=90)  # after the event; then a calendar has long taken it in


@needs(P.EVENT_ATTEND)
@require_GET
def agenda(request: Request, registration_pk: int) -> HttpResponse:
    """The next meeting on top, then the day."""
    me = own(request.actor, registration_pk)
    found = queries.agenda_of(me, at=request.now)
    feed = request.build_absolute_uri(reverse("meetings:calendar", args=[me.calendar_key]))
    context = page_of_one(
        me,
        "agenda",
        agenda=found,
        away=_away(found.next.starts_at - request.now) if found.next else "",
        unsaid=[line for line in found.lines if line.is_unsaid],
        is_published=found.meetings > 0,
        feed=feed,
        feed_to_follow=f"webcal://{feed.partition('://')[2]}",
        breadcrumbs=crumbs_of(me, Crumb(_("Agenda"))),
    )
    return render(request, "meetings/agenda.html", context)


def _away(ahead: timedelta) -> str:
    """How far away the next meeting is, to the minute within a day: somebody looks for a table."""
    minutes = max(int(ahead.total_seconds()) // 60, 0)
    if minutes < 60:
        return ngettext("in %(count)s minute", "in %(count)s minutes", minutes) % {"count": minutes}
    if ahead < timedelta(days=1):
        return _("in %(hours)s h %(minutes)02d min") % {"hours": minutes // 60, "minutes": minutes % 60}
    return ngettext("in %(count)s day", "in %(count)s days", ahead.days) % {"count": ahead.days}


@needs(P.EVENT_ATTEND)
@require_GET
def meeting(request: Request, pk: int) -> HttpResponse:
    """One meeting, as one of the two, the organiser, a desk or the auditor sees it."""
    rows = Meeting.objects.visible_to(request.actor).select_related(
        "event", "slot", "table__room", "request", "first__region", "second__region"
    )
    found = get_object_or_404(rows, pk=pk)
    mine = queries.own_registrations(request.actor).filter(pk__in=[found.first_id, found.second_id]).first()
    seat = found.seats.filter(registration=mine).select_related("outcome").first() if mine else None
    others = [one for one in (found.first, found.second) if mine is None or one.pk != mine.pk]
    crumbs = [
        Crumb(found.event.title, found.event.get_absolute_url()),
        *([Crumb(_("Agenda"), reverse("meetings:agenda", args=[mine.pk]))] if mine else []),
        Crumb(" – ".join(one.name for one in others)),
    ]
    context = {
        "found": found,
        "event": found.event,
        "me": mine,
        "seat": seat,
        "outcome": queries.outcome_of(seat) if seat else None,
        "others": others,
        "place": queries.where_is(found.table),
        "is_begun": found.slot.starts_at <= request.now,
        "shows_link": bool(found.link) and mine is not None,
        "zone": found.event.time_zone,
        "own_zone": own_zone(mine) if mine else "",
        "breadcrumbs": crumbs,
    }
    return render(request, "meetings/meeting.html", context)


@public
@require_safe
def calendar_(request: Request, key: str) -> HttpResponse:
    """Everything of one registration for a calendar program, by the key that only its owner has."""
    me = of_calendar_key(key)
    if me is None or me.event.ends_at < request.now - FOLLOWED_FOR:
        raise Http404
    octets = calendar(queries.calendar_entries(me), name=me.event.title, at=request.now)
    return calendar_response(octets, filename=f"{me.event.slug}.ics")
