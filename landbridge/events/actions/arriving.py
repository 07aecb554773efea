"""The door: checking in, twice is once, and taking a check-in back."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from landbridge.events.actions._registered import _require
from landbridge.events.models import CheckIn, Event, Registration
from landbridge.events.rules import codes, presence
from landbridge.events.states import REGISTRATION_WORKFLOW, Registered, RegistrationMove, S
from landbridge.foundation.audit.record import record
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import N_, refuse, refuse_if

LONGEST_DEVICE = 60


@transaction.atomic
def check_in(
    *, code: str, event_id: int, scanned_at: datetime, device: str = "", by: Actor, at: datetime
) -> CheckIn:
    """Somebody came. Scanned again on the same day, from whichever telephone, the first check-in is given back.

    `scanned_at` is the telephone's own time: what it scanned without network arrives later.
    """
    _require(P.EVENT_CHECK_IN, by=by)
    event = Event.objects.kept_by(by).get(pk=event_id)
    if event.state not in (S.PUBLISHED, S.ENDED):
        refuse(
            "event_not_open", N_("There is no check-in for this event: it is not published, or called off.")
        )
    registration = _of_code(code, event=event)
    moment = presence.believed(scanned_at, starts_at=event.starts_at, ends_at=event.ends_at, received_at=at)
    if moment < event.starts_at - presence.BEFORE_THE_DOORS:
        refuse("too_early", N_("Check-in opens on the day of the event."))
    day = _day_of(event, moment)
    standing = CheckIn.objects.filter(registration=registration, day=day).first()
    if standing is not None:
        return standing
    refuse_if(presence.problems_at_the_door(registration.state))
    if registration.state != Registered.ATTENDED:
        registration.state = REGISTRATION_WORKFLOW.target(RegistrationMove.CHECK_IN, of=registration, by=by)
        registration.attended_at = moment
        registration.save(update_fields=["state", "attended_at"])
    arrived = CheckIn.objects.create(
        registration=registration,
        day=day,
        scanned_at=moment,
        received_at=at,
        device=device[:LONGEST_DEVICE],
        by_name=by.name[:150],
    )
    record("registration.checked_in", registration, by=by, at=at, day=day, scanned_at=moment.isoformat())
    return arrived


@transaction.atomic
def undo_check_in(*, registration_id: int, by: Actor, at: datetime) -> Registration:
    """The last check-in of somebody was a mistake; without any other they have not come."""
    _require(P.EVENT_CHECK_IN, by=by)
    rows = Registration.objects.decided_by(by).for_update()
    registration = rows.select_related("event").get(pk=registration_id)
    target = REGISTRATION_WORKFLOW.target(RegistrationMove.UNDO_CHECK_IN, of=registration, by=by)
    arrivals = list(CheckIn.objects.filter(registration=registration).order_by("day"))
    if arrivals:
        arrivals[-1].delete()
    if len(arrivals) < 2:
        registration.state, registration.attended_at = target, None
        registration.save(update_fields=["state", "attended_at"])
    day = arrivals[-1].day if arrivals else None
    record("registration.check_in_undone", registration, by=by, at=at, day=day)
    return registration


def _of_code(code: str, *, event: Event) -> Registration:
    """The registration of a code, locked; what is wrong with the code is said as staff can act on it."""
    read = codes.read_code(code)
    if not read:
        refuse(
            "code_unreadable",
            N_("This is no code of a badge: a sign is missing or mistyped."),
            cure=N_("Type the nine signs again, or look for the name in the list."),
            field="code",
        )
    registration = Registration.objects.for_update().filter(code=read).first()
    if registration is None:
        refuse(
            "code_unknown",
            N_("Nobody has this code."),
            cure=N_("Look for the name in the list, or enter them as a guest."),
            field="code",
        )
    if registration.event_id != event.pk:
        refuse(
            "other_event",
            N_("This badge is for another event: %(event)s."),
            cure=N_("Look for the name in the list of this event."),
            field="code",
            event=Event.objects.get(pk=registration.event_id).title,
        )
    return registration


def _day_of(event: Event, moment: datetime) -> date:
    """The day of the event on which it was; what is noted days later counts for its last day."""
    zone = ZoneInfo(event.time_zone)
    first, last = event.starts_at.astimezone(zone).date(), event.ends_at.astimezone(zone).date()
    return min(max(moment.astimezone(zone).date(), first), last)
