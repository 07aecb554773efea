"""One's saved searches and their letters of news, which end with one click and without signing in."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from landbridge.catalogue.actions import finding as actions
from landbridge.catalogue.forms.finding import AlertsForm, SearchForm
from landbridge.catalogue.models import SavedSearch
from landbridge.catalogue.queries import found as results
from landbridge.catalogue.search.finding import found_numbers
from landbridge.foundation.operations.form_pages import form_page, posted
from landbridge.foundation.permissions.guards import Request, public, signed_in
from landbridge.foundation.ui.listing import page_of
from landbridge.foundation.ui.parts import Crumb


@signed_in
@require_GET
def saved_searches(request: Request) -> HttpResponse:
    """One's own, the newest first, each leading to what it finds now."""
    page = page_of(request, SavedSearch.objects.visible_to(request.actor).order_by("-saved_at", "-pk"))
    rows = [(row, results.of_saved(row).query()) for row in page.object_list]
    crumbs = [Crumb(_("Find help"), reverse("catalogue:directory")), Crumb(_("Saved searches"))]
    context = {"page": page, "rows": rows, "breadcrumbs": crumbs}
    return render(request, "catalogue/saved_searches.html", context)


@signed_in
def search_saving(request: Request) -> HttpResponse:
    """Keep the search that the address describes."""
    ask = results.asked(request.GET)
    form = SearchForm(posted(request), initial={"name": results.in_words(ask)[:120], "every_days": 7})
    return form_page(
        request, form,
        act=lambda: actions.save_search(
            **form.cleaned_data, text=ask.text, filters={**(ask.filters or {}), "exactly": ask.literally},
            known=found_numbers(ask.text, ask.filters, literally=ask.literally), by=request.actor, at=request.now,
        ),
        title=_("Save this search"), save=_("Save it"), done=_("Saved."), to=reverse("catalogue:saved_searches"),
        lead=results.in_words(ask) or _("Everything in the catalogue"), crumbs=_crumbs(_("Save this search")),
    )  # fmt: skip


@signed_in
def search_alerts(request: Request, pk: int) -> HttpResponse:
    """How often a search tells of news."""
    found = get_object_or_404(SavedSearch.objects.visible_to(request.actor), pk=pk)
    form = AlertsForm(
        posted(request), initial={"every_days": 0 if found.unsubscribed_at else found.every_days}
    )
    return form_page(
        request, form,
        act=lambda: actions.change_alerts(search_id=pk, **form.cleaned_data, by=request.actor, at=request.now),
        title=found.name, done=_("Changed."), to=reverse("catalogue:saved_searches"), crumbs=_crumbs(found.name),
    )  # fmt: skip


@signed_in
@require_POST
def search_deletion(request: Request, pk: int) -> HttpResponse:
    """Delete a saved search."""
    get_object_or_404(SavedSearch.objects.visible_to(request.actor), pk=pk)
    actions.forget_search(search_id=pk, by=request.actor)
    return redirect("catalogue:saved_searches")


@csrf_exempt
@public
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: Request, key: str) -> HttpResponse:
    """End the letters of one search: asked by a person, done by the post (RFC 8058).

    Whoever posts has the key out of the letter; nothing else is needed, and no cookie is looked at. Twice does no
    harm; a key that nobody holds, or of a search that was deleted, is not found.
    """
    if not key.isprintable():  # no key of ours, and a sign that PostgreSQL would not even read
        raise Http404
    found = get_object_or_404(SavedSearch, unsubscribe_key=key)
    if request.method == "POST":
        actions.unsubscribe(key=key, at=request.now)
    context = {"is_done": request.method == "POST" or found.unsubscribed_at is not None}
    return render(request, "catalogue/unsubscribe.html", context)


def _crumbs(here: str) -> list[Crumb]:
    return [
        Crumb(_("Find help"), reverse("catalogue:directory")),
        Crumb(_("Saved searches"), reverse("catalogue:saved_searches")),
        Crumb(here),
    ]
