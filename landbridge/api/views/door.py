"""The one door for programs: who asks, how often, for what; and the answer with its headers."""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import hmac
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from landbridge.api import actions, oauth, problems
from landbridge.api.actions import keys as key_actions
from landbridge.api.actions import limits
from landbridge.api.problems import Wrong
from landbridge.api.queries import keys as key_queries
from landbridge.api.rules import keys as key_rules
from landbridge.api.rules import limits as limit_rules
from landbridge.api.table import operations
from landbridge.api.table.operation import Operation
from landbridge.api.table.resource import Resource
from landbridge.api.table.resources import resources
from landbridge.api.views import carrying_out, shown
from landbridge.foundation.permissions.actor import ANYONE, Actor
from landbridge.foundation.permissions.guards import Request, public
from landbridge.foundation.permissions.permissions import P

__all__ = ["actions", "counted", "door"]

MOST_WITH_KEY, MOST_WITHOUT = 600, 120
Answer = Callable[[Request], dict[str, Any]]


@dataclasses.dataclass(frozen=True, slots=True)
class Route:
    """What stands at an address: its places, and who answers each method."""

    places: dict[str, Any]
    resource: Resource | None = None
    is_list: bool = False
    operation: Operation | None = None

    @property
    def methods(self) -> list[str]:
        reads = self.resource is not None or (self.operation is not None and self.operation.has_form)
        found = ["GET", "HEAD"] if reads else []
        return [*found, *(["POST"] if self.operation else []), "OPTIONS"]


@csrf_exempt
@public
def door(request: Request, address: str) -> HttpResponseBase:
    """Any operation or resource of the API."""
    try:
        route = found_at(address)
        allowed = ", ".join(route.methods)
        if request.method == "OPTIONS":
            return HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"Allow": allowed})
        if request.method in route.methods:
            response = _answered(request, route)
        else:
            response = problems.answer(HTTPStatus.METHOD_NOT_ALLOWED, f"Only {allowed}.")
            response["Allow"] = allowed
    except Wrong as problem:
        response = problems.about(request, problem)
    for name, value in getattr(request, "limit_headers", {}).items():
        response[name] = value
    response["Cache-Control"] = "private, no-cache"
    response["Vary"] = "Authorization, Accept-Language"
    return response


