"""Workers in threads of the server's own process, for the embedded server."""

from __future__ import annotations

import threading

from landbridge.foundation.jobs.worker import run_worker

SECONDS_TO_FINISH = 10.0

_running: list[tuple[threading.Event, threading.Thread]] = []


def start_threads(count: int = 1) -> None:
    """Start so many workers. Called in gunicorn's `post_worker_init`, never in `AppConfig.ready`: every command
    passes there.
    """
    for number in range(1, count + 1):
        stop = threading.Event()
        thread = threading.Thread(target=run_worker, args=(stop,), name=f"jobs-{number}", daemon=True)
        _running.append((stop, thread))
        thread.start()


def stop_threads() -> None:
    """Tell the workers to stop, and wait for the jobs in hand. Called in gunicorn's `worker_exit`."""
    for stop, _ in _running:
        stop.set()
    while _running:
        _running.pop()[1].join(timeout=SECONDS_TO_FINISH)
