"""Beginning an application and writing it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from landbridge.access.models import Request as AccessRequest
from landbridge.applications import actions, queries
from landbridge.applications.forms import DraftForm
from landbridge.applications.models import Application
from landbridge.applications.states import S
from landbridge.applications.views.shared import crumbs_of, seen_by
from landbridge.calls.models import Call, Offer
from landbridge.foundation.operations.form_pages import posted
from landbridge.foundation.operations.once import once
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import Problem, Refused
from landbridge.foundation.ui.parts import Crumb
from landbridge.meetings.queries import other_of
from landbridge.organisations.models import Organisation


@needs(P.APPLICATION_DRAFT)
def draft(request: Request, offer_pk: int) -> HttpResponse:
    """What this voucher is for, and the button that begins an application for it."""
    offer = get_object_or_404(
        Offer.objects.select_related("call__phase__programme").filter(
            call__in=Call.objects.visible_to(request.actor).values("pk")
        ),
        pk=offer_pk,
    )
    access = queries.access_request_named(request.GET.get("access", ""), actor=request.actor)
    seat = queries.seat_named(request.GET.get("seat", ""), actor=request.actor)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            begun = once(
                request,
                lambda: actions.start(
                    offer_id=offer.pk,
                    access_request_id=access.pk if access else None,
                    seat_id=seat.pk if seat else None,
                    by=request.actor,
                    at=request.now,
                ),
            )
            return redirect("applications:text", pk=begun.pk)
        except Refused as refusal:
            problems = refusal.problems
    context = {
        "offer": offer,
        "access": access,
        "seat": seat,
        "programme": offer.call.phase.programme,
        "company": get_object_or_404(
            Organisation.objects.visible_to(request.actor), pk=request.actor.organisation_id
        ),
        "is_open": offer.call.is_open(request.now),
        "problems": problems,
        "drafts": Application.objects.visible_to(request.actor)
        .filter(offer=offer, state=S.DRAFT)
        .order_by("-pk")[:5],
    }
    return render(request, "applications/draft.html", context, status=409 if problems else 200)


@needs(P.APPLICATION_DRAFT)
@require_GET
def from_access(request: Request, access_pk: int) -> HttpResponse:
    """The offers of open calls under which a request for access could be paid."""
    access = get_object_or_404(AccessRequest.objects.visible_to(request.actor), pk=access_pk)
    offers = queries.offers_open(request.now)
    crumbs = [Crumb(str(access), access.get_absolute_url()), Crumb(_("Apply for a voucher"))]
    context = {"access": access, "offers": offers, "breadcrumbs": crumbs}
    return render(request, "applications/from_access.html", context)


@needs(P.APPLICATION_DRAFT)
@require_GET
def from_meeting(request: Request, seat_pk: int) -> HttpResponse:
    """The offers of open calls under which what two agreed in a meeting could be paid."""
    seat = queries.seat_named(str(seat_pk), actor=request.actor)
    if seat is None:
        raise Http404
    back = reverse("meetings:outcome", args=[seat.pk])
    context = {
        "seat": seat,
        "other": other_of(seat),
        "offers": queries.offers_open(request.now),
        "breadcrumbs": [Crumb(_("Meeting"), back), Crumb(_("Apply for a voucher"))],
    }
    return render(request, "applications/from_meeting.html", context)


@needs(P.APPLICATION_EDIT)
def text(request: Request, pk: int) -> HttpResponse:
    """The form of the call. It saves as one goes where there is JavaScript, and on its button everywhere."""
    found = seen_by(request.actor, pk)
    form = DraftForm(
        posted(request),
        application=found,
        questions=queries.questions_of(found.call),
    )
    clash: actions.Stale | None = None
    if request.method == "POST" and form.is_valid():
        try:
            saved = _save(request, found, form)
            return _saved(request, saved, form)
        except actions.Stale as stale:
            clash = stale
            form.refuse(stale)
            form.show_merged(stale.merge, version=stale.latest.version)
        except Refused as refusal:
            form.refuse(refusal)
    if request.htmx and request.method == "POST":
        context = {
            "application": found,
            "form": form,
            "version": request.POST.get("version", ""),
            "clash": clash,
        }
        return render(request, "applications/_saved.html", context)
    context = {
        "application": found,
        "programme": found.call.phase.programme,
        "form": form,
        "theirs": _theirs(form, clash),
        "clash": clash,
        "version": form["version"].value(),
        "is_draft": found.state == S.DRAFT,
        "breadcrumbs": [*crumbs_of(found), Crumb(_("Text"))],
    }
    return render(request, "applications/text.html", context, status=form.http_status)


def _save(request: Request, found: Application, form: DraftForm) -> Application:
    return actions.save(
        application_id=found.pk,
        version=form.cleaned_data["version"],
        title=form.cleaned_data["title"],
        answers=form.answers,
        requested_eur=form.cleaned_data["requested_eur"],
        by=request.actor,
        at=request.now,
    )


def _saved(request: Request, saved: Application, form: DraftForm) -> HttpResponse:
    """The page stays with its writer after an autosave; the button leads to the overview."""
    if request.htmx:
        fresh = DraftForm(application=saved, questions=form.questions)
        context = {
            "application": saved,
            "version": saved.version,
            "saved_at": request.now,
            "arrived": fresh.controls_unlike(form),
        }
        return render(request, "applications/_saved.html", context)
    messages.success(request, _("Saved."))
    return redirect(saved)


def _theirs(form: DraftForm, clash: actions.Stale | None) -> list[tuple[str, str, object]]:
    """The other person's texts where both wrote: label, id of the field, text."""
    if clash is None:
        return []
    return [
        (str(form[name].label), str(form[name].auto_id), value)
        for name, value in clash.merge.conflicts.items()
        if name in form.fields
    ]
