"""What of stories waits for whom: a side's yes, the office's publication. One query."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from landbridge.desk.queries.parts import MOST
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.ui.parts import Task
from landbridge.stories.models import Approval, Story
from landbridge.stories.states import S


def to_do(actor: Actor) -> Iterator[Task]:
    """Stories that a side has not approved, or that the office may publish."""
    rows = Story.objects.visible_to(actor).select_related("collaboration").order_by("created_at", "pk")
    if actor.may(P.STORY_APPROVE) and actor.organisation_id:
        said = Approval.objects.filter(
            story=OuterRef("pk"),
            number=OuterRef("shown_version"),
            organisation_id=actor.organisation_id,
            withdrawn_at=None,
        )
        for story in rows.filter(~Exists(said), state=S.SHOWN)[:MOST]:
            yield Task(
                _("Read a story about you, and say yes or no: %(title)s")
                % {"title": story.collaboration.title},
                reverse("stories:approval", args=[story.slug]),
            )
    elif actor.may(P.STORY_PUBLISH):
        for story in rows.filter(state=S.APPROVED)[:MOST]:
            yield Task(
                _("Publish the story: %(title)s") % {"title": story.collaboration.title},
                story.get_absolute_url(),
                _("both sides have said yes"),
            )
