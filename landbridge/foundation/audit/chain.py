"""The hash chain over the record: sealed by one job, verified by anyone who holds the last hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import datetime

from django.db import connection, transaction

from landbridge.foundation.audit.models import Entry, Seal

GENESIS = "0" * 64
BEFORE_ALL = -(2**63)  # no entry, not even one slipped in under a number that the database would never give
MOST_AT_ONCE = 5000


@transaction.atomic
def seal(*, at: datetime) -> Seal | None:
    """Seal the entries that no seal covers yet; None when there is none. The unique `previous` admits one sealer."""
    _wait_for_writers()
    last = Seal.objects.for_update().order_by("-pk").first()
    after = last.last_entry_id if last else BEFORE_ALL
    entries = list(Entry.objects.filter(pk__gt=after).order_by("pk")[:MOST_AT_ONCE])
    if not entries:
        return None
    previous = last.hash if last else GENESIS
    return Seal.objects.create(
        first_entry_id=entries[0].pk,
        last_entry_id=entries[-1].pk,
        entries=len(entries),
        previous=previous,
        hash=_hash(previous, entries),
        at=at,
    )


def findings() -> Iterator[str]:
    """Everything in which record and chain disagree, in words; nothing when all is well."""
    previous, after = GENESIS, BEFORE_ALL
    for link in Seal.objects.order_by("pk").iterator(chunk_size=100):
        entries = list(Entry.objects.filter(pk__gt=after, pk__lte=link.last_entry_id).order_by("pk"))
        if link.previous != previous:
            yield f"Audit seal {link.pk} does not continue the seal before it."
        elif len(entries) != link.entries:
            yield f"Audit seal {link.pk} covers {link.entries} entries; the record holds {len(entries)}."
        elif _hash(previous, entries) != link.hash:
            yield f"Audit entries {link.first_entry_id} to {link.last_entry_id} were changed after they were sealed."
        previous, after = link.hash, link.last_entry_id


def _wait_for_writers() -> None:
    """Let every insert in flight finish: on PostgreSQL a low id may otherwise become visible after a higher one."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE audit_seal IN EXCLUSIVE MODE")  # one sealer at a time
            cursor.execute("LOCK TABLE audit_entry IN SHARE MODE")


def _hash(previous: str, entries: list[Entry]) -> str:
    digest = hashlib.sha256(previous.encode())
    for entry in entries:
        digest.update(_line(entry).encode())
    return digest.hexdigest()


def _line(entry: Entry) -> str:
    """An entry as one line of text, the same on every database."""
    return json.dumps(
        [
            entry.pk,
            entry.at.isoformat(),
            entry.event,
            entry.subject_table,
            entry.subject_id,
            entry.subject_name,
            entry.person_id,
            entry.person_name,
            entry.role,
            entry.details,
        ],
        sort_keys=True,
        ensure_ascii=True,
    )
