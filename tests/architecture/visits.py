"""Opening an address as somebody of the cast, with everything undone afterwards."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from landbridge.foundation.people.models import Person
from tests.cast import Cast

# The roles of the matrix, each by one of the cast, whose own side is the programme, region, partner and company there.
READERS = {
    "anyone": None,
    "mallory": "mallory",
    "sme": "danish_sme",
    "provider": "german_provider",
    "broker": "zealand_broker",
    "office": "office",
    "assessor": "assessor",
    "finance": "finance",
    "investor": "investor",
    "organiser": "organiser",
    "auditor": "auditor",
}


class Visitor:
    """A browser of one person of the cast, or of anyone. Whatever a visit changes is undone."""

    def __init__(self, person: Person | None) -> None:
        self._client = Client(raise_request_exception=False)
        if person is not None:
            self._client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        self._cookies = self._client.cookies.copy()

    def get(self, address: str, **query: str) -> HttpResponse:
        return self._visit("get", address, query)

    def post(self, address: str, form: Mapping[str, Any]) -> HttpResponse:
        return self._visit("post", address, form)

    def raw(self, address: str, body: bytes, content_type: str) -> HttpResponse:
        return self._visit("post", address, body, content_type=content_type)

    def _visit(self, method: str, address: str, data: Any, **more: Any) -> HttpResponse:
        self._client.cookies = self._cookies.copy()
        with transaction.atomic(), _without_a_log():
            response: HttpResponse = getattr(self._client, method)(address, data, **more)
            if getattr(response, "streaming", False):
                response.streaming_content = [b"".join(response.streaming_content)]  # type: ignore[attr-defined]
            transaction.set_rollback(True)
        return response


@contextmanager
def _without_a_log() -> Iterator[None]:
    """Thousands of refusals are what is asked for here; writing each down takes longer than refusing."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(before)


def visitors(cast: Cast) -> dict[str, Visitor]:
    """A browser for each role of the matrix."""
    return {role: Visitor(getattr(cast, name) if name else None) for role, name in READERS.items()}


def failure(response: HttpResponse) -> str:
    """What went wrong in a 500, in one line."""
    cause = getattr(response, "exc_info", None)
    return f"{cause[0].__name__}: {cause[1]}" if cause else ""
