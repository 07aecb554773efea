"""What happens to vouchers by itself: warnings before the end. Their lapse waits for claims, and is found there."""

from __future__ import annotations

from landbridge.foundation import clock
from landbridge.foundation.jobs.task import task
from landbridge.vouchers import actions, queries, rules


@task()
def warn() -> None:
    """Once a day: remind companies whose vouchers end soon; each warning is written once, on its day or after it."""
    at = clock.now()
    for voucher in queries.ending_soon(at=at):
        days = rules.due_warning(
            granted_on=voucher.granted_on,
            valid_until=voucher.valid_until,
            today=queries.today_for(voucher, at=at),
        )
        if days is not None:
            actions.warn(voucher_id=voucher.pk, days_left=days, at=at)
