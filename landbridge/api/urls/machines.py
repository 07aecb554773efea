"""The addresses for programs, each with its guard."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path
from django.views.decorators.http import require_safe

from landbridge.api.views.directory import api
from landbridge.foundation.permissions.guards import public

_directory: list[URLPattern | URLResolver] = [
    URLPattern(entry.pattern, public(require_safe(entry.callback)), entry.default_args, entry.name)
    for entry in api.urls[0]
    if isinstance(entry, URLPattern)
]
urlpatterns: list[URLPattern | URLResolver] = [path("v1/", include(_directory))]
