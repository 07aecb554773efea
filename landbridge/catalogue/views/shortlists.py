"""One's own shortlists: records kept together, with remarks, side by side, printed as a hand-out."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from landbridge.catalogue.actions import finding as actions
from landbridge.catalogue.forms.finding import RemarkForm, ShortlistForm
from landbridge.catalogue.handout import handout
from landbridge.catalogue.models import Record, Shortlist, ShortlistEntry
from landbridge.catalogue.queries.cards import cards
from landbridge.foundation.operations.form_pages import button_pressed, form_page, posted
from landbridge.foundation.permissions.guards import Request, signed_in
from landbridge.foundation.ui.listing import page_of
from landbridge.foundation.ui.parts import Crumb


@signed_in
@require_GET
def shortlists(request: Request) -> HttpResponse:
    """One's own, the newest first."""
    page = page_of(request, Shortlist.objects.visible_to(request.actor).order_by("-made_at", "-pk"))
    return render(request, "catalogue/shortlists.html", {"page": page})


@signed_in
def shortlist_new(request: Request) -> HttpResponse:
    """Begin a shortlist."""
    form = ShortlistForm(posted(request))
    return form_page(
        request, form,
        act=lambda: actions.make_shortlist(**form.cleaned_data, by=request.actor, at=request.now),
        title=_("New shortlist"), save=_("Begin it"), back=reverse("catalogue:shortlists"),
        crumbs=[*_crumbs(), Crumb(_("New shortlist"))],
    )  # fmt: skip


@signed_in
@require_GET
def shortlist(request: Request, pk: int) -> HttpResponse:
    """The records of a shortlist; those that are not public any more are counted, not shown."""
    found = _own(request, pk)
    entries = list(ShortlistEntry.objects.filter(shortlist=found).order_by("added_at", "pk"))
    remarks = {one.record_id: one.remark for one in entries}
    rows = cards(list(remarks), today=request.now.date())
    context = {
        "shortlist": found,
        "rows": [(card, remarks[card.pk]) for card in rows],
        "gone": len(entries) - len(rows),
        "compare": "&".join(f"id={card.pk}" for card in rows[:6]),
        "breadcrumbs": [*_crumbs(), Crumb(found.name)],
    }
    return render(request, "catalogue/shortlist.html", context)


@signed_in
def shortlist_remark(request: Request, pk: int, record: int) -> HttpResponse:
    """Write a remark beside a record."""
    found = _own(request, pk)
    entry = get_object_or_404(
        ShortlistEntry, shortlist=found, record__in=Record.objects.public().filter(pk=record)
    )
    form = RemarkForm(posted(request), initial={"remark": entry.remark})
    return form_page(
        request, form,
        act=lambda: actions.remark_on_entry(shortlist_id=pk, record_id=record, **form.cleaned_data, by=request.actor),
        title=_("Remark"), crumbs=[*_crumbs(), Crumb(found.name, found.get_absolute_url()), Crumb(_("Remark"))],
    )  # fmt: skip


@signed_in
@require_POST
def shortlisting(request: Request, pk: int) -> HttpResponse:
    """Put a record on the newest shortlist, or on the one that was chosen."""
    get_object_or_404(Record.objects.public(), pk=pk)
    chosen = request.POST.get("shortlist", "")
    number = int(chosen) if chosen.isascii() and chosen.isdigit() and len(chosen) < 16 else None
    if number is not None:
        _own(request, number)
    return button_pressed(
        request,
        lambda: actions.put_on_shortlist(
            record_id=pk, shortlist_id=number, name=_("My shortlist"), by=request.actor, at=request.now
        ),
        done=_("It is on your shortlist."),
        back=reverse("catalogue:record", args=[pk]),
    )


@signed_in
@require_POST
def shortlist_removal(request: Request, pk: int, record: int) -> HttpResponse:
    """Take a record off."""
    _own(request, pk)
    return button_pressed(
        request,
        lambda: actions.take_off_shortlist(shortlist_id=pk, record_id=record, by=request.actor),
        done=_("Taken off the shortlist."),
    )


@signed_in
@require_POST
def shortlist_deletion(request: Request, pk: int) -> HttpResponse:
    """Delete a shortlist."""
    _own(request, pk)
    actions.delete_shortlist(shortlist_id=pk, by=request.actor)
    return redirect("catalogue:shortlists")


@signed_in
@require_GET
def shortlist_handout(request: Request, pk: int) -> HttpResponse:
    """The shortlist as a document to be handed out."""
    found = _own(request, pk)
    response = HttpResponse(handout(found, at=request.now), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="shortlist-{found.pk}.pdf"'
    return response


def _own(request: Request, pk: int) -> Shortlist:
    return get_object_or_404(Shortlist.objects.visible_to(request.actor), pk=pk)


def _crumbs() -> list[Crumb]:
    return [
        Crumb(_("Find help"), reverse("catalogue:directory")),
        Crumb(_("Shortlists"), reverse("catalogue:shortlists")),
    ]
