"""The office's page from which the network can leave: everything in one file."""

from __future__ import annotations

from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from landbridge.api.actions import archives as actions
from landbridge.api.models import Archive
from landbridge.api.queries import archives as queries
from landbridge.api.states import Ordered
from landbridge.api.tasks import archives as tasks
from landbridge.foundation.operations.form_pages import button_pressed
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import Refused
from landbridge.foundation.ui.listing import page_of
from landbridge.foundation.ui.parts import Crumb


@needs(P.NETWORK_EXPORT)
def archives(request: Request) -> HttpResponse:
    """What was ordered and what lies ready; the button orders another."""
    if request.method == "POST":
        return button_pressed(
            request,
            lambda: tasks.asked(lambda: actions.order(by=request.actor, at=request.now)),
            done=_("Ordered. A letter tells you when it is ready."),
            to=reverse("api:archives"),
        )
    rows = queries.listed(request.actor)
    context = {
        "page": page_of(request, rows),
        "may_order": request.actor.sees_everything,
        "is_waiting": rows.filter(state=Ordered.ORDERED).exists(),
        "breadcrumbs": [Crumb(_("Archive of the network"))],
    }
    return render(request, "api/archives.html", context)


@needs(P.NETWORK_EXPORT)
@require_POST
def file(request: Request, archive_pk: int) -> HttpResponseBase:
    """The file itself; the record says who took it."""
    found = get_object_or_404(Archive.objects.visible_to(request.actor), pk=archive_pk)
    try:
        actions.take(archive_id=found.pk, by=request.actor, at=request.now)
    except Refused as refusal:
        context = {"problems": refusal.problems, "back": reverse("api:archives")}
        return render(request, "ui/refused.html", context, status=409)
    response = FileResponse(
        queries.place_of(found).open("rb"),
        as_attachment=True,
        filename=f"landbridge-{found.ordered_at:%Y-%m-%d}-{found.pk}.zip",
        content_type="application/zip",
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@needs(P.NETWORK_EXPORT)
@require_POST
def removal(request: Request, archive_pk: int) -> HttpResponse:
    """Delete it now."""
    found = get_object_or_404(Archive.objects.visible_to(request.actor), pk=archive_pk)
    return button_pressed(
        request,
        lambda: actions.delete(archive_id=found.pk, by=request.actor, at=request.now),
        done=_("Deleted."),
        to=reverse("api:archives"),
    )
