"""The search over numbers and names, and the samples of an audit."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from landbridge.desk.forms import SampleForm, SearchForm
from landbridge.desk.queries import auditor
from landbridge.desk.queries import search as queries
from landbridge.foundation.permissions.guards import Request, needs, signed_in
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.ui.parts import Crumb


@signed_in
@require_GET
def search(request: Request) -> HttpResponse:
    """What fits, by kind; a whole number that fits one thing alone leads straight to it."""
    form = SearchForm(request.GET if "q" in request.GET else None)
    groups = []
    text = ""
    if form.is_bound and form.is_valid():
        text = form.cleaned_data["q"]
        groups = queries.found(request.actor, text)
        exact = [hit for _name, hits in groups for hit in hits if hit.name.casefold() == text.casefold()]
        if len(exact) == 1:
            return redirect(exact[0].href)
    context = {
        "form": form,
        "groups": [(_(name), hits) for name, hits in groups],
        "text": text,
        "breadcrumbs": [Crumb(_("My desk"), reverse("desk:home")), Crumb(_("Search"))],
    }
    return render(request, "desk/search.html", context)


@needs(P.AUDIT_SEE)
@require_GET
def sample(request: Request) -> HttpResponse:
    """So many objects of one kind at random; the seed in the address draws the same ones again."""
    asked = {"kind", "size", "seed"} & set(request.GET)
    form = SampleForm(request.GET if asked else None, initial={"seed": _seed_of(request)})
    drawn: list[auditor.Drawn] = []
    of = 0
    if form.is_bound and form.is_valid():
        drawn, of = auditor.sample(request.actor, **form.cleaned_data)
    context = {
        "form": form,
        "drawn": drawn,
        "of": of,
        "breadcrumbs": [Crumb(_("My desk"), reverse("desk:home")), Crumb(_("Sample"))],
    }
    return render(request, "desk/sample.html", context)


def _seed_of(request: Request) -> int:
    """A seed to begin with that nobody chose: the day."""
    return int(request.now.strftime("%Y%m%d"))
