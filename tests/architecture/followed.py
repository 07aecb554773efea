"""A side's later life: collaborations that run and ended, what followed, a next step; stories and news. Comes last."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image

from landbridge.coaching.models import Partnership
from landbridge.collaborations import actions as collaborations
from landbridge.collaborations.models import Collaboration
from landbridge.collaborations.rules import Following, Planned
from landbridge.collaborations.states import Followed, Owner
from landbridge.foundation.files.pictures import made_anew
from landbridge.foundation.permissions.actor import SYSTEM, Actor
from landbridge.foundation.permissions.roles import Role
from landbridge.stories import actions, queries
from landbridge.stories.models import Story
from landbridge.stories.rules import Words
from landbridge.stories.states import S

BODY = "They looked for the marker together, in twelve sections of tissue. " * 5
WAY = (S.DRAFT, S.SHOWN, S.APPROVED, S.PUBLISHED, S.WITHDRAWN)


def follow(side: Any) -> None:
    """What came of it: told, planned, written down, published."""
    things, at = side.things, side.at
    running, ended = things["collaboration"], _works_together(side, "Ended")
    collaborations.finish(collaboration_id=ended.pk, on=at.date(), reason="Done.", by=SYSTEM, at=at)
    things["collaboration_ended"] = ended
    told = Following(Followed.PUBLICATION, "A paper", at.date())
    collaborations.tell_follow_on(
        collaboration_id=running.pk, told=told, by=_of(side.applicant, Role.SME), at=at
    )
    things["follow_on"] = running.follow_ons.order_by("-pk")[0]
    planned = Planned("Write the proposal", Owner.COMPANY, (at + timedelta(days=20)).date())
    things["next_step"] = collaborations.plan_for(
        collaboration_id=running.pk, planned=planned, by=SYSTEM, at=at
    )
    things["partnership"] = Partnership.objects.filter(report__case=things["coaching_closed"]).order_by("pk")[
        0
    ]
    for state in WAY:
        things[f"story_{state}"] = _story(side, state)
    things["story_picture"] = things["story_draft"].pictures.order_by("pk")[0]
    by = Actor(person_id=None, name="Landbridge", role=SYSTEM.role, programme_id=side.programme.pk)
    for name in ("news_draft", "news"):
        things[name] = actions.begin_news(
            title=f"News of {side.name}", lead="New.", body="Read it.", language="en-gb", by=by, at=at
        )
    things["news"] = actions.publish_news(news_id=things["news"].pk, by=by, at=at)


def _works_together(side: Any, title: str) -> Collaboration:
    return collaborations.note(
        company=side.applicant.name, provider=side.provider.name, title=title, text="", instrument="A contract",
        since=side.at.date(), by=SYSTEM, at=side.at,
    )  # fmt: skip


def _of(organisation: Any, role: Role) -> Actor:
    return Actor(person_id=None, name="Somebody", role=role, organisation_id=organisation.pk)


def _story(side: Any, state: str) -> Story:
    at = side.at
    known = _works_together(side, f"Story {state}")
    story = actions.begin(collaboration_id=known.pk, language="en-gb", by=SYSTEM, at=at)
    words = Words(f"A story of {side.name}", "Two found it together.", BODY)
    actions.write(story_id=story.pk, language="en-gb", words=words, by=SYSTEM, at=at)
    actions.write(story_id=story.pk, language="fr", words=words, by=SYSTEM, at=at)
    picture = made_anew(ContentFile(_red(), name="red.png"))
    story = actions.add_picture(
        story_id=story.pk, picture=picture, alt="A red field", credit="Nobody", by=SYSTEM, at=at
    )
    if state == S.DRAFT:
        return story
    story = actions.show(story_id=story.pk, by=SYSTEM, at=at)
    if state == S.SHOWN:
        return story
    sha256 = queries.hash_of(story, story.shown_version)
    for one, role in ((side.applicant, Role.SME), (side.provider, Role.PROVIDER)):
        story = actions.approve(
            story_id=story.pk, number=story.shown_version, sha256=sha256, by=_of(one, role), at=at
        )
    if state == S.APPROVED:
        return story
    story = actions.publish(story_id=story.pk, by=SYSTEM, at=at)
    if state == S.PUBLISHED:
        return story
    return actions.withdraw(story_id=story.pk, by=_of(side.applicant, Role.SME), at=at)


def _red() -> bytes:
    octets = io.BytesIO()
    Image.new("RGB", (4, 2), "red").save(octets, "PNG")
    return octets.getvalue()
