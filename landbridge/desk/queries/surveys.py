"""What somebody was asked and has not answered yet; and a company's baseline while it still counts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from landbridge.desk.queries.parts import MOST
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.ui.parts import Task
from landbridge.surveys import queries
from landbridge.surveys.states import OPEN


def to_answer(actor: Actor, *, at: datetime) -> Iterator[Task]:
    """A person's own open sheets, whatever hat they wear. One query."""
    if actor.person_id is None:
        return
    rows = queries.own_sheets(actor).filter(state__in=OPEN, closes_at__gt=at)
    for sheet in rows[:MOST]:
        title = queries.worded(sheet.of, sheet.language).title
        link = reverse("surveys:answer", args=[queries.token_for(sheet)])
        yield Task(_("Answer: %(title)s") % {"title": title}, link, sheet.about_name, sheet.closes_at)


def baseline_missing(actor: Actor, *, asks_for_money: bool) -> Iterator[Task]:
    """Where a company asks for a voucher and has not put down where it stands; one query."""
    organisation_id = actor.organisation_id or 0
    if not asks_for_money or not actor.may(P.BASELINE_RECORD) or queries.has_baseline(organisation_id):
        return
    yield Task(
        _("Record where your company stands"),
        reverse("surveys:baselines", args=[organisation_id]),
        _("Jobs, turnover, markets: they count only before the first support."),
    )
