"""Who must show a second factor before going on, and where they are led."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from landbridge.foundation.people import queries
from landbridge.foundation.permissions.guards import Request, guard_of
from landbridge.foundation.permissions.roles import NEEDS_SECOND_FACTOR

# The pages that one needs to set up or show a second factor, and the way out.
OPEN_BEFORE_IT = frozenset(
    {
        "account_confirm_login_code",
        "account_email",
        "account_email_verification_sent",
        "account_logout",
        "account_reauthenticate",
        "account_second_factor_needed",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
    }
)


def second_factor_missing(request: HttpRequest) -> bool:
    """Whether the hat now worn sees other people's data, and this session has not shown a second factor."""
    if settings.LANDBRIDGE_SECOND_FACTOR == "off":
        return False
    ours = cast(Request, request)
    return ours.actor.role in NEEDS_SECOND_FACTOR and not queries.gave_second_factor(request)


class SecondFactorMiddleware:
    """Leads people who need a second factor to the page that asks for it, from every guarded page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Let pass what is public, what serves to sign in, and whoever has shown a second factor."""
        guard = guard_of(view)
        if guard is None or not guard.signed_in:
            return None
        if request.resolver_match is not None and request.resolver_match.url_name in OPEN_BEFORE_IT:
            return None
        if not second_factor_missing(request):
            return None
        back = request.get_full_path() if request.method in ("GET", "HEAD") else "/"
        return redirect(f"{reverse('account_second_factor_needed')}?{urlencode({'next': back})}")
