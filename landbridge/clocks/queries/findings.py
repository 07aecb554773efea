"""What is off with clocks, for `landbridge verify`."""

from __future__ import annotations

from collections.abc import Iterator

from landbridge.clocks.models import Clock


def findings() -> Iterator[str]:
    """Each clock that says of itself what cannot be."""
    for clock in Clock.objects.select_related("duty").order_by("pk").iterator(chunk_size=1000):
        if clock.reminders_sent > len(clock.remind_after):
            yield f"The clock “{clock}” counts more reminders than its duty has."
        if clock.ended_at is not None and clock.paused_at is not None and clock.paused_at > clock.ended_at:
            yield f"The clock “{clock}” was paused after it had ended."
        if clock.supervisor_told_at is not None and not clock.tells_supervisor:
            yield f"The clock “{clock}” was reported to the office, though its duty is not."
