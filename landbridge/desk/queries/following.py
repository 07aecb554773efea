"""What of next steps waits for whom: those whose turn it is, and what closed without one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from landbridge.collaborations.models import NextStep
from landbridge.collaborations.queries import how_many_closed, ours
from landbridge.collaborations.states import Stepped
from landbridge.desk.queries.parts import MOST
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.ui.formatting import number
from landbridge.foundation.ui.parts import Task

DAYS_AHEAD = timedelta(days=14)


def to_do(actor: Actor, *, at: datetime) -> Iterator[Task]:
    """Steps that are one's own side's within two weeks, and one task for all that closed without any. Two queries."""
    rows = NextStep.objects.visible_to(actor).filter(
        ours(actor), state=Stepped.PLANNED, due_on__lte=at.date() + DAYS_AHEAD
    )
    for step in rows.select_related("company").order_by("due_on", "pk")[:MOST]:
        yield Task(
            _("Next step: %(step)s") % {"step": step.text},
            step.get_absolute_url(),
            step.company.name,
            step.due_on,
        )
    closed = how_many_closed(actor, at=at)
    if closed:
        label = ngettext(
            "Say what comes next: %(count)s thing closed",
            "Say what comes next: %(count)s things closed",
            closed,
        )
        yield Task(
            label % {"count": number(closed)},
            reverse("collaborations:closings"),
            _("one step with a day and an owner is enough"),
        )
