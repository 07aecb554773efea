"""Where a webinar stands on its way, and the one step that comes next for its reader."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from landbridge.foundation.ui.parts import Next, Step, way_of
from landbridge.webinars.models import Webinar
from landbridge.webinars.queries import Parts
from landbridge.webinars.states import S, Signed


def way(webinar: Webinar) -> list[Step]:
    """From the announcement to the thanks, with the dates."""
    reached = [
        (_("Announced"), webinar.published_at),
        (_("Held"), webinar.held_at),
        (_("Listeners thanked"), webinar.thanked_at),
    ]
    ended = _(webinar.shown_state.label) if webinar.state == S.CANCELLED else ""
    return way_of(reached, ended=ended)


def next_step(webinar: Webinar, *, parts: Parts) -> Next | None:
    """What its organiser, or whoever wants to listen, does next."""
    if parts.is_kept and webinar.state != S.PUBLISHED:
        return _of_organiser(webinar)
    if webinar.state == S.CANCELLED or not webinar.published_at:
        return None
    return _afterwards(webinar, parts) if parts.is_over else _before(webinar, parts)


def _to(name: str, webinar: Webinar) -> str:
    return reverse(f"webinars:{name}", args=[webinar.slug])


def _of_organiser(webinar: Webinar) -> Next | None:
    if webinar.state == S.DRAFT:
        return Next(
            title=_("Announce it"),
            text=_("Then everybody can read this page and sign up."),
            action=_("Announce"),
            post=_to("publication", webinar),
        )
    if webinar.state == S.HELD and webinar.thanked_at is None:
        return Next(
            title=_("Say who was there"),
            text=_(
                "Hand over the provider's table of those present. A day later everybody gets a letter with recording "
                "and certificate."
            ),
            action=_("Hand over the table"),
            href=_to("presence", webinar),
        )
    return None


def _before(webinar: Webinar, parts: Parts) -> Next:
    if parts.is_listening:
        return Next(
            title=_("You have a place"),
            text=_("The address to join is here; we write to you a day and an hour before."),
            action=_("Join"),
            href=_to("join", webinar),
        )
    if parts.own is not None and parts.own.state == Signed.WAITING:
        return Next(
            title=_("You are on the waiting list"),
            text=_("As soon as a place is free it is yours, and we write to you."),
        )
    is_full = webinar.capacity is not None and parts.taken >= webinar.capacity
    return Next(
        title=_("All places are taken") if is_full else _("Sign up"),
        text=_("Sign up all the same: whoever waits moves up by themselves.")
        if is_full
        else _("It is free of charge and takes half a minute."),
        until=webinar.starts_at,
        zone=webinar.time_zone,
        action=_("Onto the waiting list") if is_full else _("Sign up"),
        href=_to("sign_up", webinar),
    )


def _afterwards(webinar: Webinar, parts: Parts) -> Next | None:
    own = parts.own
    if own is None or own.state != Signed.SIGNED_UP or own.minutes == 0:
        return None
    if not parts.has_said:
        return Next(
            title=_("Was it worth it?"),
            text=_("Two questions, one minute. Your answer makes the next one better."),
            action=_("Say what you thought"),
            href=_to("opinion", webinar),
        )
    if parts.is_certified:
        return Next(
            title=_("Your certificate"),
            text=_("You were there long enough."),
            action=_("Download the certificate (PDF)"),
            href=_to("certificate", webinar),
        )
    return None
