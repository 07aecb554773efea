"""Many workers at once, and workers that are killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections

from landbridge.foundation.jobs import schedule, threads, worker
from landbridge.foundation.jobs.models import Job, State
from tests.foundation.jobs import errands

ROOT = Path(__file__).resolve().parents[3]

PREPARE = """
import sys, django
django.setup()
from django.core.management import call_command
from tests.foundation.jobs.errands import write_slowly
call_command("migrate", verbosity=0)
for number in range(int(sys.argv[2])):
    write_slowly.enqueue(path=sys.argv[1], seconds=float(sys.argv[3]))
"""
WORK = """
import sys, django
django.setup()
from datetime import timedelta
from landbridge.foundation.jobs import schedule, threads, worker
worker.LEASE = timedelta(seconds=float(sys.argv[1]))
worker.run_until_stopped()
"""
COUNT = """
import django
django.setup()
from landbridge.foundation.jobs.models import Job
print(Job.objects.exclude(state="done").count(), Job.objects.filter(attempts__gt=1).count())
"""


@pytest.mark.django_db(transaction=True)
def test_many_workers_do_every_job_exactly_once() -> None:
    errands.done.clear()
    for number in range(100):
        errands.note.enqueue(number)

    def work() -> None:
        try:
            worker.run_due()
        finally:
            connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(6)]
    for thread in workers:
        thread.start()
    for thread in workers:
        thread.join(timeout=60)
    worker.run_due()
    assert sorted(errands.done, key=int) == list(range(100))  # type: ignore[call-overload]
    assert Job.objects.filter(state=State.DONE, attempts=1).count() == 100


@pytest.mark.django_db(transaction=True)
def test_threads_of_the_server_start_work_and_stop() -> None:
    errands.done.clear()
    threads.start_threads(2)
    try:
        errands.note.enqueue("by a thread")
        patience = time.monotonic() + 10
        while not errands.done and time.monotonic() < patience:
            time.sleep(0.05)
    finally:
        threads.stop_threads()
    assert errands.done == ["by a thread"]
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("jobs-")]


@pytest.mark.django_db
def test_a_worker_may_do_what_is_due_and_end() -> None:
    schedule.forget()
    errands.answer.enqueue(1)
    assert worker.run_until_idle() == 1 + len(schedule.recurring_jobs())
    assert worker.run_until_idle() == 0


class Alone:
    """Processes of their own around a database of their own."""

    def __init__(self, folder: Path) -> None:
        self.marks = folder / "marks.txt"
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("COV")},
            "DJANGO_SETTINGS_MODULE": "tests.foundation.jobs.alone",
            "JOBS_ALONE": str(folder / "alone.sqlite3"),
            "PYTHONPATH": str(ROOT),
        }
        self.workers: list[subprocess.Popen[bytes]] = []

    def run(self, program: str, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", program, *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def start_worker(self, *, lease: float) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-c", WORK, str(lease)], env=self.environment, stderr=subprocess.DEVNULL
        )
        self.workers.append(process)
        return process

    def lines(self) -> list[str]:
        return self.marks.read_text(encoding="utf-8").splitlines() if self.marks.exists() else []

    def wait_for(self, count: int, word: str) -> None:
        patience = time.monotonic() + 30
        while sum(line.startswith(word) for line in self.lines()) < count:
            assert time.monotonic() < patience, self.lines()
            time.sleep(0.02)


@pytest.fixture
def alone(tmp_path: Path) -> Iterator[Alone]:
    processes = Alone(tmp_path)
    yield processes
    for process in processes.workers:
        process.kill()
        process.wait()


@pytest.mark.once
def test_a_worker_told_to_end_finishes_the_job_in_hand(alone: Alone) -> None:
    alone.run(PREPARE, str(alone.marks), "5", "0.3")
    told = alone.start_worker(lease=60)
    alone.wait_for(1, "begin")
    told.terminate()
    assert told.wait(timeout=20) == 0
    lines = alone.lines()
    assert len([line for line in lines if line.startswith("begin")]) == len(lines) / 2 < 5


@pytest.mark.once
def test_a_worker_killed_in_the_middle_of_a_job_loses_nothing(alone: Alone) -> None:
    alone.run(PREPARE, str(alone.marks), "6", "0.3")
    first = alone.start_worker(lease=1)
    alone.wait_for(2, "begin")
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    assert f"end {first.pid}" not in alone.lines()[-1:], "it was killed in the middle"
    alone.start_worker(lease=1)
    alone.wait_for(6, "end")
    patience = time.monotonic() + 10
    while alone.run(COUNT) != "0 1":
        assert time.monotonic() < patience, alone.run(COUNT)
    assert sum(line.startswith("begin") for line in alone.lines()) == 7, "one job was begun twice"
