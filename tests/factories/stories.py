"""Stories in the situations that tests need, brought about by the word's own actions."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image

from landbridge.collaborations.models import Collaboration
from landbridge.foundation.files.pictures import Pictured, made_anew
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.stories import actions, queries
from landbridge.stories.models import News, Story
from landbridge.stories.rules import Words
from landbridge.stories.states import S
from tests.cast import Cast
from tests.factories.collaborations import a_collaboration

AT = datetime(2026, 5, 18, 9, 0, tzinfo=UTC)
BODY = "They looked for the marker together, in twelve sections. " * 6
WORDS = Words(
    "Where the marker sits", "A company and an institute found it.", BODY, "At last.", "Freja, chemist"
)
NEWS: dict[str, Any] = {
    "title": "A desk in every region",
    "lead": "Write to yours.",
    "body": "It *answers*.",
    "language": "en-gb",
}


def a_picture() -> Pictured:
    """A small red picture, made anew."""
    octets = io.BytesIO()
    Image.new("RGB", (40, 20), "red").save(octets, "JPEG")
    return made_anew(ContentFile(octets.getvalue(), name="red.jpg"))


def a_story(
    cast: Cast,
    state: str = S.DRAFT,
    *,
    of: Collaboration | None = None,
    words: Words = WORDS,
    at: datetime = AT,
) -> Story:
    """The story of the Danish company and the German institute, as far as this state."""
    known = of or a_collaboration(cast)
    story = actions.begin(collaboration_id=known.pk, language="en-gb", by=SYSTEM, at=at)
    story = actions.write(story_id=story.pk, language="en-gb", words=words, by=SYSTEM, at=at)
    if state == S.DRAFT:
        return story
    story = actions.show(story_id=story.pk, by=SYSTEM, at=at)
    if state == S.SHOWN:
        return story
    for name in ("danish_sme", "german_provider"):
        story = said_yes(cast, story, name, at=at)
    if state == S.APPROVED:
        return story
    story = actions.publish(story_id=story.pk, by=SYSTEM, at=at)
    if state == S.WITHDRAWN:
        return actions.withdraw(story_id=story.pk, by=cast.actor("danish_sme"), at=at)
    return story


def said_yes(cast: Cast, story: Story, name: str, *, at: datetime = AT) -> Story:
    """One side approves what was shown."""
    return actions.approve(
        story_id=story.pk,
        number=story.shown_version,
        sha256=queries.hash_of(story, story.shown_version),
        by=cast.actor(name),
        at=at,
    )


def a_news(*, published: bool = True, at: datetime = AT, **changes: Any) -> News:
    """A piece of the network's news."""
    news = actions.begin_news(**{**NEWS, "by": SYSTEM, "at": at, **changes})
    return actions.publish_news(news_id=news.pk, by=SYSTEM, at=at) if published else news
