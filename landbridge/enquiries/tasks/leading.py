"""What happens between desks by itself: offers expire, sights end, cases of absent brokers move on."""

from __future__ import annotations

from landbridge.clocks import queries as clocks
from landbridge.enquiries import actions, queries
from landbridge.foundation import clock
from landbridge.foundation.jobs.task import task
from landbridge.foundation.permissions.actor import SYSTEM


@task()
def expire_offers() -> None:
    """Every hour: offers of a lead that nobody answered in time no longer stand."""
    at = clock.now()
    for lead in queries.expired_offers(at=at):
        actions.expire_lead(lead_id=lead.pk, by=SYSTEM, at=at)


@task()
def end_sights() -> None:
    """Every hour: desks whose time to read a summary is over no longer see it (the pages refuse it at once)."""
    at = clock.now()
    for sight in queries.ended_sights(at=at):
        actions.end_sight(sight_id=sight.pk, by=SYSTEM, at=at)


@task()
def pass_on() -> None:
    """Every hour: cases of brokers who are away go to their stand-ins, or to the desk."""
    at = clock.now()
    for absence in clocks.has_begun(at):
        for lead in queries.cases_of_absent(absence):
            actions.pass_on(lead_id=lead.pk, absence_id=absence.pk, by=SYSTEM, at=at)


@task()
def tell_whom_to_call() -> None:
    """Every hour: companies that waited too long for a broker are told whom to call, once."""
    at = clock.now()
    for late in clocks.due_for_clients("enquiries.enquiry", at=at):
        actions.tell_whom_to_call(clock_id=late.pk, by=SYSTEM, at=at)
