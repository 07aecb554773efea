"""What waits for whom: one module for each role, all with the same answer (`Home`)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from landbridge.desk.queries import (
    auditor,
    broker,
    coming,
    company,
    finance,
    investor,
    meetings,
    office,
    organiser,
    pitches,
    provider,
    surveys,
)
from landbridge.desk.queries.parts import Home, by_deadline
from landbridge.foundation.people.models import Person
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.roles import Role
from landbridge.memberships.models import Membership
from landbridge.memberships.queries import actor_under

HOME_OF: dict[Role, Callable[..., Home]] = {
    Role.SME: company.home,
    Role.PROVIDER: provider.home,
    Role.BROKER: broker.home,
    Role.OFFICE: office.home,
    Role.FINANCE: finance.home,
    Role.INVESTOR: investor.home,
    Role.ORGANISER: organiser.home,
    Role.AUDITOR: auditor.home,
}


def home_of(actor: Actor, *, at: datetime) -> Home:
    """What waits for this person under this hat, and whatever hat they wear at the events they come to and on juries."""
    home = _under_hat(actor, at=at)
    own = coming.registrations_of(actor, at=at)
    personal = [
        *coming.to_do(own, at=at),
        *meetings.to_do(own, at=at),
        *pitches.of_juror(actor),
        *surveys.to_answer(actor, at=at),
    ]
    return replace(home, tasks=by_deadline([*home.tasks, *personal])) if personal else home


def _under_hat(actor: Actor, *, at: datetime) -> Home:
    build = HOME_OF.get(actor.role) if actor.role else None
    return build(actor, at=at) if build else Home()


def waiting_elsewhere(
    person: Person, hats: Sequence[Membership], *, worn: int | None, at: datetime
) -> list[tuple[Membership, int]]:
    """The person's other hats, and how much waits under each."""
    others = [hat for hat in hats if hat.pk != worn]
    return [(hat, len(_under_hat(actor_under(hat, person=person), at=at).tasks)) for hat in others]
