"""Tags of the page and its parts: `{% load components %}`. Each part is shown on /ui."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.safestring import SafeString

from landbridge.foundation.problems import Problem
from landbridge.foundation.ui import charts, formatting, icons, navigation
from landbridge.foundation.ui import map as regions
from landbridge.foundation.ui.addresses import address
from landbridge.foundation.ui.parts import Next, Step

register = template.Library()
register.simple_tag(address)
Context = Mapping[str, Any]


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """`{% icon "letter" %}`; with a label it is read aloud: `{% icon "lock" "Confidential" %}`."""
    return icons.icon(name, label=label)


@register.simple_tag
def asset(path: str) -> str:
    """`{% asset "ui/base.css" %}`: like `static`, but an error page survives a missing manifest."""
    try:
        return static(path)
    except ValueError:
        return f"{settings.STATIC_URL}{path}"


@register.inclusion_tag("ui/_navigation.html", takes_context=True)
def main_navigation(context: Context) -> dict[str, Any]:
    """The main navigation from the setting LANDBRIDGE_NAVIGATION: rows of (label, name of page, permission or None).

    Leaves out pages that are not there and pages the actor may not see.
    """
    return {"items": navigation.items(context.get("request"), getattr(settings, "LANDBRIDGE_NAVIGATION", ()))}


@register.inclusion_tag("ui/_work_navigation.html", takes_context=True)
def work_navigation(context: Context) -> dict[str, Any]:
    """The rows for people at work, from the setting LANDBRIDGE_WORK: groups of (label, rows as above).

    Whoever has few pages sees them all; others see the groups, and below them the pages of the group they are in.
    """
    request: HttpRequest | None = context.get("request")
    actor = getattr(request, "actor", None)
    if actor is None or not actor.is_signed_in:
        return {"items": []}
    return navigation.at_work(request, getattr(settings, "LANDBRIDGE_WORK", ()))


@register.inclusion_tag("ui/_footer_navigation.html")
def footer_navigation() -> dict[str, Any]:
    """The links of the footer from the setting LANDBRIDGE_FOOTER: rows of (label, name of page)."""
    rows = [(label, address(name)) for label, name in getattr(settings, "LANDBRIDGE_FOOTER", ())]
    return {"items": [{"label": label, "href": href} for label, href in rows if href]}


@register.inclusion_tag("ui/_languages.html", takes_context=True)
def language_switcher(context: Context) -> dict[str, Any]:
    """The languages of the product, each in its own words; whoever chooses one comes back to this page."""
    request: HttpRequest | None = context.get("request")
    return {
        "languages": settings.LANGUAGES,
        "href": address("account_language") if request is not None else "",
        "next": navigation.way_back(request) if request is not None else "",
        "csrf_token": context.get("csrf_token"),
    }


@register.simple_tag
def notice_look(tone: str = "") -> dict[str, str]:
    """Tone and icon of a notice, also from the tags of django's messages (success, error, warning)."""
    known = {
        "success": "good",
        "error": "bad",
        "warning": "wait",
        "good": "good",
        "bad": "bad",
        "wait": "wait",
    }
    tone = next((known[word] for word in (tone or "").split() if word in known), "info")
    return {"tone": tone, "icon": {"good": "check", "bad": "warning", "wait": "clock"}.get(tone, "info")}


