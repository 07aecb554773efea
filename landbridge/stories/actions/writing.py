"""Writing a story: drafted from what both sides know, in versions and languages, with pictures."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction

from landbridge.collaborations.models import Collaboration
from landbridge.foundation.audit.record import record
from landbridge.foundation.files.kinds import IMAGES
from landbridge.foundation.files.pictures import Pictured
from landbridge.foundation.files.store import store
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import N_, refuse, refuse_if
from landbridge.stories import queries, rules
from landbridge.stories.actions._parts import _kept, _require, _require_version
from landbridge.stories.models import Picture, Story, Wording
from landbridge.stories.states import WORKFLOW, M, S


@transaction.atomic
def begin(*, collaboration_id: int, language: str, by: Actor, at: datetime) -> Story:
    """Draft the story of a collaboration from what both sides know of it; begun twice, the first one stands."""
    _require(P.STORY_EDIT, by=by)
    known = Collaboration.objects.visible_to(by).for_update().get(pk=collaboration_id)
    standing = Story.objects.filter(collaboration=known).first()
    if standing is not None:
        return standing
    known = Collaboration.objects.select_related(*queries.FROM).get(pk=known.pk)
    draft = queries.draft_of(known, language=language)
    story = Story.objects.create(
        slug=f"new-{secrets.token_hex(8)}",
        collaboration=known,
        programme=draft.programme,
        language=language,
        created_by_name=by.name,
        created_at=at,
        is_demonstration=known.is_demonstration,
    )
    story.slug = rules.slug_for(draft.words.title, number=story.pk)
    story.save(update_fields=["slug"])
    _worded(story, 1, language, draft.words, by=by, at=at)
    record("story.begun", story, by=by, at=at, language=language)
    return story


@transaction.atomic
def write(
    *,
    story_id: int,
    language: str,
    words: rules.Words,
    by: Actor,
    at: datetime,
    version: int | None = None,
) -> Story:
    """Write it in one language. What was put before the sides is never changed: a new version begins, unapproved.

    `version` is the one that the writer opened; an older one is refused.
    """
    story = _kept(story_id, permission=P.STORY_EDIT, by=by)
    _require_version(version, story.version)
    refuse_if(rules.problems_with_words(words))
    number = _begun_anew(story, by=by, at=at)
    _worded(story, number, language, words, by=by, at=at)
    _changed(story)
    record("story.written", story, by=by, at=at, language=language, number=number)
    return story


@transaction.atomic
def drop_language(*, story_id: int, language: str, by: Actor, at: datetime) -> Story:
    """Take one language out of the version that is written; its own language stays."""
    story = _kept(story_id, permission=P.STORY_EDIT, by=by)
    if language == story.language:
        refuse("own_language", N_("A story keeps the language that it was written in first."))
    number = _begun_anew(story, by=by, at=at)
    Wording.objects.filter(story=story, number=number, language=language).delete()
    _changed(story)
    record("story.language_dropped", story, by=by, at=at, language=language, number=number)
    return story


@transaction.atomic
def add_picture(
    *,
    story_id: int,
    picture: Pictured,
    alt: str,
    credit: str,
    by: Actor,
    at: datetime,
    caption: str = "",
) -> Story:
    """A picture that was made anew, with its words; a new version begins where one was before the sides."""
    story = _kept(story_id, permission=P.STORY_EDIT, by=by)
    others = list(story.pictures.order_by("position"))
    refuse_if(rules.problems_with_picture(alt=alt, credit=credit, others=len(others)))
    number = _begun_anew(story, by=by, at=at)
    Picture.objects.create(
        story=story,
        position=others[-1].position + 1 if others else 0,
        file=store(picture.received, by=by, at=at, kinds=IMAGES),
        width=picture.width,
        height=picture.height,
        alt=alt.strip(),
        caption=caption.strip(),
        credit=credit.strip(),
        added_by_name=by.name,
        added_at=at,
    )
    _changed(story)
    record("story.picture_added", story, by=by, at=at, number=number)
    return story


@transaction.atomic
def word_picture(
    *, picture_id: int, alt: str, credit: str, by: Actor, at: datetime, caption: str = ""
) -> Story:
    """Other words for a picture."""
    story, picture = _picture(picture_id, by=by)
    refuse_if(rules.problems_with_picture(alt=alt, credit=credit, others=0))
    number = _begun_anew(story, by=by, at=at)
    picture.alt, picture.caption, picture.credit = alt.strip(), caption.strip(), credit.strip()
    picture.save(update_fields=["alt", "caption", "credit"])
    _changed(story)
    record("story.picture_worded", story, by=by, at=at, picture=picture.pk, number=number)
    return story


@transaction.atomic
def drop_picture(*, picture_id: int, by: Actor, at: datetime) -> Story:
    """Take a picture away."""
    story, picture = _picture(picture_id, by=by)
    number = _begun_anew(story, by=by, at=at)
    picture.delete()
    _changed(story)
    record("story.picture_dropped", story, by=by, at=at, picture=picture_id, number=number)
    return story


def _picture(picture_id: int, *, by: Actor) -> tuple[Story, Picture]:
    story_id = Picture.objects.values_list("story_id", flat=True).get(pk=picture_id)
    story = _kept(story_id, permission=P.STORY_EDIT, by=by)
    return story, Picture.objects.get(pk=picture_id)


def _begun_anew(story: Story, *, by: Actor, at: datetime) -> int:
    """The number of the version to write in; what was shown is copied into a new one first."""
    if story.state == S.WITHDRAWN:
        refuse(
            "withdrawn",
            N_("One side has withdrawn its consent."),
            cure=N_("Take the story up again first."),
        )
    if story.state != S.DRAFT:
        story.state = WORKFLOW.target(M.REWRITE, of=story, by=by)
        record("story.rewritten", story, by=by, at=at, number=story.shown_version + 1)
    number = story.shown_version + 1
    _copied(story, number)
    return number


def _copied(story: Story, number: int) -> None:
    if number == 1 or Wording.objects.filter(story=story, number=number).exists():
        return
    for row in Wording.objects.filter(story=story, number=number - 1).order_by("pk"):
        row.pk, row.number = None, number
        row.save(force_insert=True)


def _worded(story: Story, number: int, language: str, words: rules.Words, *, by: Actor, at: datetime) -> None:
    values = {
        "title": words.title.strip(),
        "standfirst": words.standfirst.strip(),
        "body": words.body.strip(),
        "quote": words.quote.strip(),
        "quoted": words.quoted.strip(),
        "is_machine": words.is_machine,
        "written_by_name": by.name,
        "written_at": at,
    }
    Wording.objects.update_or_create(story=story, number=number, language=language, defaults=values)


def _changed(story: Story) -> None:
    story.version += 1
    story.save(update_fields=["state", "version"])
