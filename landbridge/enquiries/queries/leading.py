"""Who leads, who was asked, who scouts; and what other desks may read of an enquiry: its summary, nothing else."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from landbridge.clocks import queries as clocks
from landbridge.clocks.models import Absence, AbsenceRows
from landbridge.enquiries.models import Enquiry, Lead, Sight, Summary
from landbridge.enquiries.queries.summaries import approved_summary
from landbridge.enquiries.rules import Colleague
from landbridge.enquiries.states import OPEN, LeadState, S
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.roles import Role
from landbridge.programmes.models import Region


def is_asked(lead: Lead, *, actor: Actor) -> bool:
    """Whether the actor belongs to the desk that was asked; Landbridge itself stands in for every desk."""
    return actor.role is Role.SYSTEM or (actor.role is Role.BROKER and lead.region_id == actor.region_id)


def colleague(membership_id: int, *, region: Region, at: datetime) -> tuple[str, Colleague]:
    """The name of somebody to whom a case is given, and what the rules want to know of them."""
    name = clocks.brokers_of(region.pk).get(membership_id, "")
    away = clocks.away_on(region, at=at).get(membership_id)
    return name, Colleague(is_at_this_desk=bool(name), away_until=away.last_day if away else None)


def absence_of(absence_id: int) -> Absence:
    """The absence; DoesNotExist once it was taken out."""
    return Absence.objects.get(pk=absence_id)


def absences_seen_by(actor: Actor, *, region: Region, at: datetime) -> QuerySet[Absence]:
    """Absences at a desk that last or lie ahead."""
    rows: AbsenceRows = Absence.objects.visible_to(actor).filter(region=region)
    return clocks.absences_of(rows, since=clocks.today_at(region, at=at))


def cases_of_absent(absence: Absence) -> list[Lead]:
    """The open cases that an absent broker holds."""
    rows = Lead.objects.accepted().filter(membership_id=absence.membership_id, region_id=absence.region_id)
    return list(rows.exclude(enquiry__state__in=[S.CLOSED, S.DECLINED]).order_by("pk"))


def leads_of(enquiry: Enquiry) -> list[Lead]:
    """Every lead there was, the newest first."""
    rows = Lead.objects.filter(enquiry=enquiry).select_related("region")
    return list(rows.order_by("-offered_at", "-pk"))


def offers_to(region_id: int, *, at: datetime) -> list[Lead]:
    """What other desks ask this one to lead, the most pressing first."""
    rows = Lead.objects.offered().filter(region_id=region_id, expires_at__gte=at)
    return list(rows.select_related("enquiry__region", "region").order_by("expires_at", "pk"))


def expired_offers(*, at: datetime) -> list[Lead]:
    """Offers whose time is over, or whose enquiry has ended."""
    rows = Lead.objects.offered()
    late = rows.filter(expires_at__lt=at) | rows.filter(enquiry__state__in=[S.CLOSED, S.DECLINED])
    return list(late.order_by("pk"))


def sights_of(enquiry: Enquiry, *, at: datetime) -> list[Sight]:
    """The desks that scout for an enquiry now."""
    rows = Sight.objects.filter(enquiry=enquiry).open_at(at).select_related("region", "summary")
    return list(rows.order_by("region__name", "pk"))


def scouted_by(actor: Actor, *, at: datetime) -> QuerySet[Sight]:
    """Summaries that a desk may read now; those of enquiries that are no longer open are left out."""
    rows = Sight.objects.filter(region_id=actor.region_id or 0).open_at(at)
    rows = rows.filter(enquiry__state__in=[*OPEN, S.ON_HOLD])
    return rows.select_related("summary", "region").order_by("until", "pk")


def is_open(sight: Sight, *, at: datetime) -> bool:
    """Whether the scout may still read it."""
    return sight.ended_at is None and sight.granted_at <= at < sight.until


def ended_sights(*, at: datetime) -> list[Sight]:
    """Grants of sight whose moment has passed, and which nobody has ended yet."""
    return list(Sight.objects.filter(ended_at__isnull=True, until__lte=at).order_by("pk"))


def summary_for(lead: Lead) -> Summary | None:
    """What the desk that was asked reads: the newest summary that the company approved."""
    approved = approved_summary(lead.enquiry)
    if approved is not None:
        return approved
    rows = Summary.objects.filter(enquiry_id=lead.enquiry_id, approved_at__isnull=False)
    return rows.order_by("-version").first()


def for_letters_outside(row: Lead | Sight) -> dict[str, object]:
    """The places of letters to desks that see the summary alone: no company, no title of its own, no text."""
    enquiry, zone = row.enquiry, ZoneInfo(row.region.time_zone)
    summary = row.summary if isinstance(row, Sight) else summary_for(row)
    until = row.until if isinstance(row, Sight) else row.expires_at
    asking = Lead.objects.filter(enquiry=enquiry, state=LeadState.ACCEPTED).select_related("region").get()
    return {
        "number": enquiry.number,
        "summary_title": summary.title if summary else "",
        "summary": summary.text if summary else "",
        "asking": asking.region.name,
        "asking_email": asking.region.desk_email,
        "until": until.astimezone(zone) if until else None,
        "remark": row.offer_remark if isinstance(row, Lead) else "",
    }
