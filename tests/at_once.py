"""Several people at the same moment: each in a thread with a connection of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable

from django.db import connection


def all_at_once(*works: Callable[[], object]) -> list[object]:
    """Run each in a thread of its own, started together; gives their results or what they raised."""
    results: list[object] = [None] * len(works)
    together = threading.Barrier(len(works))

    def run(place: int, work: Callable[[], object]) -> None:
        try:
            together.wait(timeout=20)
            results[place] = work()
        except Exception as error:  # noqa: BLE001 - looked at by the test
            results[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place, work)) for place, work in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results
