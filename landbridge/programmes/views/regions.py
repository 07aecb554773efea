"""Pages: the map of regions, one region with its calendar, adding and editing it, its closed days."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from landbridge.foundation.operations.form_pages import carried_out, form_page, posted
from landbridge.foundation.operations.once import once
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.ui.parts import Crumb
from landbridge.programmes import calendar, queries
from landbridge.programmes.actions import regions as actions
from landbridge.programmes.forms import ClosedDayForm, RegionForm
from landbridge.programmes.models import ClosedDay, Partner, Region
from landbridge.programmes.rules.plain import EARLIEST, LATEST
from landbridge.programmes.rules.regions import LANGUAGES
from landbridge.programmes.views import crumbs


@needs(P.PROGRAMME_SEE)
@require_GET
def regions(request: Request) -> HttpResponse:
    """The network on its map, and as a list."""
    shown = list(Region.objects.visible_to(request.actor).order_by("country", "name"))
    context = {
        "breadcrumbs": [*crumbs.of_programmes(), Crumb(_("Regions"))],
        "regions": shown,
        "marks": queries.region_marks(region for region in shown if region.is_active),
        "may_add": request.actor.may(P.PROGRAMME_EDIT),
    }
    return render(request, "programmes/regions.html", context)


@needs(P.PROGRAMME_SEE)
@require_GET
def region(request: Request, pk: int) -> HttpResponse:
    """One region: its desk, its partners, and the days on which it is closed."""
    region = get_object_or_404(Region.objects.visible_to(request.actor), pk=pk)
    return _region_page(request, region, ClosedDayForm())


@needs(P.PROGRAMME_EDIT)
def new(request: Request) -> HttpResponse:
    """Taking a region into the network."""
    form = RegionForm(posted(request))
    return form_page(
        request,
        form,
        act=lambda: actions.create(form.facts(), by=request.actor, at=request.now),
        title=_("Add a region"),
        save=_("Add the region"),
        back=reverse("programmes:regions"),
        crumbs=crumbs.of_regions(),
    )


@needs(P.PROGRAMME_EDIT)
def edit(request: Request, pk: int) -> HttpResponse:
    """Describing a region anew."""
    region = get_object_or_404(Region.objects.edited_by(request.actor), pk=pk)
    form = RegionForm.about(region.facts(), posted(request))
    return form_page(
        request,
        form,
        act=lambda: actions.edit(
            region_id=pk, facts=form.facts(), seen=form.mark, by=request.actor, at=request.now
        ),
        title=_("Edit %(name)s") % {"name": region.name},
        save=_("Save"),
        back=region.get_absolute_url(),
        crumbs=[*crumbs.of_regions(), Crumb(region.name, region.get_absolute_url())],
        lead=_(
            "Companies that are registered keep their region; new ones are found by the new beginnings of postcodes."
        ),
    )


@needs(P.PROGRAMME_EDIT)
@require_POST
def known_regions(request: Request) -> HttpResponse:
    """Taking the regions of the product's own fact file into the network."""
    actions.add_known(by=request.actor, at=request.now)
    return redirect("programmes:regions")


@needs(P.PROGRAMME_EDIT)
@require_POST
def closed_days(request: Request, pk: int) -> HttpResponse:
    """Closing the desk on one more day."""
    region = get_object_or_404(Region.objects.edited_by(request.actor), pk=pk)
    form = ClosedDayForm(request.POST)
    closed = carried_out(
        request,
        form,
        lambda: actions.close_day(region_id=pk, **form.cleaned_data, by=request.actor, at=request.now),
    )
    if closed:
        return redirect(f"{region.get_absolute_url()}?year={closed.day.year}#calendar")
    return _region_page(request, region, form)


@needs(P.PROGRAMME_EDIT)
@require_POST
def closed_day_removal(request: Request, pk: int) -> HttpResponse:
    """Opening the desk on a day that was closed after all."""
    regions = Region.objects.edited_by(request.actor).values("pk")
    closed = get_object_or_404(ClosedDay.objects.filter(region__in=regions).select_related("region"), pk=pk)
    once(request, lambda: actions.reopen_day(closed_day_id=pk, by=request.actor, at=request.now))
    return redirect(f"{closed.region.get_absolute_url()}?year={closed.day.year}#calendar")


def _region_page(request: Request, region: Region, form: ClosedDayForm) -> HttpResponse:
    year = _year(request)
    context = {
        "region": region,
        "breadcrumbs": [*crumbs.of_regions(), Crumb(region.name)],
        "languages": [_(LANGUAGES.get(code, code)) for code in region.languages],
        "partners": Partner.objects.filter(region=region)
        .select_related("programme")
        .order_by("-programme", "name"),
        "form": form,
        "year": year,
        "earlier": year - 1 if year > EARLIEST.year else None,
        "later": year + 1 if year < LATEST.year else None,
        "closures": calendar.closures(region, year=year),
        "may_edit": Region.objects.edited_by(request.actor).filter(pk=region.pk).exists(),
        "sees_history": request.actor.may(P.AUDIT_SEE),
    }
    return render(request, "programmes/region.html", context, status=form.http_status)


def _year(request: Request) -> int:
    """The year asked for in the address, within what calendars know; this one where it is none."""
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else request.now.year
    return min(max(year, EARLIEST.year), LATEST.year)
