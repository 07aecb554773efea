"""What recurs: the name, how often, and the task, which takes no arguments. Workers bring each slot once."""

from __future__ import annotations

from datetime import timedelta

from landbridge.foundation.jobs.schedule import Recurring

SCHEDULE = (
    Recurring(
        name="audit.seal",
        every=timedelta(minutes=10),
        task="landbridge.foundation.audit.tasks.seal",
    ),
    Recurring(
        name="vouchers.warn",
        every=timedelta(days=1),
        offset=timedelta(hours=6),
        task="landbridge.vouchers.tasks.warn",
    ),
    Recurring(
        name="claims.lapse",
        every=timedelta(days=1),
        offset=timedelta(hours=5),
        task="landbridge.claims.tasks.lapse_unclaimed",
    ),
    Recurring(
        name="clocks.hand_on",
        every=timedelta(hours=1),
        offset=timedelta(minutes=2),
        task="landbridge.clocks.tasks.hand_on",
    ),
    Recurring(
        name="clocks.watch",
        every=timedelta(hours=1),
        offset=timedelta(minutes=5),
        task="landbridge.clocks.tasks.watch",
    ),
    Recurring(
        name="jobs.sweep",
        every=timedelta(days=1),
        offset=timedelta(hours=3),
        task="landbridge.foundation.jobs.tasks.sweep",
    ),
    Recurring(
        name="people.sweep",
        every=timedelta(days=1),
        offset=timedelta(hours=4),
        task="landbridge.foundation.people.tasks.sweep",
    ),
)
