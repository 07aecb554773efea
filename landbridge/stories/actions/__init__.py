"""Every change to stories and news."""

from __future__ import annotations

from landbridge.stories.actions.agreeing import approve, publish, reopen, show, withdraw
from landbridge.stories.actions.news import begin_news, publish_news, withdraw_news, write_news
from landbridge.stories.actions.writing import (
    add_picture,
    begin,
    drop_language,
    drop_picture,
    word_picture,
    write,
)

__all__ = [
    "add_picture",
    "approve",
    "begin",
    "begin_news",
    "drop_language",
    "drop_picture",
    "publish",
    "publish_news",
    "reopen",
    "show",
    "withdraw",
    "withdraw_news",
    "word_picture",
    "write",
    "write_news",
]
