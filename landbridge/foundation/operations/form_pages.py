"""The two shapes of a page that changes something: a form that leads to one action, and a button that needs no form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.db import models
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render

from landbridge.foundation.operations.once import once
from landbridge.foundation.permissions.guards import Request
from landbridge.foundation.problems import Problem, Refused
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
    act: Callable[[], models.Model],
    title: str,
    crumbs: list[Crumb],
    done: str = "",
    to: str = "",
    back: str = "",
    save: str = "",
    lead: str = "",
    template: str = "ui/form.html",
    **more: Any,
) -> HttpResponse:
    """One form that leads to one action: shown, shown again with its problems (422, 409), or carried out.

    Carried out, it leads to the page of what `act` returned, or to the address `to`, and says `done` there. `save` is
    on its button, else the title is. `crumbs` is the trail to the page that it leads back to, unless `back` names
    another; `more` goes to the template (`programme`, `eyebrow`).
    """
    result = carried_out(request, form, act)
    if result is not None:
        if done:
            messages.success(request, done)
        return _on(to, result)
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


def button_pressed(
    request: Request,
    act: Callable[[], models.Model],
    *,
    refused: Callable[[tuple[Problem, ...]], HttpResponse] | None = None,
    done: str = "",
    to: str = "",
    back: str = "",
) -> HttpResponse:
    """A move that needs no form: carried out, it leads on as `form_page` does; refused, `refused` draws the page (409).

    Without `refused` it is a page of its own with the problems, and a link `back`.
    """
    try:
        result = once(request, act)
    except Refused as refusal:
        if refused:
            return refused(refusal.problems)
        context = {"problems": refusal.problems, "back": back or to}
        return render(request, "ui/refused.html", context, status=409)
    if done:
        messages.success(request, done)
    return _on(to, result)


def _on(to: str, result: models.Model) -> HttpResponse:
    return redirect(to or result)  # type: ignore[arg-type]  # a row without a page of its own needs `to`
