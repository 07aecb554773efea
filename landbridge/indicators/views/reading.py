"""Indicators to read: the list, one of them for any day and place, the rows behind it, one reading."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from landbridge.foundation.exports import csv_response, xlsx_response
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.guards import Request, needs, public
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import N_
from landbridge.foundation.ui.charts import Lines, Series
from landbridge.foundation.ui.listing import page_of
from landbridge.foundation.ui.parts import Crumb
from landbridge.indicators.forms import AsOfFilters, ListFilters
from landbridge.indicators.models import Indicator, Reading
from landbridge.indicators.queries import guarding, listing
from landbridge.indicators.queries import rows as behind
from landbridge.indicators.queries.readings import read
from landbridge.indicators.queries.scopes import Scope, day_of
from landbridge.indicators.queries.sources import SOURCES
from landbridge.indicators.queries.wording import figure_text, words_of
from landbridge.indicators.rules import Counted, Made
from landbridge.indicators.views.shared import asked_of, crumbs, crumbs_of, may_of, seen_by
from landbridge.programmes.models import Phase

PER_PAGE = 50
SIZE_NAMES = {
    "micro": N_("Up to 9 full-time equivalents"),
    "small": N_("10 to 49 full-time equivalents"),
    "medium": N_("50 to 249 full-time equivalents"),
    "large": N_("250 full-time equivalents and more"),
    "unknown": N_("Not known: there is no baseline"),
}


@public
@require_GET
def indicators(request: Request) -> HttpResponse:
    """What is counted and how, with the last reading of each."""
    filters = ListFilters(request.GET or None)
    found = listing.listed(request.actor, **filters.chosen)
    context = {
        "found": found,
        "filters": filters,
        "may_edit": request.actor.may(P.INDICATOR_EDIT),
        "may_see": request.actor.may(P.INDICATOR_SEE),
        "is_network": request.actor.programme_id is None,
        "lacks_common": not any(one.indicator.programme_id is None for one in found),
    }
    return render(request, "indicators/indicators.html", context)


@public
@require_GET
def indicator(request: Request, pk: int) -> HttpResponse:
    """One indicator as of a day and within a place: the figure, its course, targets, and what else was said."""
    found = seen_by(request.actor, pk)
    asked = asked_of(request, found)
    counted = _counted(request.actor, found, asked.scope)
    course = listing.course_of(found, asked.scope, actor=request.actor)
    words = words_of(found)
    context = {
        "found": found,
        "words": words,
        "source": SOURCES.get(found.source),
        "asked": asked,
        "counted": counted,
        "text": figure_text(counted.value, found.decimals),
        "is_median": bool(found.source) and SOURCES[found.source].made is Made.MEDIAN,
        "course": _chart(found, course) if any(value is not None for _day, value in course) else None,
        "targets": listing.targets_of(found, asked.scope, actor=request.actor),
        "beside": listing.beside_of(found, asked.scope, counted, actor=request.actor),
        "readings": [
            (one, figure_text(one.value, found.decimals))
            for one in listing.readings_of(found, asked.scope, actor=request.actor)
        ],
        "may": may_of(request.actor, found),
        "breadcrumbs": [*crumbs(), Crumb(words.name)],
    }
    return render(request, "indicators/indicator.html", context)


@needs(P.INDICATOR_SEE)
@require_GET
def rows(request: Request, pk: int) -> HttpResponse:
    """The rows behind a figure, fifty on a page; a link where one may see the row."""
    found = seen_by(request.actor, pk)
    asked = asked_of(request, found)
    counted = _opened(request.actor, found, asked.scope)
    page = page_of(request, counted.rows, size=PER_PAGE)
    context = {
        "found": found,
        "words": words_of(found),
        "asked": asked,
        "counted": counted,
        "text": figure_text(counted.value, found.decimals),
        "page": page,
        "lines": behind.shown(list(page.object_list), actor=request.actor),
        "sizes": [
            (_(SIZE_NAMES[name]), many)
            for name, many in behind.by_size(counted.rows, as_of=asked.scope.as_of)
        ],
        "is_closed": guarding.is_of_answers(found) and not guarding.reads_each(request.actor),
        "made": SOURCES[found.source].made if found.source else None,
        "breadcrumbs": [*crumbs_of(found), Crumb(_("Rows"))],
    }
    return render(request, "indicators/rows.html", context)


@needs(P.INDICATOR_SEE)
@require_GET
def rows_csv(request: Request, pk: int) -> StreamingHttpResponse:
    """The rows behind a figure as a table."""
    found = seen_by(request.actor, pk)
    counted = _opened(request.actor, found, asked_of(request, found).scope)
    lines = behind.shown(counted.rows, actor=request.actor)
    table = (
        [row.table, row.pk, line.name, row.on, row.share]
        for row, line in zip(counted.rows, lines, strict=True)
    )
    return csv_response(f"{found.code}-rows", ["table", "id", "name", "counts_from", "share"], table)


@public
@require_GET
def course_csv(request: Request, pk: int) -> StreamingHttpResponse:
    """The figure at the end of each month as a table."""
    found = seen_by(request.actor, pk)
    course = listing.course_of(found, asked_of(request, found).scope, actor=request.actor)
    return csv_response(
        found.code, ["as_of", found.code.replace("-", "_")], ([day, value] for day, value in course)
    )


@public
@require_GET
def reading(request: Request, pk: int) -> HttpResponse:
    """One reading as it was kept, beside what the same question gives today."""
    rows = Reading.objects.visible_to(request.actor).select_related(
        "indicator", "phase__programme", "partner", "region", "period"
    )
    found = get_object_or_404(rows, pk=pk)
    if guarding.hides(request.actor, found):
        raise Http404
    scope = Scope(
        as_of=found.as_of, since=found.since, phase_id=found.phase_id, partner_id=found.partner_id,
        region_id=found.region_id,
    )  # fmt: skip
    words = words_of(found.indicator)
    again = None
    if found.indicator.source:
        again = guarding.shown_to(
            request.actor, found.indicator, read(found.indicator, scope, with_rows=False)
        ).value
    decimals = found.indicator.decimals
    context = {
        "found": found,
        "words": words,
        "text": figure_text(found.value, decimals),
        "again": figure_text(again, decimals) if found.indicator.source else "",
        "differs": bool(found.indicator.source) and again != found.value,
        "many": sum(len(ids) for ids in found.rows.values()),
        "may_open": request.actor.may(P.INDICATOR_SEE),
        "shows_period": bool(found.period_id) and request.actor.may(P.INDICATOR_SEE),
        "breadcrumbs": [*crumbs_of(found.indicator), Crumb(_("Reading"))],
    }
    return render(request, "indicators/reading.html", context)


HEADER = [
    "code", "name", "unit", "value", "part", "whole", "asked", "since", "as_of", "definition", "version",
]  # fmt: skip


@needs(P.INDICATOR_SEE)
@require_GET
def table_csv(request: Request) -> StreamingHttpResponse:
    """Every indicator as of a day and within a place, as CSV."""
    return csv_response("indicators", HEADER, _table(request))


@needs(P.INDICATOR_SEE)
@require_GET
def table_xlsx(request: Request) -> FileResponse:
    """The same as a spreadsheet."""
    return xlsx_response("indicators", HEADER, _table(request), sheet="Indicators")


def _table(request: Request) -> Iterator[list[object]]:
    places = [(str(one.pk), str(one)) for one in Phase.objects.select_related("programme")]
    filters = AsOfFilters(request.GET or None, places=places, today=day_of(request.now))
    return listing.table_of(request.actor, filters.scope)


def _opened(actor: Actor, found: Indicator, scope: Scope) -> Counted:
    """With its rows; single answers of surveys are opened to those alone who may read each."""
    counted = guarding.shown_to(actor, found, read(found, scope))
    if guarding.is_of_answers(found) and not guarding.reads_each(actor):
        return replace(counted, rows=())
    return counted


def _counted(actor: Actor, found: Indicator, scope: Scope) -> Counted:
    """Counted now, or as it was entered last by the day."""
    if found.source:
        return guarding.shown_to(actor, found, read(found, scope, with_rows=False))
    last = [one for one in listing.readings_of(found, scope, actor=actor) if one.as_of <= scope.as_of]
    return Counted(last[0].value if last else None)


def _chart(found: Indicator, course: list[tuple[date, Decimal | None]]) -> Lines:
    labels = [date_format(day, "M Y") for day, _value in course]
    name = words_of(found).unit
    return Lines(labels, [Series(name, [value for _day, value in course])], column=_("As of"))
