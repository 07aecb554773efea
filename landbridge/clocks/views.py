"""Pages of clocks: what runs and what is late, how many duties are met in time, and the duties themselves."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from landbridge.clocks import actions, queries
from landbridge.clocks.forms import ClockFilters, DutyForm
from landbridge.clocks.models import Clock, Duty
from landbridge.foundation.operations.form_pages import form_page, posted
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.ui.listing import page_of
from landbridge.foundation.ui.parts import Crumb


@needs(P.CLOCK_SEE)
@require_GET
def clocks(request: Request) -> HttpResponse:
    """The clocks that run at the desks this hat sees, the most pressing first, and how many were met in time."""
    seen = Clock.objects.visible_to(request.actor)
    regions = queries.desks_seen_by(request.actor).order_by("name", "pk")
    filters = ClockFilters(request.GET, regions=regions, duties=Duty.objects.order_by("name", "pk"))
    page = page_of(request, queries.listed(seen, at=request.now, **filters.chosen))
    shown = queries.shown(page.object_list, at=request.now)
    context = {
        "page": page,
        "shown": [shown[clock.pk] for clock in page.object_list],
        "filters": filters,
        "met": queries.met_on_time(seen),
        "breadcrumbs": [Crumb(_("Clocks"))],
    }
    return render(request, "clocks/clocks.html", context)


@needs(P.CLOCK_SEE)
@require_GET
def duties(request: Request) -> HttpResponse:
    """What the desks owe, and how long each may take."""
    context = {
        "duties": list(Duty.objects.order_by("key")),
        "may_edit": request.actor.may(P.CLOCK_EDIT),
        "breadcrumbs": [Crumb(_("Clocks"), reverse("clocks:clocks")), Crumb(_("Duties"))],
    }
    return render(request, "clocks/duties.html", context)


@needs(P.CLOCK_EDIT)
def duty(request: Request, pk: int) -> HttpResponse:
    """Give a duty another length, other reminders, other readers."""
    found = get_object_or_404(Duty, pk=pk)
    initial = {
        "working_days": found.working_days,
        "remind_after": ", ".join(str(after) for after in found.remind_after),
        "tells_supervisor": found.tells_supervisor,
        "tells_client_after": found.tells_client_after,
    }
    form = DutyForm(posted(request), initial=initial)
    return form_page(
        request,
        form,
        act=lambda: actions.edit_duty(
            duty_id=found.pk, **form.cleaned_data, by=request.actor, at=request.now
        ),
        title=found.name,
        save=_("Save"),
        lead=_("%(explanation)s Clocks that run keep what they were started with.")
        % {"explanation": found.explanation},
        done=_("Saved. New clocks run by it."),
        to=reverse("clocks:duties"),
        crumbs=[Crumb(_("Clocks"), reverse("clocks:clocks")), Crumb(_("Duties"), reverse("clocks:duties"))],
    )
