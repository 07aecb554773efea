"""Finds the views that forgot to say who may open them; the same walk gives the matrix of permissions."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import AppConfig
from django.core import checks
from django.urls import URLResolver, get_resolver

from landbridge.foundation.permissions.guards import Guard, guard_of


@dataclass(frozen=True, slots=True)
class Door:
    """One address: its pattern, its name, its view's guard (None where it was forgotten) and methods."""

    pattern: str
    name: str
    guard: Guard | None
    methods: tuple[str, ...]


def doors(resolver: URLResolver | None = None, *, prefix: str = "", names: str = "") -> Iterator[Door]:
    """Every address of the site, in the order of the URL configuration."""
    for entry in (resolver or get_resolver()).url_patterns:
        pattern = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{names}{entry.namespace}:" if entry.namespace else names
            yield from doors(entry, prefix=pattern, names=inner)
        else:
            yield Door(
                pattern="/" + pattern,
                name=f"{names}{entry.name or ''}",
                guard=guard_of(entry.callback),
                methods=_methods_of(entry.callback),
            )


def _methods_of(view: Any) -> tuple[str, ...]:
    """What the view answers to: the list given to Django's `require_http_methods`, else everything a page does."""
    while view is not None:
        if view.__closure__ and "request_method_list" in view.__code__.co_freevars:
            methods = inspect.getclosurevars(view).nonlocals["request_method_list"]
            return tuple(method for method in methods if method != "HEAD")
        view = getattr(view, "__wrapped__", None)
    return ("GET", "POST")


def every_view_is_guarded(
    app_configs: Sequence[AppConfig] | None,  # noqa: ARG001 - the checks framework passes it
    **kwargs: Any,  # noqa: ARG001 - and these
) -> list[checks.CheckMessage]:
    """The system check: an error for each view that carries no mark."""
    return [
        checks.Error(
            f"The view at {door.pattern} carries no guard.",
            hint="Mark it with @needs(P.…), @signed_in or @public.",
            id="landbridge.E001",
        )
        for door in doors()
        if door.guard is None
    ]