@register.inclusion_tag("ui/_account.html", takes_context=True)
def account(context: Context) -> dict[str, Any]:
    """Who is signed in, under which hat, and the ways to switch or leave (names in LANDBRIDGE_ACCOUNT_PAGES)."""
    request: HttpRequest | None = context.get("request")
    pages: Mapping[str, str] = getattr(settings, "LANDBRIDGE_ACCOUNT_PAGES", {})
    links = {purpose: address(name) for purpose, name in pages.items()}
    return {"actor": getattr(request, "actor", None), "links": links, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("ui/_status.html")
def status(state: object, tone: str = "") -> dict[str, Any]:
    """`{% status application.state %}`: the state as a coloured tag; `tone` good, bad, wait, info, quiet or accent."""
    return {"label": formatting.state_label(state), "tone": tone or formatting.state_tone(state)}


@register.inclusion_tag("ui/_way.html")
def way(steps: Iterable[Step]) -> dict[str, Any]:
    """`{% way steps %}`: the way of an object as a line of states with dates (`ui.parts.Step`)."""
    return {"steps": list(steps)}


@register.inclusion_tag("ui/_deadline.html", takes_context=True)
def deadline(
    context: Context, at: dt.datetime | dt.date | None, zone: str = "", *, owed: bool = False
) -> dict[str, Any]:
    """`{% deadline call.closes_at zone=call.time_zone %}`: the moment, its zone and what is left of it.

    What is due by the end of a day shows the day alone.

    A moment that has passed is quiet; with `owed=True`, for a duty of the reader, it is late and red.
    """
    now = getattr(context.get("request"), "now", None) or context.get("now")
    shown = formatting.due(at, zone=zone)
    left = formatting.until(at, now=now, zone=zone) if at and now else ""
    tone = formatting.urgency(at, now=now) if at and now else "calm"
    if tone == "late" and not owed:
        tone = "calm"
    return {"at": at, "shown": shown, "left": left, "tone": tone, "iso": at.isoformat() if at else ""}


@register.inclusion_tag("ui/_problems.html")
def problems(found: Iterable[Problem]) -> dict[str, Any]:
    """`{% problems problems %}`: every problem with its cure, the same list before and after a refusal."""
    return {"problems": list(found)}


@register.inclusion_tag("ui/_next_step.html", takes_context=True)
def next_step(
    context: Context,
    title: str | Next | None,
    text: str = "",
    *,
    action: str = "",
    href: str = "",
    post: str = "",
    who: str = "",
    until: dt.datetime | dt.date | None = None,
    zone: str = "",
) -> dict[str, Any]:
    """`{% next_step next %}`: one main button, who has the ball and until when (`ui.parts.Next`; None draws nothing).

    Where a page says it itself: `{% next_step title text action=action href=href %}`. `href` makes the button a link,
    `post` a form that posts there with an operation key.
    """
    if isinstance(title, str):
        title = Next(title, text, who=who, until=until, zone=zone, action=action, href=href, post=post)
    return {"step": title, "request": context.get("request"), "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("ui/_progress.html")
def progress(value: float, of: float, label: str, note: str = "") -> dict[str, Any]:
    """`{% progress 53 of=82 label="Vouchers used" %}`: a bar with its figures beside it."""
    share = value / of if of else 0
    return {"value": value, "of": of, "label": label, "note": note or formatting.percent(share)}


@register.inclusion_tag("ui/_bar_chart.html")
def bar_chart(title: str, rows: Sequence[charts.Bar], column: str = "") -> dict[str, Any]:
    """`{% bar_chart "Granted by incentive" rows %}`: bars, with the table behind them."""
    return {"title": title, "rows": rows, "column": column, "drawing": charts.bars(rows, title=title)}


@register.inclusion_tag("ui/_stacked_chart.html")
def stacked_chart(title: str, rows: Sequence[charts.Stack]) -> dict[str, Any]:
    """`{% stacked_chart "Money by partner" rows %}`: parts of a whole, their key and the table behind them."""
    key = (
        [{"label": part.label, "number": number} for number, part in enumerate(rows[0].parts, 1)]
        if rows
        else []
    )
    return {"title": title, "rows": rows, "key": key, "drawing": charts.stacked(rows, title=title)}


@register.inclusion_tag("ui/_line_chart.html")
def line_chart(title: str, rows: Sequence[charts.Bar], column: str = "") -> dict[str, Any]:
    """`{% line_chart "Applications by week" rows %}`: a line over equal steps, with the table behind it."""
    described = "; ".join(f"{row.label}: {row.text}" for row in rows)
    drawing = charts.line([row.value for row in rows], title=title, described=described)
    return {"title": title, "rows": rows, "column": column, "drawing": drawing}


@register.simple_tag
def sparkline(title: str, values: Sequence[float | Decimal]) -> SafeString:
    """`{% sparkline "Applications a week" values %}`: a line as small as a word; the figures stand beside it."""
    return charts.sparkline(values, title=title)


@register.inclusion_tag("ui/_region_map.html")
def region_map(
    title: str,
    marks: Sequence[regions.RegionMark],
    flows: Sequence[regions.Flow] = (),
    *,
    beside: bool = True,
) -> dict[str, Any]:
    """`{% region_map title marks flows %}`: North-West Europe with its regions, and the same regions as a list.

    The list stands beside the map where there is room, with `beside=False` always below it.
    """
    return {
        "title": title,
        "placed": regions.place(marks),
        "arcs": regions.arcs(flows, marks),
        "beside": beside,
        "ground": regions.ground(),
        "dots": regions.dots(),
        "borders": regions.borders(),
        "step": regions.STEP - 0.01,
        "width": regions.width(),
        "height": regions.height(),
    }


@register.inclusion_tag("ui/_pages.html", takes_context=True)
def pages(context: Context, page: object) -> dict[str, Any]:
    """`{% pages page %}`: links to the pages of a list (django's Page, or `ui.parts.Slice`), filters kept."""
    request: HttpRequest | None = context.get("request")
    query = request.GET.copy() if request else None

    def link(**changes: object) -> str:
        if query is None:
            return "?"
        own = query.copy()
        for key in ("page", "after", "before"):
            own.pop(key, None)
        for key, value in changes.items():
            own[key] = str(value)
        return f"?{own.urlencode()}"

    return {"page": page, **_links_of(page, link)}


def _links_of(page: Any, link: Any) -> dict[str, Any]:
    if not hasattr(page, "paginator"):
        return {
            "previous": link(before=page.previous) if page.previous else "",
            "next": link(after=page.next) if page.next else "",
            "numbers": [],
            "total": page.total,
        }
    shown = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    numbers: Sequence[dict[str, Any]] = [
        {"number": n, "href": link(page=n) if isinstance(n, int) else "", "here": n == page.number}
        for n in shown
    ]
    return {
        "previous": link(page=page.number - 1) if page.has_previous() else "",
        "next": link(page=page.number + 1) if page.has_next() else "",
        "numbers": numbers if page.paginator.num_pages > 1 else [],
        "total": page.paginator.count,
    }
