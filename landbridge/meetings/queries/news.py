"""What somebody has not been told yet of their requests, and when they were last written to."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q
from django.urls import reverse

from landbridge.events.models import Registration
from landbridge.foundation.outbox.models import Letter
from landbridge.meetings.models import Request, Seat
from landbridge.meetings.states import Asked, MeetingState

AT_MOST_EVERY = timedelta(hours=1)
MOST_NAMED = 20  # of each sort in one letter; the page has them all


@dataclass(slots=True)
class News:
    """What is new, as the letter says it: rows of a name and a sentence or reason, and which requests it covers."""

    asked: list[dict[str, str]] = field(default_factory=list)
    accepted: list[dict[str, str]] = field(default_factory=list)
    declined: list[dict[str, str]] = field(default_factory=list)
    ended: list[dict[str, str]] = field(default_factory=list)
    as_receiver: list[int] = field(default_factory=list)
    as_sender: list[int] = field(default_factory=list)

    @property
    def number(self) -> int:
        return sum(map(len, (self.asked, self.accepted, self.declined, self.ended)))

    @property
    def is_empty(self) -> bool:
        return not self.number


def to_be_told() -> list[int]:
    """Registrations for whom something is new. Two queries."""
    untold = Request.objects.filter(receiver_told_at__isnull=True).values_list("receiver_id", flat=True)
    answered = Request.objects.filter(sender_told_at__isnull=True).values_list("sender_id", flat=True)
    return sorted({*untold, *answered})


def was_told_lately(registration: Registration, *, at: datetime) -> bool:
    """Whether a letter with news went out less than an hour ago. One query."""
    return Letter.objects.filter(
        recipient_email=registration.email.lower(),
        template="meetings/news",
        about_table=registration._meta.label_lower,
        about_id=registration.pk,
        created_at__gt=at - AT_MOST_EVERY,
    ).exists()


def news_of(registration: Registration) -> News:
    """What is new for somebody. One query."""
    me, found = registration.pk, News()
    rows = Request.objects.filter(
        Q(receiver_id=me, receiver_told_at__isnull=True) | Q(sender_id=me, sender_told_at__isnull=True)
    ).select_related("sender", "receiver")
    for request in rows.order_by("pk"):
        is_mine = request.sender_id == me
        (found.as_sender if is_mine else found.as_receiver).append(request.pk)
        other = request.receiver if is_mine else request.sender
        if request.state == Asked.SENT and not is_mine:
            _add(found.asked, other, request.sentence)
        elif request.state == Asked.ACCEPTED and is_mine:
            _add(found.accepted, other, "")
        elif request.state == Asked.DECLINED and is_mine:
            _add(found.declined, other, request.reason if request.reason_is_shown else "")
        elif request.state in (Asked.WITHDRAWN, Asked.EXPIRED):
            _add(found.ended, other, "")
    return found


def unsaid_on(registration: Registration, *, day: date, at: datetime) -> list[str]:
    """With whom somebody had meetings on this day that are over and of which they have said nothing. One query."""
    zone = ZoneInfo(registration.event.time_zone)
    rows = Seat.objects.filter(
        registration=registration,
        is_taken=True,
        meeting__state=MeetingState.PLANNED,
        slot__ends_at__lte=at,
        outcome__isnull=True,
    ).select_related("slot", "meeting__first", "meeting__second")
    return [
        str(seat.meeting.second if seat.meeting.first_id == registration.pk else seat.meeting.first)
        for seat in rows.order_by("slot__starts_at", "pk")
        if seat.slot.ends_at.astimezone(zone).date() == day
    ]


def link_to(name: str, *places: object) -> str:
    """The address of a page, for a letter."""
    return urljoin(settings.LANDBRIDGE_ADDRESS, reverse(name, args=places))


def _add(rows: list[dict[str, str]], other: Registration, text: str) -> None:
    if len(rows) < MOST_NAMED:
        rows.append({"who": str(other), "text": text})
