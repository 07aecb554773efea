"""What happens to vouchers by itself: warnings before the end. Their lapse waits for claims, and is found there."""

from __future__ import annotations

from datetime import timedelta

from landbridge.foundation import clock
from landbridge.foundation.jobs.task import task
from landbridge.vouchers import actions, queries, rules


@task()
def warn() -> None:
    """Once a day: remind companies whose vouchers end soon."""
    at = clock.now()
    for days in rules.DAYS_OF_WARNING:
        for voucher in queries.ending_on((at + timedelta(days=days)).date()):
            actions.warn(voucher_id=voucher.pk, days_left=days, at=at)
