"""Pages of organisations: the list, one of them, its facts, its closing."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from landbridge.foundation.operations.form_pages import form_page, posted
from landbridge.foundation.operations.once import once
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import Refused
from landbridge.foundation.ui.forms import ReasonForm
from landbridge.foundation.ui.listing import page_of
from landbridge.foundation.ui.parts import Crumb
from landbridge.organisations import actions, queries, rules
from landbridge.organisations.forms import OrganisationFilters, OrganisationForm, typed_of
from landbridge.organisations.models import BankAccount, CompanyNumber, Organisation, OrganisationRows
from landbridge.organisations.steps import next_step, way
from landbridge.programmes.models import Region


@needs(P.ORGANISATION_SEE)
@require_GET
def organisations(request: Request) -> HttpResponse:
    """The organisations one may see; a company or facility finds its own."""
    visible = Organisation.objects.visible_to(request.actor)
    in_sight = visible.filter(region__isnull=False).values("region_id")
    regions = Region.objects.filter(pk__in=in_sight).order_by("name")
    filters = OrganisationFilters(request.GET, regions=regions)
    rows = _filtered(visible, filters.chosen).select_related("region").order_by("name", "pk")
    return render(request, "organisations/list.html", {"filters": filters, "page": page_of(request, rows)})


def _filtered(rows: OrganisationRows, wanted: dict[str, Any]) -> OrganisationRows:
    if text := wanted.get("q"):
        compact = "".join(letter for letter in text if letter.isalnum())
        numbers = CompanyNumber.objects.filter(organisation=OuterRef("pk"))
        by_number = Exists(numbers.filter(Q(number__iexact=text) | Q(number__iexact=compact)))
        rows = rows.filter(Q(name__icontains=text) | by_number)
    if region := wanted.get("region"):
        rows = rows.filter(region__isnull=True) if region == "none" else rows.filter(region_id=int(region))
    if kind := wanted.get("kind"):
        rows = rows.filter(kind=kind)
    if offers := wanted.get("offers"):
        rows = rows.filter(offers_access=offers == "yes")
    return rows


@needs(P.ORGANISATION_SEE)
@require_GET
def organisation(request: Request, pk: int) -> HttpResponse:
    """One organisation: its facts, what it lacks to apply and to be paid, its accounts."""
    found = get_object_or_404(_with_region(request), pk=pk)
    return render(request, "organisations/organisation.html", _context(request, found))


def _with_region(request: Request) -> OrganisationRows:
    return Organisation.objects.visible_to(request.actor).select_related("region")


def _context(request: Request, found: Organisation) -> dict[str, Any]:
    ready = queries.readiness_of(found)
    accounts = (
        BankAccount.objects.visible_to(request.actor)
        .filter(organisation=found)
        .order_by("-proposed_at", "-pk")
    )
    actor = request.actor
    may_edit = actor.may(P.ORGANISATION_EDIT) and not found.is_closed
    return {
        "organisation": found,
        "numbers": [
            (_(rules.SCHEMES[scheme].name) if scheme in rules.SCHEMES else scheme, number)
            for scheme, number in queries.numbers_of(found).items()
        ],
        "accounts": accounts,
        "sees_accounts": actor.may(P.BANK_ACCOUNT_PROPOSE) or not actor.region_id,
        "ready": ready,
        "steps": way(found, ready),
        "next": next_step(found, ready, may_edit=may_edit),
        "desk": None if found.region_id else queries.nearest_desk(found.country),
        "may_edit": may_edit,
        "sees_people": actor.may(P.MEMBERSHIP_SEE),
        "breadcrumbs": [*crumbs_of(found)[:1], Crumb(found.name)],
    }


@needs(P.ORGANISATION_EDIT)
def edit(request: Request, pk: int) -> HttpResponse:
    """Its facts, to be changed by its people."""
    found = get_object_or_404(_with_region(request), pk=pk)
    typed = typed_of(found, queries.numbers_of(found))
    form = OrganisationForm(posted(request), initial=typed, at_home=queries.countries_of_network())
    stored: list[tuple[Any, Any]] = []
    if request.method == "POST" and form.is_valid():
        details, seen = form.details(), form.cleaned_data["version"]
        try:
            once(
                request,
                lambda: actions.edit(
                    organisation_id=pk, version=seen, by=request.actor, at=request.now, **details
                ),
            )
            return redirect(found)
        except Refused as refusal:
            form.refuse(refusal)
            if any(problem.code == "stale" for problem in refusal.problems):
                stored = form.begin_again(version=found.version)
    context = {
        "form": form,
        "organisation": found,
        "stored": stored,
        "breadcrumbs": [*crumbs_of(found), Crumb(_("Edit the facts"))],
    }
    return render(request, "organisations/edit.html", context, status=form.http_status)


@needs(P.ORGANISATION_EDIT)
def closing(request: Request, pk: int) -> HttpResponse:
    """Take the organisation out of use."""
    found = get_object_or_404(_with_region(request), pk=pk)
    form = ReasonForm(posted(request), longest=300, label=_("Why it is closed"))
    return form_page(
        request,
        form,
        act=lambda: actions.close(organisation_id=pk, **form.cleaned_data, by=request.actor, at=request.now),
        title=_("Close %(name)s") % {"name": found.name},
        save=_("Close the organisation"),
        lead=_(
            "A closed organisation can no longer apply, be named as partner or be paid. What it did stays on record."
        ),
        crumbs=crumbs_of(found),
        is_final=True,
    )


def crumbs_of(found: Organisation) -> list[Crumb]:
    """The trail to an organisation."""
    return [
        Crumb(_("Organisations"), reverse("organisations:organisations")),
        Crumb(found.name, found.get_absolute_url()),
    ]
