"""Reading requests: one's own, facts for the rules, the lists of one person, whom letters go to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from landbridge.events.models import Event, Registration
from landbridge.events.states import TAKING_PART
from landbridge.foundation.outbox.recipient import Recipient
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.roles import Role
from landbridge.meetings import rules
from landbridge.meetings.models import Block, Meeting, MeetingRules, Request
from landbridge.meetings.states import OPEN_REQUEST, Asked, MeetingState, Priority

SIDES = ("sender", "receiver")
# A wish counts for the shares as long as nobody took it back: a no costs nobody a priority.
COUNTED = (Asked.SENT, Asked.ACCEPTED, Asked.DECLINED, Asked.EXPIRED)


@dataclass(frozen=True, slots=True)
class Standing:
    """A request as one of the two sees it."""

    request: Request
    other: Registration
    is_mine: bool

    @property
    def priority(self) -> Priority | None:
        """One's own, never the other's."""
        said = self.request.priority if self.is_mine else self.request.answer_priority
        return Priority(said) if said else None

    @property
    def reason(self) -> str:
        """Why the other side said no, if they chose to show it."""
        return self.request.reason if self.request.reason_is_shown else ""


@dataclass(frozen=True, slots=True)
class Mine:
    """One person's requests: what waits for an answer of theirs, what they sent, what is agreed, what is over."""

    to_answer: tuple[Standing, ...] = ()
    sent: tuple[Standing, ...] = ()
    agreed: tuple[Standing, ...] = ()
    over: tuple[Standing, ...] = ()
    wishes: tuple[Priority, ...] = ()
    blocked: tuple[Block, ...] = ()


def own_registrations(actor: Actor) -> QuerySet[Registration]:
    """One's own registrations; all for Landbridge itself."""
    if actor.role is Role.SYSTEM:
        return Registration.objects.all()
    return Registration.objects.of_person(actor)


def rules_of(event: Event) -> MeetingRules | None:
    """How meetings are asked for at this event; None where nobody has said so yet."""
    return MeetingRules.objects.filter(event=event).first()


def window_of(event: Event, found: MeetingRules | None, *, origin: str = rules.ASKED) -> rules.Window | None:
    """When requests are made, in the event's own time."""
    if found is None:
        return None
    zone = ZoneInfo(event.time_zone)
    return rules.Window(
        opens_at=found.requests_open_at.astimezone(zone),
        closes_at=found.requests_close_at.astimezone(zone),
        ends_at=event.ends_at.astimezone(zone),
        is_of_the_day=origin != rules.ASKED,
    )


def pair_of(me: Registration, other: Registration, *, origin: str = rules.ASKED) -> rules.Pair:
    """What decides whether one may ask the other. Two queries."""
    mine, theirs = blocks_between(me.pk, other.pk)
    between = requests_between(me.pk, other.pk)
    listed = other.is_listed or origin != rules.ASKED or any(one.sender_id == other.pk for one in between)
    return rules.Pair(
        takes_part=takes_part(me),
        wants_meetings=me.wants_meetings,
        is_available=takes_part(other) and other.wants_meetings and listed and not theirs,
        is_same_organisation=is_same_organisation(me, other),
        is_blocked_by_self=mine,
        is_asked_already=any(one.sender_id == me.pk and one.state == Asked.SENT for one in between),
        is_agreed_already=any(one.state == Asked.ACCEPTED for one in between),
        said_no=any(one.sender_id == me.pk and one.state == Asked.DECLINED for one in between),
    )


def takes_part(registration: Registration) -> bool:
    """Whether they have a place and have not stayed away."""
    return registration.state in TAKING_PART


class ComesFrom(Protocol):
    """Whoever comes from somewhere."""

    @property
    def organisation_id(self) -> int | None: ...
    @property
    def organisation_name(self) -> str: ...


def is_same_organisation(one: ComesFrom, other: ComesFrom) -> bool:
    """By the organisation they come from; where one of them names none that we know, by its name as written."""
    if one.organisation_id and other.organisation_id:
        return one.organisation_id == other.organisation_id
    name = one.organisation_name.strip().casefold()
    return bool(name) and name == other.organisation_name.strip().casefold()


def blocks_between(me: int, other: int) -> tuple[bool, bool]:
    """Whether one has blocked the other oneself, and whether the other side or the organiser has. One query."""
    first, second = sorted((me, other))
    found = set(Block.objects.filter(first_id=first, second_id=second).values_list("set_by_id", flat=True))
    return me in found, bool(found - {me})


def requests_between(one: int, other: int) -> list[Request]:
    """Every request between two, whoever asked. One query."""
    pair = Q(sender_id=one, receiver_id=other) | Q(sender_id=other, receiver_id=one)
    return list(Request.objects.filter(pair).order_by("pk"))


def wishes_of(registration_id: int, *, but: Iterable[int] = ()) -> list[Priority]:
    """The priorities that count for one's share of high ones, without the requests `but`. One query."""
    own = Q(sender_id=registration_id, state__in=COUNTED)
    answered = Q(receiver_id=registration_id, state=Asked.ACCEPTED) & ~Q(answer_priority="")
    rows = Request.objects.filter(own | answered).exclude(pk__in=list(but)).order_by("pk")
    return [
        Priority(asked if sender == registration_id else answer)
        for sender, asked, answer in rows.values_list("sender_id", "priority", "answer_priority")
    ]


def open_sent(registration_id: int) -> int:
    """How many requests of theirs are open. One query."""
    return Request.objects.open().filter(sender_id=registration_id).count()


