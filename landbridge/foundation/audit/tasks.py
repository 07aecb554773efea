"""The job that seals the record."""

from __future__ import annotations

from landbridge.foundation import clock
from landbridge.foundation.audit import chain
from landbridge.foundation.jobs.task import task


@task()
def seal() -> None:
    """Seal what was recorded since the last seal."""
    while chain.seal(at=clock.now()) is not None:
        pass
