"""Records with the texts and facets that the tests of finding need, published by the word's own actions."""

from __future__ import annotations

from typing import Any

from landbridge.catalogue.actions.finding import save_search
from landbridge.catalogue.models import Record, SavedSearch
from landbridge.catalogue.states import Kind
from landbridge.foundation.permissions.actor import Actor
from tests.cast import Cast
from tests.factories.catalogue import PUBLISHED, a_published_record


def found_as(cast: Cast, name: str, kind: str = Kind.SERVICE, **values: Any) -> Record:
    """A public record with this name and, unless they are given, no other words."""
    return a_published_record(cast, kind, name=name, **{"summary": "For guests.", "techniques": [], **values})


def a_saved_search(by: Actor, text: str = "raman", **columns: Any) -> SavedSearch:
    """A search that tells each week."""
    return save_search(
        **{"name": f"About {text}", "text": text, "filters": {}, "every_days": 7, **columns},
        by=by,
        at=PUBLISHED,
    )
