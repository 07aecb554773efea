"""Which saved searches are due for news, and what each of them finds now."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from landbridge.catalogue.actions.finding import announce, note_changes
from landbridge.catalogue.models import SavedSearch
from landbridge.catalogue.queries.found import of_saved
from landbridge.catalogue.search import index
from landbridge.catalogue.search.finding import found_numbers
from landbridge.catalogue.search.vouchers import misread

logger = logging.getLogger(__name__)
LENIENCE = timedelta(hours=2)  # the job is not always at the same minute


def catch_up(*, at: datetime) -> None:
    """Bring the index up to date, also with phases of programmes that began or ended."""
    index.update()
    if changed := misread():
        note_changes(record_ids=changed, at=at)
        index.update()


def tell_of_news(*, at: datetime) -> int:
    """Look for news of every search that is due, each in a transaction of its own; answers how many were looked at.

    One that fails holds up no other; the last failure is raised once all were looked at, so that the job is tried
    again: what was told by then is not told twice.
    """
    catch_up(at=at)
    upto, looked, failure = index.read_upto(), 0, None
    rows = SavedSearch.objects.filter(every_days__gt=0, unsubscribed_at__isnull=True, person__is_active=True)
    for search in rows.order_by("pk").iterator():
        if search.looked_at + timedelta(days=search.every_days) - LENIENCE > at:
            continue
        try:
            ask = of_saved(search)
            found = found_numbers(ask.text, ask.filters, literally=ask.literally)
            announce(search_id=search.pk, found=found, upto=upto, at=at)
        except Exception as error:
            logger.exception("The news of saved search %s could not be told.", search.pk)
            failure = error
        else:
            looked += 1
    if failure is not None:
        raise failure
    return looked
