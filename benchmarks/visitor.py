"""Asks for pages as the web server does: the WSGI application with its whole middleware, in this process."""

from __future__ import annotations

import gc
import io
import secrets
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import median
from typing import Any
from urllib.parse import urlencode


class Unlike(Exception):
    """Another answer came than the one that was to be measured."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    body: bytes
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Cost:
    """What one page took: milliseconds of processor time (median, and the slowest of twenty), queries, octets."""

    milliseconds: float
    slow: float
    queries: int
    octets: int


@dataclass
class Visitor:
    """Somebody with a browser: the application, and the cookies of their session."""

    application: Callable[..., Any]
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, *, encoding: str = "identity") -> Answer:
        """Ask for a page, or with `encoding="br"` for a file as a browser loads it."""
        return self._ask("GET", path, b"", encoding=encoding)

    def post(self, path: str, data: Mapping[str, str]) -> Answer:
        """Send a form, with the token against forgery."""
        secret = self.cookies.setdefault("csrftoken", secrets.token_hex(16))
        return self._ask("POST", path, urlencode({**data, "csrfmiddlewaretoken": secret}).encode())

    def _ask(self, method: str, path: str, body: bytes, *, encoding: str = "identity") -> Answer:
        told: dict[str, Any] = {}

        def start(status: str, headers: list[tuple[str, str]], _exc: object = None) -> None:
            told["status"], told["headers"] = int(status.split(maxsplit=1)[0]), dict(headers)

        name, _, query = path.partition("?")
        answer = self.application(
            self._environment(method, name, query, body) | {"HTTP_ACCEPT_ENCODING": encoding}, start
        )
        try:
            text = b"".join(answer)
        finally:
            answer.close()
        return Answer(status=told["status"], body=text, headers=told["headers"])

    def _environment(self, method: str, path: str, query: str, body: bytes) -> dict[str, Any]:
        return {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SCRIPT_NAME": "",
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "8000",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": "127.0.0.1:8000",
            "HTTP_ACCEPT": "text/html",
            "HTTP_ACCEPT_LANGUAGE": "en-GB,en;q=0.8",
            "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": io.StringIO(),
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }


def signed_in(application: Callable[..., Any], person: Any, *, hat_id: int | None = None) -> Visitor:
    """A browser in which this person has signed in and shown a second factor, wearing one of their hats."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from landbridge.memberships.middleware import WORN

    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session["account_authentication_methods_user"] = str(person.pk)
    session["account_authentication_methods"] = [{"method": "mfa", "at": time.time()}]
    if hat_id is not None:
        session[WORN] = hat_id
    session.save()
    return Visitor(application, {settings.SESSION_COOKIE_NAME: str(session.session_key)})


def cost_of(ask: Callable[[], Answer], *, times: int, expected: int = 200) -> Cost:
    """Ask again and again and take the median. Raises Unlike."""
    for _ in range(
        max(3, times // 5)
    ):  # templates, translations and connections are ready as in a running server
        answer = ask()
        if answer.status != expected:
            raise Unlike(f"answers {answer.status} instead of {expected}")
    with counted_queries() as counted:
        octets = len(ask().body)
    taken = []
    gc.collect()
    for _ in range(times):
        began = time.process_time()
        ask()
        taken.append(1000 * (time.process_time() - began))
    taken.sort()
    return Cost(
        milliseconds=median(taken), slow=taken[int(times * 0.95)], queries=len(counted), octets=octets
    )


@contextmanager
def counted_queries() -> Iterator[list[str]]:
    """Every statement that reaches the database meanwhile; those that open and end a transaction do not count."""
    from django.db import connection

    seen: list[str] = []

    def note(execute: Callable[..., Any], sql: str, *more: Any) -> Any:
        seen.append(sql)
        return execute(sql, *more)

    with connection.execute_wrapper(note):
        yield seen
