"""Pages for machines: whether it is well, what to crawl, whom to tell about a hole."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.exceptions import NodeNotFoundError
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from landbridge.calls.models import Call
from landbridge.events.queries import public_slugs
from landbridge.foundation.jobs.models import Job, State
from landbridge.foundation.permissions.actor import ANYONE
from landbridge.foundation.permissions.guards import Request, public
from landbridge.programmes.models import Programme, Region
from landbridge.public.views.open_data import sitemaps
from landbridge.stories.queries import public_addresses

LATE = timedelta(minutes=15)
STATIC_PAGES = (
    "home", "calls", "how_it_works", "regions", "programmes", "awards", "figures", "about", "accessibility",
    "data_protection", "open_data",
)  # fmt: skip
HIDDEN = ("account", "desk", "letters", "record")


@public
@require_safe
def healthz(request: Request) -> JsonResponse:
    """200 while database, migrations and jobs are well, else 503 and which of them is not. No names, no secrets."""
    try:
        pending = _pending_migrations()
        jobs = Job.objects.filter(state=State.WAITING)
        late = jobs.filter(run_after__lte=request.now - LATE).count()
        checks = {
            "database": "ok",
            "migrations": "ok" if not pending else f"{pending} pending",
            "jobs": {
                "state": "ok" if not late else "late",
                "waiting": jobs.filter(run_after__lte=request.now).count(),
                "late": late,
                "dead": Job.objects.filter(state=State.DEAD).count(),
            },
        }
        is_well = not pending
    except (DatabaseError, NodeNotFoundError):
        checks, is_well = {"database": "unreachable or not migrated"}, False
    body = {"status": "ok" if is_well else "down", "at": request.now.isoformat(), **checks}
    answer = JsonResponse(body, status=HTTPStatus.OK if is_well else HTTPStatus.SERVICE_UNAVAILABLE)
    answer["Cache-Control"] = "no-store"
    return answer


@public
@require_safe
def robots(request: Request) -> HttpResponse:  # noqa: ARG001 - every view takes it
    """What crawlers may read: the open site, and nothing at all in a demonstration."""
    if settings.LANDBRIDGE_DEMONSTRATION:
        lines = ["User-agent: *", "Disallow: /"]
    else:
        lines = [
            "User-agent: *",
            *(f"Disallow: /{name}/" for name in HIDDEN),
            "",
            f"Sitemap: {_full('sitemap')}",
            *(f"Sitemap: {address}" for address in sitemaps()),
        ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


@public
@require_safe
def sitemap(request: Request) -> HttpResponse:
    """The addresses of the open site."""
    found = [_full(name) for name in STATIC_PAGES]
    found += [_full("call", pk) for pk in _keys(Call.objects.visible_to(ANYONE).order_by("pk"), "pk")]
    found += [_full("region", key) for key in _keys(Region.objects.active().order_by("key"), "key")]
    found += [_full("programme", key) for key in _keys(Programme.objects.order_by("key"), "key")]
    found.append(settings.LANDBRIDGE_ADDRESS + reverse("events:events"))
    found += [settings.LANDBRIDGE_ADDRESS + reverse("events:event", args=[slug]) for slug in public_slugs()]
    found += [
        settings.LANDBRIDGE_ADDRESS + reverse(f"stories:{name}") for name in ("stories", "all_news", "press")
    ]
    found += [settings.LANDBRIDGE_ADDRESS + path for path in public_addresses()]
    return render(request, "public/sitemap.xml", {"addresses": found}, content_type="application/xml")


@public
@require_safe
def security(request: Request) -> HttpResponse:
    """Whom to tell about a hole (RFC 9116)."""
    until = (request.now + timedelta(days=180)).replace(microsecond=0)
    contact = settings.DEFAULT_FROM_EMAIL.rpartition("<")[2].rstrip(">")
    lines = [
        f"Contact: mailto:{contact}",
        f"Expires: {until.isoformat()}",
        "Preferred-Languages: en, de, fr",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def _pending_migrations() -> int:
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _full(name: str, *args: object) -> str:
    return settings.LANDBRIDGE_ADDRESS + reverse(f"public:{name}", args=args)


def _keys(rows: object, column: str) -> list[object]:
    return list(rows.values_list(column, flat=True))  # type: ignore[attr-defined]
