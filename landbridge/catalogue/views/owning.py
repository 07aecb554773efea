"""Claims of ownership: how somebody shows that they speak for an organisation, and what the broker decides."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from landbridge.catalogue import actions, queries, rules
from landbridge.catalogue.forms.others import ClaimForm, CodeForm
from landbridge.catalogue.models import OwnershipClaim, Record
from landbridge.catalogue.states import Claim
from landbridge.foundation.operations.form_pages import button_pressed, carried_out, form_page, posted
from landbridge.foundation.permissions.guards import Request, needs, signed_in
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.ui.forms import ReasonForm
from landbridge.foundation.ui.listing import page_of
from landbridge.foundation.ui.parts import Crumb
from landbridge.organisations.models import Organisation


@signed_in
def claiming(request: Request, organisation_pk: int) -> HttpResponse:
    """Choose how to show that one speaks for an organisation."""
    owner = Organisation.objects.filter(pk=organisation_pk)
    record = Record.objects.public().filter(organisation__in=owner).select_related("organisation")
    found = record.order_by("pk").first()
    if found is None:
        raise Http404
    form = ClaimForm(posted(request))
    claim = carried_out(
        request,
        form,
        lambda: actions.claim(
            organisation_id=organisation_pk, **form.cleaned_data, by=request.actor, at=request.now
        ),
    )
    if claim is not None:
        return redirect("catalogue:claim", pk=claim.pk)
    context = {
        "form": form,
        "title": _("Is this your organisation?"),
        "save": _("Go on"),
        "eyebrow": found.organisation.name,
        "lead": _("Then you keep its records yourself. Show in one of three ways that you speak for it."),
        "back": found.get_absolute_url(),
        "breadcrumbs": [Crumb(found.name, found.get_absolute_url()), Crumb(_("Is this yours?"))],
    }
    return render(request, "ui/form.html", context, status=form.http_status)


@signed_in
def claim(request: Request, pk: int) -> HttpResponse:
    """One's own claim: where it stands, and the field for the code of the letter."""
    rows = OwnershipClaim.objects.select_related("organisation")
    found = get_object_or_404(rows, pk=pk, person_id=request.actor.person_id)
    form = CodeForm(posted(request))
    if request.method == "POST" and form.is_valid():
        tries_before = found.tries
        found = actions.enter_code(
            claim_id=pk, code=form.cleaned_data["code"], by=request.actor, at=request.now
        )
        if found.state == Claim.CODE_SENT and found.tries > tries_before:
            for problem in rules.problems_with_code(is_right=False, tries=found.tries, is_over=False):
                form.add_problem(problem)
        else:
            return redirect("catalogue:claim", pk=pk)
    context = {
        "claim": found,
        "form": form,
        "is_open": found.state in (Claim.OPEN, Claim.CODE_SENT),
        "breadcrumbs": [Crumb(_("Your claim"))],
    }
    return render(request, "catalogue/keeping/code.html", context, status=form.http_status)


@needs(P.RECORD_PUBLISH)
@require_GET
def claims(request: Request) -> HttpResponse:
    """Claims that wait for the broker."""
    context = {
        "page": page_of(request, queries.claims_waiting(request.actor)),
        "breadcrumbs": [*_crumbs()[:1], Crumb(_("Claims of ownership"))],
    }
    return render(request, "catalogue/keeping/claims.html", context)


@needs(P.RECORD_PUBLISH)
@require_POST
def claim_acceptance(request: Request, pk: int) -> HttpResponse:
    """The broker says that it is so."""
    found = get_object_or_404(queries.claims_waiting(request.actor), pk=pk)
    return button_pressed(
        request,
        lambda: actions.accept_claim(claim_id=found.pk, by=request.actor, at=request.now),
        done=_("The person now keeps the organisation's records."),
        to=reverse("catalogue:claims"),
    )


@needs(P.RECORD_PUBLISH)
def claim_refusal(request: Request, pk: int) -> HttpResponse:
    """The broker says that it is not so."""
    found = get_object_or_404(queries.claims_waiting(request.actor), pk=pk)
    form = ReasonForm(posted(request), longest=rules.LONGEST_REASON, read_by=_("The person reads it."))
    return form_page(
        request,
        form,
        act=lambda: actions.refuse_claim(
            claim_id=found.pk, **form.cleaned_data, by=request.actor, at=request.now
        ),
        title=_("Refuse the claim"),
        eyebrow=f"{found.person_name} · {found.organisation.name}",
        done=_("Refused. The person was told."),
        to=reverse("catalogue:claims"),
        crumbs=_crumbs(),
    )


def _crumbs() -> list[Crumb]:
    return [
        Crumb(_("Catalogue"), reverse("catalogue:kept_records")),
        Crumb(_("Claims of ownership"), reverse("catalogue:claims")),
    ]
