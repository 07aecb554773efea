"""Pages: publication with everything that stands against it, more time, calling off, finishing."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from landbridge.calls import actions, queries
from landbridge.calls.forms import ExtensionForm
from landbridge.calls.rules import LONGEST_REASON, zone_of
from landbridge.calls.states import S
from landbridge.calls.views.overview import NAME_OF_PART, call_page
from landbridge.calls.views.posting import crumbs_of, editable, form_page
from landbridge.foundation.operations.form_pages import posted
from landbridge.foundation.operations.once import once
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import Refused
from landbridge.foundation.ui.forms import ReasonForm
from landbridge.foundation.ui.parts import Crumb


@needs(P.CALL_PUBLISH)
def publication(request: Request, pk: int) -> HttpResponse:
    """What is missing, what will be frozen, and the one button."""
    call = editable(request, pk)
    if call.state != S.DRAFT and request.method != "POST":
        return redirect("calls:call", pk)
    status = 200
    if request.method == "POST":
        try:
            once(request, lambda: actions.publish(call_id=pk, by=request.actor, at=request.now))
            return redirect("calls:call", pk)
        except Refused as refusal:
            if call.state != S.DRAFT:
                return call_page(request, call, problems=refusal.problems, status=409)
            status = 409
    found = queries.pre_check(call, at=request.now)
    context = {
        "call": call,
        "parts": [
            {"name": _(NAME_OF_PART[part]), "href": reverse(f"calls:{part}", args=[pk]), "problems": problems}
            for part, problems in found.items()
            if problems
        ],
        "terms": queries.terms(call),
        "programme": call.phase.programme,
        "accent": call.phase.programme.accent,
        "breadcrumbs": [*crumbs_of(call), Crumb(_("Publication"))],
    }
    return render(request, "calls/publication.html", context, status=status)


@needs(P.CALL_PUBLISH)
def extension(request: Request, pk: int) -> HttpResponse:
    """Giving applicants more time."""
    call = editable(request, pk)
    zone = zone_of(call.time_zone)
    closes = call.closes_at.astimezone(zone).replace(tzinfo=None)
    form = ExtensionForm(posted(request), zone=zone, initial={"closes": closes})
    lead = _("The time can only be extended, never shortened. The published terms stay as they are.")
    return form_page(
        request,
        form,
        call=call,
        act=lambda: actions.extend(
            call_id=pk,
            closes_at=form.cleaned_data["closes"],
            reason=form.cleaned_data["reason"],
            by=request.actor,
            at=request.now,
        ),
        title=_("Extend the call"),
        save=_("Extend"),
        lead=lead,
        is_for_published=True,
    )


@needs(P.CALL_PUBLISH)
def cancellation(request: Request, pk: int) -> HttpResponse:
    """Calling it off."""
    call = editable(request, pk)
    form = ReasonForm(posted(request), longest=LONGEST_REASON, read_by=_("Applicants read it."))
    lead = _("Nobody can apply any more. This cannot be undone; a new call can copy this one.")
    return form_page(
        request,
        form,
        call=call,
        act=lambda: actions.cancel(call_id=pk, **form.cleaned_data, by=request.actor, at=request.now),
        title=_("Cancel the call"),
        save=_("Cancel the call"),
        lead=lead,
        is_for_published=True,
    )


@needs(P.CALL_PUBLISH)
@require_POST
def end(request: Request, pk: int) -> HttpResponse:
    """Finishing a call that has closed."""
    call = editable(request, pk)
    try:
        once(request, lambda: actions.finish(call_id=pk, by=request.actor, at=request.now))
    except Refused as refusal:
        return call_page(request, call, problems=refusal.problems, status=409)
    return redirect("calls:call", pk)