def counted(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A public view of the API: counted by address, with an ETag."""

    @functools.wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        ours: Any = request
        try:
            _count(ours, f"ip:{_hash_of(ours)}", MOST_WITHOUT)
        except Wrong as problem:
            response: Any = problems.about(request, problem)
        else:
            response = view(request, *args, **kwargs)
            if response.status_code == HTTPStatus.OK:
                response = _conditional(ours, response)
        for name, value in ours.limit_headers.items():
            response[name] = value
        answered: HttpResponseBase = response
        return answered

    return wrapped


# ── Which ────────────────────────────────────────────────────────────────────────────────────────────────────────────
def found_at(address: str) -> Route:
    """What stands there. Raises Wrong (404) where nothing does."""
    resource, places, is_list = _resource_at(address)
    for operation in operations().values():
        if not operation.page.route.startswith(address.split("/", 1)[0]):
            continue
        match = operation.page.pattern.match(address)
        if match is not None:
            same = is_list or places == match[2]  # "new" is no slug where a form stands under that name
            return Route(match[2], resource if same else None, is_list, operation)
    if resource is None:
        raise Wrong(HTTPStatus.NOT_FOUND, "There is no such address; see /api/v1/openapi.json.")
    return Route(places, resource, is_list)


def _resource_at(address: str) -> tuple[Resource | None, dict[str, Any], bool]:
    for resource in resources():
        if address == resource.path:
            return resource, {}, True
    for resource in resources():
        if address.startswith(resource.path) and (match := resource.one_pattern.match(address)) is not None:
            return resource, match[2], False
    return None, {}, False


def resource_of(operation: Operation) -> Resource | None:
    """The resource whose object an operation is about: its address begins with the object's."""
    route = operation.page.route
    found = [one for one in resources() if route.startswith(f"{one.path}/{one.place}/")]
    return max(found, key=lambda one: len(one.path), default=None)


# ── Who, and how often ───────────────────────────────────────────────────────────────────────────────────────────────
def _answered(request: Request, route: Route) -> HttpResponse:
    actor = _actor(request)
    _admit(actor, route, is_post=request.method == "POST")
    request.actor = actor
    if request.method == "POST" and route.operation:
        _require_match(request, route)
        return JsonResponse(carrying_out.carried_out(request, route.operation, route.places))
    if route.resource is not None:
        asked = shown.portion(route.resource, actor, request.GET) if route.is_list else None
        body = asked or shown.one(route.resource, actor, _named(route))
    else:
        assert route.operation is not None  # noqa: S101 - methods() said so
        body = carrying_out.form_of(request, route.operation, route.places)
    return _conditional(request, JsonResponse(body))


def _named(route: Route) -> dict[str, Any]:
    assert route.resource is not None  # noqa: S101 - only asked where there is one
    wanted = "pk" if route.resource.by == "id" else route.resource.by
    return {wanted: next(iter(route.places.values()))}


def _admit(actor: Actor, route: Route, *, is_post: bool) -> None:
    """Raises Wrong: 401 without a key where one is needed, 403 where the key has not the scope."""
    if route.operation is not None and (is_post or route.resource is None):
        guard = route.operation.page.guard
        needed: str | None = guard.permission or key_rules.OWN if guard.signed_in else None
    else:
        needed = route.resource.see if route.resource else None
    if needed is None:
        return
    if not actor.is_signed_in:
        raise _unknown("This needs a key.")
    scoped = needed in (actor.scopes or ())
    if not scoped or (needed != key_rules.OWN and not actor.may(P(needed))):
        raise Wrong(
            HTTPStatus.FORBIDDEN, f"This key has not the scope {needed}, or its holder not the permission."
        )


def _actor(request: Request) -> Actor:
    """Who asks: the holder of the key, or anyone. A sign-in in a browser counts for nothing here."""
    request.user = AnonymousUser()
    given = request.headers.get("Authorization", "")
    if not given:
        _count(request, f"ip:{_hash_of(request)}", MOST_WITHOUT)
        return ANYONE
    scheme, _space, token = given.partition(" ")
    if scheme.lower() == "bearer" and oauth.is_on() and not token.startswith("lb_"):
        return _actor_of_token(request, token.strip())
    key = key_queries.key_of(token.strip()) if scheme.lower() == "bearer" else None
    actor = key_queries.actor_of(key, at=request.now) if key else None
    if key is None or actor is None:
        _count(request, f"ip:{_hash_of(request)}", MOST_WITHOUT)
        raise _unknown("This key is not known, or has ended.", error='error="invalid_token"')
    _count(request, f"key:{key.pk}", MOST_WITH_KEY)
    if not key_rules.is_used_lately(key.used_at, at=request.now):
        key_actions.note_use(key_id=key.pk, at=request.now)
    request.user = key.person
    request.hats = [key.membership] if key.membership else []  # type: ignore[attr-defined]
    return actor


def _actor_of_token(request: Request, token: str) -> Actor:
    """Who acts under a token of OAuth 2."""
    found = oauth.acting_under(token, at=request.now)
    if found is None:
        _count(request, f"ip:{_hash_of(request)}", MOST_WITHOUT)
        raise _unknown("This token is not known, or has ended.", error='error="invalid_token"')
    subject, person, actor = found
    _count(request, subject, MOST_WITH_KEY)
    request.user, request.hats = person, []  # type: ignore[attr-defined]
    return actor


def _unknown(detail: str, *, error: str = "") -> Wrong:
    challenge = "Bearer" + (f" {error}" if error else "")
    return Wrong(HTTPStatus.UNAUTHORIZED, detail, headers={"WWW-Authenticate": challenge})


def _count(request: Request, subject: str, most: int) -> None:
    asked = limits.count_asking(subject=subject, at=request.now)
    wait = limit_rules.seconds_left(request.now)
    request.limit_headers = {  # type: ignore[attr-defined]
        "RateLimit-Limit": str(most),
        "RateLimit-Remaining": str(max(0, most - asked)),
        "RateLimit-Reset": str(wait),
        "RateLimit-Policy": f"{most};w=60",
    }
    if asked > most:
        raise Wrong(
            HTTPStatus.TOO_MANY_REQUESTS,
            f"At most {most} requests a minute.",
            headers={"Retry-After": str(wait)},
        )


def _hash_of(request: HttpRequest) -> str:
    """The address of whoever asks, so that it can be counted and not read."""
    try:
        address = get_adapter(request).get_client_ip(request)
    except PermissionDenied:  # behind a socket, without a proxy that says so: all count together
        address = ""
    return hmac.new(settings.SECRET_KEY.encode(), f"api {address}".encode(), hashlib.sha256).hexdigest()[:32]


# ── ETags ────────────────────────────────────────────────────────────────────────────────────────────────────────────
def etag_of(octets: bytes) -> str:
    """The strong ETag of an answer."""
    return f'"{hashlib.sha256(octets).hexdigest()[:32]}"'


def _conditional(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    tag = etag_of(response.content)
    given = [one.strip().removeprefix("W/") for one in request.headers.get("If-None-Match", "").split(",")]
    if tag in given or "*" in given:
        return HttpResponse(status=HTTPStatus.NOT_MODIFIED, headers={"ETag": tag})
    response["ETag"] = tag
    return response


def _require_match(request: Request, route: Route) -> None:
    """With If-Match, the object must still be the one that was read (412)."""
    wanted = request.headers.get("If-Match", "")
    assert route.operation is not None  # noqa: S101 - only asked for operations
    resource = resource_of(route.operation)
    if not wanted or resource is None:
        return
    name = "pk" if resource.by == "id" else resource.by
    value = next(iter(route.places.values()))
    if resource.see is not None and not request.actor.may(P(resource.see)):
        return
    now = etag_of(JsonResponse(shown.one(resource, request.actor, {name: value})).content)
    if wanted.strip() not in ("*", now):
        raise Wrong(
            HTTPStatus.PRECONDITION_FAILED, "The object has changed since you read it. Read it again."
        )
