"""Pages for those who keep records: the list, one record with its grade and next step, and the broker's gate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from landbridge.catalogue import queries, rules
from landbridge.catalogue.forms.keeping import KeptFilters
from landbridge.catalogue.models import Record
from landbridge.catalogue.rules.importing import FIELD_NAMES
from landbridge.catalogue.rules.offers import AccessMode
from landbridge.catalogue.states import WORKFLOW, Freshness, M, S
from landbridge.catalogue.steps import next_step, way
from landbridge.catalogue.views.shared import crumbs_of, kept_record
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import Problem
from landbridge.foundation.ui.listing import page_of
from landbridge.foundation.ui.parts import Crumb


@needs(P.RECORD_SEE)
@require_GET
def kept_records(request: Request) -> HttpResponse:
    """The records that this hat keeps, those that are due first at the top."""
    filters = KeptFilters(request.GET)
    today = request.now.astimezone(ZoneInfo(settings.LANDBRIDGE_TIME_ZONE)).date()
    page = page_of(request, queries.listed(queries.worked_on(request.actor), today=today, **filters.chosen))
    for row in page.object_list:
        row.freshness = _freshness_of(row, request)
    context = {
        "page": page,
        "filters": filters,
        "may_write": request.actor.may(P.RECORD_EDIT),
        "may_decide": request.actor.may(P.RECORD_PUBLISH),
        "may_decide_terms": request.actor.may(P.COMPETENCE_DECIDE),
    }
    return render(request, "catalogue/keeping/records.html", context)


@needs(P.RECORD_SEE)
@require_GET
def kept(request: Request, pk: int) -> HttpResponse:
    """Where a record stands, how complete and how fresh it is, and what comes next."""
    return kept_page(request, pk)


@needs(P.RECORD_PUBLISH)
@require_GET
def gate(request: Request, pk: int) -> HttpResponse:
    """What a broker looks at before a record is published."""
    return gate_page(request, pk)


def kept_page(request: Request, pk: int, *, problems: Sequence[Problem] = ()) -> HttpResponse:
    """The record's page, after a refused button with its problems."""
    record, actor = kept_record(request.actor, pk), request.actor
    values = queries.values_of(record)
    today = queries.today_for(record, at=request.now)
    context = {
        "record": record,
        "values": values,
        "problems": problems,
        "breadcrumbs": [Crumb(_("Catalogue"), reverse("catalogue:kept_records")), Crumb(record.name)],
        "grade": rules.grade(record.kind, values),
        "freshness": _freshness_of(record, request),
        **_said(record, values),
        "prices_are_old": any(price["holds_until"] < today.isoformat() for price in values["prices"]),
        "locked": [_(FIELD_NAMES[name]) for name in record.locked_fields if name in FIELD_NAMES],
        "parts": record.parts.exclude(state=S.WITHDRAWN).order_by("kind", "name", "pk"),
        "suggestions": _suggested(record, values) if actor.may(P.RECORD_EDIT) else [],
        "steps": way(record),
        "next": next_step(record, actor=actor, today=today),
        "may": {move: WORKFLOW.allows(move, of=record, by=actor) for move in M}
        | {
            "lock": actor.may(P.RECORD_IMPORT),
            "edit": actor.may(P.RECORD_EDIT) and record.state != S.WITHDRAWN,
        },
    }
    return render(request, "catalogue/keeping/record.html", context, status=409 if problems else 200)


def gate_page(request: Request, pk: int, *, problems: Sequence[Problem] = ()) -> HttpResponse:
    """The gate, after a refused publication with its problems."""
    record = kept_record(request.actor, pk)
    facts = queries.facts_of(record)
    today = queries.today_for(record, at=request.now)
    context = {
        "record": record,
        "values": facts.values,
        "breadcrumbs": [*crumbs_of(record), Crumb(_("Before it is published"))],
        "problems": problems or tuple(rules.problems_with_publication(facts)),
        "remarks": tuple(rules.remarks_before_publication(facts, today=today)),
        "grade": rules.grade(record.kind, facts.values),
        **_said(record, facts.values),
        "may_publish": WORKFLOW.allows(M.PUBLISH, of=record, by=request.actor),
        "may_return": WORKFLOW.allows(M.RETURN, of=record, by=request.actor),
    }
    return render(request, "catalogue/keeping/gate.html", context, status=409 if problems else 200)


def _said(record: Record, values: Mapping[str, Any]) -> dict[str, Any]:
    """What both pages show of it, in words."""
    prices = list(record.prices.order_by("customer", "pk"))
    for price in prices:
        price.whom = _(rules.CUSTOMERS.get(price.customer, price.customer))  # type: ignore[attr-defined]
    certificates = list(record.certificates.order_by("scheme", "pk"))
    for one in certificates:
        one.name = _(rules.CERTIFICATES.get(one.scheme, one.scheme))  # type: ignore[attr-defined]
    return {
        "terms": record.competences.order_by("name"),
        "modes": [AccessMode(mode) for mode in values.get("access_modes") or []],
        "prices": prices,
        "certificates": certificates,
    }


def _freshness_of(record: Record, request: Request) -> Freshness | None:
    """How fresh a published or hidden record is; drafts are neither."""
    if record.state not in (S.PUBLISHED, S.HIDDEN):
        return None
    today = queries.today_for(record, at=request.now)
    return rules.freshness(confirmed_on=record.confirmed_on, due_on=record.due_on, today=today)


def _suggested(record: Record, values: dict[str, object]) -> list[dict[str, object]]:
    """Open suggestions with what stands there now beside what is proposed."""
    return [
        {
            "suggestion": one,
            "differences": [(_FIELD_NAMES[name], values[name], value) for name, value in one.values.items()],
        }
        for one in queries.open_suggestions(record)
    ]


class _Names(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return _(name.replace("_", " ").capitalize())


_FIELD_NAMES = _Names()
