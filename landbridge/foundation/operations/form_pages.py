"""A page with one form that leads to one action: what was posted, carried out once, or shown again with its problems."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.db import models
from django.http import HttpResponse, QueryDict
from django.shortcuts import render

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
    crumbs: list[Crumb],
    back: str = "",
    save: str = "",
    lead: str = "",
    template: str = "ui/form.html",
    **more: Any,
) -> HttpResponse:
    """The page of a form, with the status that the form calls for. `save` is on its button, else the title is.

    `crumbs` is the trail to the page that it leads back to, unless `back` names another; `more` goes to the
    template (`programme`).
    """
    context = {
        "form": form,
        "title": title,
        "save": save or title,
        "lead": lead,
        "back": back or crumbs[-1].href,
        "breadcrumbs": [*crumbs, Crumb(title)],
        **more,
    }
    return render(request, template, context, status=form.http_status)
