"""Questions about the catalogue."""

from __future__ import annotations

from landbridge.catalogue.queries.facts import facts_of, keepers_of, today_for
from landbridge.catalogue.queries.values import values_of

__all__ = ["facts_of", "keepers_of", "today_for", "values_of"]
