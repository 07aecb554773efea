"""The page that shows every component with the name it has in the code."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from landbridge.foundation.permissions.guards import Request, public
from landbridge.foundation.ui import examples


@public
@require_safe
def components(request: Request) -> HttpResponse:
    """All components, in the accent asked for: `/ui/?accent=plum`."""
    context = examples.context(now=request.now)
    accent = request.GET.get("accent", "")
    context["accent"] = accent if accent in context["accents"] else "sea"
    return render(request, "ui/components.html", context)
