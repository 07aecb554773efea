"""What is off with stories: a public one without both sides' yes to exactly what is shown."""

from __future__ import annotations

from collections.abc import Iterator

from landbridge.foundation.files.models import path_of
from landbridge.stories.models import Approval, Picture, Story
from landbridge.stories.queries.showing import hash_of


def findings() -> Iterator[str]:
    """Published stories that somebody did not approve as they stand, and pictures that bear a camera's data."""
    for story in (
        Story.objects.public().select_related("collaboration").order_by("pk").iterator(chunk_size=200)
    ):
        rows = Approval.objects.filter(story=story, number=story.shown_version, withdrawn_at=None)
        said = {row.side: row for row in rows.order_by("pk")}
        if len(said) < 2:
            yield f"Story {story} is public without the yes of both sides."
        elif {row.sha256 for row in said.values()} != {hash_of(story, story.shown_version)}:
            yield f"Story {story} shows something else than both sides approved."
        sides = {story.collaboration.company_id, story.collaboration.provider_id}
        if {row.organisation_id for row in said.values()} - sides:
            yield f"Story {story} was approved by somebody who has no part in it."
    for picture in Picture.objects.select_related("file").order_by("pk").iterator(chunk_size=200):
        path = path_of(picture.file.sha256)
        if path.exists() and b"Exif\x00\x00" in path.read_bytes()[:65536]:
            yield f"Picture {picture.pk} of a story bears what a camera wrote into it."
