"""Links of letters, for people without an account: each shows one page with a button, and the button does it."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from landbridge.catalogue import actions, links, queries, rules
from landbridge.catalogue.models import Record
from landbridge.catalogue.states import S
from landbridge.foundation.operations.form_pages import button_pressed
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.foundation.permissions.guards import Request, public


@public
def still_right(request: Request, token: str) -> HttpResponse:
    """The contact says that a record is still right."""
    record = _record(token, purpose=links.FRESHNESS)
    if request.method == "POST":
        return button_pressed(
            request,
            lambda: actions.confirm(
                record_id=record.pk,
                said_by=record.contact_name or _("Its contact"),
                by=SYSTEM,
                at=request.now,
            ),
            done=_("Thank you. The record counts as right for twelve months."),
            to=request.path,
        )
    return _page(request, record, token, "still_right")


@public
def not_mine(request: Request, token: str) -> HttpResponse:
    """The contact says that they do not answer for a record; the region's desk takes it up."""
    record = _record(token, purpose=links.FRESHNESS)
    if request.method == "POST":
        return button_pressed(
            request,
            lambda: actions.disown(record_id=record.pk, at=request.now),
            to=links.link("catalogue:thanks"),
        )
    return _page(request, record, token, "not_mine")


@public
def consent(request: Request, token: str) -> HttpResponse:
    """A person agrees to be shown as an expert, or says no, now or later."""
    record = _record(token, purpose=links.CONSENT)
    if request.method == "POST":
        says_no = request.POST.get("answer") == "no"
        act = actions.disagree if says_no else actions.agree
        done = _("You are not shown.") if says_no else _("Thank you. You are shown in the catalogue.")
        return button_pressed(
            request, lambda: act(record_id=record.pk, at=request.now), done=done, to=request.path
        )
    return _page(request, record, token, "consent")


@public
@require_safe
def thanks(request: Request) -> HttpResponse:
    """What happens after somebody said that a record is not theirs."""
    return render(request, "catalogue/one_click/thanks.html")


def _record(token: str, *, purpose: str) -> Record:
    record = links.record_of(token, purpose=purpose)
    if record is None:
        raise Http404
    return record


def _page(request: Request, record: Record, token: str, name: str) -> HttpResponse:
    today = queries.today_for(record, at=request.now)
    context = {
        "record": record,
        "token": token,
        "values": queries.values_of(record),
        "is_withdrawn": record.state == S.WITHDRAWN,
        "freshness": rules.freshness(confirmed_on=record.confirmed_on, due_on=record.due_on, today=today),
        "is_done": record.confirmed_on == today,
    }
    return render(request, f"catalogue/one_click/{name}.html", context)
