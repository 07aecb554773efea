"""What people keep of their searches: saved ones with their alerts, shortlists; and what was looked for in vain."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q

from landbridge.algorithms.matching.words import folded
from landbridge.catalogue.links import link
from landbridge.catalogue.models import (
    Alert,
    IndexChange,
    Record,
    SavedSearch,
    Shortlist,
    ShortlistEntry,
    UnmetDemand,
)
from landbridge.foundation.outbox.tell import Recipient, tell
from landbridge.foundation.people.models import Person
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.problems import N_, NotAllowed, refuse

MOST_SAVED, MOST_SHORTLISTS, MOST_ENTRIES = 50, 50, 100
MOST_IN_A_LETTER = 20
MOST_KNOWN = 5_000  # hits that are noted as known when a search is saved
LATE_CHANGES = timedelta(minutes=2)  # the longest that a change waits between its moment and being seen


@transaction.atomic
def save_search(
    *,
    name: str,
    text: str,
    filters: Mapping[str, Sequence[str]],
    every_days: int,
    known: Sequence[int] = (),
    by: Actor,
    at: datetime,
) -> SavedSearch:
    """Keep a search. What it finds now (`known`) is not announced later."""
    person = _person(by)
    if SavedSearch.objects.visible_to(by).count() >= MOST_SAVED:
        refuse("too_many", N_("You keep 50 searches already."), cure=N_("Delete one that you do not need."))
    search = SavedSearch.objects.create(
        person=person,
        name=name.strip()[:120],
        text=text,
        filters={facet: list(values) for facet, values in filters.items()},
        every_days=every_days,
        watermark=_newest(),
        unsubscribe_key=secrets.token_urlsafe(32),
        saved_at=at,
        looked_at=at,
    )
    rows = Record.objects.filter(pk__in=list(known)[:MOST_KNOWN]).values_list("pk", flat=True)
    Alert.objects.bulk_create(Alert(search=search, record_id=pk, at=at) for pk in rows)
    return search


@transaction.atomic
def change_alerts(*, search_id: int, every_days: int, by: Actor, at: datetime) -> SavedSearch:
    """Change how often a search tells of news; 0 for never. Whoever had unsubscribed is told again."""
    search = SavedSearch.objects.visible_to(by).for_update().get(pk=search_id)
    if search.every_days == 0 or search.unsubscribed_at:
        search.watermark, search.looked_at = _newest(), at
    search.every_days, search.unsubscribed_at = every_days, None
    search.save(update_fields=["every_days", "unsubscribed_at", "watermark", "looked_at"])
    return search


@transaction.atomic
def forget_search(*, search_id: int, by: Actor) -> SavedSearch:
    """Delete a saved search with what it announced."""
    search = SavedSearch.objects.visible_to(by).for_update().get(pk=search_id)
    SavedSearch.objects.filter(pk=search.pk).delete()
    return search


@transaction.atomic
def unsubscribe(*, key: str, at: datetime) -> SavedSearch | None:
    """End the letters of one search, for whoever holds the key out of one of them; None for an unknown key."""
    search = SavedSearch.objects.for_update().filter(unsubscribe_key=key).first()
    if search is not None and search.unsubscribed_at is None:
        search.unsubscribed_at = at
        search.save(update_fields=["unsubscribed_at"])
    return search


@transaction.atomic
def announce(*, search_id: int, found: Collection[int], upto: int, at: datetime) -> SavedSearch:
    """Tell of what is new: of the records found, those changed since the watermark that were never announced.

    A facility is found by its parts, and a part by its facility: what a change touches counts as changed with it.
    `found` is all that the search finds in an index that has read the changes up to `upto`, which becomes the
    watermark. Twice does no harm: a hit is announced once.
    """
    search = SavedSearch.objects.for_update().select_related("person").get(pk=search_id)
    if search.unsubscribed_at or not search.every_days or not search.person.is_active:
        return search
    changed = IndexChange.objects.filter(pk__lte=upto).filter(
        Q(pk__gt=search.watermark) | Q(at__gt=search.looked_at - LATE_CHANGES)
    )
    candidates = _spoken_of(changed.values_list("record_id", flat=True)) & set(found)
    known = Alert.objects.filter(search=search, record__in=candidates).values_list("record_id", flat=True)
    new = Record.objects.public().filter(pk__in=candidates - set(known)).select_related("organisation")
    rows = list(new.order_by("name", "pk"))
    Alert.objects.bulk_create(Alert(search=search, record=row, at=at) for row in rows)
    if rows:
        _tell_of(search, rows, at=at)
    search.watermark, search.looked_at = max(upto, search.watermark), at
    search.save(update_fields=["watermark", "looked_at"])
    return search


@transaction.atomic
def make_shortlist(*, name: str, by: Actor, at: datetime) -> Shortlist:
    """Begin a shortlist."""
    person = _person(by)
    if Shortlist.objects.visible_to(by).count() >= MOST_SHORTLISTS:
        refuse("too_many", N_("You have 50 shortlists already."), cure=N_("Delete one that you do not need."))
    return Shortlist.objects.create(person=person, name=name.strip()[:120], made_at=at)


@transaction.atomic
def put_on_shortlist(
    *, record_id: int, name: str = "", shortlist_id: int | None = None, by: Actor, at: datetime
) -> Shortlist:
    """Put a public record on a shortlist: the one named, else the newest, else a new one of this name."""
    record = Record.objects.public().get(pk=record_id)
    own = Shortlist.objects.visible_to(by).for_update()
    shortlist = own.get(pk=shortlist_id) if shortlist_id else own.order_by("-made_at", "-pk").first()
    if shortlist is None:
        shortlist = make_shortlist(name=name or "1", by=by, at=at)
    entries = ShortlistEntry.objects.filter(shortlist=shortlist)
    if entries.filter(record=record).exists():
        return shortlist
    if entries.count() >= MOST_ENTRIES:
        refuse("too_many", N_("A shortlist holds 100 records."), cure=N_("Begin another one."))
    ShortlistEntry.objects.create(shortlist=shortlist, record=record, added_at=at)
    return shortlist


@transaction.atomic
def take_off_shortlist(*, shortlist_id: int, record_id: int, by: Actor) -> Shortlist:
    """Take a record off a shortlist; one that is not on it is nothing special."""
    shortlist = Shortlist.objects.visible_to(by).for_update().get(pk=shortlist_id)
    ShortlistEntry.objects.filter(shortlist=shortlist, record=record_id).delete()
    return shortlist


@transaction.atomic
def remark_on_entry(*, shortlist_id: int, record_id: int, remark: str, by: Actor) -> Shortlist:
    """Write one's own remark beside a record of a shortlist."""
    shortlist = Shortlist.objects.visible_to(by).for_update().get(pk=shortlist_id)
    ShortlistEntry.objects.filter(shortlist=shortlist, record=record_id).update(remark=remark.strip()[:300])
    return shortlist


