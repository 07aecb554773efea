"""The pages of stories, news and the press kit."""

from __future__ import annotations

from landbridge.stories.views.agreeing import approval, publication, reopening, showing, withdrawal
from landbridge.stories.views.news import (
    all_news,
    kept_news,
    news,
    news_feed,
    news_new,
    news_publication,
    news_text,
    news_withdrawal,
)
from landbridge.stories.views.press import press, press_figures, press_sheet
from landbridge.stories.views.reading import feed, kept, picture_file, stories, story
from landbridge.stories.views.writing import (
    new,
    picture_new,
    picture_removal,
    picture_words,
    text,
    text_removal,
)

__all__ = [
    "all_news",
    "approval",
    "feed",
    "kept",
    "kept_news",
    "new",
    "news",
    "news_feed",
    "news_new",
    "news_publication",
    "news_text",
    "news_withdrawal",
    "picture_file",
    "picture_new",
    "picture_removal",
    "picture_words",
    "press",
    "press_figures",
    "press_sheet",
    "publication",
    "reopening",
    "showing",
    "stories",
    "story",
    "text",
    "text_removal",
    "withdrawal",
]
