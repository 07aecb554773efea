"""The API explained: a page for people, one for each word, and the document for machines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from landbridge.api import document as documents
from landbridge.api.table import WITHOUT
from landbridge.api.views.door import counted
from landbridge.foundation.permissions.guards import Request, public
from landbridge.foundation.ui.parts import Crumb


@dataclass(frozen=True, slots=True)
class Line:
    """One operation on the page."""

    method: str
    path: str
    summary: str
    scope: str
    fields: list[tuple[str, str, bool]]


@public
@require_safe
@counted
def document(request: Request) -> HttpResponse:  # noqa: ARG001 - every view takes it
    """The OpenAPI document."""
    return JsonResponse(documents.document())


@public
@require_safe
def documentation(request: Request) -> HttpResponse:
    """How the API works, and what it has."""
    lines = _lines()
    context = {
        "tags": sorted((tag, len(found)) for tag, found in lines.items()),
        "operations": sum(len(found) for found in lines.values()),
        "without": sorted(WITHOUT.items()),
        "breadcrumbs": [Crumb(_("API"))],
    }
    return render(request, "api/documentation.html", context)


@public
@require_safe
def reference(request: Request, tag: str) -> HttpResponse:
    """Every operation of one word."""
    found = _lines().get(tag)
    if found is None:
        raise Http404
    context = {
        "tag": tag,
        "lines": found,
        "breadcrumbs": [Crumb(_("API"), reverse("api:documentation")), Crumb(tag)],
    }
    return render(request, "api/reference.html", context)


def _lines() -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = {}
    for path, methods in documents.document()["paths"].items():
        for method, described in methods.items():
            line = Line(
                method=method.upper(),
                path=path,
                summary=described.get("summary", ""),
                scope=described.get("x-scope", ""),
                fields=_fields(described),
            )
            found.setdefault(described["tags"][0], []).append(line)
    return found


def _fields(described: dict[str, Any]) -> list[tuple[str, str, bool]]:
    rows = [
        (one["name"], _said(one["schema"]), one["required"])
        for one in described.get("parameters", ())
        if one["in"] == "query"
    ]
    for body in described.get("requestBody", {}).get("content", {}).values():
        schema = body["schema"]
        required = schema.get("required", ())
        rows += [(name, _said(one), name in required) for name, one in schema["properties"].items()]
    return rows


def _said(schema: dict[str, Any]) -> str:
    kinds = schema.get("type", "")
    kind = kinds if isinstance(kinds, str) else " / ".join(kinds)
    if "enum" in schema:
        return " | ".join(schema["enum"][:8]) + (" | …" if len(schema["enum"]) > 8 else "")
    if "pattern" in schema:
        return f"{kind} {schema.get('examples', [schema['pattern']])[0]}"
    if "maxLength" in schema:
        return f"{kind} ≤ {schema['maxLength']}"
    return kind
