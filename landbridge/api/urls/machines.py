"""The addresses for programs, each with its guard."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path, register_converter
from django.urls.converters import StringConverter
from django.views.decorators.http import require_safe

from landbridge.api.views.directory import api
from landbridge.api.views.documentation import document
from landbridge.api.views.door import counted, door
from landbridge.foundation.permissions.guards import public


class Anything(StringConverter):
    """Whatever a program writes there, also what no address can hold: it is told so in JSON."""

    regex = r"[\s\S]+"


register_converter(Anything, "anything")

# The directory, its vocabulary and the regions: public, and only read.
_directory: list[URLPattern | URLResolver] = [
    URLPattern(entry.pattern, public(require_safe(counted(entry.callback))), entry.default_args, entry.name)
    for entry in api.urls[0]
    if isinstance(entry, URLPattern) and entry.name != "openapi-json"
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("v1/openapi.json", document, name="openapi-json"),
    path("v1/", include(_directory)),
    path("v1/<anything:address>", door, name="operation"),
]
