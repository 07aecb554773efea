"""What recurs: the name, how often, and the task, which takes no arguments. Workers bring each slot once."""

from __future__ import annotations

from datetime import timedelta

from landbridge.foundation.jobs.schedule import Recurring

SCHEDULE = (
    Recurring(
        name="jobs.sweep",
        every=timedelta(days=1),
        offset=timedelta(hours=3),
        task="landbridge.foundation.jobs.tasks.sweep",
    ),
)
