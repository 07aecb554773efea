"""A story or a piece of news as JSON-LD in schema.org's words."""

from __future__ import annotations

from typing import Any
from urllib.parse import urljoin

from django.conf import settings

from landbridge.foundation.ui.rich_text import bare
from landbridge.stories.models import News, Story
from landbridge.stories.queries import Shown, ShownNews

SCHEMA = "https://schema.org/"
PUBLISHER = {"@type": "Organization", "name": "Landbridge"}


def story_document(story: Story, shown: Shown, *, pictures: list[str]) -> dict[str, Any]:
    """The story in the language that is shown."""
    sides = (story.collaboration.company, story.collaboration.provider)
    return {
        **_article("Article", story.get_absolute_url(), shown.words.title, shown.words.standfirst),
        "inLanguage": shown.language,
        "datePublished": story.published_at.isoformat() if story.published_at else "",
        "articleBody": bare(shown.words.body),
        "image": pictures,
        "about": [{"@type": "Organization", "name": one.name} for one in sides],
    }


def news_document(news: News, shown: ShownNews) -> dict[str, Any]:
    """The news in the language that is shown."""
    return {
        **_article("NewsArticle", news.get_absolute_url(), shown.title, shown.lead),
        "inLanguage": shown.language,
        "datePublished": news.published_at.isoformat() if news.published_at else "",
        "articleBody": bare(shown.body),
    }


def _article(kind: str, path: str, title: str, description: str) -> dict[str, Any]:
    address = urljoin(settings.LANDBRIDGE_ADDRESS, path)
    return {
        "@context": SCHEMA,
        "@type": kind,
        "@id": address,
        "url": address,
        "headline": title,
        "description": description,
        "publisher": {**PUBLISHER, "url": settings.LANDBRIDGE_ADDRESS},
    }
