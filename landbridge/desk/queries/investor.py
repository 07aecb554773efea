"""An investor's desk: pitches to read, sessions to answer after."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from landbridge.desk.queries import pitches
from landbridge.desk.queries.parts import Home, Tile, by_deadline
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.ui.formatting import number
from landbridge.foundation.ui.parts import Task
from landbridge.pitches.queries import deals_for, investor_of


def home(actor: Actor, *, at: datetime) -> Home:
    """Three queries, whatever the rows."""
    room = reverse("pitches:deal_room")
    investor = investor_of(actor)
    tasks = list(pitches.to_follow(actor))
    if investor is None or investor.consented_at is None:
        begin = Task(
            _("Say what you look for"),
            reverse("pitches:profile"),
            _("pitches are then sorted by how they fit"),
        )
        return Home(by_deadline([begin, *tasks]))
    deals = deals_for(investor, actor, at=at)
    unread = [one for one in deals if one.reaction is None]
    if unread:
        label = ngettext("Read %(count)s new pitch", "Read %(count)s new pitches", len(unread))
        fitting = sum(one.fit.is_good for one in unread)
        note = ngettext("%(count)s fits your profile", "%(count)s fit your profile", fitting) % {
            "count": fitting
        }
        tasks.append(Task(label % {"count": len(unread)}, f"{room}?said=none", note))
    tiles = [Tile(number(len(deals)), _("pitches in the deal room"), room)] if deals else []
    return Home(by_deadline(tasks), [], tiles)
