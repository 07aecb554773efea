"""Lists of webinars: what is coming, what can be heard again, what an organiser keeps, what a job has to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet

from landbridge.foundation.permissions.actor import Actor
from landbridge.webinars.models import SignUp, Speaker, Webinar
from landbridge.webinars.states import S, Signed

A_DAY = timedelta(days=1)
AN_HOUR = timedelta(hours=1)
# After this, a letter that nobody sent in time is not sent any more.
TOO_LATE_TO_THANK = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Line:
    """A webinar in a list, with who speaks."""

    webinar: Webinar
    speakers: tuple[str, ...]


def coming(*, at: datetime) -> QuerySet[Webinar]:
    """Announced and not over; the next one first."""
    rows = Webinar.objects.public().filter(state=S.PUBLISHED, ends_at__gte=at)
    return rows.select_related("series").order_by("starts_at", "pk")


def over(*, at: datetime) -> QuerySet[Webinar]:
    """Over, the latest first; what was called off is not among them."""
    rows = Webinar.objects.public().filter(ends_at__lt=at).exclude(state=S.CANCELLED)
    return rows.select_related("series").order_by("-starts_at", "-pk")


def lines(webinars: Iterable[Webinar]) -> list[Line]:
    """With the names of the speakers, in one more query."""
    found = list(webinars)
    names: dict[int, list[str]] = {}
    rows = Speaker.objects.filter(webinar__in=[webinar.pk for webinar in found]).order_by("number", "pk")
    for webinar_id, name in rows.values_list("webinar_id", "name"):
        names.setdefault(webinar_id, []).append(name)
    return [Line(webinar, tuple(names.get(webinar.pk, ()))) for webinar in found]


def kept(actor: Actor) -> QuerySet[Webinar]:
    """Those that somebody organises, or may read as auditor or broker, with how many signed up and came."""
    rows = (
        Webinar.objects.kept_by(actor)
        if actor.role and actor.role in ("office", "organiser")
        else Webinar.objects.visible_to(actor)
    )
    signed_up = Count("sign_ups", filter=Q(sign_ups__state=Signed.SIGNED_UP))
    came = Count("sign_ups", filter=Q(sign_ups__state=Signed.SIGNED_UP, sign_ups__minutes__gt=0))
    return (
        rows.select_related("series").annotate(signed_up=signed_up, came=came).order_by("-starts_at", "-pk")
    )


def listed(rows: QuerySet[Webinar], *, state: str = "", text: str = "") -> QuerySet[Webinar]:
    """Narrowed by what somebody chose."""
    if state:
        rows = rows.filter(state=state)
    if text:
        rows = rows.filter(Q(title__icontains=text) | Q(series__title__icontains=text))
    return rows


def joined_lately(actor: Actor) -> QuerySet[SignUp]:
    """One's own sign-ups, the next webinar first."""
    rows = SignUp.objects.filter(person_id=actor.person_id or 0).exclude(state=Signed.CANCELLED)
    return rows.select_related("webinar").order_by("-webinar__starts_at", "-pk")


# ── For the jobs ─────────────────────────────────────────────────────────────────────────────────────────────────────
def to_remind(*, at: datetime) -> list[tuple[Webinar, str]]:
    """Whose listeners are reminded now, and of what: tomorrow's once, the one within the hour once."""
    announced = Webinar.objects.filter(state=S.PUBLISHED, starts_at__gt=at)
    soon = announced.filter(starts_at__lte=at + AN_HOUR, reminded_hour_at__isnull=True)
    tomorrow = announced.filter(
        starts_at__gt=at + AN_HOUR, starts_at__lte=at + A_DAY, reminded_day_at__isnull=True
    )
    return [
        *((found, "hour") for found in soon.order_by("pk")),
        *((found, "day") for found in tomorrow.order_by("pk")),
    ]


def to_end(*, at: datetime) -> QuerySet[Webinar]:
    """Over, and still announced."""
    return Webinar.objects.filter(state=S.PUBLISHED, ends_at__lte=at).order_by("pk")


def to_thank(*, at: datetime) -> QuerySet[Webinar]:
    """Held, attendance known, and nobody has been written to; not after two weeks."""
    rows = Webinar.objects.filter(
        state=S.HELD, thanked_at__isnull=True, ends_at__gt=at - TOO_LATE_TO_THANK, ends_at__lte=at - A_DAY
    )
    return rows.filter(sign_ups__minutes__isnull=False).distinct().order_by("pk")
