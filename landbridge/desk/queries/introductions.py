"""What of introductions and partner profiles waits for whom; each name only as far as its reader may know it."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from landbridge.desk.queries.parts import MOST
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.ui.parts import Task
from landbridge.introductions import queries as introductions
from landbridge.introductions.models import Introduction
from landbridge.introductions.states import S, Side
from landbridge.profiles import queries as profiles


def to_answer(actor: Actor) -> Iterator[Task]:
    """For a company or facility: may we introduce you? One query."""
    for row in introductions.waiting_for(actor)[:MOST]:
        view = introductions.side_view(row, actor)
        label = (
            _("A company abroad asks: %(title)s")
            if view.side is Side.PROVIDER
            else _("May we introduce you: %(title)s")
        )
        yield Task(
            label % {"title": view.title},
            row.get_absolute_url(),
            _("say yes or no; nobody is named before both said yes"),
            view.until,
        )


def to_carry_on(actor: Actor) -> Iterator[Task]:
    """For a desk: introductions that wait for it, profiles to read, interest to answer. Five queries."""
    rows = introductions.with_all(
        Introduction.objects.visible_to(actor).filter(state__in=[S.PREPARED, S.MADE])
    )
    for row in rows.order_by("prepared_at", "pk")[:MOST]:
        if introductions.leads(row, actor):
            is_prepared = row.state == S.PREPARED
            label = (
                _("Read both letters, then ask: %(title)s")
                if is_prepared
                else _("Ask what came of it: %(title)s")
            )
            yield Task(label % {"title": row.title}, row.get_absolute_url(), row.number)
    for interest in profiles.waiting_for(actor.region_id or 0)[:MOST]:
        yield Task(
            _("Answer the interest in %(number)s") % {"number": interest.profile.number},
            interest.get_absolute_url(),
            _("from the desk of %(region)s") % {"region": interest.region.name},
        )
    for profile in profiles.to_check(actor.region_id or 0)[:MOST]:
        yield Task(
            _("Read a partner profile before it is public: %(title)s") % {"title": profile.title},
            profile.get_absolute_url(),
            _("from the desk of %(region)s") % {"region": profile.region.name},
        )
