"""What every form page of this word shares."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.db import models
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from landbridge.calls.models import Call
from landbridge.foundation.operations.once import once
from landbridge.foundation.permissions.guards import Request
from landbridge.foundation.problems import Refused
from landbridge.foundation.ui.forms import Form
from landbridge.foundation.ui.parts import Crumb

Result = TypeVar("Result", bound=models.Model)


def posted(request: Request) -> QueryDict | None:
    """The fields of a posted form; None for a page that is only opened."""
    return request.POST if request.method == "POST" else None


def carried_out(request: Request, form: Form, action: Callable[[], Result]) -> Result | None:
    """What the form brought about; None where it was only opened, or where it now says what is wrong."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        return once(request, action)
    except Refused as refusal:
        form.refuse(refusal)
        return None


def form_page(
    request: Request,
    form: Form,
    *,
    title: str,
    save: str,
    lead: str,
    call: Call,
    template: str = "calls/form.html",
) -> HttpResponse:
    """The page of a form about a call, with the status that the form calls for."""
    programme = call.phase.programme
    context = {
        "form": form,
        "title": title,
        "save": save,
        "lead": lead,
        "call": call,
        "back": reverse("calls:call", args=[call.pk]),
        "breadcrumbs": [*crumbs_of(call), Crumb(title)],
        "programme": programme,
        "accent": programme.accent,
    }
    return render(request, template, context, status=form.http_status)


def crumbs_of(call: Call) -> list[Crumb]:
    """The trail to the call."""
    return [
        Crumb(_("Calls"), reverse("calls:calls")),
        Crumb(call.title, reverse("calls:call", args=[call.pk])),
    ]


def editable(request: Request, pk: int) -> Call:
    """The call, where this office prepares it; 404 elsewhere."""
    return get_object_or_404(Call.objects.edited_by(request.actor).select_related("phase__programme"), pk=pk)
