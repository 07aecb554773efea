"""Reporting periods: the list, one of them with its figures, its text, and freezing it."""

from __future__ import annotations

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from landbridge.foundation.operations.form_pages import button_pressed, form_page, posted
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import Problem
from landbridge.foundation.ui.listing import page_of
from landbridge.foundation.ui.parts import Crumb
from landbridge.indicators import actions, rules, signing
from landbridge.indicators.forms import NarrativeForm, PeriodForm
from landbridge.indicators.models import Period
from landbridge.indicators.queries import guarding
from landbridge.indicators.queries import periods as reporting
from landbridge.indicators.queries.scopes import day_of
from landbridge.indicators.queries.wording import words_of
from landbridge.indicators.views.shared import partners_kept, phases_kept
from landbridge.programmes.models import Phase


def _trail() -> list[Crumb]:
    return [Crumb(_("Reports"), reverse("indicators:periods"))]


def _seen(actor: Actor, pk: int) -> Period:
    rows = Period.objects.visible_to(actor).select_related("phase__programme", "partner", "word", "pdf")
    return get_object_or_404(rows, pk=pk)


def _kept(actor: Actor, pk: int) -> Period:
    rows = Period.objects.visible_to(actor).filter(phase__in=Phase.objects.edited_by(actor).values("pk"))
    return get_object_or_404(rows.select_related("phase__programme", "partner"), pk=pk)


@needs(P.INDICATOR_SEE)
@require_GET
def periods(request: Request) -> HttpResponse:
    """The reporting periods that somebody sees, the newest first."""
    rows = Period.objects.visible_to(request.actor).select_related("phase__programme", "partner")
    context = {
        "page": page_of(request, rows.order_by("-ends_on", "phase_id", "partner__short_name", "pk")),
        "may_begin": request.actor.may(P.INDICATOR_FREEZE) and bool(phases_kept(request.actor)),
    }
    return render(request, "indicators/periods.html", context)


@needs(P.INDICATOR_FREEZE)
def period_new(request: Request) -> HttpResponse:
    """Open a reporting period."""
    form = PeriodForm(
        posted(request), phases=phases_kept(request.actor), partners=partners_kept(request.actor)
    )
    return form_page(
        request,
        form,
        act=lambda: actions.begin_period(
            phase_id=form.cleaned_data["phase"],
            partner_id=form.cleaned_data["partner"],
            name=form.cleaned_data["name"],
            begins_on=form.cleaned_data["begins_on"],
            ends_on=form.cleaned_data["ends_on"],
            by=request.actor,
            at=request.now,
        ),
        title=_("New reporting period"),
        save=_("Open it"),
        done=_("Opened."),
        crumbs=_trail(),
    )


@needs(P.INDICATOR_SEE)
@require_GET
def period(request: Request, pk: int) -> HttpResponse:
    """One period: its figures as they stand, or as they were frozen and what would differ today."""
    return _page(request, pk)


def _page(request: Request, pk: int, *, problems: tuple[Problem, ...] = ()) -> HttpResponse:
    found = _seen(request.actor, pk)
    keeps = (
        request.actor.may(P.INDICATOR_FREEZE)
        and Period.objects.filter(
            pk=pk, phase__in=Phase.objects.edited_by(request.actor).values("pk")
        ).exists()
    )
    actor = request.actor
    kept = [guarding.kept_shown_to(actor, one) for one in reporting.kept_of(found)] if found.is_frozen else []
    lines = (
        [] if found.is_frozen else [guarding.line_shown_to(actor, one) for one in reporting.lines_of(found)]
    )
    context = {
        "found": found,
        "lines": [(words_of(one.indicator), one) for one in lines],
        "kept": [(words_of(one.indicator), one) for one in kept],
        "differs": sum(one.differs for one in kept),
        "verified": reporting.verified(found) if found.is_frozen else None,
        "is_over": found.ends_on < day_of(request.now),
        "problems": problems,
        "may": {"write": keeps and not found.is_frozen, "take": guarding.reads_each(actor)},
        "sees_history": keeps or request.actor.may(P.AUDIT_SEE),
        "breadcrumbs": [*_trail(), Crumb(found.name)],
    }
    return render(request, "indicators/period.html", context, status=409 if problems else 200)


@needs(P.INDICATOR_FREEZE)
def period_text(request: Request, pk: int) -> HttpResponse:
    """Write what its report says in words."""
    found = _kept(request.actor, pk)
    initial = {"version": found.version, "name": found.name, "narrative": found.narrative}
    form = NarrativeForm(posted(request), initial=initial)
    return form_page(
        request,
        form,
        act=lambda: actions.write(**form.cleaned_data, period_id=found.pk, by=request.actor, at=request.now),
        title=_("Write the report"),
        eyebrow=found.name,
        save=_("Save"),
        done=_("Saved."),
        crumbs=[*_trail(), Crumb(found.name, found.get_absolute_url())],
    )


@needs(P.INDICATOR_FREEZE)
@require_POST
def period_freezing(request: Request, pk: int) -> HttpResponse:
    """Freeze it: nothing of it can change afterwards."""
    found = _kept(request.actor, pk)
    return button_pressed(
        request,
        lambda: actions.freeze(period_id=found.pk, by=request.actor, at=request.now),
        refused=lambda problems: _page(request, found.pk, problems=problems),
        done=_("Frozen and signed."),
    )


@needs(P.INDICATOR_SEE)
@require_GET
def period_frozen(request: Request, pk: int) -> HttpResponse:
    """What was frozen, its hash and its signature, for whoever checks them without us."""
    found = get_object_or_404(Period.objects.visible_to(request.actor), pk=pk, frozen_at__isnull=False)
    if not guarding.reads_each(request.actor):
        raise Http404  # it names figures of fewer answers than others may read
    content = reporting.content_of(found, list(reporting.readings_of(found)))
    answer = {
        "content": content,
        "canonical": rules.canonical(content),
        "sha256": found.sha256,
        "signature": found.signature,
        "public_key_today": signing.public_key(),
    }
    response = JsonResponse(answer)
    response["Content-Disposition"] = f'attachment; filename="period-{found.pk}.json"'
    return response
