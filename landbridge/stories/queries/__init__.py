"""Stories and news as pages, letters and feeds need them."""

from __future__ import annotations

from landbridge.stories.queries.drafting import FROM, Draft, draft_of
from landbridge.stories.queries.findings import findings
from landbridge.stories.queries.listing import (
    Card,
    cards,
    countries,
    kept_listed,
    news_listed,
    public_addresses,
    public_stories,
)
from landbridge.stories.queries.people import desks, for_letters, office, people_of, sides
from landbridge.stories.queries.press import PressFigure, facts, figures
from landbridge.stories.queries.showing import (
    Shown,
    ShownNews,
    hash_of,
    language_from,
    news_in,
    pictures_of,
    shown_in,
    words_of,
    work_number,
)
from landbridge.stories.queries.voices import Voice, side_of, voices_of

__all__ = [
    "FROM",
    "Card",
    "Draft",
    "PressFigure",
    "Shown",
    "ShownNews",
    "Voice",
    "cards",
    "countries",
    "desks",
    "draft_of",
    "facts",
    "figures",
    "findings",
    "for_letters",
    "hash_of",
    "kept_listed",
    "language_from",
    "news_in",
    "news_listed",
    "office",
    "people_of",
    "pictures_of",
    "public_addresses",
    "public_stories",
    "shown_in",
    "side_of",
    "sides",
    "voices_of",
    "words_of",
    "work_number",
]
