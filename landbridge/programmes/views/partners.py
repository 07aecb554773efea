"""Pages: one partner, adding and editing it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from landbridge.foundation.operations.form_pages import form_page, posted
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.ui.parts import Crumb
from landbridge.programmes.actions import partners as actions
from landbridge.programmes.forms import PartnerForm
from landbridge.programmes.models import Partner, Programme, Target
from landbridge.programmes.views import crumbs


@needs(P.PROGRAMME_SEE)
@require_GET
def partner(request: Request, pk: int) -> HttpResponse:
    """One partner: its region, its targets, and its account for those who may read it."""
    shown = Partner.objects.visible_to(request.actor).select_related("programme", "region")
    partner = get_object_or_404(shown, pk=pk)
    context = {
        "partner": partner,
        "programme": partner.programme,
        "accent": partner.programme.accent,
        "breadcrumbs": [*crumbs.of_programme(partner.programme), Crumb(partner.short_name)],
        "targets": Target.objects.filter(partner=partner)
        .select_related("phase")
        .order_by("-phase__number", "name"),
        "sees_account": Partner.objects.with_account_seen_by(request.actor).filter(pk=pk).exists(),
        "may_edit": Partner.objects.edited_by(request.actor).filter(pk=pk).exists(),
        "sees_history": request.actor.may(P.AUDIT_SEE),
    }
    return render(request, "programmes/partner.html", context)


@needs(P.PROGRAMME_EDIT)
def new(request: Request, pk: int) -> HttpResponse:
    """Taking a partner into a programme."""
    programme = get_object_or_404(Programme.objects.edited_by(request.actor), pk=pk)
    form = PartnerForm(posted(request))
    return form_page(
        request,
        form,
        act=lambda: actions.add(programme_id=pk, facts=form.facts(), by=request.actor, at=request.now),
        title=_("Add a partner"),
        save=_("Add the partner"),
        back=programme.get_absolute_url(),
        crumbs=crumbs.of_programme(programme),
        programme=programme,
        lead=_("A partner pays vouchers from its own budget to the companies of its region."),
    )


@needs(P.PROGRAMME_EDIT)
def edit(request: Request, pk: int) -> HttpResponse:
    """Describing a partner anew."""
    partner = get_object_or_404(Partner.objects.edited_by(request.actor).select_related("programme"), pk=pk)
    form = PartnerForm.about(partner.facts(), posted(request))
    return form_page(
        request,
        form,
        act=lambda: actions.edit(
            partner_id=pk, facts=form.facts(), seen=form.mark, by=request.actor, at=request.now
        ),
        title=_("Edit %(name)s") % {"name": partner.short_name},
        save=_("Save"),
        back=partner.get_absolute_url(),
        crumbs=crumbs.of_programme(partner.programme),
        programme=partner.programme,
    )
