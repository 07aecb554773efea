"""Both sides read a version and say yes; the office publishes; a yes is taken back at any time."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from landbridge.foundation.audit.record import record
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import NotAllowed, refuse_if
from landbridge.stories import queries, rules
from landbridge.stories.actions._parts import _kept, _tell
from landbridge.stories.models import Approval, Story
from landbridge.stories.states import WORKFLOW, M, Side


@transaction.atomic
def show(*, story_id: int, by: Actor, at: datetime) -> Story:
    """Put the version that was written before both sides; each gets a letter."""
    story = _kept(story_id, permission=P.STORY_EDIT, by=by)
    target = WORKFLOW.target(M.SHOW, of=story, by=by)
    number = queries.work_number(story)
    refuse_if(rules.problems_with_showing(queries.words_of(story, number)))
    story.state, story.shown_version = target, number
    story.save(update_fields=["state", "shown_version"])
    record("story.shown", story, by=by, at=at, number=number, sha256=queries.hash_of(story, number))
    _tell("shown", story, to=queries.sides(story), at=at, number=number)
    return story


@transaction.atomic
def approve(*, story_id: int, number: int, sha256: str, by: Actor, at: datetime) -> Story:
    """One side says yes to exactly the version that it read, by its number and hash."""
    story = _kept(story_id, permission=P.STORY_APPROVE, by=by)
    side = _side(story, by=by)
    target = WORKFLOW.target(M.APPROVE, of=story, by=by)
    said = {voice.side: voice.approval for voice in queries.voices_of(story)}
    refuse_if(
        rules.problems_with_approving(
            number=number,
            sha256=sha256,
            shown=story.shown_version,
            shown_sha256=queries.hash_of(story, story.shown_version),
            has_approved=said[side] is not None,
        )
    )
    Approval.objects.create(
        story=story,
        side=side,
        organisation=story.collaboration.company if side is Side.COMPANY else story.collaboration.provider,
        number=number,
        sha256=sha256,
        person_name=by.name,
        approved_at=at,
    )
    record("story.approved", story, by=by, at=at, side=str(side), number=number, sha256=sha256)
    if all(approval is not None for other, approval in said.items() if other != side):
        story.state = target
        story.save(update_fields=["state"])
        _tell("approved", story, to=queries.office(story), at=at, number=number)
    return story


@transaction.atomic
def publish(*, story_id: int, by: Actor, at: datetime) -> Story:
    """Everybody may read it; both sides get the address, and learn how to take their yes back."""
    story = _kept(story_id, permission=P.STORY_PUBLISH, by=by)
    target = WORKFLOW.target(M.PUBLISH, of=story, by=by)
    said = [voice.approval for voice in queries.voices_of(story) if voice.approval is not None]
    refuse_if(
        rules.problems_with_publishing(
            approved=len(said),
            sha256s=frozenset(one.sha256 for one in said),
            sha256=queries.hash_of(story, story.shown_version),
        )
    )
    story.state, story.published_at, story.withdrawn_at, story.reason = target, at, None, ""
    story.save(update_fields=["state", "published_at", "withdrawn_at", "reason"])
    record("story.published", story, by=by, at=at, number=story.shown_version)
    _tell("published", story, to=queries.sides(story), at=at, number=story.shown_version)
    return story


@transaction.atomic
def withdraw(*, story_id: int, by: Actor, at: datetime, reason: str = "") -> Story:
    """One side takes its consent back, without having to say why: the story is gone from the public pages at once."""
    story = _kept(story_id, permission=P.STORY_APPROVE, by=by)
    side = _side(story, by=by)
    target = WORKFLOW.target(M.WITHDRAW, of=story, by=by)
    said = reason.strip()[: rules.LONGEST_REASON]
    Approval.objects.filter(story=story, side=side, withdrawn_at=None).update(withdrawn_at=at, reason=said)
    story.state, story.withdrawn_at, story.reason = target, at, said
    story.save(update_fields=["state", "withdrawn_at", "reason"])
    record("story.withdrawn", story, by=by, at=at, side=str(side), number=story.shown_version)
    to = [*queries.office(story), *queries.desks(story)]
    _tell("withdrawn", story, to=to, at=at, number=story.shown_version, who=by.name, reason=said)
    return story


@transaction.atomic
def reopen(*, story_id: int, by: Actor, at: datetime) -> Story:
    """Take a withdrawn story up again as a draft: whatever becomes of it, both sides are asked anew."""
    story = _kept(story_id, permission=P.STORY_EDIT, by=by)
    story.state = WORKFLOW.target(M.REOPEN, of=story, by=by)
    story.save(update_fields=["state"])
    record("story.reopened", story, by=by, at=at)
    return story


def _side(story: Story, *, by: Actor) -> Side:
    side = queries.side_of(story, by)
    if side is None:
        raise NotAllowed(P.STORY_APPROVE)
    return side
