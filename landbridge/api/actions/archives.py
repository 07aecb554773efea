"""Ordering an archive of the network, keeping what was written, taking it away, deleting it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from landbridge.api.models import Archive
from landbridge.api.queries import archives as queries
from landbridge.api.states import Ordered
from landbridge.foundation.archive.writing import Written
from landbridge.foundation.audit.record import record
from landbridge.foundation.outbox.recipient import Recipient
from landbridge.foundation.outbox.tell import tell
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import N_, NotAllowed, refuse

KEPT_FOR = timedelta(days=1)


@transaction.atomic
def order(*, by: Actor, at: datetime) -> Archive:
    """Have everything written to one file; a job does it, and a letter says when it lies ready."""
    _require(by)
    waiting = Archive.objects.filter(state=Ordered.ORDERED).first()
    if waiting is not None:
        refuse(
            "archive_waits",
            N_("An archive is being written already."),
            cure=N_("Wait until it is ready: it will hold what you want to take away."),
        )
    archive = Archive.objects.create(person_id=by.person_id, ordered_by_name=by.name[:150], ordered_at=at)
    record("archive.ordered", archive, by=by, at=at)
    return archive


@transaction.atomic
def keep(*, archive_id: int, written: Written, size: int, by: Actor, at: datetime) -> Archive:
    """It lies on the disk, for a day."""
    archive = Archive.objects.for_update().get(pk=archive_id)
    if archive.state != Ordered.ORDERED:
        return archive
    archive.state, archive.written_at, archive.ends_at = Ordered.READY, at, at + KEPT_FOR
    archive.size, archive.sha256 = size, written.sha256
    archive.rows, archive.files = sum(written.rows.values()), written.files
    archive.save()
    record("archive.written", archive, by=by, at=at, rows=archive.rows, sha256=archive.sha256)
    _tell("api/archive_ready", archive, at=at)
    return archive


@transaction.atomic
def spoil(*, archive_id: int, problem: str, by: Actor, at: datetime) -> Archive:
    """It could not be written; a new one may be ordered."""
    archive = Archive.objects.for_update().get(pk=archive_id)
    if archive.state == Ordered.ORDERED:
        archive.state, archive.problem = Ordered.SPOILT, problem[:300]
        archive.save(update_fields=["state", "problem"])
        record("archive.spoilt", archive, by=by, at=at, problem=archive.problem)
        _tell("api/archive_spoilt", archive, at=at)
    return archive


@transaction.atomic
def take(*, archive_id: int, by: Actor, at: datetime) -> Archive:
    """Somebody takes the file away: the record says who."""
    _require(by)
    archive = Archive.objects.visible_to(by).get(pk=archive_id)
    if archive.state != Ordered.READY or not queries.place_of(archive).exists():
        refuse(
            "archive_gone",
            N_("This archive has been deleted."),
            cure=N_("Order a new one: it will be ready in a few minutes."),
        )
    record("archive.taken", archive, by=by, at=at, sha256=archive.sha256)
    return archive


@transaction.atomic
def delete(*, archive_id: int, by: Actor, at: datetime) -> Archive:
    """Delete the file before its day is over, or when it is. The line about it stays."""
    _require(by)
    archive = Archive.objects.visible_to(by).for_update().get(pk=archive_id)
    if archive.state == Ordered.READY:
        archive.state = Ordered.GONE
        archive.save(update_fields=["state"])
        record("archive.deleted", archive, by=by, at=at)
        transaction.on_commit(lambda: queries.place_of(archive).unlink(missing_ok=True))
    return archive


def _require(by: Actor) -> None:
    """Everything is for the office of the whole network alone."""
    if not by.may(P.NETWORK_EXPORT) or not by.sees_everything:
        raise NotAllowed(P.NETWORK_EXPORT)


def _tell(letter: str, archive: Archive, *, at: datetime) -> None:
    person = archive.person
    if person is None:
        return
    context = {"ends_at": archive.ends_at or at, "sha256": archive.sha256, "problem": archive.problem}
    recipient = Recipient(person.email, person.name, person.language)
    tell(letter, archive, to=[recipient], at=at, context=context)
