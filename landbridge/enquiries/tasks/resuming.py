"""Enquiries on hold go on by themselves when their day has come."""

from __future__ import annotations

from landbridge.enquiries import actions, queries
from landbridge.foundation import clock
from landbridge.foundation.jobs.task import task
from landbridge.foundation.permissions.actor import SYSTEM


@task()
def resume_held() -> None:
    """Every hour: on the day until which they wait, on the clock of their region."""
    at = clock.now()
    for enquiry in queries.held_until_now(at=at):
        actions.resume(enquiry_id=enquiry.pk, by=SYSTEM, at=at)
