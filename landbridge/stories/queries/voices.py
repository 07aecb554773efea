"""What each side has said to a version of a story."""

from __future__ import annotations

from dataclasses import dataclass

from landbridge.foundation.permissions.actor import Actor
from landbridge.organisations.models import Organisation
from landbridge.stories.models import Approval, Story
from landbridge.stories.states import Side


@dataclass(frozen=True, slots=True)
class Voice:
    """One side: who it is, and its yes to the version that was shown last."""

    side: Side
    organisation: Organisation
    approval: Approval | None


def side_of(story: Story, actor: Actor) -> Side | None:
    """For which side somebody speaks; None for desks, office and auditor."""
    if actor.organisation_id is None:
        return None
    if actor.organisation_id == story.collaboration.company_id:
        return Side.COMPANY
    return Side.PROVIDER if actor.organisation_id == story.collaboration.provider_id else None


def voices_of(story: Story) -> list[Voice]:
    """Both sides, the company first. One query."""
    rows = Approval.objects.filter(story=story, number=story.shown_version, withdrawn_at=None)
    said = {row.side: row for row in rows.order_by("pk")}
    return [
        Voice(Side.COMPANY, story.collaboration.company, said.get(Side.COMPANY)),
        Voice(Side.PROVIDER, story.collaboration.provider, said.get(Side.PROVIDER)),
    ]
