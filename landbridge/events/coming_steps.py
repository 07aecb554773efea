"""Where a registration stands on its way, and the one step that comes next."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from landbridge.events.models import Registration
from landbridge.events.rules.registering import Completeness
from landbridge.events.states import Registered, S
from landbridge.foundation.ui.parts import Next, Step, way_of

SOON = timedelta(hours=36)


def way(found: Registration) -> list[Step]:
    """From handing in to having been there."""
    reached = [
        (_("Begun"), found.begun_at),
        (_("Handed in"), found.submitted_at),
        (_("Has a place"), found.approved_at),
        (_("Came"), found.attended_at),
    ]
    ended = found.state in (Registered.REJECTED, Registered.CANCELLED, Registered.NO_SHOW)
    return way_of(reached, ended=_(found.shown_state.label) if ended else "", at=found.cancelled_at)


def next_step(
    found: Registration, *, complete: Completeness, number: int, at: datetime, is_blocked: bool
) -> Next | None:
    """What the person who comes should do now; a blocked draft says what is missing instead."""
    event = found.event
    if event.state == S.CANCELLED or found.state in (Registered.REJECTED, Registered.NO_SHOW):
        return None
    match found.state:
        case Registered.DRAFT:
            return _of_draft(found, is_blocked=is_blocked, at=at)
        case Registered.SUBMITTED:
            text = _(
                "The organiser decides who can come, and you hear from us. You can go on with your profile."
            )
            return Next(_("Wait for the organiser"), text, who=_("The organiser"))
        case Registered.WAITING:
            text = _(
                "You are number %(number)s on the waiting list. A place that gets free is yours at once; you need not do "
                "anything."
            )
            return Next(_("Wait for a place"), text % {"number": number}, who=_("The waiting list"))
        case Registered.CANCELLED if at < event.registration_closes_at:
            return Next(
                _("Changed your mind?"),
                _("Your profile is still there. You stand last in the order of registrations again."),
                action=_("Register again"),
                post=_to("registration_reopening", found),
            )
        case Registered.APPROVED if at < event.ends_at:
            return _of_guest(found, complete=complete, at=at)
    return None


def _of_draft(found: Registration, *, is_blocked: bool, at: datetime) -> Next:
    closes_at, zone = found.event.registration_closes_at, found.event.time_zone
    if at >= closes_at:
        return Next(
            _("Registration has closed"),
            _(
                "You did not hand in what you began. Write to the organiser if you still want to come: %(email)s."
            )
            % {"email": found.event.contact_email},
        )
    if is_blocked:
        return Next(
            _("Complete your registration"),
            _("We have filled in what we know. Look through it, answer what is open, and hand it in."),
            who=_("You"), until=closes_at, zone=zone, action=_("Go on"), href=_to("registration_text", found),
        )  # fmt: skip
    return Next(
        _("Hand in your registration"),
        _("Everything the organiser needs is there."),
        who=_("You"), until=closes_at, zone=zone, action=_("Register"), post=_to("registration_submission", found),
    )  # fmt: skip


def _of_guest(found: Registration, *, complete: Completeness, at: datetime) -> Next | None:
    event = found.event
    if "slots" in complete.missing:
        return Next(
            _("Say when you are there"),
            _("You have not ticked when you are there. Without that no meeting can be planned for you."),
            who=_("You"), action=_("Tick the times"), href=_to("availability", found),
        )  # fmt: skip
    if complete.missing and at < event.starts_at:
        missing = ", ".join(_(label) for label in complete.labels)
        return Next(
            _("Complete your profile"),
            _("Others read it before they ask to meet you. Still missing: %(missing)s.") % {"missing": missing},
            who=_("You"), action=_("Write on"), href=_to("registration_text", found),
        )  # fmt: skip
    if at > event.starts_at - SOON:
        return Next(
            _("Come, and show your code at the entrance"),
            _("The code below is on your badge as well."),
            until=event.starts_at,
            zone=event.time_zone,
        )
    return Next(
        _("You are all set"),
        _("We remind you a week and a day before."),
        until=event.starts_at,
        zone=event.time_zone,
    )


def _to(name: str, found: Registration) -> str:
    return reverse(f"events:{name}", args=[found.pk])
