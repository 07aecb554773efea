"""Small things the pages at the door share."""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from landbridge.foundation.people.models import People, Person

A_YEAR = 365 * 24 * 60 * 60


def cast() -> People | None:
    """The invented people that the demonstration offers by one click, in the order in which they were made."""
    return Person.objects.cast().order_by("pk") if settings.LANDBRIDGE_DEMONSTRATION else None


def passkeys_possible(request: HttpRequest) -> bool:
    """Browsers keep passkeys for names, not for numeric addresses: not at http://127.0.0.1."""
    host = request.get_host().rsplit(":", 1)[0].strip("[]")
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return True
    return False


def show_in(response: HttpResponse, language: str) -> None:
    """Show pages in this language from here on."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=A_YEAR,
        samesite="Lax",
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
    )


def leave(request: HttpRequest) -> None:
    """End the present session, if there is one: its hat and its proofs are not the next person's."""
    if request.user.is_authenticated:
        logout(request)
