"""The office's pages: what is counted, targets, figures entered by hand."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from landbridge.foundation.operations.form_pages import button_pressed, form_page, posted
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.ui.parts import Crumb
from landbridge.indicators import actions
from landbridge.indicators.forms import EntryForm, IndicatorForm, TargetForm
from landbridge.indicators.models import Indicator
from landbridge.indicators.queries.readings import counted
from landbridge.indicators.queries.scopes import Scope, day_of
from landbridge.indicators.queries.sources import SOURCES
from landbridge.indicators.queries.wording import figure_text, words_of
from landbridge.indicators.views.shared import (
    crumbs,
    crumbs_of,
    kept_by,
    partners_kept,
    phases_kept,
    used_by,
)

TEMPLATE = "indicators/indicator_form.html"


@needs(P.INDICATOR_EDIT)
@require_POST
def common(request: Request) -> HttpResponse:
    """Add the common indicators that are missing."""
    return button_pressed(
        request,
        lambda: actions.add_all_common(by=request.actor, at=request.now),
        done=_("The common indicators are there."),
        to=reverse("indicators:indicators"),
    )


@needs(P.INDICATOR_EDIT)
def new(request: Request) -> HttpResponse:
    """A new indicator, with its value as it would be today before it is saved."""
    form = IndicatorForm(posted(request))
    if "preview" in request.POST:
        return _preview(request, form, title=_("New indicator"), trail=crumbs())
    return form_page(
        request,
        form,
        act=lambda: actions.add(
            wording=form.wording, programme_id=request.actor.programme_id, by=request.actor, at=request.now
        ),
        title=_("New indicator"),
        save=_("Add it"),
        done=_("Added."),
        crumbs=crumbs(),
        template=TEMPLATE,
        sources=_sources(),
    )


@needs(P.INDICATOR_EDIT)
def edit(request: Request, pk: int) -> HttpResponse:
    """Say otherwise what is counted; readings keep the definition under which they were read."""
    found = kept_by(request.actor, pk)
    form = IndicatorForm(posted(request), found=found)
    if "preview" in request.POST:
        return _preview(request, form, title=_("Change it"), trail=crumbs_of(found))
    return form_page(
        request,
        form,
        act=lambda: actions.change(
            indicator_id=found.pk,
            version=form.cleaned_data["version"] or 0,
            wording=form.wording,
            by=request.actor,
            at=request.now,
        ),
        title=_("Change it"),
        eyebrow=words_of(found).name,
        lead=_("Readings that were kept stay as they are, with the definition under which they were read."),
        save=_("Save"),
        done=_("Saved."),
        crumbs=crumbs_of(found),
        template=TEMPLATE,
        sources=_sources(),
    )


def _preview(request: Request, form: IndicatorForm, *, title: str, trail: list[Crumb]) -> HttpResponse:
    """The form again, with what it would count today."""
    shown = None
    if form.is_valid():
        wording = form.wording
        source = SOURCES.get(wording.source)
        scope = Scope(
            as_of=day_of(request.now), programme_id=request.actor.programme_id, parameters=wording.parameters
        )
        shown = counted(source, scope, with_rows=False) if source else None
    context = {
        "form": form,
        "title": title,
        "save": _("Save"),
        "back": trail[-1].href,
        "breadcrumbs": [*trail, Crumb(title)],
        "sources": _sources(),
        "preview": figure_text(shown.value, 2) if shown else "",
        "is_previewed": form.is_valid(),
        "today": day_of(request.now),
    }
    return render(request, TEMPLATE, context, status=form.http_status)


def _sources() -> list[tuple[str, str]]:
    return [(_(one.name), _(one.explanation)) for one in SOURCES.values()]


@needs(P.INDICATOR_EDIT)
def target_new(request: Request, pk: int) -> HttpResponse:
    """Set what a phase, or one partner in it, is to reach."""
    found = used_by(request.actor, pk)
    form = TargetForm(
        posted(request), phases=phases_kept(request.actor), partners=partners_kept(request.actor)
    )
    return form_page(
        request,
        form,
        act=lambda: actions.set_target(
            indicator_id=found.pk,
            phase_id=form.cleaned_data["phase"],
            partner_id=form.cleaned_data["partner"],
            value=form.cleaned_data["value"],
            baseline=form.cleaned_data["baseline"],
            by=request.actor,
            at=request.now,
        ),
        title=_("Set a target"),
        eyebrow=words_of(found).name,
        lead=_(
            "A target that stands already for this phase or partner is changed; the record keeps what it was."
        ),
        done=_("Set."),
        to=found.get_absolute_url(),
        crumbs=crumbs_of(found),
    )


@needs(P.INDICATOR_EDIT)
def figure_new(request: Request, pk: int) -> HttpResponse:
    """Enter a figure by hand, with its source."""
    found: Indicator = used_by(request.actor, pk)
    form = EntryForm(
        posted(request), phases=phases_kept(request.actor), partners=partners_kept(request.actor)
    )
    return form_page(
        request,
        form,
        act=lambda: actions.enter(
            indicator_id=found.pk,
            as_of=form.cleaned_data["as_of"],
            value=form.cleaned_data["value"],
            source_text=form.cleaned_data["source_text"],
            phase_id=form.cleaned_data["phase"],
            partner_id=form.cleaned_data["partner"],
            by=request.actor,
            at=request.now,
        ),
        title=_("Enter a figure"),
        eyebrow=words_of(found).name,
        lead=_("It stays as it was entered. A later one for the same day stands beside it and counts."),
        done=_("Entered."),
        to=found.get_absolute_url(),
        crumbs=crumbs_of(found),
    )
