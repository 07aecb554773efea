"""Gives each request its actor (who, under which hat) and its moment."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from landbridge.foundation import clock
from landbridge.foundation.permissions.actor import ANYONE
from landbridge.foundation.permissions.guards import Request
from landbridge.memberships import queries


class ActorMiddleware:
    """Sets `request.actor` (looked up when first asked for) and `request.now` (decided once)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        ours = cast(Request, request)
        ours.now = clock.now()
        ours.actor = SimpleLazyObject(lambda: self._actor(ours))  # type: ignore[assignment]
        return self.get_response(ours)

    @staticmethod
    def _actor(request: Request) -> object:
        if not request.user.is_authenticated:
            return ANYONE
        return queries.actor_of(request.user, worn=request.session.get("hat"))
