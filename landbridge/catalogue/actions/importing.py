"""Importing: a file is read into a preview, decided on, and taken over in portions that survive a crash."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TypedDict, Unpack

from django.db import IntegrityError, transaction

from landbridge.catalogue.models import Change, Import, Source
from landbridge.catalogue.queries import importing as queries
from landbridge.catalogue.rules import importing as rules
from landbridge.catalogue.states import IMPORTING, Load, Read, What
from landbridge.foundation.audit.record import record
from landbridge.foundation.files.store import Received, store
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.permissions.roles import Role
from landbridge.foundation.problems import N_, NotAllowed, Problem, refuse, refuse_if
from landbridge.programmes.models import Region


class SourceDetails(TypedDict, total=False):
    """What is said about a source; `columns` maps our fields to the titles of a plain table."""

    name: str
    format: str
    licence: str
    website: str
    columns: Mapping[str, str]
    country: str
    organisation_id: int | None
    publishes: bool


@transaction.atomic
def add_source(
    *, key: str, region: Region | None = None, by: Actor, at: datetime, **details: Unpack[SourceDetails]
) -> Source:
    """Name a source. A broker's belongs to the broker's region, and brings records of that region alone."""
    if not by.may(P.RECORD_IMPORT):
        raise NotAllowed(P.RECORD_IMPORT)
    region_id = by.region_id if by.role is Role.BROKER else region.pk if region else None
    try:
        with transaction.atomic():
            source = Source.objects.create(key=key, region_id=region_id, **details)
    except IntegrityError:
        refuse(
            "key_taken",
            N_("Another source has this key."),
            cure=N_("Choose another one, such as the name of the directory with its country."),
            field="key",
        )
    record("source.added", source, by=by, at=at, key=key, format=source.format)
    return source


@transaction.atomic
def edit_source(*, source_id: int, by: Actor, at: datetime, **details: Unpack[SourceDetails]) -> Source:
    """Change what is said about a source; its key and region stay."""
    if not by.may(P.RECORD_IMPORT):
        raise NotAllowed(P.RECORD_IMPORT)
    source = Source.objects.visible_to(by).for_update().get(pk=source_id)
    for name, value in details.items():
        setattr(source, name, value)
    source.save()
    record("source.edited", source, by=by, at=at, fields=sorted(details))
    return source


@transaction.atomic
def begin(*, source_id: int, file: Received, by: Actor, at: datetime) -> Import:
    """Keep a file of a source, to be read by a job; a source is read once at a time."""
    if not by.may(P.RECORD_IMPORT):
        raise NotAllowed(P.RECORD_IMPORT)
    source = Source.objects.visible_to(by).for_update().get(pk=source_id)
    running = Import.objects.filter(source=source, state__in=queries.OPEN).order_by("-pk").first()
    if running is not None:
        refuse(
            "read_already",
            N_("A file of this source is being read, or waits for its decision."),
            cure=N_("Take it over or drop it first."),
            field="file",
        )
    found = Import.objects.create(
        source=source, file=store(file, by=by, at=at), person_id=by.person_id, person_name=by.name[:150],
        started_at=at,
    )  # fmt: skip
    record("import.begun", found, by=by, at=at, file=file.name, sha256=file.sha256)
    return found


@transaction.atomic
def forget_rows(*, import_id: int, by: Actor, at: datetime) -> Import:
    """Before a file is read (again): what an interrupted reading has left is taken away."""
    found = _lock(import_id, by=by)
    refuse_if(_problems_with_reading(found))
    Change.objects.filter(of_import=found).delete()
    found.rows = found.done_rows = 0
    found.save(update_fields=["rows", "done_rows"])
    record("import.reading", found, by=by, at=at)
    return found


@transaction.atomic
def keep_rows(*, import_id: int, changes: Sequence[Change], by: Actor, at: datetime) -> Import:  # noqa: ARG001 - an action like the others
    """Keep what one portion of rows would bring; the page shows how many were read."""
    found = _lock(import_id, by=by)
    refuse_if(_problems_with_reading(found))
    Change.objects.bulk_create(changes, batch_size=500)
    found.rows += sum(change.what != What.GONE for change in changes)
    found.save(update_fields=["rows"])
    return found


@transaction.atomic
def show(*, import_id: int, by: Actor, at: datetime) -> Import:
    """All is read: it waits for somebody's decision, with an alarm where it has fewer than half the rows of last time."""
    found = _lock(import_id, by=by)
    counts = queries.counts_of(found)
    readable = found.rows - counts.get(What.UNREADABLE, 0)
    is_alarm = rules.is_alarming(rows=readable, rows_last_time=found.source.rows_last_time)
    if is_alarm:
        found.state = IMPORTING.target(Load.ALARM, of=found, by=by)
    else:
        found.state = IMPORTING.target(Load.SHOW, of=found, by=by)
    found.counts = counts
    found.save(update_fields=["state", "counts"])
    record("import.alarmed" if is_alarm else "import.read", found, by=by, at=at, rows=found.rows)
    return found


