"""Writing an archive that was ordered, and deleting those whose day is over."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.db import transaction

from landbridge.api import open_formats
from landbridge.api.actions import archives as actions
from landbridge.api.models import Archive
from landbridge.api.queries import archives as queries
from landbridge.api.states import Ordered
from landbridge.foundation import clock
from landbridge.foundation.archive import writing
from landbridge.foundation.jobs.task import task
from landbridge.foundation.permissions.actor import SYSTEM

log = logging.getLogger(__name__)


@task(most_attempts=1)
def write(archive_id: int) -> None:
    """Write one; what goes wrong is said to whoever ordered it."""
    archive = Archive.objects.get(pk=archive_id)
    if archive.state != Ordered.ORDERED:
        return
    place = queries.place_of(archive)
    try:
        place.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
        written = writing.write(place, at=clock.now(), beside=open_formats.open_formats())
        place.chmod(0o640)
        size = place.stat().st_size
    except OSError as error:
        log.exception("Archive %s could not be written.", archive_id)
        actions.spoil(archive_id=archive_id, problem=error.strerror or "", by=SYSTEM, at=clock.now())
        return
    actions.keep(archive_id=archive_id, written=written, size=size, by=SYSTEM, at=clock.now())


def asked(action: Callable[[], Archive]) -> Archive:
    """The archive that an action orders, with its job, both or neither."""
    with transaction.atomic():
        archive = action()
        write.enqueue(archive.pk)
    return archive


@task()
def end() -> None:
    """Every hour: delete the files whose day is over, give up those that nobody writes any more."""
    at = clock.now()
    for archive in queries.over(at=at):
        actions.delete(archive_id=archive.pk, by=SYSTEM, at=at)
    for archive in queries.stuck(at=at):
        actions.spoil(archive_id=archive.pk, problem="", by=SYSTEM, at=at)
