"""What happens to profiles by itself: warnings before their end, and their end."""

from __future__ import annotations

from landbridge.foundation import clock
from landbridge.foundation.jobs.task import task
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.profiles import actions, queries, rules
from landbridge.profiles.models import Profile
from landbridge.profiles.states import S


@task()
def end() -> None:
    """Once a day: remind desks whose profiles end soon, and end those whose last day is over where the desk is."""
    at = clock.now()
    rows = Profile.objects.filter(state=S.PUBLISHED).select_related("region").order_by("pk")
    for profile in rows:
        today = queries.today_for(profile, at=at)
        if profile.valid_until is None:
            continue
        if today > profile.valid_until:
            actions.expire(profile_id=profile.pk, by=SYSTEM, at=at)
            continue
        days = rules.due_warning(profile.valid_until, today=today)
        if days is not None:
            actions.warn(profile_id=profile.pk, days_left=days, by=SYSTEM, at=at)
