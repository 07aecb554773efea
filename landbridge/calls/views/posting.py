"""What the form pages of a call share: the call that may be edited, and the way back to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from landbridge.calls import actions
from landbridge.calls.models import Call
from landbridge.calls.states import S
from landbridge.foundation.operations import form_pages
from landbridge.foundation.permissions.guards import Request
from landbridge.foundation.ui.formatting import problem_text
from landbridge.foundation.ui.forms import Form
from landbridge.foundation.ui.parts import Crumb


def form_page(
    request: Request,
    form: Form,
    *,
    call: Call,
    act: Callable[[], Model],
    title: str,
    save: str = "",
    to: str = "",
    is_for_published: bool = False,
    **more: Any,
) -> HttpResponse:
    """The page of a form about a call, which leads back to it; the parts of a published call are not opened again."""
    if request.method == "GET" and call.state != S.DRAFT and not is_for_published:
        messages.info(request, problem_text(actions.FROZEN))
        return redirect("calls:call", call.pk)
    return form_pages.form_page(
        request,
        form,
        act=act,
        to=to or call.get_absolute_url(),
        title=title,
        save=save or _("Save"),
        crumbs=crumbs_of(call),
        call=call,
        programme=call.phase.programme,
        **more,
    )


def crumbs_of(call: Call) -> list[Crumb]:
    """The trail to the call."""
    return [
        Crumb(_("Calls"), reverse("calls:calls")),
        Crumb(call.title, reverse("calls:call", args=[call.pk])),
    ]


def editable(request: Request, pk: int) -> Call:
    """The call, where this office prepares it; 404 elsewhere."""
    return get_object_or_404(Call.objects.edited_by(request.actor).select_related("phase__programme"), pk=pk)
