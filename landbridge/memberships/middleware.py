"""Gives each request its actor (who, under which hat) and its moment."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from landbridge.foundation import clock
from landbridge.foundation.permissions.actor import ANYONE, Actor
from landbridge.foundation.permissions.guards import Request
from landbridge.memberships import queries
from landbridge.memberships.models import Membership

WORN = "hat"  # under this name the session keeps the membership that its person acts under


class ActorMiddleware:
    """Sets `request.actor` and `request.hats`, read together by one query when first asked for, and `request.now`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        ours = cast(Request, request)
        ours.now = clock.now()
        ours.hats = SimpleLazyObject(lambda: _hats(ours))  # type: ignore[attr-defined]
        ours.actor = SimpleLazyObject(lambda: _actor(ours))  # type: ignore[assignment]
        return self.get_response(ours)


def _hats(request: Request) -> list[Membership]:
    return queries.hats_of(request.user.pk) if request.user.is_authenticated else []


def _actor(request: Request) -> Actor:
    if not request.user.is_authenticated:
        return ANYONE
    hats: list[Membership] = request.hats  # type: ignore[attr-defined]
    return queries.actor_of(request.user, worn=request.session.get(WORN), hats=hats)
