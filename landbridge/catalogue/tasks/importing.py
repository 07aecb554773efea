"""The jobs of an import: read its file into a preview, and take over what somebody decided on; both may begin anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

from django.db import transaction

from landbridge.catalogue import reading
from landbridge.catalogue.actions import importing as actions
from landbridge.catalogue.actions.taking_over import take_over_portion
from landbridge.catalogue.models import Change, Import
from landbridge.catalogue.queries import importing as queries
from landbridge.catalogue.reading import Row, Unreadable
from landbridge.catalogue.states import Read, What
from landbridge.foundation import clock
from landbridge.foundation.files.kinds import Kind as FileKind
from landbridge.foundation.jobs.task import task
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.foundation.problems import N_

PORTION = 1_000


@task()
def read(import_id: int) -> None:
    """Read the file of an import from its beginning, and compare it with the catalogue."""
    found = Import.objects.select_related("source__region", "file").get(pk=import_id)
    if found.state != Read.READING:
        return
    actions.forget_rows(import_id=found.pk, by=SYSTEM, at=clock.now())
    comparison = queries.Comparison(found)
    try:
        for rows in _portions(_rows(found)):
            _keep(found, comparison.changes(rows))
    except (Unreadable, FileNotFoundError) as error:
        message = error.problem.message % error.problem.params if isinstance(error, Unreadable) else LOST
        actions.fail(import_id=found.pk, problem=message, by=SYSTEM, at=clock.now())
        return
    last = Import.objects.get(pk=found.pk).rows
    gone = ((last + at, key) for at, key in enumerate(comparison.gone(), start=1))
    while portion := list(islice(gone, PORTION)):
        _keep(found, [Change(of_import=found, row=row, key=key, what=What.GONE) for row, key in portion])
    actions.show(import_id=found.pk, by=SYSTEM, at=clock.now())


@task()
def carry_out(import_id: int) -> None:
    """Take over what is still to be taken over, portion by portion; an interrupted run goes on where it stood."""
    found = Import.objects.get(pk=import_id)
    if found.state not in (Read.RUNNING, Read.DONE):
        return
    left = queries.to_take_over(found)
    for at in range(0, len(left), PORTION):
        portion = left[at : at + PORTION]
        take_over_portion(import_id=found.pk, change_ids=portion, by=SYSTEM, at=clock.now())
    if found.state == Read.RUNNING:
        actions.finish(import_id=found.pk, by=SYSTEM, at=clock.now())


@task()
def go_on() -> None:
    """Ask again for the jobs of imports that stand still because their job was lost; each waits once."""
    for found in Import.objects.filter(state__in=[Read.READING, Read.RUNNING]).order_by("pk"):
        job = read if found.state == Read.READING else carry_out
        job.using(unique_key=f"import-{found.pk}").enqueue(found.pk)


def begun(action: Callable[[], Import]) -> Import:
    """The import that an action begins or decides on, with the job that follows from it, both or neither."""
    with transaction.atomic():
        found = action()
        job = read if found.state == Read.READING else carry_out
        job.using(unique_key=f"import-{found.pk}").enqueue(found.pk)
    return found


def decided(action: Callable[[], Change]) -> Change:
    """The doubtful row that an action decides; after the file was taken over, with the job that takes the row over."""
    with transaction.atomic():
        change = action()
        if change.of_import.state == Read.DONE:
            carry_out.using(unique_key=f"import-{change.of_import_id}").enqueue(change.of_import_id)
    return change


LOST = N_("The file is no longer there.")


def _rows(found: Import) -> Iterator[Row]:
    return reading.rows_of(
        found.file.path,
        form=found.source.format,
        is_sheet=found.file.content_type == FileKind.XLSX.value.content_type,
        columns=found.source.columns,
    )


def _portions(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while portion := list(islice(rows, PORTION)):
        yield portion


def _keep(found: Import, changes: list[Change]) -> None:
    actions.keep_rows(import_id=found.pk, changes=changes, by=SYSTEM, at=clock.now())
