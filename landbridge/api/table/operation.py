"""One operation: the form of one page, sent by a program. Its address, permission and action are those of the page."""

from __future__ import annotations

import functools
import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

from landbridge.api.schemas import fields
from landbridge.foundation.permissions.checks import _methods_of
from landbridge.foundation.permissions.guards import Guard, guard_of
from landbridge.foundation.ui.forms import Form


@dataclass(frozen=True)
class Operation:
    """The page of this name without the page.

    `form` says what it takes, `takes` what a button sends beside it, `query` what its address may hold.
    """

    name: str
    form: type[Form] | None = None
    takes: tuple[str, ...] = ()
    query: tuple[str, ...] = ()

    @functools.cached_property
    def page(self) -> Page:
        return pages()[self.name]

    @functools.cached_property
    def schema(self) -> fields.Schema:
        schema = fields.of_form(self.form)
        for name in self.takes:
            several = {"type": "array", "items": dict(fields.CHOICE), "maxItems": fields.MOST_CHOICES}
            schema["properties"][name.rstrip("*")] = several if name.endswith("*") else dict(fields.CHOICE)
        return schema

    @property
    def takes_files(self) -> bool:
        return fields.takes_files(self.form)

    @property
    def has_form(self) -> bool:
        return "GET" in self.page.methods

    @property
    def summary(self) -> str:
        return (inspect.getdoc(self.page.view) or self.name).split("\n")[0]


@dataclass(frozen=True)
class Page:
    """A page that takes a post: where it stands, who may open it, what draws it."""

    name: str
    route: str
    view: Callable[..., Any]
    guard: Guard
    methods: tuple[str, ...]

    @functools.cached_property
    def pattern(self) -> RoutePattern:
        return RoutePattern(self.route.rstrip("/"), is_endpoint=True)

    @property
    def path(self) -> str:
        """The address as an OpenAPI document writes it."""
        return re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", self.route.rstrip("/"))

    @property
    def places(self) -> list[tuple[str, str]]:
        """The places of the address with their kinds: int, slug or str."""
        return [(name, kind or "str") for kind, name in re.findall(r"<(?:(\w+):)?(\w+)>", self.route)]


@functools.cache
def pages() -> dict[str, Page]:
    """Every page that takes a post, by name."""
    return {page.name: page for page in _walk(get_resolver()) if "POST" in page.methods}


def _walk(resolver: URLResolver, route: str = "", names: str = "") -> list[Page]:
    found: list[Page] = []
    for entry in resolver.url_patterns:
        whole = route + str(entry.pattern)
        if isinstance(entry, URLPattern):
            guard = guard_of(entry.callback) or Guard(permission=None, signed_in=True)
            name = f"{names}{entry.name or ''}"
            found.append(Page(name, whole, entry.callback, guard, _methods_of(entry.callback)))
        else:
            found += _walk(entry, whole, f"{names}{entry.namespace}:" if entry.namespace else names)
    return found
