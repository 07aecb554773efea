"""Who is away, who stands in, and who works at a desk."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from landbridge.clocks.models import Absence, AbsenceRows
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.roles import Role
from landbridge.memberships.queries import desk_of
from landbridge.programmes.models import Region
from landbridge.programmes.models.network import RegionRows


def today_at(region: Region, *, at: datetime) -> date:
    """The day that it is at the region's desk."""
    return at.astimezone(ZoneInfo(region.time_zone)).date()


def desks_seen_by(actor: Actor) -> RegionRows:
    """The regions whose desk somebody runs or supervises."""
    if actor.role is Role.BROKER:
        return Region.objects.filter(pk=actor.region_id or 0)
    if actor.sees_everything or actor.role in (Role.OFFICE, Role.AUDITOR):
        return Region.objects.all()
    return Region.objects.none()


def brokers_of(region_id: int) -> dict[int, str]:
    """The Access Brokers of a desk: the name by membership, in the order in which they came."""
    rows = desk_of(region_id).filter(person__is_active=True).order_by("began_at", "pk")
    return dict(rows.values_list("pk", "person__name"))


def is_away(membership_id: int, first_day: date, last_day: date) -> bool:
    """Whether the broker is away on any of these days."""
    rows = Absence.objects.filter(membership_id=membership_id)
    return rows.filter(first_day__lte=last_day, last_day__gte=first_day).exists()


def away_on(region: Region, *, at: datetime) -> dict[int, Absence]:
    """Who of a desk is away today, by membership."""
    rows = Absence.objects.filter(region=region).on(today_at(region, at=at))
    return {absence.membership_id: absence for absence in rows}


def absences_of(absences: AbsenceRows, *, since: date) -> QuerySet[Absence]:
    """Absences that last or lie ahead, the nearest first."""
    rows = absences.filter(last_day__gte=since).select_related("region")
    return rows.order_by("first_day", "person_name", "pk")


def has_begun(at: datetime) -> list[Absence]:
    """Absences that last today, each on the day of its own region."""
    days = [at.date().fromordinal(at.date().toordinal() + n) for n in (-1, 0, 1)]
    rows = Absence.objects.filter(first_day__lte=days[2], last_day__gte=days[0]).select_related("region")
    return [
        absence
        for absence in rows.order_by("pk")
        if absence.first_day <= today_at(absence.region, at=at) <= absence.last_day
    ]
