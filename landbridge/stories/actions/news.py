"""News: written by the office, published, taken away."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction

from landbridge.foundation.audit.record import record
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import refuse_if
from landbridge.stories import rules
from landbridge.stories.actions._parts import _require, _require_version
from landbridge.stories.models import News
from landbridge.stories.states import NEWS_WORKFLOW, NewsMove


@transaction.atomic
def begin_news(
    *,
    title: str,
    lead: str,
    body: str,
    language: str,
    by: Actor,
    at: datetime,
    is_demonstration: bool = False,
) -> News:
    """Begin a piece of news of one's programme, or of the network."""
    _require(P.STORY_PUBLISH, by=by)
    refuse_if(rules.problems_with_news(title=title, lead=lead, body=body))
    news = News.objects.create(
        slug=f"new-{secrets.token_hex(8)}",
        programme_id=by.programme_id,
        language=language,
        title=title.strip(),
        lead=lead.strip(),
        body=body.strip(),
        created_by_name=by.name,
        created_at=at,
        is_demonstration=is_demonstration,
    )
    news.slug = rules.slug_for(news.title, number=news.pk)
    news.save(update_fields=["slug"])
    record("news.begun", news, by=by, at=at, language=language)
    return news


@transaction.atomic
def write_news(
    *,
    news_id: int,
    language: str,
    title: str,
    lead: str,
    body: str,
    by: Actor,
    at: datetime,
    version: int | None = None,
) -> News:
    """Write it in its own language or in a further one; all three empty takes a further language away."""
    news = _kept_news(news_id, by=by)
    _require_version(version, news.version)
    is_gone = language != news.language and not (title.strip() or lead.strip() or body.strip())
    if not is_gone:
        refuse_if(rules.problems_with_news(title=title, lead=lead, body=body))
    if language == news.language:
        news.title, news.lead, news.body = title.strip(), lead.strip(), body.strip()
    else:
        rest = {code: rows for code, rows in news.texts.items() if code != language}
        own = (
            {}
            if is_gone
            else {language: {"title": title.strip(), "lead": lead.strip(), "body": body.strip()}}
        )
        news.texts = {**rest, **own}
    news.version += 1
    news.save(update_fields=["title", "lead", "body", "texts", "version"])
    record("news.written", news, by=by, at=at, language=language)
    return news


@transaction.atomic
def publish_news(*, news_id: int, by: Actor, at: datetime) -> News:
    """Everybody may read it."""
    news = _kept_news(news_id, by=by)
    news.state = NEWS_WORKFLOW.target(NewsMove.PUBLISH, of=news, by=by)
    news.published_at = at
    news.save(update_fields=["state", "published_at"])
    record("news.published", news, by=by, at=at)
    return news


@transaction.atomic
def withdraw_news(*, news_id: int, by: Actor, at: datetime) -> News:
    """Nobody reads it any more."""
    news = _kept_news(news_id, by=by)
    news.state = NEWS_WORKFLOW.target(NewsMove.WITHDRAW, of=news, by=by)
    news.save(update_fields=["state"])
    record("news.withdrawn", news, by=by, at=at)
    return news


def _kept_news(news_id: int, *, by: Actor) -> News:
    _require(P.STORY_PUBLISH, by=by)
    return News.objects.kept_by(by).for_update().get(pk=news_id)
