"""Finding a coach: the ranked list for the desk, the company's choice, the coach's answer."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from landbridge.coaching import actions, queries, rules
from landbridge.coaching.forms import AcceptanceForm, ProposalForm
from landbridge.coaching.models import Case, Offer
from landbridge.coaching.states import Party
from landbridge.coaching.views.shared import case_page, crumbs_of, names_of_languages, seen_by
from landbridge.foundation.operations.form_pages import button_pressed, carried_out, form_page, posted
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.ui.forms import ReasonForm
from landbridge.foundation.ui.parts import Crumb


@needs(P.COACHING_WORK)
def coaches_of(request: Request, pk: int) -> HttpResponse:
    """Who fits this case, best first, with reasons and what speaks against; tick up to three."""
    found = seen_by(request.actor, pk)
    ranked = queries.ranked(found, at=request.now)
    form = ProposalForm(posted(request), known=[one.coach.pk for one in ranked])
    result = carried_out(
        request,
        form,
        lambda: actions.propose(
            case_id=found.pk, coach_ids=form.cleaned_data["coaches"], by=request.actor, at=request.now
        ),
    )
    if result is not None:
        messages.success(request, _("Proposed. The company chooses."))
        return redirect(result)
    context = {
        "found": found,
        "form": form,
        "ranked": ranked,
        "ticked": request.POST.getlist("coaches"),
        "competences": list(found.competences.order_by("name")),
        "languages": names_of_languages(found.languages),
        "breadcrumbs": [*crumbs_of(found), Crumb(_("Coaches"))],
    }
    return render(request, "coaching/coaches_of.html", context, status=form.http_status)


@needs(P.COACHING_WORK)
@require_POST
def offer_withdrawal(request: Request, proposal_pk: int) -> HttpResponse:
    """The desk takes a proposed coach back."""
    offer = _offer_seen_by(request.actor, proposal_pk)
    return button_pressed(
        request,
        lambda: actions.withdraw_offer(offer_id=offer.pk, by=request.actor, at=request.now),
        done=_("Withdrawn."),
        refused=lambda problems: case_page(request, offer.case_id, problems=problems),
    )


@needs(P.COACHING_ASK)
@require_POST
def choice(request: Request, proposal_pk: int) -> HttpResponse:
    """The company chooses this coach."""
    offer = _offer_seen_by(request.actor, proposal_pk)
    return button_pressed(
        request,
        lambda: actions.choose(offer_id=offer.pk, by=request.actor, at=request.now),
        done=_("Chosen. The coach was asked and answers soon."),
        refused=lambda problems: case_page(request, offer.case_id, problems=problems),
    )


@needs(P.COACHING_COACH)
def answer(request: Request, pk: int) -> HttpResponse:
    """The coach takes the case, declaring no conflict; a link leads to declining it."""
    found, offer = _asked(request.actor, pk)
    form = AcceptanceForm(posted(request))
    return form_page(
        request,
        form,
        act=lambda: actions.accept(offer_id=offer.pk, **form.cleaned_data, by=request.actor, at=request.now),
        title=_("Do you take this case?"),
        lead=found.wish,
        save=_("I take the case"),
        done=_("Thank you. Write the plan next; the company and its adviser were told."),
        crumbs=crumbs_of(found),
        template="coaching/answer.html",
        found=found,
        works_with=offer.conflict,
    )


@needs(P.COACHING_COACH)
def refusal(request: Request, pk: int) -> HttpResponse:
    """The coach declines the case."""
    found, offer = _asked(request.actor, pk)
    form = ReasonForm(
        posted(request), longest=rules.LONGEST_REASON, read_by=_("The company and its adviser read it.")
    )
    return form_page(
        request,
        form,
        act=lambda: actions.decline(offer_id=offer.pk, **form.cleaned_data, by=request.actor, at=request.now),
        to=reverse("coaching:cases"),
        title=_("Decline the case"),
        lead=_("If it is a conflict of interest, say which. The company then chooses another coach."),
        done=_("Declined. The company and its adviser were told."),
        crumbs=crumbs_of(found),
        is_final=True,
    )


@needs(P.COACHING_WORK)
def rematching(request: Request, pk: int) -> HttpResponse:
    """The desk looks for another coach."""
    found = seen_by(request.actor, pk)
    form = ReasonForm(posted(request), longest=rules.LONGEST_REASON, read_by=_("Company and coach read it."))
    return form_page(
        request,
        form,
        act=lambda: actions.rematch(case_id=found.pk, **form.cleaned_data, by=request.actor, at=request.now),
        title=_("Look for another coach"),
        lead=_("The coach who had accepted is told; the clock for finding one begins again."),
        done=_("Propose coaches next."),
        crumbs=crumbs_of(found),
    )


def _offer_seen_by(actor: Actor, proposal_pk: int) -> Offer:
    return get_object_or_404(Offer, pk=proposal_pk, case__in=Case.objects.visible_to(actor).values("pk"))


def _asked(actor: Actor, pk: int) -> tuple[Case, Offer]:
    """The case and the offer that this coach has to answer."""
    found = seen_by(actor, pk)
    offer = queries.offer_of(found)
    coach = offer.coach if offer else None
    is_asked = queries.party_of(found, actor, coach=coach) is Party.COACH
    return found, get_object_or_404(Offer, pk=offer.pk if offer and is_asked else 0)
