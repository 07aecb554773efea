"""What an application takes from a request for access, and what it could be paid under."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from landbridge.access.models import Request
from landbridge.applications.rules.content import LONGEST_TITLE
from landbridge.calls.models import Call, Offer, Question
from landbridge.foundation.permissions.actor import Actor
from landbridge.organisations.models import Organisation


def access_request_named(text: str, *, actor: Actor) -> Request | None:
    """The request that an address names; anything else is none."""
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        return None
    return Request.objects.visible_to(actor).filter(pk=int(text)).first()


def access_request_of(request_id: int | None, *, applicant: Organisation, actor: Actor) -> Request | None:
    """The applicant's own request for access, if the actor sees it."""
    rows = Request.objects.visible_to(actor).select_related("provider")
    return rows.filter(pk=request_id or 0, company=applicant).first()


def filled_from(request: Request, *, call: Call) -> dict[str, Any]:
    """The columns that a draft takes over: provider, title, and the purpose as answer to the first long question."""
    question = (
        Question.objects.filter(call=call, kind=Question.Kind.LONG_TEXT).order_by("position", "pk").first()
    )
    answers = {question.key: request.purpose[: question.longest]} if question and request.purpose else {}
    return {
        "access_request": request,
        "provider": request.provider if request.provider.offers_access else None,
        "title": request.title[:LONGEST_TITLE],
        "answers": answers,
    }


def offers_open(at: datetime) -> list[Offer]:
    """What can be applied for now, the call that closes first on top."""
    rows = Offer.objects.filter(call__in=Call.objects.open_at(at)).select_related("call")
    return list(rows.order_by("call__closes_at", "pk"))
