"""The company's pages: beginning, writing, handing in, withdrawing."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from landbridge.access import actions, queries, rules
from landbridge.access.actions.asking import Stale
from landbridge.access.forms import TextForm
from landbridge.access.views.shared import crumbs_of, request_page, seen_by
from landbridge.catalogue.models import Service
from landbridge.foundation.operations.form_pages import button_pressed, form_page, posted
from landbridge.foundation.operations.once import once
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import Problem, Refused
from landbridge.foundation.ui.forms import ReasonForm
from landbridge.foundation.ui.parts import Crumb

ORIGINS = ("record", "introduction", "enquiry")
LARGEST_ID = 2**63 - 1


@needs(P.ACCESS_REQUEST)
def new(request: Request) -> HttpResponse:
    """What is asked for and under which rules, and the button that begins the request."""
    ids = {f"{name}_id": _id(request.GET.get(name, "")) for name in ORIGINS}
    filled = queries.filled_from(actor=request.actor, **ids)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST" and filled is not None:
        try:
            begun = once(request, lambda: actions.start(**ids, by=request.actor, at=request.now))
            return redirect("access:text", pk=begun.pk)
        except Refused as refusal:
            problems = refusal.problems
    context = {
        "filled": filled,
        "offers": queries.offers_of(ids["enquiry_id"], actor=request.actor),
        "enquiry_id": ids["enquiry_id"],
        "rule_set": queries.in_force(request.now.date()),
        "problems": problems,
        "breadcrumbs": [Crumb(_("Access"), reverse("access:requests")), Crumb(_("Ask for access"))],
    }
    status = 409 if problems else 422 if request.method == "POST" else 200
    return render(request, "access/new.html", context, status=status)


@needs(P.ACCESS_REQUEST)
def text(request: Request, pk: int) -> HttpResponse:
    """Write the draft. Where two wrote at once, both texts are shown and nothing is lost."""
    found = seen_by(request.actor, pk)
    service = Service.objects.filter(record_id=found.record_id).first()
    modes, unit = (tuple(service.access_modes), service.unit) if service else ((), "")
    form = TextForm(posted(request), found=found, modes=modes, unit=unit)
    if request.method == "POST" and form.is_valid():
        try:
            once(
                request,
                lambda: actions.save(
                    request_id=found.pk,
                    version=form.cleaned_data["version"],
                    asked=form.asked,
                    by=request.actor,
                    at=request.now,
                ),
            )
        except Stale as stale:
            form.refuse(stale)
            form.build_on(stale.version)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect(found)
    context = {"form": form, "found": found, "breadcrumbs": [*crumbs_of(found), Crumb(_("Write"))]}
    return render(request, "access/text.html", context, status=form.http_status)


@needs(P.ACCESS_REQUEST)
@require_POST
def submission(request: Request, pk: int) -> HttpResponse:
    """Hand it in; refused, the page comes back with the list of what is in the way."""
    found = seen_by(request.actor, pk)
    return button_pressed(
        request,
        lambda: actions.submit(request_id=found.pk, by=request.actor, at=request.now),
        done=_("Handed in. Your region's desk checks it within five working days."),
        refused=lambda problems: request_page(request, pk, problems=problems),
    )


@needs(P.ACCESS_REQUEST)
def withdrawal(request: Request, pk: int) -> HttpResponse:
    """The company no longer needs it."""
    found = seen_by(request.actor, pk)
    form = ReasonForm(posted(request), longest=rules.LONGEST_REASON, read_by=_("The facility reads it."))
    return form_page(
        request,
        form,
        act=lambda: actions.withdraw(
            request_id=found.pk, **form.cleaned_data, by=request.actor, at=request.now
        ),
        title=_("Withdraw the request"),
        lead=_("This cannot be undone. Slots that you hold are free for others."),
        done=_("Withdrawn."),
        crumbs=crumbs_of(found),
        is_final=True,
    )


def _id(text: str) -> int:
    """A number out of an address; anything else finds nothing."""
    return min(int(text), LARGEST_ID) if text.isascii() and text.isdigit() and len(text) < 20 else 0