def mine_of(registration: Registration) -> Mine:
    """All requests of one person, sorted into what they do with them. Three queries."""
    me = registration.pk
    rows = Request.objects.filter(Q(sender_id=me) | Q(receiver_id=me)).select_related(
        "sender__region", "receiver__region"
    )
    standing = [
        Standing(one, one.receiver if one.sender_id == me else one.sender, one.sender_id == me)
        for one in rows.order_by("-asked_at", "-pk")
    ]
    blocked = Block.objects.filter(set_by_id=me).select_related("first", "second").order_by("pk")
    hidden = {pk for pair in Block.objects.filter(Q(first_id=me) | Q(second_id=me)).values_list(
        "first_id", "second_id") for pk in pair} - {me}  # fmt: skip
    waits = [one for one in standing if one.request.state == Asked.SENT and one.other.pk not in hidden]
    over = [one for one in standing if one.request.state not in OPEN_REQUEST]
    return Mine(
        to_answer=tuple(sorted((one for one in waits if not one.is_mine), key=_by_expiry)),
        sent=tuple(one for one in standing if one.request.state == Asked.SENT and one.is_mine),
        agreed=_once_each(one for one in standing if one.request.state == Asked.ACCEPTED),
        over=tuple(over),
        wishes=tuple(_wishes_in(standing)),
        blocked=tuple(blocked),
    )


def _by_expiry(one: Standing) -> tuple[datetime, int]:
    return one.request.expires_at, one.request.pk


def _once_each(found: Iterable[Standing]) -> tuple[Standing, ...]:
    """Two requests that crossed are one thing agreed: one's own says how much one wants it."""
    kept: dict[int, Standing] = {}
    for one in found:
        if one.other.pk not in kept or one.is_mine:
            kept[one.other.pk] = one
    return tuple(kept.values())


def _wishes_in(found: Sequence[Standing]) -> list[Priority]:
    counted = (
        one
        for one in found
        if (one.request.state in COUNTED if one.is_mine else one.request.state == Asked.ACCEPTED)
    )
    return [one.priority for one in counted if one.priority is not None]


def planned_between(requests: Iterable[int]) -> list[Meeting]:
    """The meetings planned for these requests. One query."""
    rows = Meeting.objects.filter(request__in=list(requests), state=MeetingState.PLANNED)
    return list(rows.select_related("slot", "event").order_by("pk"))


def recipient_of(registration: Registration) -> Recipient:
    """Where letters to somebody who comes go."""
    return Recipient(registration.email, registration.name, registration.language)


def expired_by(at: datetime) -> list[int]:
    """Requests whose time to answer has passed. One query."""
    rows = Request.objects.filter(state=Asked.SENT, expires_at__lte=at)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def gone_with_meetings(at: datetime) -> list[int]:
    """Registrations that no longer take part and still have open requests or meetings ahead. Two queries."""
    gone = ~Q(state__in=TAKING_PART)
    asked = Registration.objects.filter(gone).filter(
        Q(requests_sent__state__in=OPEN_REQUEST) | Q(requests_received__state__in=OPEN_REQUEST)
    )
    met = Registration.objects.filter(
        gone, seats__is_taken=True, seats__meeting__state=MeetingState.PLANNED, seats__slot__starts_at__gt=at
    )
    found = {*asked.values_list("pk", flat=True), *met.values_list("pk", flat=True)}
    return sorted(found)


def for_letters(registration: Registration, **more: Any) -> dict[str, object]:
    """What letters to somebody who comes may name."""
    return {"event": registration.event.title, "who": registration.name, **more}


def has_met(one: int, other: int, *, at: datetime) -> bool:
    """Whether a meeting of these two has begun that was not cancelled. One query."""
    pair = Q(first_id=one, second_id=other) | Q(first_id=other, second_id=one)
    return Meeting.objects.standing().filter(pair, slot__starts_at__lte=at).exists()


def high_of(registration_id: int) -> list[tuple[Request, str]]:
    """Their high wishes, the newest first, each with the column that says so. One query."""
    own = Q(sender_id=registration_id, state__in=COUNTED, priority=Priority.HIGH)
    answered = Q(receiver_id=registration_id, state=Asked.ACCEPTED, answer_priority=Priority.HIGH)
    rows = Request.objects.for_update().filter(own | answered).order_by("-pk")
    return [(one, "priority" if one.sender_id == registration_id else "answer_priority") for one in rows]


def in_zone_of(event: Event, moment: datetime) -> datetime:
    """A moment as the clocks of the event show it, for a letter."""
    return moment.astimezone(ZoneInfo(event.time_zone))


def others_with(registration_id: int, *, at: datetime) -> list[int]:
    """With whom somebody has an open request or a meeting ahead. Two queries."""
    pairs = set(
        Request.objects.open()
        .filter(Q(sender_id=registration_id) | Q(receiver_id=registration_id))
        .values_list("sender_id", "receiver_id")
    )
    pairs |= {(one.first_id, one.second_id) for one in planned_ahead(registration_id, at=at)}
    return sorted({pk for pair in pairs for pk in pair} - {registration_id})


def planned_ahead(registration_id: int, *, at: datetime) -> list[Meeting]:
    """The meetings of one person that have not begun. One query."""
    rows = Meeting.objects.filter(
        Q(first_id=registration_id) | Q(second_id=registration_id),
        state=MeetingState.PLANNED,
        slot__starts_at__gt=at,
    )
    return list(rows.select_related("slot", "event", "first", "second").order_by("pk"))
