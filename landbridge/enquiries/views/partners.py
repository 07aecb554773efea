"""The search for partners and the shortlist: found, remarked, ordered, sent, answered by the company, printed."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from landbridge.catalogue.models import Record
from landbridge.enquiries import actions, queries
from landbridge.enquiries.forms.desk import RemarkForm
from landbridge.enquiries.forms.partners import PartnerFilters, ShortlistForm
from landbridge.enquiries.models import Candidate, Enquiry
from landbridge.enquiries.states import WORKFLOW, M, S
from landbridge.enquiries.views.shared import crumbs_of, seen_by
from landbridge.foundation.operations.form_pages import button_pressed, form_page, posted
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.permissions.roles import Role
from landbridge.foundation.problems import Problem
from landbridge.foundation.ui.parts import Crumb


@needs(P.ENQUIRY_WORK)
@require_GET
def partners(request: Request, pk: int) -> HttpResponse:
    """Offers that answer the question, with the reasons; what goes on the shortlist is chosen here."""
    return _partners_page(request, seen_by(request.actor, pk))


@needs(P.ENQUIRY_WORK)
@require_POST
def candidate_new(request: Request, pk: int, record_pk: int) -> HttpResponse:
    """Put an offer on the shortlist, with what the match says of it now."""
    found = seen_by(request.actor, pk)
    offer = get_object_or_404(Record.objects.public(), pk=record_pk)
    told = {one.record.pk: one for one in queries.partners_for(found, _wishes(_filters(request, found)))}
    partner = told.get(offer.pk)
    return button_pressed(
        request,
        lambda: actions.add_candidate(
            enquiry_id=found.pk,
            record_id=offer.pk,
            score=partner.percent / 100 if partner else 0,
            reasons=partner.reasons if partner else (),
            by=request.actor,
            at=request.now,
        ),
        done=_("On the shortlist."),
        to=f"{reverse('enquiries:partners', args=[found.pk])}?{request.GET.urlencode()}",
        refused=lambda problems: _partners_page(request, found, problems=problems),
    )


@needs(P.ENQUIRY_WORK)
def candidate_remark(request: Request, pk: int) -> HttpResponse:
    """Say why this offer."""
    found = _candidate_seen_by(request.actor, pk)
    form = RemarkForm(posted(request), initial={"remark": found.remark})
    return form_page(
        request,
        form,
        act=lambda: actions.remark_candidate(
            candidate_id=found.pk, **form.cleaned_data, by=request.actor, at=request.now
        ),
        title=_("Remark on %(offer)s") % {"offer": found.record.name},
        save=_("Save"),
        to=reverse("enquiries:shortlist", args=[found.enquiry_id]),
        crumbs=_shortlist_crumbs(found.enquiry),
    )


@needs(P.ENQUIRY_WORK)
@require_POST
def candidate_rise(request: Request, pk: int) -> HttpResponse:
    """One place up."""
    found = _candidate_seen_by(request.actor, pk)
    return button_pressed(
        request,
        lambda: actions.raise_candidate(candidate_id=found.pk, by=request.actor, at=request.now),
        to=reverse("enquiries:shortlist", args=[found.enquiry_id]),
    )


@needs(P.ENQUIRY_WORK)
@require_POST
def candidate_removal(request: Request, pk: int) -> HttpResponse:
    """Take an offer off the shortlist."""
    found = _candidate_seen_by(request.actor, pk)
    return button_pressed(
        request,
        lambda: actions.drop_candidate(candidate_id=found.pk, by=request.actor, at=request.now),
        done=_("Taken off the shortlist."),
        to=reverse("enquiries:shortlist", args=[found.enquiry_id]),
    )


@needs(P.ENQUIRY_SEE)
@require_GET
def shortlist(request: Request, pk: int) -> HttpResponse:
    """The shortlist: for the desk to order and send, for the company to answer; it can be printed as a hand-out."""
    return _shortlist_page(request, seen_by(request.actor, pk))


@needs(P.ENQUIRY_WORK)
@require_POST
def shortlist_sending(request: Request, pk: int) -> HttpResponse:
    """Send the shortlist to the company."""
    found = seen_by(request.actor, pk)
    return button_pressed(
        request,
        lambda: actions.send_shortlist(enquiry_id=found.pk, by=request.actor, at=request.now),
        done=_("Sent. The company says which offers it wants to meet."),
        refused=lambda problems: _shortlist_page(request, found, problems=problems),
    )


@needs(P.ENQUIRY_SEE)
def shortlist_answer(request: Request, pk: int) -> HttpResponse:
    """Which offers the company wants to meet; a broker writes down what a company without an account said."""
    found = seen_by(request.actor, pk)
    sent = [one for one in queries.shortlist_for(found, actor=request.actor) if one.sent_at is not None]
    form = ShortlistForm(posted(request), candidates=sent)
    return form_page(
        request,
        form,
        act=lambda: actions.answer_shortlist(
            enquiry_id=found.pk,
            answers={pk: actions.Wanted(*answer) for pk, answer in form.answers.items()},
            by=request.actor,
            at=request.now,
        ),
        title=_("Whom do you want to meet?")
        if request.actor.role is Role.SME
        else _("What the company answered"),
        save=_("Send the answers") if request.actor.role is Role.SME else _("Write it down"),
        lead=_(
            "Nobody on this list knows of you. You are introduced only to those you choose, if they agree."
        ),
        done=_("Thank you. Your broker prepares the introductions.")
        if request.actor.role is Role.SME
        else _("Written down."),
        to=reverse("enquiries:shortlist", args=[found.pk]),
        crumbs=_shortlist_crumbs(found),
        template="enquiries/partners/answer.html",
    )


def _filters(request: Request, enquiry: Enquiry) -> PartnerFilters:
    return PartnerFilters(request.GET, wants=queries.weights_of(enquiry), also_inside=enquiry.also_inside)


def _wishes(filters: PartnerFilters) -> queries.Wishes:
    chosen = filters.chosen
    musts = {
        name: chosen[name] for name in ("words", "access_mode", "language", "certificate") if name in chosen
    }
    return queries.Wishes(weights=filters.weights, inside=bool(chosen.get("inside")), **musts)


def _partners_page(request: Request, found: Enquiry, *, problems: Sequence[Problem] = ()) -> HttpResponse:
    filters = _filters(request, found)
    context = {
        "enquiry": found,
        "filters": filters,
        "found": queries.partners_for(found, _wishes(filters)),
        "summary": queries.newest_summary(found),
        "leads": queries.leads(found, actor=request.actor),
        "listed": queries.standing(found).count(),
        "may_begin": WORKFLOW.allows(M.SEARCH, of=found, by=request.actor) and found.state == S.READY,
        "query": request.GET.urlencode(),
        "problems": problems,
        "breadcrumbs": [*crumbs_of(found), Crumb(_("Search for partners"))],
    }
    return render(request, "enquiries/partners/partners.html", context, status=409 if problems else 200)


def _shortlist_page(request: Request, found: Enquiry, *, problems: Sequence[Problem] = ()) -> HttpResponse:
    actor = request.actor
    candidates = queries.shortlist_for(found, actor=actor)
    leads = queries.leads(found, actor=actor)
    context = {
        "enquiry": found,
        "candidates": candidates,
        "leads": leads,
        "is_company": actor.role is Role.SME,
        "may_send": leads and WORKFLOW.allows(M.SEND_SHORTLIST, of=found, by=actor),
        "may_answer": (leads or actor.may(P.ENQUIRY_APPROVE)) and any(one.sent_at for one in candidates),
        "problems": problems,
        "breadcrumbs": [*crumbs_of(found), Crumb(_("Shortlist"))],
    }
    return render(request, "enquiries/partners/shortlist.html", context, status=409 if problems else 200)


def _shortlist_crumbs(found: Enquiry) -> list[Crumb]:
    return [*crumbs_of(found), Crumb(_("Shortlist"), reverse("enquiries:shortlist", args=[found.pk]))]


def _candidate_seen_by(actor: Actor, pk: int) -> Candidate:
    rows = Candidate.objects.visible_to(actor).select_related("record", "enquiry__company", "enquiry__region")
    return get_object_or_404(rows, pk=pk)
