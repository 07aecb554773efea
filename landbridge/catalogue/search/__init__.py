"""Finding in the catalogue: the index of what is public, the search box, the match of a question, the map's places."""

from __future__ import annotations

from landbridge.catalogue.search.documents import FACETS
from landbridge.catalogue.search.finding import Found, search
from landbridge.catalogue.search.index import rebuild, status, update
from landbridge.catalogue.search.matching import Match, Question, Why, match

__all__ = [
    "FACETS",
    "Found",
    "Match",
    "Question",
    "Why",
    "match",
    "rebuild",
    "search",
    "status",
    "update",
]
