"""The mark that every view carries: `@needs` a permission, `@signed_in` or `@public`; a check finds the views without."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Concatenate, ParamSpec, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django_htmx.middleware import HtmxDetails

from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import NotAllowed

Arguments = ParamSpec("Arguments")


class Request(HttpRequest):
    """A request as our middleware hands it to the views."""

    actor: Actor
    now: datetime
    htmx: HtmxDetails


View = Callable[Concatenate[Request, Arguments], HttpResponseBase]
Guarded = Callable[Concatenate[HttpRequest, Arguments], HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Guard:
    """What a view asks of whoever opens it: a permission, a signed-in person, or nothing."""

    permission: P | None
    signed_in: bool

    @property
    def name(self) -> str:
        return str(self.permission) if self.permission else "signed_in" if self.signed_in else "public"

    def admits(self, actor: Actor) -> bool:
        if self.permission is not None:
            return actor.may(self.permission)
        return actor.is_signed_in or not self.signed_in


def needs(permission: P) -> Callable[[View[Arguments]], Guarded[Arguments]]:
    """Only for roles that hold the permission; others are led to sign in, or told that they may not (403)."""
    return _marked(Guard(permission=permission, signed_in=True))


def signed_in(view: View[Arguments]) -> Guarded[Arguments]:
    """Only for people who have signed in, whatever hat they wear."""
    return _marked(Guard(permission=None, signed_in=True))(view)


def public(view: View[Arguments]) -> Guarded[Arguments]:
    """For everyone."""
    return _marked(Guard(permission=None, signed_in=False))(view)


def guard_of(view: Callable[..., Any]) -> Guard | None:
    """The mark of a view, or None where it was forgotten."""
    return getattr(view, "guard", None)


def _marked(guard: Guard) -> Callable[[View[Arguments]], Guarded[Arguments]]:
    def mark(view: View[Arguments]) -> Guarded[Arguments]:
        if guard_of(view) is not None:
            raise TypeError(f"{view.__name__} already carries a guard.")

        @functools.wraps(view)
        def guarded(
            request: HttpRequest, *args: Arguments.args, **kwargs: Arguments.kwargs
        ) -> HttpResponseBase:
            ours = cast(Request, request)
            if guard.admits(ours.actor):
                try:
                    return view(ours, *args, **kwargs)
                except NotAllowed as refusal:
                    raise PermissionDenied(str(refusal)) from refusal
            if not ours.actor.is_signed_in:
                return _to_sign_in(ours)
            raise PermissionDenied(guard.name)

        guarded.guard = guard  # type: ignore[attr-defined]
        return cast(Guarded[Arguments], guarded)

    return mark


def _to_sign_in(request: Request) -> HttpResponse:
    """To the sign-in page and back; a form that was posted comes back to the page it stood on, not to the post."""
    back = request.get_full_path() if request.method in ("GET", "HEAD") else "/"
    return redirect(f"{reverse('account_login')}?{urlencode({'next': back})}")
