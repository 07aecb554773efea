"""Figures of one webinar, its attendance as a table, and presence as others count it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Avg, Count, Q

from landbridge.webinars.models import Opinion, SignUp, Webinar
from landbridge.webinars.states import Signed


@dataclass(frozen=True, slots=True)
class Figures:
    """How many, how long, and what they thought; what nobody told is None, never zero."""

    signed_up: int
    waiting: int
    cancelled: int
    known: int
    came: int
    certified: int
    minutes: float | None
    opinions: int
    useful: float | None
    clear: float | None
    by_region: tuple[tuple[str, int, int], ...]


def figures_of(webinar: Webinar) -> Figures:
    """Three queries."""
    here = Q(state=Signed.SIGNED_UP)
    came = here & Q(minutes__gt=0)
    long_enough = here & Q(minutes__gte=max(1, webinar.certificate_minutes))
    rows = SignUp.objects.filter(webinar=webinar)
    sums = rows.aggregate(
        signed_up=Count("pk", filter=here),
        waiting=Count("pk", filter=Q(state=Signed.WAITING)),
        cancelled=Count("pk", filter=Q(state=Signed.CANCELLED)),
        known=Count("pk", filter=here & Q(minutes__isnull=False)),
        came=Count("pk", filter=came),
        certified=Count("pk", filter=long_enough),
        minutes=Avg("minutes", filter=came),
    )
    regions = (
        rows.filter(here)
        .values("region__name")
        .annotate(signed_up=Count("pk"), came=Count("pk", filter=Q(minutes__gt=0)))
        .order_by("-signed_up", "region__name")
    )
    thought = Opinion.objects.filter(sign_up__webinar=webinar).aggregate(
        opinions=Count("pk"), useful=Avg("useful"), clear=Avg("clear")
    )
    by_region = tuple((row["region__name"] or "", row["signed_up"], row["came"]) for row in regions)
    return Figures(**sums, **thought, by_region=by_region)


def attendance_rows(webinar: Webinar) -> Iterator[list[object]]:
    """One row for everybody who signed up."""
    rows = SignUp.objects.filter(webinar=webinar).select_related("region").order_by("name", "pk")
    for sign_up in rows.iterator(chunk_size=1000):
        yield [
            sign_up.name,
            sign_up.email,
            sign_up.organisation_name,
            sign_up.region.name if sign_up.region else "",
            sign_up.state,
            sign_up.signed_up_at,
            "" if sign_up.minutes is None else sign_up.minutes,
            sign_up.attendance_source,
        ]


def presence(*, since: object, until: object) -> Iterator[tuple[int, int, int]]:
    """Organisation, webinar, minutes: whether that counts as support, an indicator says, not the webinar."""
    rows = SignUp.objects.filter(
        organisation__isnull=False, minutes__gt=0, webinar__starts_at__gte=since, webinar__starts_at__lt=until
    )
    for organisation_id, webinar_id, minutes in rows.order_by("pk").values_list(
        "organisation_id", "webinar_id", "minutes"
    ):
        yield organisation_id or 0, webinar_id, minutes or 0
