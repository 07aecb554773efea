"""What desks, offices and auditors read: the questionnaires, who was asked, and what was said."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from landbridge.foundation.exports import csv_response, xlsx_response
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.permissions.roles import Role
from landbridge.foundation.problems import NotAllowed
from landbridge.foundation.ui.charts import Bar
from landbridge.foundation.ui.listing import page_of
from landbridge.foundation.ui.parts import Crumb
from landbridge.surveys import queries, wording
from landbridge.surveys.forms import ResultFilters, SheetFilters
from landbridge.surveys.models import Questionnaire, Sheet, Version
from landbridge.surveys.queries import OfQuestion
from landbridge.surveys.states import Asks, S
from landbridge.surveys.views.shared import latest_of, questionnaire_page, seen_by, trail

COMPARED = (Asks.SCALE, Asks.CHOICE, Asks.NUMBER, Asks.MONEY)


@needs(P.SURVEY_SEE)
@require_GET
def surveys(request: Request) -> HttpResponse:
    """All questionnaires, with how many were asked and answered."""
    rows = Questionnaire.objects.visible_to(request.actor).select_related("programme").order_by("name", "pk")
    page = page_of(request, rows)
    lines = queries.lines(list(page.object_list), actor=request.actor, today=request.now.date())
    context = {"page": page, "lines": lines, "may_write": request.actor.may(P.SURVEY_EDIT)}
    return render(request, "surveys/surveys.html", context)


@needs(P.SURVEY_SEE)
@require_GET
def questionnaire(request: Request, slug: str) -> HttpResponse:
    """One questionnaire."""
    return questionnaire_page(request, slug)


@needs(P.SURVEY_SEE)
@require_GET
def preview(request: Request, slug: str) -> HttpResponse:
    """All questions as they are asked, in one of its languages; nothing is kept."""
    found = seen_by(request.actor, slug)
    version = latest_of(found)
    languages = queries.languages_of(version)
    asked = request.GET.get("language", "")
    language = next((code for code in (asked, get_language() or "") if code in languages), version.language)
    questions = version.questions.order_by("position", "pk")
    context = {
        "found": found,
        "words": queries.worded(version, language),
        "questions": [queries.worded_question(one, language, own=version.language) for one in questions],
        "texts_of": {one.key: one.text for one in questions},
        "shown_language": language,
        "languages": [(code, wording.language_name(code)) for code in languages],
        "breadcrumbs": [*trail(found), Crumb(_("Preview"))],
    }
    return render(request, "surveys/preview.html", context)


@needs(P.SURVEY_SEE)
@require_GET
def sheets(request: Request, slug: str) -> HttpResponse:
    """Who was asked, and whether they answered; not what they said."""
    found = seen_by(request.actor, slug)
    filters = SheetFilters(request.GET or None)
    rows = Sheet.objects.visible_to(request.actor).filter(of__questionnaire=found)
    context = {
        "found": found,
        "filters": filters,
        "page": page_of(request, queries.listed_sheets(rows, **filters.chosen)),
        "breadcrumbs": [*trail(found), Crumb(_("Who was asked"))],
    }
    return render(request, "surveys/sheets.html", context)


@needs(P.SURVEY_SEE)
@require_GET
def sheet(request: Request, sheet_pk: int) -> HttpResponse:
    """One sheet: when it was sent and answered; offices and auditors read what was said."""
    rows = Sheet.objects.visible_to(request.actor).select_related(
        "of__questionnaire", "organisation", "region"
    )
    found = get_object_or_404(rows, pk=sheet_pk)
    reads = _reads_answers(request)
    context = {
        "found": found,
        "steps": wording.way_of_sheet(found),
        "reads": reads,
        "lines": [(_one, queries.value_of(_one, said)) for _one, said in queries.filled(found).lines]
        if reads
        else [],
        "breadcrumbs": [*trail(found.of.questionnaire), Crumb(found.about_name)],
    }
    return render(request, "surveys/sheet.html", context)


@needs(P.SURVEY_SEE)
@require_GET
def results(request: Request, slug: str) -> HttpResponse:
    """What was said, beside how many were asked."""
    found = seen_by(request.actor, slug)
    version, filters, rows = _chosen(request, found)
    today = request.now.date()
    brought = queries.results_of(version, rows, actor=request.actor, today=today) if version else None
    context = {
        "found": found,
        "version": version,
        "filters": filters,
        "rate": brought.rate if brought else None,
        "questions": [(one, _bars(one)) for one in brought.questions] if brought else [],
        "compared": _compared(request, found, brought.questions, today=today) if brought else [],
        "fewest": queries.FEWEST_SHOWN,
        "may_export": _reads_answers(request),
        "query": request.GET.urlencode(),
        "breadcrumbs": [*trail(found), Crumb(_("Results"))],
    }
    return render(request, "surveys/results.html", context)


@needs(P.SURVEY_SEE)
@require_GET
def results_table(request: Request, slug: str, form: str) -> HttpResponseBase:
    """The answers as a table for a spreadsheet, one row for each sheet; for offices and auditors."""
    if not _reads_answers(request):
        raise NotAllowed(P.SURVEY_EDIT)
    found = seen_by(request.actor, slug)
    version, _filters, rows = _chosen(request, found)
    header, lines = queries.table_of(version or latest_of(found), rows)
    give = xlsx_response if form == "xlsx" else csv_response
    return give(found.slug, header, lines)


def _reads_answers(request: Request) -> bool:
    """A desk reads sums of five or more, never the answers of one."""
    return request.actor.role in (Role.OFFICE, Role.AUDITOR, Role.SYSTEM)


def _chosen(request: Request, found: Questionnaire) -> tuple[Version | None, ResultFilters, Any]:
    """The version, the filters, and the sheets that they leave."""
    asked = queries.asked_sheets(found, actor=request.actor)
    months = sorted(set(asked.order_by().values_list("months", flat=True).distinct()))
    versions = list(found.versions.exclude(state=S.DRAFT).order_by("-number"))
    filters = ResultFilters(request.GET or None, versions=versions, months=months)
    number = filters.chosen.get("version", "")
    version = next((one for one in versions if not number or str(one.number) == number), None)
    return version, filters, queries.narrowed(asked, **filters.narrowing)


def _bars(one: OfQuestion) -> list[Bar]:
    """What is drawn of a question: each mark of a scale, each choice."""
    question = one.question
    if one.is_hidden or not one.said:
        return []
    if question.asks == Asks.SCALE:
        ends = {1: question.low, 5: question.high}
        marks = {mark: sum(1 for number in one.numbers if number == mark) for mark in range(1, 6)}
        return [
            Bar(f"{mark} – {ends[mark]}" if ends.get(mark) else f"{mark}", count)
            for mark, count in marks.items()
        ]
    return [Bar(choice["text"], one.chosen.get(choice["key"], 0)) for choice in question.choices]


def _compared(
    request: Request, found: Questionnaire, questions: tuple[OfQuestion, ...], *, today: date
) -> list[tuple[OfQuestion, list[queries.Group]]]:
    """The questions with a measure after 6, 12, 24 … months and against the comparison group, where there are several."""
    rows = queries.asked_sheets(found, actor=request.actor)
    if len(set(rows.order_by().values_list("months", "is_comparison").distinct())) < 2:
        return []
    asked = [one for one in questions if one.question.measure and one.question.asks in COMPARED]
    return [(one, queries.compared(one.question, rows, actor=request.actor, today=today)) for one in asked]
