"""The life of a collaboration: its turns, what followed from it, and on which side somebody stands."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from landbridge.collaborations.models import Collaboration, FollowOn, NextStep, Turn
from landbridge.collaborations.states import FOLLOWED_NAMES, OWNER_NAMES, Followed, Owner
from landbridge.foundation.permissions.actor import Actor


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that followed, with its words and whether its teller may take it back."""

    row: FollowOn
    kind: str
    side: str
    is_own: bool

    @property
    def counted(self) -> int:
        """One job, or more than one: half a post is one, one and a half are two."""
        return math.ceil(self.row.jobs or 0)


def turns_of(found: Collaboration) -> list[Turn]:
    """The turns of its life, in their order."""
    return list(found.turns.order_by("on", "pk"))


def last_day_of(found: Collaboration) -> date:
    """The day of its last turn, or that on which it began: the next turn is not before it."""
    last = found.turns.order_by("-pk").first()
    return last.on if last else found.since


def follow_ons_of(found: Collaboration, *, actor: Actor) -> list[Told]:
    """What followed from it, the newest first; what was told by mistake is left out."""
    side = side_of(found, actor)
    rows = found.follow_ons.filter(withdrawn_at=None).order_by("-on", "-pk")
    return [
        Told(
            row,
            gettext(FOLLOWED_NAMES[Followed(row.kind)]),
            gettext(OWNER_NAMES[Owner(row.told_by)]),
            is_own=row.told_by == side,
        )
        for row in rows
    ]


def side_of(row: Collaboration | NextStep, actor: Actor) -> Owner:
    """For which side somebody speaks: the company, the provider, or the desks and the office."""
    if actor.organisation_id is not None:
        if actor.organisation_id == row.company_id:
            return Owner.COMPANY
        if actor.organisation_id == row.provider_id:
            return Owner.PROVIDER
    return Owner.DESK
