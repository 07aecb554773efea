"""Pages that are text: how it works, about, accessibility, data protection."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from landbridge.foundation.permissions.guards import Request, public


@public
@require_safe
def how_it_works(request: Request) -> HttpResponse:
    """The way of a voucher from the question to the payment."""
    return render(request, "public/how_it_works.html")


@public
@require_safe
def about(request: Request) -> HttpResponse:
    """What Landbridge is and where its programmes come from."""
    return render(request, "public/about.html")


@public
@require_safe
def accessibility(request: Request) -> HttpResponse:
    """The accessibility statement."""
    return render(request, "public/accessibility.html")


@public
@require_safe
def data_protection(request: Request) -> HttpResponse:
    """What is kept of whom, why and how long."""
    return render(request, "public/data_protection.html")