@transaction.atomic
def fail(*, import_id: int, problem: str, by: Actor, at: datetime) -> Import:
    """The file cannot be read; nothing of it is kept."""
    found = _lock(import_id, by=by)
    found.state = IMPORTING.target(Load.FAIL, of=found, by=by)
    found.problem, found.ended_at = problem[:500], at
    found.save(update_fields=["state", "problem", "ended_at"])
    Change.objects.filter(of_import=found).delete()
    record("import.failed", found, by=by, at=at, problem=found.problem)
    return found


@transaction.atomic
def drop(*, import_id: int, by: Actor, at: datetime) -> Import:
    """Decide that nothing of this file is taken over."""
    found = _lock(import_id, by=by)
    found.state = IMPORTING.target(Load.DROP, of=found, by=by)
    found.ended_at = at
    found.save(update_fields=["state", "ended_at"])
    Change.objects.filter(of_import=found).delete()
    record("import.dropped", found, by=by, at=at)
    return found


@transaction.atomic
def take_over(*, import_id: int, reason: str = "", by: Actor, at: datetime) -> Import:
    """Decide that the file is right; a job makes its changes. After an alarm a reason is wanted.

    Doubtful rows that nobody has decided are left out, and can be decided afterwards.
    """
    found = _lock(import_id, by=by)
    target = IMPORTING.target(Load.TAKE_OVER, of=found, by=by)
    refuse_if(rules.problems_with_taking_over(is_alarm=found.state == Read.ALARM, reason=reason))
    found.state, found.done_rows = target, 0
    found.save(update_fields=["state", "done_rows"])
    record("import.taken_over", found, by=by, at=at, reason=reason, **found.counts)
    return found


@transaction.atomic
def finish(*, import_id: int, by: Actor, at: datetime) -> Import:
    """Everything is taken over; the number of readable rows is what the next file is measured by."""
    found = _lock(import_id, by=by)
    found.state = IMPORTING.target(Load.FINISH, of=found, by=by)
    found.ended_at = at
    found.save(update_fields=["state", "ended_at"])
    readable = found.rows - found.counts.get(What.UNREADABLE, 0)
    Source.objects.filter(pk=found.source_id).update(rows_last_time=readable)
    record("import.finished", found, by=by, at=at, rows=readable)
    return found


@transaction.atomic
def decide(*, change_id: int, choice: str, by: Actor, at: datetime) -> Change:
    """Say which organisation a doubtful row means: a candidate's number, "new", or "leave".

    Other rows of the file with the same doubtful organisation follow, unless they are organisations themselves. After
    the file was taken over, the rows become part of the open work again: the job makes them next.
    """
    change = Change.objects.select_related("of_import").get(pk=change_id)
    found = _lock(change.of_import_id, by=by)
    refuse_if(_problems_with_deciding(found, change))
    candidates = [int(pk) for pk, _score in change.candidates]
    refuse_if(rules.problems_with_decision(choice=choice, candidates=candidates))
    same = Change.objects.filter(of_import=found, what=What.DOUBTFUL, done_at__isnull=True)
    same = same.filter(pk=change.pk) if _is_organisation(change) else same.filter(owner_key=change.owner_key)
    organisation_id = int(choice) if choice.isdecimal() else None
    decision = "organisation" if organisation_id else choice
    rows = same.update(decision=decision, organisation_id=organisation_id)
    record("import.decided", found, by=by, at=at, row=change.row, decision=choice, rows=rows)
    change.refresh_from_db()
    return change


def _is_organisation(change: Change) -> bool:
    return change.kind == "organisation"


def _problems_with_deciding(found: Import, change: Change) -> list[Problem]:
    is_open = found.state in (Read.PREVIEW, Read.ALARM) or (
        found.state == Read.DONE and queries.is_latest(found)
    )
    if is_open and change.what == What.DOUBTFUL and change.done_at is None:
        return []
    return [
        Problem(
            code="decided_already",
            message=N_("This row can no longer be decided."),
            cure=N_("It was taken over, or a later file of the source says more."),
        )
    ]


def _problems_with_reading(found: Import) -> list[Problem]:
    if found.state == Read.READING:
        return []
    return [Problem(code="not_reading", message=N_("This file is no longer being read."))]


def _lock(import_id: int, *, by: Actor) -> Import:
    """The import, locked, for somebody who may import from its source."""
    if not by.may(P.RECORD_IMPORT):
        raise NotAllowed(P.RECORD_IMPORT)
    rows = Import.objects.visible_to(by).for_update()
    return rows.select_related("source__region", "file").get(pk=import_id)
