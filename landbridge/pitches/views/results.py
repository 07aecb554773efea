"""What came of a call: the organiser's overview and its tables, and the money that companies raised."""

from __future__ import annotations

from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from landbridge.foundation.exports import csv_response, xlsx_response
from landbridge.foundation.operations.form_pages import button_pressed, form_page, posted
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.ui.parts import Crumb
from landbridge.pitches import actions, queries
from landbridge.pitches.forms import MoneyForm
from landbridge.pitches.models import MoneyRaised, Pitch
from landbridge.pitches.views.shared import crumbs_of_call, crumbs_of_pitch, kept_call, seen_pitch


@needs(P.INVESTOR_SEE)
@require_GET
def results(request: Request, pk: int) -> HttpResponse:
    """Reactions, meetings, follow-ups and money raised."""
    found = kept_call(request.actor, pk)
    rows = queries.rows_of(found)
    context = {
        "call": found,
        "rows": rows,
        "figures": queries.figures_of(found, rows),
        "breadcrumbs": [*crumbs_of_call(found), Crumb(_("Results"))],
    }
    return render(request, "pitches/results.html", context)


@needs(P.INVESTOR_SEE)
@require_GET
def reactions_csv(request: Request, pk: int) -> StreamingHttpResponse:
    """Every reaction with what became of it."""
    found = kept_call(request.actor, pk)
    return csv_response(f"reactions-{found.pk}", queries.REACTIONS_HEADER, queries.reaction_rows(found))


@needs(P.INVESTOR_SEE)
@require_GET
def reactions_xlsx(request: Request, pk: int) -> FileResponse:
    """Every reaction with what became of it, as a sheet."""
    found = kept_call(request.actor, pk)
    return xlsx_response(f"reactions-{found.pk}", queries.REACTIONS_HEADER, queries.reaction_rows(found))


@needs(P.INVESTOR_SEE)
@require_GET
def money_csv(request: Request, pk: int) -> StreamingHttpResponse:
    """The money raised, with its sources."""
    found = kept_call(request.actor, pk)
    return csv_response(f"money-{found.pk}", queries.MONEY_HEADER, queries.money_rows(found))


@needs(P.PITCH_SUBMIT)
def money(request: Request, pk: int) -> HttpResponse:
    """The company enters what it raised."""
    found = seen_pitch(request.actor, pk)
    form = MoneyForm(posted(request))
    return form_page(
        request,
        form,
        act=lambda: actions.note_money(
            pitch_id=found.pk, **form.cleaned_data, by=request.actor, at=request.now
        ),
        title=_("Money raised"),
        lead=_(
            "Since your pitch, whoever it came from. The organiser reads it; it is published as a sum alone."
        ),
        save=_("Enter it"),
        done=_("Entered. Thank you."),
        crumbs=crumbs_of_pitch(found),
        to=found.get_absolute_url(),
    )


@needs(P.PITCH_SUBMIT)
@require_POST
def money_removal(request: Request, money_pk: int) -> HttpResponse:
    """An entry was wrong."""
    own = Pitch.objects.visible_to(request.actor).values("pk")
    found = get_object_or_404(MoneyRaised, pk=money_pk, pitch__in=own)
    return button_pressed(
        request,
        lambda: actions.take_back_money(money_id=found.pk, by=request.actor, at=request.now),
        done=_("Taken back."),
    )
