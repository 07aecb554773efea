"""The open data of the catalogue: the page that says what there is, and the files and feeds themselves."""

from __future__ import annotations

import json
from collections.abc import Iterator

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from landbridge.catalogue import uniquip
from landbridge.catalogue.models import Record
from landbridge.catalogue.open_data import dcat, json_ld, licence, uniquip_rows
from landbridge.catalogue.queries import open_data as queries
from landbridge.foundation.exports import csv_response
from landbridge.foundation.permissions.guards import Request, public
from landbridge.foundation.ui.addresses import address

SITEMAP_SIZE = 25_000
PUBLISHER = "Landbridge"


@public
@require_safe
def open_data(request: Request) -> HttpResponse:
    """What is given away, in which formats, under which licence, and how to ask for what changed."""
    context = {
        "ways": _ways(),
        "licence_name": licence.NAME,
        "licence_address": licence.ADDRESS,
        "count": Record.objects.public().count(),
        "register": _ways_of_the_register(),
    }
    return render(request, "public/open_data.html", context)


@public
@require_safe
def dcat_catalogue(request: Request) -> JsonResponse:  # noqa: ARG001 - every view takes it
    """The description of the data set in DCAT-AP, for data portals."""
    newest = Record.objects.public().order_by("-changed_at").values_list("changed_at", flat=True).first()
    contact = settings.DEFAULT_FROM_EMAIL.rpartition("<")[2].rstrip(">")
    described = dcat.document(
        site=settings.LANDBRIDGE_ADDRESS,
        publisher=PUBLISHER,
        contact=f"mailto:{contact}",
        changed_at=newest,
        distributions=_ways(),
    )
    return JsonResponse(described, content_type="application/ld+json")


@public
@require_safe
def uniquip_csv(request: Request) -> HttpResponseBase:  # noqa: ARG001 - every view takes it
    """All public facilities and equipment in the columns of UNIQUIP."""
    rows = uniquip_rows.rows(queries.everything())
    return csv_response("landbridge-uniquip", list(uniquip.COLUMNS), rows, bom=False)


@public
@require_safe
def json_lines(request: Request) -> StreamingHttpResponse:  # noqa: ARG001 - every view takes it
    """All public records, one JSON-LD document a line."""
    response = StreamingHttpResponse(_json_lines(), content_type="application/x-ndjson; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="landbridge-directory.jsonl"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@public
@require_safe
def sitemap(request: Request, page: int) -> HttpResponse:
    """The addresses of the directory's records, so many a page."""
    if not 0 < page <= pages_of_sitemap():
        raise Http404
    begin = (page - 1) * SITEMAP_SIZE
    rows = Record.objects.public().order_by("pk").values_list("pk", flat=True)[begin : begin + SITEMAP_SIZE]
    addresses = [queries.address_of(pk) for pk in rows]
    return render(request, "public/sitemap.xml", {"addresses": addresses}, content_type="application/xml")


def sitemaps() -> list[str]:
    """The addresses of all pages of the directory's sitemap."""
    return [_full("public:sitemap_records", page) for page in range(1, pages_of_sitemap() + 1)]


def pages_of_sitemap() -> int:
    """How many pages the sitemap of the directory has; one, even while it is empty."""
    return max(1, -(-Record.objects.public().count() // SITEMAP_SIZE))


def _json_lines() -> Iterator[bytes]:
    for record in queries.everything():
        yield json.dumps(json_ld.document(record), ensure_ascii=False).encode() + b"\n"


def _ways() -> list[dcat.Distribution]:
    ways = [
        dcat.Distribution(
            _("All records as JSON-LD, one a line"),
            _full("public:json_lines"),
            "JSON_LD",
            "application/ld+json",
        ),
        dcat.Distribution(
            _("Facilities and equipment as UNIQUIP CSV"), _full("public:uniquip"), "CSV", "text/csv"
        ),
        dcat.Distribution(
            _("Harvesting by OAI-PMH 2.0"), _full("public:oai"), "XML", "application/xml", is_service=True
        ),
    ]
    if api := address("api:records"):
        whole = settings.LANDBRIDGE_ADDRESS + api
        title = _("JSON, by cursor and by what changed since")
        ways.append(dcat.Distribution(title, whole, "JSON", "application/json", is_service=True))
    return ways


def _ways_of_the_register() -> list[tuple[str, str]]:
    return [
        (_("Awards as CSV"), _full("public:awards_export")),
        (_("Awards as a spreadsheet"), _full("public:awards_sheet")),
        (_("Awards in the 360Giving Data Standard 1.4"), _full("public:giving")),
        (_("Awards in CommonGrants 0.4"), _full("public:open_awards")),
        (_("Calls as opportunities in CommonGrants 0.4"), _full("public:opportunities")),
    ]


def _full(name: str, *args: object) -> str:
    return settings.LANDBRIDGE_ADDRESS + reverse(name, args=args)
