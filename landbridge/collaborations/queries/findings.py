"""What is off with collaborations: other sides than their origin's, and lives that do not fit their turns."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from landbridge.collaborations.models import Collaboration, FollowOn, NextStep, Turn
from landbridge.collaborations.states import Origin, Owner, S

ORIGINS = (
    "enquiry",
    "introduction",
    "access_request",
    "voucher__application",
    "meeting__first",
    "meeting__second",
    "partnership__report__case",
)


def findings() -> Iterator[str]:
    """Collaborations whose sides are other people than those of what they came from, and lives that do not add up."""
    for one in Collaboration.objects.select_related(*ORIGINS).order_by("pk").iterator(chunk_size=500):
        yield from _of_origin(one)
        yield from _of_gathering(one)
    yield from _of_lives()
    yield from _of_steps()


def _of_origin(one: Collaboration) -> Iterator[str]:
    sides = (one.company_id, one.provider_id)
    if one.enquiry and one.enquiry.company_id != one.company_id:
        yield f"Collaboration {one} names another company than its enquiry."
    for name, origin in (("introduction", one.introduction), ("request", one.access_request)):
        if origin and (origin.company_id, origin.provider_id) != sides:
            yield f"Collaboration {one} has other sides than its {name}."
    application = one.voucher.application if one.voucher else None
    if application and (application.applicant_id, application.provider_id) != sides:
        yield f"Collaboration {one} has other sides than its voucher."
    if one.origin == Origin.ACCESS and one.access_request_id is None:
        yield f"Collaboration {one} came of access, but names no request."


def _of_gathering(one: Collaboration) -> Iterator[str]:
    if one.partnership and one.partnership.report.case.company_id != one.company_id:
        yield f"Collaboration {one} names another company than its coaching."
    if one.meeting and {one.meeting.first.organisation_id, one.meeting.second.organisation_id} != {
        one.company_id,
        one.provider_id,
    }:
        yield f"Collaboration {one} has other sides than its meeting."


def _of_lives() -> Iterator[str]:
    """The last turn is the state, its day the end's, and there are as many renewals as turns say."""
    turns: dict[int, list[Turn]] = {}
    for turn in Turn.objects.order_by("pk").iterator(chunk_size=1000):
        turns.setdefault(turn.collaboration_id, []).append(turn)
    for one in Collaboration.objects.order_by("pk").iterator(chunk_size=500):
        life = turns.get(one.pk, [])
        state = life[-1].state if life else S.RUNNING
        ended_on = life[-1].on if life and state != S.RUNNING else None
        if (one.state, one.ended_on) != (state, ended_on):
            yield f"Collaboration {one} stands elsewhere than its last turn says."
        if one.renewals != sum(turn.state == S.RUNNING for turn in life):
            yield f"Collaboration {one} counts other renewals than its turns."
        if any(later.on < earlier.on for earlier, later in pairwise(life)):
            yield f"The turns of collaboration {one} go back in time."


def _of_steps() -> Iterator[str]:
    without = NextStep.objects.filter(owner=Owner.PROVIDER, provider=None)
    for pk in without.order_by("pk").values_list("pk", flat=True):
        yield f"Next step {pk} waits for a provider, and names none."
    told = FollowOn.objects.exclude(jobs__isnull=True).filter(jobs__lt=0)
    for pk in told.order_by("pk").values_list("pk", flat=True):
        yield f"What followed {pk} counts fewer than no jobs."
