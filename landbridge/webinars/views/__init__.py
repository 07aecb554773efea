"""The pages of webinars."""

from __future__ import annotations

from landbridge.webinars.views.consent import consent
from landbridge.webinars.views.keeping import (
    cancellation,
    edit,
    holding,
    kept,
    new,
    publication,
    series_edit,
    series_new,
    speaker_edit,
    speaker_new,
    speaker_removal,
)
from landbridge.webinars.views.listening import (
    calendar_feed,
    certificate,
    join,
    mine,
    opinion,
    question,
    sign_up,
    sign_up_cancellation,
    slides,
)
from landbridge.webinars.views.presence import (
    answer,
    key,
    listeners,
    listeners_table,
    minutes,
    presence,
    recording,
    slides_new,
    told,
)
from landbridge.webinars.views.reading import calendar, series, webinar, webinars

__all__ = [
    "answer",
    "calendar",
    "calendar_feed",
    "cancellation",
    "certificate",
    "consent",
    "edit",
    "holding",
    "join",
    "kept",
    "key",
    "listeners",
    "listeners_table",
    "mine",
    "minutes",
    "new",
    "opinion",
    "presence",
    "publication",
    "question",
    "recording",
    "series",
    "series_edit",
    "series_new",
    "sign_up",
    "sign_up_cancellation",
    "slides",
    "slides_new",
    "speaker_edit",
    "speaker_new",
    "speaker_removal",
    "told",
    "webinar",
    "webinars",
]
