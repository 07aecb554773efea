"""What an event's people take away: badges, the QR code, the calendar, and the figures for the organiser."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_safe

from landbridge.events.models import Event, Registration
from landbridge.events.queries import badges as sheets
from landbridge.events.queries import feed
from landbridge.events.queries.statistics import export_rows, figures_of
from landbridge.events.states import WITH_A_PLACE
from landbridge.events.views.coming import changed_by, crumbs_of_list, kept_event
from landbridge.foundation.calendar import calendar
from landbridge.foundation.documents import pdf
from landbridge.foundation.exports import csv_response
from landbridge.foundation.permissions.guards import Request, needs, public
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.ui.charts import Bar
from landbridge.foundation.ui.formatting import day as shown_day
from landbridge.foundation.ui.parts import Crumb

MOST_BADGES = 3000


@needs(P.EVENT_ATTEND)
@require_GET
def code_picture(request: Request, pk: int) -> HttpResponse:
    """The QR code on one's own page."""
    found = changed_by(request.actor, pk)
    return _private(HttpResponse(sheets.qr_picture(found.code), content_type="image/svg+xml"))


@public
@require_safe
def calendar_feed(request: Request, key: str) -> HttpResponse:
    """The private calendar of one registration, by its key; calendars look here again and again."""
    found = feed.of_calendar_key(key)
    if found is None:
        raise Http404
    octets = calendar(feed.entries_of(found), name=found.event.title, at=request.now)
    response = HttpResponse(octets, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="event.ics"'
    return _private(response)


@needs(P.EVENT_CHECK_IN)
@require_GET
def badges(request: Request, slug: str) -> HttpResponse:
    """Which badges to print, and how many to a sheet."""
    event = kept_event(request.actor, slug)
    context = {
        "event": event,
        "many": Registration.objects.filter(event=event).with_a_place().count(),
        "sizes": sheets.ON_A_SHEET,
        "breadcrumbs": [*crumbs_of_list(event, request.actor), Crumb(_("Badges"))],
    }
    return render(request, "events/badges.html", context)


@needs(P.EVENT_CHECK_IN)
@require_GET
def badges_pdf(request: Request, slug: str) -> HttpResponse:
    """The sheets: everybody with a place, or those whose ids the address names."""
    event = kept_event(request.actor, slug)
    chosen = [
        int(text)
        for text in request.GET.getlist("pk")
        if text.isascii() and text.isdigit() and len(text) < 19
    ]
    comers = sheets.with_badges(event, chosen=chosen[:MOST_BADGES])[:MOST_BADGES]
    return _sheets(request, event, comers)


@needs(P.EVENT_CHECK_IN)
@require_GET
def badge(request: Request, pk: int) -> HttpResponse:
    """One badge."""
    rows = Registration.objects.decided_by(request.actor).filter(state__in=WITH_A_PLACE)
    found = get_object_or_404(rows.select_related("event", "region"), pk=pk)
    return _sheets(request, found.event, [found])


@needs(P.REGISTRATION_DECIDE)
@require_GET
def statistics(request: Request, slug: str) -> HttpResponse:
    """The figures of the event as charts, each with its table."""
    event = kept_event(request.actor, slug)
    figures = figures_of(event)
    charts = [
        (name, [Bar(row.label, row.many, f"{row.many} / {row.of}" if row.of else "") for row in rows])
        for name, rows in figures.tables()
        if rows and rows is not figures.days
    ]
    context = {
        "event": event,
        "figures": figures,
        "charts": charts,
        "days": [Bar(row.label, row.many) for row in figures.days],
        "breadcrumbs": [*crumbs_of_list(event, request.actor), Crumb(_("Statistics"))],
    }
    return render(request, "events/statistics.html", context)


@needs(P.REGISTRATION_DECIDE)
@require_GET
def statistics_csv(request: Request, slug: str) -> HttpResponseBase:
    """The same figures for other programs."""
    event = kept_event(request.actor, slug)
    header = [_("Table"), _("Line"), _("Number"), _("Of")]
    return csv_response(f"statistics-{event.slug}", header, export_rows(figures_of(event)))


def _sheets(request: Request, event: Event, comers: list[Registration]) -> HttpResponse:
    on_a_sheet = 10 if request.GET.get("size") == "10" else 8
    document = pdf(
        "events/badges.typ",
        sheets.badge_data(event, comers, on_a_sheet=on_a_sheet),
        title=_("Badges: %(event)s, %(day)s") % {"event": event.title, "day": shown_day(event.starts_at)},
        at=request.now,
    )
    response = HttpResponse(document, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="badges-{event.slug}.pdf"'
    return _private(response)


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-store"
    return response