@transaction.atomic
def delete_shortlist(*, shortlist_id: int, by: Actor) -> Shortlist:
    """Delete a shortlist; its records stay where they are."""
    shortlist = Shortlist.objects.visible_to(by).for_update().get(pk=shortlist_id)
    Shortlist.objects.filter(pk=shortlist.pk).delete()
    return shortlist


@transaction.atomic
def note_unmet(*, text: str, at: datetime) -> UnmetDemand | None:
    """Count what was looked for and not found, whoever looked; in one writing for all ways to type it."""
    said = " ".join(folded(text).split())[:300]
    if len(said) < 3:
        return None
    row, is_new = UnmetDemand.objects.get_or_create(text=said, defaults={"first_at": at, "last_at": at})
    if not is_new:
        UnmetDemand.objects.filter(pk=row.pk).update(times=F("times") + 1, last_at=at)
    return row


@transaction.atomic
def note_changes(*, record_ids: Collection[int], at: datetime) -> int:
    """Have the index read these records again for what changed about them elsewhere; answers how many."""
    rows = [IndexChange(record_id=pk, at=at) for pk in sorted(set(record_ids))]
    return len(IndexChange.objects.bulk_create(rows, batch_size=1_000))


def _tell_of(search: SavedSearch, rows: Sequence[Record], *, at: datetime) -> None:
    person = search.person
    hits: list[dict[str, Any]] = [
        {
            "name": row.name,
            "where": f"{row.organisation.name}, {row.town or row.country}",
            "address": link("catalogue:record", row.pk),
        }
        for row in rows[:MOST_IN_A_LETTER]
    ]
    stop = link("catalogue:unsubscribe", search.unsubscribe_key)
    first = min(row.pk for row in rows)  # announced once, so no two letters of a search have the same
    tell(
        "catalogue/found",
        search,
        to=[Recipient(email=person.email, name=person.name, language=person.language)],
        at=at,
        key=f"catalogue/found|{search.pk}|{first}",
        unsubscribe_link=stop,
        context={
            "name": search.name, "hits": hits, "number": len(rows), "more": max(len(rows) - MOST_IN_A_LETTER, 0),
            "searches": link("catalogue:saved_searches"), "stop": stop,
        },
    )  # fmt: skip


def _spoken_of(changed: Iterable[int]) -> set[int]:
    """These records with their parts and what they are part of: the index reads them again together."""
    every = set(changed)
    every.update(Record.objects.filter(parent__in=every).values_list("pk", flat=True))
    above = Record.objects.filter(pk__in=every, parent__isnull=False).values_list("parent_id", flat=True)
    return every | set(above)


def _newest() -> int:
    return IndexChange.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def _person(by: Actor) -> Person:
    if by.person_id is None:
        raise NotAllowed("signed_in")
    return Person.objects.get(pk=by.person_id)
