"""What happens by itself: vouchers under which nothing can be claimed any more lapse."""

from __future__ import annotations

from landbridge.claims import actions, queries
from landbridge.foundation import clock
from landbridge.foundation.jobs.task import task
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.foundation.problems import Refused


@task()
def lapse_unclaimed() -> None:
    """Once a day: end what can no longer be claimed, so that its money helps somebody else.

    A voucher under which something was paid was used: it is closed. One without a payment lapses.
    """
    at = clock.now()
    for voucher in queries.unclaimed(at=at):
        try:
            actions.end_unclaimed(voucher_id=voucher.pk, by=SYSTEM, at=at)
        except Refused:
            continue  # somebody extended, closed or claimed it in this moment
