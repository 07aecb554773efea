"""Lists of events: what is coming and what was, for everyone; what one keeps, for organisers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.db.models.functions import ExtractYear

from landbridge.events.models import Event, EventRows
from landbridge.events.states import Registered, S
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P


@dataclass(frozen=True, slots=True)
class Offered:
    """What the public list can be filtered by: only what is there."""

    countries: tuple[str, ...]
    years: tuple[int, ...]


def coming_events(at: datetime, **filters: str) -> EventRows:
    """Published and not over, the next first. Called-off events stay until the day they were to end."""
    rows = Event.objects.public().filter(ends_at__gte=at).exclude(state=S.ENDED)
    return _filtered(rows, **filters).order_by("starts_at", "pk")


def past_events(at: datetime, *, year: str = "", **filters: str) -> EventRows:
    """What took place, the latest first; of one year where one is named."""
    rows = (
        Event.objects.public().filter(ends_at__lt=at, published_at__isnull=False).exclude(state=S.CANCELLED)
    )
    if year.isdigit():
        rows = rows.filter(starts_at__year=int(year))
    return _filtered(rows, **filters).order_by("-starts_at", "-pk")


def offered_filters(at: datetime) -> Offered:
    """The countries and years that occur. Two queries."""
    rows = Event.objects.public()
    countries = rows.exclude(country="").order_by("country").values_list("country", flat=True).distinct()
    over = rows.filter(ends_at__lt=at).exclude(state=S.CANCELLED).annotate(year=ExtractYear("starts_at"))
    years = over.order_by("-year").values_list("year", flat=True).distinct()
    return Offered(tuple(countries), tuple(years))


def kept(actor: Actor, *, state: str = "", text: str = "") -> EventRows:
    """The events that an organiser keeps, and what brokers and auditors may read; with their numbers of people."""
    rows = Event.objects.kept_by(actor) if actor.may(P.EVENT_EDIT) else Event.objects.visible_to(actor)
    if state:
        rows = rows.filter(state=state)
    if text:
        rows = rows.filter(Q(title__icontains=text) | Q(town__icontains=text))
    come = Q(registrations__state__in=[Registered.APPROVED, Registered.ATTENDED, Registered.NO_SHOW])
    waiting = Q(registrations__state__in=[Registered.SUBMITTED, Registered.WAITING])
    counted = rows.annotate(
        come=Count("registrations", filter=come), waiting=Count("registrations", filter=waiting)
    )
    return counted.select_related("programme").order_by("-starts_at", "-pk")


def to_end(at: datetime) -> EventRows:
    """Published events that are over by now."""
    return Event.objects.filter(state=S.PUBLISHED, ends_at__lte=at).order_by("ends_at", "pk")


def public_slugs() -> list[str]:
    """For the map of the site: every page of an event that everyone may read."""
    return list(Event.objects.public().order_by("pk").values_list("slug", flat=True))


def _filtered(
    rows: EventRows, *, kind: str = "", country: str = "", form: str = "", text: str = ""
) -> EventRows:
    if kind:
        rows = rows.filter(kind=kind)
    if country:
        rows = rows.filter(country=country)
    if form:
        rows = rows.filter(form=form)
    for word in text.split()[:5]:
        rows = rows.filter(
            Q(title__icontains=word)
            | Q(summary__icontains=word)
            | Q(town__icontains=word)
            | Q(fair_name__icontains=word)
        )
    return rows
