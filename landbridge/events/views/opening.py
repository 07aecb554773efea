"""The public pages: the calendar of events, one event in its languages, its picture, its entry for calendars, the feed."""

from __future__ import annotations

from datetime import UTC
from typing import Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import feedgenerator
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.http import require_safe

from landbridge.catalogue.open_data import json_ld
from landbridge.events import queries, rules
from landbridge.events.forms import EventFilters
from landbridge.events.json_ld import document
from landbridge.events.models import Event
from landbridge.events.states import S
from landbridge.foundation.calendar import calendar
from landbridge.foundation.exports import calendar_response
from landbridge.foundation.permissions.actor import ANYONE
from landbridge.foundation.permissions.guards import Request, public
from landbridge.foundation.ui.listing import page_of
from landbridge.foundation.ui.parts import Crumb
from landbridge.programmes.rules.regions import LANGUAGES

ON_A_PAGE = 20
IN_THE_FEED = 50
KEPT_FOR = 3600


@public
@require_safe
def events(request: Request) -> HttpResponse:
    """What is coming, filtered; with `when=past` what was, by year."""
    offered = queries.offered_filters(request.now)
    filters = EventFilters(request.GET, offered=offered)
    chosen = dict(filters.chosen)
    is_past = chosen.pop("when", "") == "past"
    year = chosen.pop("year", "")
    rows = (
        queries.past_events(request.now, year=year, **chosen)
        if is_past
        else queries.coming_events(request.now, **chosen)
    )
    page = page_of(request, rows.select_related("programme"), size=ON_A_PAGE)
    context = {
        "page": page,
        "cards": [_card(event, request) for event in page.object_list],
        "filters": filters,
        "is_past": is_past,
        "has_past": bool(offered.years),
        "breadcrumbs": [Crumb(_("Events"))],
    }
    return render(request, "events/events.html", context)


@public
@require_safe
def event(request: Request, slug: str) -> HttpResponse:
    """One event: for whom, when, where, what, and how one registers. A draft only its organisers see."""
    rows = Event.objects.visible_to(request.actor).select_related("programme", "picture")
    found = get_object_or_404(rows, slug=slug)
    shown = queries.shown_in(found, _language(request, found))
    places = queries.places_of(found)
    days = queries.days_of(found, queries.programme_of(found))
    context = {
        "found": found,
        "shown": shown,
        "languages": [(code, _(LANGUAGES.get(code, code))) for code in shown.languages],
        "own_language": _(LANGUAGES.get(found.language, found.language)),
        "when": queries.when_of(found),
        "place": queries.place_of(found),
        "days": days,
        "challenges": list(found.challenges.order_by("number", "pk")),
        "notices": queries.notices_of(found, at=request.now),
        "places": places,
        "phase": queries.phase_of(found, at=request.now),
        "call": _call_to_action(found, request, places=places),
        "keeps": Event.objects.kept_by(request.actor).filter(pk=found.pk).exists(),
        "picture": request.build_absolute_uri(reverse("events:picture_file", args=[found.slug]))
        if found.picture
        else "",
        "address": queries.page_of_event(found),
        "json_ld": json_ld.in_page(document(found, shown, days=days, places=places)),
        "accent": found.programme.accent if found.programme else "",
        "breadcrumbs": [Crumb(_("Events"), reverse("events:events")), Crumb(str(shown.title))],
    }
    return render(request, "events/event.html", context)


@public
@require_safe
def event_calendar(request: Request, slug: str) -> HttpResponse:
    """The event for a calendar that follows it: changes count on, and what is called off is struck out."""
    found = get_object_or_404(Event.objects.visible_to(request.actor), slug=slug)
    octets = calendar([queries.entry_of(found)], name=found.title, at=found.edited_at)
    return calendar_response(octets, filename=found.slug)


@public
@require_safe
def picture_file(request: Request, slug: str) -> FileResponse:
    """The picture, for the page itself and for previews elsewhere."""
    rows = Event.objects.visible_to(request.actor).select_related("picture")
    stored = get_object_or_404(rows, slug=slug).picture
    if stored is None or not stored.path.exists():
        raise Http404
    response = FileResponse(stored.path.open("rb"), content_type=stored.content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["Cache-Control"] = f"public, max-age={KEPT_FOR}"
    return response


@public
@require_safe
def feed(request: Request) -> HttpResponse:
    """Coming events as Atom, for those who follow by reader; in the same words for everyone."""
    with override(settings.LANGUAGE_CODE):
        found = feedgenerator.Atom1Feed(
            title=_("Events of the network"),
            link=settings.LANDBRIDGE_ADDRESS + reverse("events:events"),
            description=_("What is coming"),
            feed_url=settings.LANDBRIDGE_ADDRESS + reverse("events:feed"),
            language="en",
        )
        for one in queries.coming_events(request.now)[:IN_THE_FEED]:
            begin = rules.wall_of(one.starts_at, one.time_zone)
            when = f"{begin:%Y-%m-%d %H:%M} ({one.time_zone})"
            found.add_item(
                title=one.title
                if one.state != S.CANCELLED
                else _("Called off: %(event)s") % {"event": one.title},
                link=queries.page_of_event(one),
                description=" · ".join(filter(None, (when, one.town, one.summary))),
                unique_id=queries.entry_of(one).uid,
                pubdate=one.published_at,
                updateddate=one.edited_at.astimezone(UTC),
            )
        text = found.writeString("utf-8")
    return HttpResponse(text, content_type="application/atom+xml; charset=utf-8")


def _language(request: Request, found: Event) -> str:
    header = request.META.get("HTTP_ACCEPT_LANGUAGE", "")[:500]
    understood = [code.split("-")[0] for code, _weight in parse_accept_lang_header(header)]
    return queries.language_for(found, asked=request.GET.get("language", ""), accepted=understood)


def _card(found: Event, request: Request) -> dict[str, Any]:
    """An event in the list."""
    return {
        "event": found,
        "shown": queries.shown_in(found, _language(request, found)),
        "when": queries.when_of(found),
        "is_open": found.state == S.PUBLISHED
        and found.registration_opens_at <= request.now < found.registration_closes_at,
    }


def _call_to_action(found: Event, request: Request, *, places: queries.Places) -> str:
    """What stands on the door: which of the template's texts and buttons (see `_door.html`)."""
    if found.state in (S.CANCELLED, S.DRAFT):
        return str(found.state)
    if request.now >= found.ends_at:
        return "over"
    if request.actor != ANYONE and queries.own_registration(found, request.actor) is not None:
        return "registered"
    if request.now < found.registration_opens_at:
        return "opens"
    if request.now >= found.registration_closes_at:
        return "closed"
    if places.is_full:
        return "waiting" if found.has_waiting_list else "full"
    return "open"
