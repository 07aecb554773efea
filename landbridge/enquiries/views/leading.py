"""Pages on who leads: taking, giving, handing over to another desk, answering a desk that asks."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from landbridge.clocks import queries as clock_queries
from landbridge.enquiries import actions, queries, rules
from landbridge.enquiries.forms.desk import GivingForm, HandOverForm
from landbridge.enquiries.models import Lead
from landbridge.enquiries.states import LeadState
from landbridge.enquiries.views.shared import crumbs_of, seen_by
from landbridge.foundation.operations.form_pages import button_pressed, form_page, posted
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import Problem
from landbridge.foundation.ui.forms import ReasonForm
from landbridge.foundation.ui.parts import Crumb


@needs(P.ENQUIRY_WORK)
@require_POST
def taking(request: Request, pk: int) -> HttpResponse:
    """A broker takes the case."""
    found = seen_by(request.actor, pk)
    return button_pressed(
        request,
        lambda: actions.take(enquiry_id=found.pk, by=request.actor, at=request.now),
        done=_("It is yours now."),
        back=found.get_absolute_url(),
    )


@needs(P.ENQUIRY_WORK)
def giving(request: Request, pk: int) -> HttpResponse:
    """Give the case to a colleague at the desk, or back to the desk."""
    found = seen_by(request.actor, pk)
    brokers = clock_queries.brokers_of(queries.lead_of(found).region_id)
    form = GivingForm(posted(request), brokers=brokers)
    return form_page(
        request,
        form,
        act=lambda: actions.give(enquiry_id=found.pk, **form.cleaned_data, by=request.actor, at=request.now),
        title=_("Give it to a colleague"),
        done=_("Given. Reminders go there from now on."),
        eyebrow=f"{found.number} · {found.title}",
        crumbs=crumbs_of(found),
    )


@needs(P.ENQUIRY_WORK)
def hand_over(request: Request, pk: int) -> HttpResponse:
    """Ask another desk to lead, with the approved summary and a remark."""
    found = seen_by(request.actor, pk)
    form = HandOverForm(posted(request), desks=queries.other_desks(found))
    return form_page(
        request,
        form,
        act=lambda: actions.offer_lead(
            enquiry_id=found.pk, **form.cleaned_data, by=request.actor, at=request.now
        ),
        title=_("Hand it over to another desk"),
        save=_("Ask this desk"),
        lead=_(
            "The desk reads the summary below and your remark, nothing else, and answers within three of its "
            "working days. Until it accepts, you lead."
        ),
        done=_("Asked. You lead until the other desk accepts."),
        to=found.get_absolute_url(),
        eyebrow=f"{found.number} · {found.title}",
        crumbs=crumbs_of(found),
        template="enquiries/desk/with_summary.html",
        summary=queries.approved_summary(found),
    )


@needs(P.ENQUIRY_WORK)
def returning(request: Request, pk: int) -> HttpResponse:
    """Give the lead back to the company's own desk."""
    found = seen_by(request.actor, pk)
    form = ReasonForm(
        posted(request),
        longest=rules.LONGEST_OFFER_REMARK,
        read_by=_("The desk of %(desk)s reads it.") % {"desk": found.region.name},
    )
    return form_page(
        request,
        form,
        act=lambda: actions.return_home(
            enquiry_id=found.pk, **form.cleaned_data, by=request.actor, at=request.now
        ),
        title=_("Give the lead back"),
        lead=_("The desk of %(desk)s leads at once; you no longer see the enquiry.")
        % {"desk": found.region.name},
        done=_("The company's own desk leads again."),
        to=reverse("enquiries:desk"),
        eyebrow=f"{found.number} · {found.title}",
        crumbs=crumbs_of(found),
        is_final=True,
    )


@needs(P.ENQUIRY_WORK)
@require_GET
def offer(request: Request, pk: int) -> HttpResponse:
    """What another desk asks this one to lead: the approved summary and a remark."""
    return _offer_page(request, _offer_seen_by(request.actor, pk))


@needs(P.ENQUIRY_WORK)
@require_POST
def offer_acceptance(request: Request, pk: int) -> HttpResponse:
    """Lead it from now on."""
    lead = _offer_seen_by(request.actor, pk)
    return button_pressed(
        request,
        lambda: actions.accept_lead(lead_id=lead.pk, by=request.actor, at=request.now),
        done=_("You lead it now, and see the whole question."),
        refused=lambda problems: _offer_page(request, _offer_seen_by(request.actor, pk), problems=problems),
    )


@needs(P.ENQUIRY_WORK)
def offer_refusal(request: Request, pk: int) -> HttpResponse:
    """Say no, and why."""
    lead = _offer_seen_by(request.actor, pk)
    form = ReasonForm(
        posted(request), longest=rules.LONGEST_OFFER_REMARK, read_by=_("The desk that asked reads it.")
    )
    return form_page(
        request,
        form,
        act=lambda: actions.refuse_lead(
            lead_id=lead.pk, **form.cleaned_data, by=request.actor, at=request.now
        ),
        title=_("Refuse to lead it"),
        done=_("Refused. The desk that asked was told."),
        to=reverse("enquiries:desk"),
        crumbs=[
            Crumb(_("Enquiries"), reverse("enquiries:enquiries")),
            Crumb(str(lead), lead.get_absolute_url()),
        ],
    )


@needs(P.ENQUIRY_WORK)
@require_POST
def offer_withdrawal(request: Request, pk: int) -> HttpResponse:
    """Take an offer back before it was answered."""
    lead = _offer_seen_by(request.actor, pk)
    return button_pressed(
        request,
        lambda: actions.withdraw_lead(lead_id=lead.pk, by=request.actor, at=request.now),
        done=_("Taken back."),
        to=lead.enquiry.get_absolute_url(),
        refused=lambda problems: _offer_page(request, _offer_seen_by(request.actor, pk), problems=problems),
    )


def _offer_page(request: Request, lead: Lead, *, problems: Sequence[Problem] = ()) -> HttpResponse:
    is_asked = queries.is_asked(lead, actor=request.actor)
    stands = lead.state == LeadState.OFFERED
    context = {
        "lead": lead,
        "summary": queries.summary_for(lead),
        "asking": queries.lead_of(lead.enquiry).region,
        "problems": problems,
        "is_asked": is_asked and stands,
        "may_take_back": stands and queries.leads(lead.enquiry, actor=request.actor),
        "breadcrumbs": [
            Crumb(_("Enquiries"), reverse("enquiries:enquiries")),
            Crumb(_("Hand-over of %(number)s") % {"number": lead.enquiry.number}),
        ],
    }
    return render(request, "enquiries/desk/offer.html", context, status=409 if problems else 200)


def _offer_seen_by(actor: Actor, pk: int) -> Lead:
    rows = Lead.objects.visible_to(actor).select_related("region", "enquiry__region", "enquiry__company")
    return get_object_or_404(rows.exclude(expires_at=None), pk=pk)
