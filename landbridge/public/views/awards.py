"""The register of awards and its table for a spreadsheet."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from landbridge.foundation.exports import csv_response, xlsx_response
from landbridge.foundation.permissions.guards import Request, public
from landbridge.foundation.ui.listing import page_of
from landbridge.public.forms import AwardFilters
from landbridge.public.queries import awards as register
from landbridge.public.register import giving as open_giving


@public
@require_safe
def awards(request: Request) -> HttpResponse:
    """Every award, the latest first, 50 on a page."""
    form = AwardFilters(request.GET, choices=register.choices())
    filters = {**form.chosen, **_only_in_the_address(request)}
    page = page_of(request, register.listed(filters))
    context = {
        "form": form,
        "page": page,
        "awards": [register.award(voucher) for voucher in page.object_list],
        "is_filtered": bool(filters),
        "here": reverse("public:awards"),
        "export": f"{reverse('public:awards_export')}?{request.GET.urlencode()}",
        "sheet": f"{reverse('public:awards_sheet')}?{request.GET.urlencode()}",
        "to": filters.get("to", ""),
    }
    return render(request, "public/awards.html", context)


@public
@require_safe
def export(request: Request) -> StreamingHttpResponse:
    """The same awards under the same filters as a table."""
    form = AwardFilters(request.GET, choices=register.choices())
    rows = register.as_table(register.listed({**form.chosen, **_only_in_the_address(request)}))
    return csv_response("awards", register.COLUMNS, rows)


@public
@require_safe
def sheet(request: Request) -> FileResponse:
    """The same awards as a spreadsheet."""
    form = AwardFilters(request.GET, choices=register.choices())
    rows = register.as_table(register.listed({**form.chosen, **_only_in_the_address(request)}))
    return xlsx_response("awards", register.COLUMNS, rows, sheet="Awards")


@public
@require_safe
def giving(request: Request) -> StreamingHttpResponse:
    """All awards as a 360Giving package; 404 before the first award, because a package holds one at least."""
    if not register.granted().exists():
        raise Http404
    response = StreamingHttpResponse(open_giving.package(at=request.now), content_type="application/json")
    response["Content-Disposition"] = 'attachment; filename="landbridge-360giving.json"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _only_in_the_address(request: Request) -> dict[str, str]:
    """The region of the partner: figures link to it, the form does not ask for it."""
    to = request.GET.get("to", "")[:40].replace("\x00", "")
    return {"to": to} if to else {}
