"""In which language pages are shown: the person's own first, then what this browser chose, then what it asks for."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from landbridge.foundation.messages.spoken import spoken


class LanguageMiddleware:
    """After Django's own, which knows the cookie and the browser: whoever has signed in reads their own language.

    What a page says depends on the cookie (of the language or of the session) and on what the browser asks for;
    caches are told so.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _has_session(request) and request.user.is_authenticated:
            language = spoken(request.user.language)
            if language != translation.get_language():
                translation.activate(language)
                request.LANGUAGE_CODE = language
        response = self.get_response(request)
        if response.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ("Cookie",))
        return response


def _has_session(request: HttpRequest) -> bool:
    """Whether somebody may have signed in; without the cookie nobody looks, and no answer depends on it."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES and SESSION_KEY in request.session
