"""The letters: for office and auditor all of them, for everyone else those written to themselves."""

from __future__ import annotations

import re

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from landbridge.foundation.operations.once import once
from landbridge.foundation.outbox.models import Letter, State
from landbridge.foundation.outbox.tell import send_again
from landbridge.foundation.permissions.guards import Request, needs, signed_in
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import Refused
from landbridge.foundation.ui.listing import page_of

ABOUT = re.compile(r"(?P<table>[a-z]{1,40}\.[a-z]{1,40}):(?P<id>[0-9]{1,18})")


@signed_in
@require_GET
def letters(request: Request) -> HttpResponse:
    """The newest letters first; `?about=label:id` leaves those about one object."""
    rows = Letter.objects.visible_to(request.actor).defer("body", "error")
    subject = ABOUT.fullmatch(request.GET.get("about", ""))
    if subject:
        rows = rows.filter(about_table=subject["table"], about_id=int(subject["id"]))
    page = page_of(request, rows.order_by("-pk"))
    context = {"page": page, "of_others": request.actor.may(P.LETTER_SEE)}
    return render(request, "outbox/list.html", context)


@signed_in
@require_GET
def letter(request: Request, pk: int) -> HttpResponse:
    """One letter as it was written."""
    return _page(request, get_object_or_404(Letter.objects.visible_to(request.actor), pk=pk))


@needs(P.PROGRAMME_EDIT)
@require_POST
def sending(request: Request, pk: int) -> HttpResponse:
    """Send a letter again that failed."""
    row = get_object_or_404(Letter.objects.visible_to(request.actor), pk=pk)
    try:
        once(request, lambda: send_again(letter_id=row.pk, by=request.actor, at=request.now))
    except Refused as refusal:
        return _page(request, row, refusal=refusal)
    return redirect(row)


def _page(request: Request, row: Letter, *, refusal: Refused | None = None) -> HttpResponse:
    context = {
        "letter": row,
        "problems": refusal.problems if refusal else (),
        "may_send_again": row.state == State.FAILED and request.actor.may(P.PROGRAMME_EDIT),
    }
    return render(request, "outbox/page.html", context, status=409 if refusal else 200)
