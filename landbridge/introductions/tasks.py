"""What happens to introductions by itself: one reminder, then their lapse."""

from __future__ import annotations

from landbridge.foundation import clock
from landbridge.foundation.jobs.task import task
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.introductions import actions, rules
from landbridge.introductions.models import Introduction
from landbridge.introductions.states import S


@task()
def lapse() -> None:
    """Every hour: end what was not answered in time, on the provider's clock."""
    at = clock.now()
    for pk in Introduction.objects.lapsing_by(at).order_by("pk").values_list("pk", flat=True):
        actions.lapse(introduction_id=pk, by=SYSTEM, at=at)


@task()
def remind() -> None:
    """Once a day: remind whoever has not answered when half of the time has passed; once for each introduction."""
    at = clock.now()
    waiting = Introduction.objects.filter(state=S.ASKED, reminded_at=None, lapses_at__gt=at)
    for pk, lapses_at in waiting.order_by("pk").values_list("pk", "lapses_at"):
        if lapses_at is not None and rules.reminds_at(lapses_at) <= at:
            actions.remind(introduction_id=pk, by=SYSTEM, at=at)
