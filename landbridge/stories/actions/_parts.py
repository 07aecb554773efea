"""What the changes to stories share: the locks, the permission, the letters."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from landbridge.foundation.outbox.recipient import Recipient
from landbridge.foundation.outbox.tell import tell
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import N_, NotAllowed, refuse
from landbridge.stories import queries
from landbridge.stories.models import Story


def _require(permission: P, *, by: Actor) -> None:
    if not by.may(permission):
        raise NotAllowed(permission)


def _kept(story_id: int, *, permission: P, by: Actor) -> Story:
    """A story that somebody has a part in, locked. Raises DoesNotExist."""
    _require(permission, by=by)
    rows = Story.objects.visible_to(by).select_related("collaboration__company", "collaboration__provider")
    return rows.for_update().get(pk=story_id)


def _require_version(version: int | None, standing: int) -> None:
    if version is not None and version != standing:
        refuse(
            "stale",
            N_("Somebody has changed this since you opened it."),
            cure=N_("Open the page anew; what you typed here you can copy over."),
        )


def _title_of(story: Story, number: int) -> str:
    words = queries.words_of(story, number)
    return words[0][1].title if words else story.slug


def _tell(
    event: str, story: Story, *, to: Iterable[Recipient], at: datetime, number: int, **places: object
) -> None:
    context = {**queries.for_letters(story, title=_title_of(story, number)), **places}
    tell(f"stories/{event}", story, to=to, at=at, context=context)
