"""Whom the letters about webinars go to, what they may name, and the papers and calendar of one listener."""

from __future__ import annotations

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from landbridge.foundation.calendar import Entry, uid
from landbridge.foundation.outbox.recipient import Recipient
from landbridge.foundation.ui.formatting import day
from landbridge.webinars.models import SignUp, Speaker, Webinar
from landbridge.webinars.states import S, Signed


def recipient_of(sign_up: SignUp) -> Recipient:
    """One listener."""
    return Recipient(sign_up.email, sign_up.name, sign_up.language)


def recipients_of(webinar: Webinar, *, states: Iterable[str] = (Signed.SIGNED_UP,)) -> list[Recipient]:
    """Everybody who signed up."""
    rows = SignUp.objects.filter(webinar=webinar, state__in=list(states)).order_by("pk")
    return [recipient_of(sign_up) for sign_up in rows.iterator(chunk_size=1000)]


def strangers(webinar: Webinar, addresses: Iterable[str]) -> set[str]:
    """Which of these addresses did not sign up."""
    known = SignUp.objects.filter(webinar=webinar).exclude(state=Signed.CANCELLED)
    return {address.lower() for address in addresses} - set(known.values_list("email", flat=True))


def organiser_contact(webinar: Webinar) -> Recipient:
    """The address that answers for the webinar."""
    return Recipient(webinar.contact_email, webinar.created_by_name)


def for_letters(webinar: Webinar) -> dict[str, object]:
    """What the letters about a webinar may name; moments keep its zone."""
    zone = ZoneInfo(webinar.time_zone)
    return {
        "title": webinar.title,
        "starts_at": webinar.starts_at.astimezone(zone),
        "contact": webinar.contact_email,
        "reason": webinar.reason,
    }


def speaker_recipient(speaker: Speaker) -> Recipient:
    """Who speaks."""
    return Recipient(speaker.email, speaker.name)


def entries_of(webinar: Webinar) -> list[Entry]:
    """The webinar in a calendar; the address to join is behind its page, never in the calendar of others."""
    return [
        Entry(
            uid=uid("webinar", str(webinar.pk)),
            title=webinar.title,
            starts_at=webinar.starts_at,
            ends_at=webinar.ends_at,
            time_zone=webinar.time_zone,
            text=webinar.summary,
            place=_("Online"),
            link=webinar.get_absolute_url(),
            sequence=webinar.sequence,
            is_cancelled=webinar.state == S.CANCELLED,
            changed_at=webinar.published_at or webinar.created_at,
        )
    ]


def certificate_data(sign_up: SignUp) -> dict[str, object]:
    """What a certificate of attendance says."""
    webinar = sign_up.webinar
    held_on = webinar.starts_at.astimezone(ZoneInfo(webinar.time_zone)).date()
    speakers = [
        ", ".join(part for part in (speaker.name, speaker.organisation_name) if part)
        for speaker in webinar.speakers.order_by("number", "pk")
    ]
    return {
        "opening": _("This is to certify that"),
        "name": sign_up.name,
        "organisation": sign_up.organisation_name,
        "middle": _("took part in the webinar"),
        "title": webinar.title,
        "facts": [
            [_("Held on"), day(held_on)],
            [_("Minutes present"), str(sign_up.minutes or 0)],
            [_("Speakers"), "; ".join(speakers) or "–"],
        ],
        "closing": _("Presence was recorded by the webinar's provider or entered by the organiser."),
        "reference": [[_("Certificate"), f"W{webinar.pk}-{sign_up.pk}"]],
    }
