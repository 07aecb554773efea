"""The desk's work list: what is due today, what is late, what others ask; bulk moves, the load of each broker, absences."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from landbridge.clocks import actions as clocks
from landbridge.clocks import queries as clock_queries
from landbridge.clocks.models import Absence
from landbridge.enquiries import actions, queries
from landbridge.enquiries.desk_steps import with_steps
from landbridge.enquiries.forms.desk import SHOWS, AbsenceForm, BulkForm, WorkFilters
from landbridge.enquiries.models import Enquiry
from landbridge.foundation.operations.form_pages import button_pressed, form_page, posted
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import Problem, Refused
from landbridge.foundation.ui.listing import page_of
from landbridge.foundation.ui.parts import Crumb
from landbridge.programmes.models import Region


@needs(P.ENQUIRY_WORK)
@require_GET
def desk(request: Request) -> HttpResponse:
    """The broker's own desk."""
    return _work_list(request, _own_desk(request))


@needs(P.ENQUIRY_SUPERVISE)
@require_GET
def desk_of(request: Request, pk: int) -> HttpResponse:
    """One desk as its supervisor sees it: the same list, without moves."""
    return _work_list(request, get_object_or_404(Region.objects.visible_to(request.actor), pk=pk))


@needs(P.ENQUIRY_SUPERVISE)
@require_GET
def desks(request: Request) -> HttpResponse:
    """Every desk with what it leads and what is late, the neediest first."""
    context = {"desks": queries.desks(at=request.now), "breadcrumbs": [Crumb(_("Desks"))]}
    return render(request, "enquiries/desk/desks.html", context)


@needs(P.ENQUIRY_WORK)
@require_POST
def bulk_moves(request: Request) -> HttpResponse:
    """One move for several cases, each by its own action; those that were refused are listed with the reason."""
    region = _own_desk(request)
    known = list(queries.cases_of(region).values_list("pk", flat=True))
    brokers = clock_queries.brokers_of(region.pk)
    form = BulkForm(request.POST, brokers=brokers, known=known)
    if not form.is_valid():
        return _work_list(request, region, bulk=form)
    found = Enquiry.objects.visible_to(request.actor).in_bulk([int(pk) for pk in form.cleaned_data["rows"]])
    refused: list[tuple[Enquiry, tuple[Problem, ...]]] = []
    for enquiry in found.values():
        try:
            _moved(enquiry, form.cleaned_data, request)
        except Refused as refusal:
            refused.append((enquiry, refusal.problems))
    done = len(found) - len(refused)
    if done:
        text = ngettext("%(count)s case moved.", "%(count)s cases moved.", done) % {"count": done}
        messages.success(request, text)
    if refused:
        return _work_list(request, region, bulk=form, refused=refused)
    return redirect("enquiries:desk")


def _moved(enquiry: Enquiry, chosen: dict[str, Any], request: Request) -> None:
    who: dict[str, Any] = {"enquiry_id": enquiry.pk, "by": request.actor, "at": request.now}
    move = chosen["move"]
    if move == "give":
        actions.give(membership_id=chosen["membership_id"], **who)
    elif move == "hold":
        actions.hold(until=chosen["until"], reason=chosen["reason"], **who)
    else:
        {"acknowledge": actions.acknowledge, "take": actions.take, "resume": actions.resume}[move](**who)


def _work_list(
    request: Request,
    region: Region,
    *,
    bulk: BulkForm | None = None,
    refused: list[tuple[Enquiry, tuple[Problem, ...]]] | None = None,
) -> HttpResponse:
    at, actor, brokers = request.now, request.actor, clock_queries.brokers_of(region.pk)
    filters = WorkFilters(request.GET, brokers=brokers)
    page = page_of(request, queries.work_of(region, at=at, **filters.chosen))
    is_own = actor.may(P.ENQUIRY_WORK)
    here = request.path if request.method == "GET" else reverse("enquiries:desk")
    today = clock_queries.today_at(region, at=at)
    absences = list(queries.absences_seen_by(actor, region=region, at=at))
    away = {one.membership_id for one in absences if one.first_day <= today}
    context = {
        "region": region,
        "breadcrumbs": _crumbs(region, is_own=is_own),
        "here": here,
        "tabs": _tabs(here, queries.counts(region, at=at), shown=filters.chosen.get("show", "")),
        "filters": filters,
        "is_filtered": bool(set(filters.chosen) - {"show"}),
        "page": page,
        "cases": with_steps(queries.rows_of(page.object_list, at=at)),
        "asked": queries.offers_to(region.pk, at=at),
        "loads": queries.load_of(region, brokers=brokers, away=away, at=at),
        "absences": absences,
        "bulk": bulk or BulkForm(None, brokers=brokers, known=[]),
        "ticked": set(request.POST.getlist("rows")),
        "refused": refused or [],
        "is_own": is_own,
        "may_enter": actor.may(P.ABSENCE_ENTER),
    }
    status = 409 if refused else bulk.http_status if bulk else 200
    return render(request, "enquiries/desk/desk.html", context, status=status)


@needs(P.ABSENCE_ENTER)
def absence_new(request: Request, pk: int) -> HttpResponse:
    """Enter when a broker of a desk is away; what has begun moves the cases on at once."""
    region = get_object_or_404(clock_queries.desks_seen_by(request.actor), pk=pk)
    brokers = clock_queries.brokers_of(region.pk)
    form = AbsenceForm(
        posted(request), brokers=brokers, initial={"membership_id": request.actor.membership_id}
    )
    is_own = request.actor.may(P.ENQUIRY_WORK)
    return form_page(
        request,
        form,
        act=lambda: actions.enter_absence(
            region_id=region.pk, **form.cleaned_data, by=request.actor, at=request.now
        ),
        title=_("Enter an absence"),
        lead=_(
            "Cases go to the stand-in or the desk on the first day; nobody waits for somebody who is away."
        ),
        done=_("Entered."),
        to=_address_of(region, is_own=is_own),
        crumbs=_crumbs(region, is_own=is_own, linked=True),
    )


@needs(P.ABSENCE_ENTER)
@require_POST
def absence_removal(request: Request, pk: int) -> HttpResponse:
    """The broker is there after all."""
    absence = get_object_or_404(Absence.objects.visible_to(request.actor).select_related("region"), pk=pk)
    return button_pressed(
        request,
        lambda: clocks.end_absence(absence_id=absence.pk, by=request.actor, at=request.now),
        done=_("Taken out. Cases that moved on stay where they are."),
        to=_address_of(absence.region, is_own=request.actor.may(P.ENQUIRY_WORK)),
    )


def _own_desk(request: Request) -> Region:
    return get_object_or_404(Region.objects.visible_to(request.actor), pk=request.actor.region_id or 0)


def _address_of(region: Region, *, is_own: bool) -> str:
    return reverse("enquiries:desk") if is_own else reverse("enquiries:desk_of", args=[region.pk])


def _crumbs(region: Region, *, is_own: bool, linked: bool = False) -> list[Crumb]:
    here = Crumb(region.name, _address_of(region, is_own=is_own) if linked else "")
    first = Crumb(_("Enquiries"), reverse("enquiries:enquiries"))
    return [first, here] if is_own else [Crumb(_("Desks"), reverse("enquiries:desks")), here]


def _tabs(here: str, counts: dict[str, int], *, shown: str) -> list[dict[str, Any]]:
    return [
        {
            "label": label,
            "href": f"{here}?show={key}" if key else here,
            "current": key == shown,
            "count": counts[key],
        }
        for key, label in SHOWS.items()
    ]
