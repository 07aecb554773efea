"""The results: each figure says what it counts and as of when, and opens to the awards behind it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from landbridge.collaborations import queries as collaborations
from landbridge.foundation.permissions.guards import Request, public
from landbridge.foundation.ui.charts import Bar, Stack
from landbridge.foundation.ui.formatting import money as money_text
from landbridge.foundation.ui.formatting import number
from landbridge.programmes.models import Region
from landbridge.public.queries import figures as counted
from landbridge.public.queries import network
from landbridge.public.queries.figures import Cell, MoneyRow, Sums
from landbridge.public.views.maps import drawn, flows_between, marks_of

MOST_ROWS = 15


@public
@require_safe
def figures(request: Request) -> HttpResponse:
    """All programmes together, or one of them (`?programme=`)."""
    programmes = network.programmes()
    chosen = next((one for one in programmes if one.key == request.GET.get("programme")), None)
    key = chosen.key if chosen else ""
    cells = counted.cells(programme_key=key)
    context = {
        "tabs": _tabs(programmes, key),
        "chosen": chosen,
        "programme": chosen,
        "accent": chosen.accent if chosen else "sea",
        "granted": counted.total_of(cells),
        "regions": len({cell.origin_key for cell in cells if cell.origin_key}),
        "abroad": counted.total_of(cell for cell in cells if cell.origin != cell.target and cell.target),
        "collaborations": None if chosen else collaborations.how_many(),
        "ledger": counted.money(programme_key=key),
        "here": reverse("public:awards"),
        "query": urlencode({"programme": key}) if key else "",
        **charts_of(cells, key),
    }
    context["money_rows"] = [_stack(row) for row in context["ledger"]]
    return render(request, "public/figures.html", context)


def charts_of(cells: list[Cell], key: str) -> dict[str, Any]:
    """The charts that figures and a programme's page share; rows carry the address of the awards behind them."""
    by_incentive = counted.by(lambda cell: (cell.incentive,), cells)
    by_programme = counted.by(lambda cell: (cell.programme, cell.programme_key), cells)
    by_region = counted.by(lambda cell: (cell.origin or _("Not known"), cell.origin_key), cells)
    flows = counted.flows(cells)
    return {
        "by_incentive": _bars(by_incentive),
        "by_programme": _bars(by_programme) if not key else [],
        "by_region": [Bar(names[0], sums.count, number(sums.count)) for names, sums in by_region[:MOST_ROWS]],
        "flows": [
            {"origin": names[0], "target": names[1], "sums": sums, "href": _awards(key, names[2], names[3])}
            for names, sums in flows[:MOST_ROWS]
        ],
        "more_flows": max(len(flows) - MOST_ROWS, 0),
        "links_incentive": [(names[0], _awards(key, incentive=names[0])) for names, _sums in by_incentive],
        "links_region": [(names[0], _awards(key, names[1])) for names, _sums in by_region if names[1]],
        **_map(cells),
    }


def _map(cells: list[Cell]) -> dict[str, Any]:
    """The map with what is on it, and how many vouchers are not."""
    counts = {names[0]: sums.count for names, sums in counted.by(lambda cell: (cell.origin_key,), cells)}
    keys = {cell.origin_key for cell in cells} | {cell.target_key for cell in cells}
    regions = list(Region.objects.active().filter(key__in=keys).order_by("name"))
    shown = sum(counts.get(region.key, 0) for region in regions)
    if not regions:
        return {"map": "", "off_map": 0}
    marks, flows = marks_of(regions, counts=counts), flows_between(regions, cells)
    title = _("Vouchers by region of the company")
    return {"map": drawn(title, marks=marks, flows=flows), "off_map": sum(counts.values()) - shown}


def _tabs(programmes: Iterable[Any], key: str) -> list[dict[str, Any]]:
    here = reverse("public:figures")
    tabs = [{"label": _("All programmes"), "href": here, "current": not key, "count": None}]
    for one in programmes:
        href = f"{here}?{urlencode({'programme': one.key})}"
        tabs.append({"label": one.name, "href": href, "current": one.key == key, "count": None})
    return tabs


def _bars(rows: list[tuple[tuple[str, ...], Sums]]) -> list[Bar]:
    return [Bar(names[0], sums.count, _shown(sums)) for names, sums in rows]


def _shown(sums: Sums) -> str:
    text = ngettext("%(count)s voucher, %(amount)s", "%(count)s vouchers, %(amount)s", sums.count)
    return text % {"count": number(sums.count), "amount": money_text(sums.amount)}


def _stack(row: MoneyRow) -> Stack:
    parts = [
        (_("Paid"), row.held.paid),
        (_("Committed"), row.held.committed),
        (_("Reserved"), row.held.reserved),
        (_("Free"), row.held.free),
    ]
    bars = [Bar(label, amount.decimal, money_text(amount)) for label, amount in parts]
    return Stack(row.programme, bars, _("%(amount)s allocated") % {"amount": money_text(row.held.allocated)})


def _awards(programme: str, region: str = "", to: str = "", *, incentive: str = "") -> str:
    filters = {"programme": programme, "region": region, "to": to, "incentive": incentive}
    return (
        f"{reverse('public:awards')}?{urlencode({name: value for name, value in filters.items() if value})}"
    )
