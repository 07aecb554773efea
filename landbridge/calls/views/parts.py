"""Pages: the form of each part of a call in preparation."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from landbridge.calls import actions, queries
from landbridge.calls.forms import AboutForm, CriteriaForm, OffersForm, QuestionForm, WindowForm, window_of
from landbridge.calls.models import Call, Question
from landbridge.calls.standard_form import CriterionDraft
from landbridge.calls.states import S
from landbridge.calls.views.overview import call_page
from landbridge.calls.views.posting import crumbs_of, editable, form_page
from landbridge.foundation.operations.form_pages import posted
from landbridge.foundation.operations.once import once
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import Refused
from landbridge.foundation.ui.parts import Crumb
from landbridge.programmes.models import Incentive

ABOUT = ("title", "summary", "guidance", "selection_mode", "contact_email")


@needs(P.CALL_EDIT)
def about(request: Request, pk: int) -> HttpResponse:
    """Title, summary, guidance, mode of selection, contact."""
    call = editable(request, pk)
    initial = {"version": call.version, **{name: getattr(call, name) for name in ABOUT}}
    initial["asks_for_event"] = call.asks_for_event_id
    form = AboutForm(posted(request), actor=request.actor, initial=initial)
    lead = _("Everyone reads this before they decide to apply.")
    return form_page(
        request,
        form,
        call=call,
        act=lambda: actions.edit(call_id=pk, **form.about, by=request.actor, at=request.now),
        title=_("What it is about"),
        lead=lead,
    )


@needs(P.CALL_EDIT)
def window(request: Request, pk: int) -> HttpResponse:
    """Opening and closing."""
    call = editable(request, pk)
    form = WindowForm(posted(request), initial={"version": call.version, **window_of(call)})
    lead = _("To the second. After publication the closing time can only be extended.")
    return form_page(
        request,
        form,
        call=call,
        act=lambda: actions.edit(
            call_id=pk,
            window=form.window(),
            version=form.cleaned_data["version"],
            by=request.actor,
            at=request.now,
        ),
        title=_("Opening and closing"),
        lead=lead,
    )


@needs(P.CALL_EDIT)
def offers(request: Request, pk: int) -> HttpResponse:
    """Which incentives, each up to which amount."""
    call = editable(request, pk)
    form = OffersForm(
        posted(request),
        incentives=list(Incentive.objects.filter(phase=call.phase).order_by("-cap_eur", "pk")),
        offered={offer.incentive_id: offer.cap_eur for offer in queries.offers_of(call)},
        initial={"version": call.version},
    )
    return form_page(
        request,
        form,
        call=call,
        act=lambda: actions.set_offers(
            call_id=pk,
            caps=form.caps(),
            version=form.cleaned_data["version"],
            by=request.actor,
            at=request.now,
        ),
        title=_("What it offers"),
        lead=_("The terms of each incentive are copied when the call is published, and frozen with it."),
        template="calls/offers.html",
    )


@needs(P.CALL_EDIT)
def criteria(request: Request, pk: int) -> HttpResponse:
    """What applications are judged by."""
    call = editable(request, pk)
    rows = [
        CriterionDraft(one.name, one.points, one.threshold, one.description)
        for one in queries.criteria_of(call)
    ]
    form = CriteriaForm(posted(request), criteria=rows, initial={"version": call.version})
    return form_page(
        request,
        form,
        call=call,
        act=lambda: actions.set_criteria(
            call_id=pk,
            criteria=form.criteria(),
            version=form.cleaned_data["version"],
            by=request.actor,
            at=request.now,
        ),
        title=_("What counts"),
        lead=_(
            "100 points in all. Who stays below a threshold is not chosen. Empty a name to leave a row out."
        ),
        template="calls/criteria.html",
    )


@needs(P.CALL_EDIT)
@require_GET
def questions(request: Request, pk: int) -> HttpResponse:
    """The form's questions in their order."""
    call = editable(request, pk)
    context = {
        "call": call,
        "questions": queries.questions_of(call),
        "is_draft": call.state == S.DRAFT,
        "programme": call.phase.programme,
        "accent": call.phase.programme.accent,
        "breadcrumbs": [*crumbs_of(call), Crumb(_("The form"))],
    }
    return render(request, "calls/questions.html", context)


@needs(P.CALL_EDIT)
def new_question(request: Request, pk: int) -> HttpResponse:
    """Asking one question more."""
    call = editable(request, pk)
    form = QuestionForm(posted(request), initial={"version": call.version})
    return _question_page(request, call, form, question_id=None, title=_("Add a question"))


@needs(P.CALL_EDIT)
def question(request: Request, pk: int, question_pk: int) -> HttpResponse:
    """Changing one question."""
    call = editable(request, pk)
    row = get_object_or_404(Question, call=call, pk=question_pk)
    names = ("section", "key", "kind", "label", "help_text", "is_required", "longest")
    initial = {name: getattr(row, name) for name in names} | {"choices": "\n".join(row.choices)}
    form = QuestionForm(posted(request), initial={"version": call.version, **initial})
    return _question_page(request, call, form, question_id=question_pk, title=_("Change a question"))


@needs(P.CALL_EDIT)
@require_POST
def question_removal(request: Request, pk: int, question_pk: int) -> HttpResponse:
    """Asking one question less."""
    call = editable(request, pk)
    get_object_or_404(Question, call=call, pk=question_pk)
    try:
        once(
            request,
            lambda: actions.remove_question(
                call_id=pk, question_id=question_pk, by=request.actor, at=request.now
            ),
        )
    except Refused as refusal:
        return call_page(request, call, problems=refusal.problems, status=409)
    return redirect("calls:questions", pk)


@needs(P.CALL_EDIT)
@require_POST
def question_place(request: Request, pk: int, question_pk: int) -> HttpResponse:
    """Moving one question up or down."""
    call = editable(request, pk)
    get_object_or_404(Question, call=call, pk=question_pk)
    up = request.POST.get("direction") != "down"
    try:
        once(
            request,
            lambda: actions.move_question(
                call_id=pk, question_id=question_pk, up=up, by=request.actor, at=request.now
            ),
        )
    except Refused as refusal:
        return call_page(request, call, problems=refusal.problems, status=409)
    return redirect("calls:questions", pk)


def _question_page(
    request: Request, call: Call, form: QuestionForm, *, question_id: int | None, title: str
) -> HttpResponse:
    lead = _("Every question costs every applicant time: ask what the decision needs.")
    return form_page(
        request,
        form,
        call=call,
        act=lambda: actions.put_question(
            call_id=call.pk,
            question=form.question(),
            question_id=question_id,
            version=form.cleaned_data["version"],
            by=request.actor,
            at=request.now,
        ),
        to=reverse("calls:questions", args=[call.pk]),
        title=title,
        lead=lead,
    )
