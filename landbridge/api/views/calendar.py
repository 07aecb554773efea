"""One's own calendar: the page with its private address, and the calendar itself for a program that follows it."""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from landbridge.api.actions import calendar as actions
from landbridge.api.queries import calendar as queries
from landbridge.foundation.calendar import calendar as calendar_of
from landbridge.foundation.exports import calendar_response
from landbridge.foundation.operations.form_pages import button_pressed
from landbridge.foundation.permissions.guards import Request, public, signed_in
from landbridge.foundation.ui.parts import Crumb


@signed_in
@never_cache
def calendar(request: Request) -> HttpResponse:
    """The private address, to be made, made anew or ended."""
    if request.method == "POST":
        return button_pressed(
            request,
            lambda: actions.make_address(by=request.actor, at=request.now),
            done=_("There is a new address. Enter it in your calendar programme."),
            to=reverse("api:calendar"),
        )
    found = queries.address_of(request.actor)
    address = settings.LANDBRIDGE_ADDRESS + reverse("api:calendar_feed", args=[found.key]) if found else ""
    context = {
        "found": found,
        "address": address,
        "breadcrumbs": [Crumb(_("Your account"), reverse("account_profile")), Crumb(_("Your calendar"))],
    }
    return render(request, "api/calendar.html", context)


@signed_in
@require_POST
def ending(request: Request) -> HttpResponse:
    """No address any more."""
    return button_pressed(
        request,
        lambda: actions.end_address(by=request.actor, at=request.now),
        done=_("The address leads nowhere any more."),
        to=reverse("api:calendar"),
    )


@public
@require_safe
def feed(request: Request, key: str) -> HttpResponseBase:
    """The calendar of whoever has this address; calendar programmes look here again and again."""
    person = queries.person_of(key)
    if person is None:
        raise Http404
    with override(person.language):
        octets = calendar_of(
            queries.entries_of(person, at=request.now),
            name="Landbridge",
            at=request.now.replace(hour=0, minute=0, second=0, microsecond=0),
        )
    etag = f'"{hashlib.sha256(octets).hexdigest()[:32]}"'
    response = calendar_response(octets, filename="landbridge")
    response["ETag"] = etag
    answer = get_conditional_response(request, etag=etag, response=response)
    return answer if answer is not None else response
