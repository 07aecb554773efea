"""What the changes to collaborations share."""

from __future__ import annotations

from landbridge.collaborations.models import Collaboration
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import NotAllowed


def _require_follow(*, by: Actor) -> None:
    if not by.may(P.COLLABORATION_FOLLOW):
        raise NotAllowed(P.COLLABORATION_FOLLOW)


def _followed(collaboration_id: int, *, by: Actor) -> Collaboration:
    """The collaboration, locked, where the actor has a part in it. Raises DoesNotExist."""
    _require_follow(by=by)
    return Collaboration.objects.visible_to(by).for_update().get(pk=collaboration_id)
