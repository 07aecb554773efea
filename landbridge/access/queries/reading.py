"""Reading requests: lists, parts of one page, facts for the rules, what each side may read of the feedback."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q, QuerySet

from landbridge.access import rules
from landbridge.access.models import Complaint, Feedback, Quote, Request, RequestRows, Signature, Slot
from landbridge.access.rules import Asked, Facts
from landbridge.access.states import S
from landbridge.catalogue.models import Record, Service
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.roles import Role
from landbridge.introductions.states import Side


@dataclass(frozen=True, slots=True)
class Parts:
    """What hangs on one request, as its page shows it to one reader."""

    quotes: tuple[Quote, ...]
    slots: tuple[Slot, ...]
    feedback: tuple[Feedback, ...]
    complaints: tuple[Complaint, ...]
    deviations: str
    has_signed: bool
    own_feedback: bool

    @property
    def quote(self) -> Quote | None:
        """The newest quote."""
        return self.quotes[0] if self.quotes else None


def listed(requests: RequestRows, *, state: str = "", text: str = "", turn: str = "") -> QuerySet[Request]:
    """Requests for a list, the newest first; `turn` is `company`, `facility` or `desk`: whose turn it is."""
    rows = requests.select_related("record", "company", "provider")
    if state:
        rows = rows.filter(state=state)
    if turn:
        rows = rows.filter(state__in=TURNS[turn])
    if text:
        rows = rows.filter(
            Q(number__icontains=text)
            | Q(title__icontains=text)
            | Q(company__name__icontains=text)
            | Q(provider__name__icontains=text)
            | Q(record__name__icontains=text)
        )
    return rows.order_by("-started_at", "-pk")


TURNS: dict[str, tuple[S, ...]] = {
    "company": (S.DRAFT, S.QUOTED),
    "desk": (S.SUBMITTED,),
    "facility": (S.ELIGIBLE, S.FEASIBLE, S.ACCEPTED, S.AGREED, S.IN_PROGRESS),
}


def zone_of(request: Request) -> str:
    """The clock of the facility's region, by which slots are told; else the installation's."""
    region = request.provider.region or request.company.region
    return region.time_zone if region else settings.TIME_ZONE


def zone_of_offer(offer: Record) -> str:
    """The clock by which an offer's slots are told."""
    region = offer.organisation.region
    return region.time_zone if region else settings.TIME_ZONE


def slots_of(offer: Record, *, at: datetime) -> list[Slot]:
    """The slots of an offer that are not over."""
    rows = Slot.objects.filter(record=offer, ends_at__gt=at).select_related("held_by")
    return list(rows.order_by("starts_at", "pk")[:200])


def today_for(request: Request, *, at: datetime) -> date:
    """The day it is at the facility."""
    return at.astimezone(ZoneInfo(zone_of(request))).date()


def side_of(request: Request, actor: Actor) -> Side | None:
    """On which side the actor stands; None for desks, office and strangers."""
    if actor.role is Role.SME and actor.organisation_id == request.company_id:
        return Side.COMPANY
    if actor.role is Role.PROVIDER and actor.organisation_id == request.provider_id:
        return Side.PROVIDER
    return None


def asked_of(request: Request) -> Asked:
    """What the company wrote, as the rules see it."""
    return Asked(
        title=request.title,
        purpose=request.purpose,
        samples=request.samples,
        access_mode=request.access_mode,
        units=request.units,
        wanted_from=request.wanted_from,
        wanted_until=request.wanted_until,
        confidential=request.confidential,
    )


def facts_of(request: Request) -> Facts:
    """What the rules want to know before it is handed in."""
    service = Service.objects.filter(record_id=request.record_id).first()
    return Facts(
        asked=asked_of(request),
        modes_offered=tuple(service.access_modes) if service else (),
        is_in_directory=request.record.is_public,
        has_region=request.company.region_id is not None,
    )


def is_signed(request: Request) -> bool:
    """Whether the facility has signed the version under which this was asked."""
    return Signature.objects.filter(
        rule_set_id=request.rule_set_id, organisation_id=request.provider_id, ended_at__isnull=True
    ).exists()


def latest_quote(request: Request) -> Quote | None:
    """The newest version of the quote."""
    return Quote.objects.filter(request=request).order_by("-version").first()


def slots_open(request: Request, *, at: datetime) -> QuerySet[Slot]:
    """The slots of the offer that are free and lie ahead, and those that this request holds."""
    rows = Slot.objects.filter(record_id=request.record_id)
    return rows.filter(Q(held_by=request) | Q(held_by__isnull=True, starts_at__gt=at)).order_by(
        "starts_at", "pk"
    )


def held_days(request: Request) -> tuple[tuple[date, date], ...]:
    """First and last day of each slot that the request holds, on the facility's clock."""
    zone = ZoneInfo(zone_of(request))
    held = Slot.objects.filter(held_by=request).order_by("starts_at")
    return tuple(
        (
            slot.starts_at.astimezone(zone).date(),
            (slot.ends_at - timedelta(microseconds=1)).astimezone(zone).date(),
        )
        for slot in held
    )


def feedback_for(request: Request, actor: Actor) -> tuple[tuple[Feedback, ...], bool]:
    """What the actor may read of the feedback, and whether their own side has given its."""
    given = tuple(Feedback.objects.filter(request=request).order_by("side"))
    side = side_of(request, actor)
    own = any(one.side == side for one in given)
    if rules.reads_other_side(both_spoke=len(given) == len(Side), is_closed=request.state == S.CLOSED):
        return given, own
    if side is None and (actor.sees_everything or actor.role in (Role.OFFICE, Role.AUDITOR)):
        return given, own
    return tuple(one for one in given if one.side == side), own


def complaints_for(request: Request, actor: Actor) -> tuple[Complaint, ...]:
    """A side's own complaints; all of them for office and auditor, none for the desks."""
    rows = Complaint.objects.filter(request=request).order_by("complained_at", "pk")
    if actor.sees_everything or actor.role in (Role.OFFICE, Role.AUDITOR):
        return tuple(rows)
    return tuple(rows.filter(side=side_of(request, actor) or ""))


def parts_of(request: Request, *, actor: Actor, at: datetime) -> Parts:
    """All that the page of a request shows besides the row itself; five queries."""
    feedback, own = feedback_for(request, actor)
    signature = Signature.objects.filter(
        rule_set_id=request.rule_set_id, organisation_id=request.provider_id, ended_at__isnull=True
    ).first()
    return Parts(
        quotes=tuple(Quote.objects.filter(request=request).order_by("-version")),
        slots=tuple(slots_open(request, at=at)[:60]),
        feedback=feedback,
        complaints=complaints_for(request, actor),
        deviations=signature.deviations if signature else "",
        has_signed=signature is not None,
        own_feedback=own,
    )


def to_close(*, at: datetime) -> QuerySet[Request]:
    """Delivered requests of which both sides spoke, or whose time to do so has passed."""
    until = at - timedelta(days=rules.DAYS_FOR_FEEDBACK)
    spoke = Q(
        feedback__side=Side.COMPANY, pk__in=Feedback.objects.filter(side=Side.PROVIDER).values("request")
    )
    rows = Request.objects.filter(state=S.DELIVERED).filter(Q(delivered_at__lte=until) | spoke)
    return rows.distinct().order_by("pk")
