"""Badges: the data of the sheets, and the QR code on them and on one's own page."""

from __future__ import annotations

import segno
from django.db.models import Q
from django.utils.translation import gettext as _

from landbridge.events.models import Event, Registration
from landbridge.events.queries.telling import code_address
from landbridge.events.rules.codes import grouped

ON_A_SHEET = (8, 10)
SVG = "http://www.w3.org/2000/svg"


def with_badges(event: Event, *, chosen: list[int], since: int = 0) -> list[Registration]:
    """Those who have a place, by organisation and name; the chosen ones where some are named."""
    rows = Registration.objects.filter(event=event).with_a_place().select_related("region")
    if chosen:
        rows = rows.filter(pk__in=chosen)
    if since:
        rows = rows.filter(Q(pk__gt=since))
    return list(rows.order_by("name", "pk"))


def badge_data(event: Event, comers: list[Registration], *, on_a_sheet: int) -> dict[str, object]:
    """What the document is drawn from."""
    return {
        "event": event.title,
        "on_a_sheet": on_a_sheet,
        "badges": [
            {
                "name": one.name,
                "job_title": one.job_title,
                "organisation": one.organisation_name,
                "region": one.region.name if one.region else one.country,
                "attendee": _(one.shown_attendee.label),
                "code": grouped(one.code),
                "picture": qr_picture(one.code, border=2),
                "picture_text": _("QR code %(code)s") % {"code": grouped(one.code)},
            }
            for one in comers
        ],
    }


def qr_picture(code: str, *, border: int = 4) -> str:
    """The QR code of a badge as SVG, black on white, also on a dark page."""
    # Any mask can be read; trying all eight for the prettiest would take four times as long for a thousand badges.
    drawn = segno.make(code_address(code), micro=False, error="m", boost_error=False, mask=2)
    inline = drawn.svg_inline(scale=4, border=border, light="#fff")
    return inline.replace("<svg ", f'<svg xmlns="{SVG}" ', 1)
