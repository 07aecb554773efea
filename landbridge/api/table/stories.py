"""The operations of stories."""

from __future__ import annotations

from landbridge.api.table.operation import Operation
from landbridge.stories.forms import (
    ConsentForm,
    LanguageForm,
    NewNewsForm,
    NewPictureForm,
    NewsForm,
    PictureWordsForm,
    WithdrawalForm,
    WordingForm,
)

OPERATIONS = (
    Operation("stories:new", LanguageForm),
    Operation("stories:news_new", NewNewsForm),
    Operation("stories:news_text", NewsForm),
    Operation("stories:news_publication"),
    Operation("stories:news_withdrawal"),
    Operation("stories:picture_words", PictureWordsForm),
    Operation("stories:picture_removal"),
    Operation("stories:text", WordingForm),
    Operation("stories:text_removal"),
    Operation("stories:picture_new", NewPictureForm),
    Operation("stories:showing"),
    Operation("stories:approval", ConsentForm),
    Operation("stories:publication"),
    Operation("stories:withdrawal", WithdrawalForm),
    Operation("stories:reopening"),
)
