"""A day of a large event as its people and its organiser live it: timetable, door, agenda, repair.

`python3 run.py bench event_day` writes an event of 1,000 people and one of 2,000 (`crowd.py`) into a database of its own.
The timetable goes through its job, as in production; five telephones check 1,000 people in over HTTP; agendas are asked
for through the whole middleware; 5 % are said to be missing, and what that repairs is undone again for the next draw.
"""

from __future__ import annotations

import argparse
import gc
import http.client
import json
import random
import resource
import secrets
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from benchmarks.crowd import crowd
from benchmarks.figures import Figure, show
from benchmarks.match import percentile
from benchmarks.repairs import ABSENT
from benchmarks.rows import choose
from benchmarks.server import served, used_by
from benchmarks.visitor import Unlike, cost_of, signed_in

if TYPE_CHECKING:
    from landbridge.events.models import Event

TELEPHONES = 5
MINUTES = 20  # in which everybody is to be checked in
DRAWS = 5  # of who does not come
AGENDAS = 5  # people whose agenda is asked for
AGENDA, REPAIR = 30.0, 100.0  # ms at most


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How large, and what of it."""
    parser.add_argument(
        "--people", type=int, default=1000, help="who come; the agenda's event has twice as many"
    )
    parser.add_argument("--times", type=int, default=50, help="requests of each agenda after the warm-up")
    parser.add_argument("--seed", type=int, default=1, help="the same events for the same seed")
    parser.add_argument("--folder", type=Path, help="keep the database here; events are added to it")


def run(options: argparse.Namespace) -> None:
    """Write the events, and measure what their day costs."""
    with tempfile.TemporaryDirectory(prefix="landbridge-day-") as passing:
        choose(options.folder or Path(passing))
        import django

        django.setup()
        from django.conf import settings
        from django.core.management import call_command

        from landbridge.command.migrate import migrate

        settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
        migrate()
        call_command("collectstatic", verbosity=0, interactive=False)
        title = f"The day of an event, {options.people:,} and {2 * options.people:,} people"
        show(title, list(measured(options)), as_json=options.json)


def measured(options: argparse.Namespace) -> Iterator[Figure]:
    """The timetable of both, the agenda of the larger, repair and door of the smaller."""
    from landbridge.foundation import clock

    at = clock.now()
    starts_at = at + timedelta(hours=2)
    events = []
    for people in (options.people, 2 * options.people):
        with timed() as spent:
            events.append(crowd(people, tables=people // 2, seed=options.seed, starts_at=starts_at, at=at))
        yield Figure(f"{people:,} people and their requests written", round(spent.processor, 1), "s")
        yield from planned(events[-1], people=people, seed=options.seed)
    smaller, larger = events
    yield from agendas(larger, people=2 * options.people, times=options.times)
    yield from repaired(smaller, people=options.people, seed=options.seed)
    yield from checked_in(smaller, people=options.people)


@dataclass
class Spent:
    """Seconds by the clock, and of processor time: of this process, and of those that it waited for."""

    clock: float = 0.0
    processor: float = 0.0
    children: float = 0.0


@contextmanager
def timed() -> Iterator[Spent]:
    """What passes meanwhile."""
    spent = Spent()
    gc.collect()
    began, own, others = time.perf_counter(), time.process_time(), _of_children()
    yield spent
    spent.clock = time.perf_counter() - began
    spent.processor = time.process_time() - own
    spent.children = _of_children() - others


def _of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def planned(event: Event, *, people: int, seed: int) -> Iterator[Figure]:
    """One timetable as the organiser's button makes it: asked for, computed by the job in its process, published."""
    from landbridge.foundation import clock
    from landbridge.foundation.jobs.worker import run_once, run_until_idle
    from landbridge.foundation.permissions.actor import SYSTEM
    from landbridge.meetings import actions
    from landbridge.meetings.models import Run
    from landbridge.meetings.tasks import making

    run_until_idle()  # letters go before timetables
    with timed() as spent:
        asked = making.asked(
            lambda: actions.queue_run(event_id=event.pk, seed=seed, by=SYSTEM, at=clock.now())
        )
        while Run.objects.filter(pk=asked.pk, finished_at__isnull=True).exists() and run_once():
            pass
    made = Run.objects.get(pk=asked.pk)
    if made.share is None or not made.finished_at:
        raise SystemExit(f"No timetable came out: {made.state}, {made.trouble}")
    note = f"{made.statistics['meetings']:,} meetings, {100 * made.share:.2f} % of the bound"
    name = f"timetable of {people:,} people through its job"
    yield Figure(f"{name}, by the clock", round(spent.clock, 1), "s", note=note)
    yield Figure("of that, processor time of the solver's process", round(spent.children, 1), "s")
    yield Figure("of that, processor time around it, database included", round(spent.processor, 1), "s")
    with timed() as spent:
        actions.publish_run(run_id=made.pk, by=SYSTEM, at=clock.now())
    yield Figure("its publication: meetings, seats, a letter for each", round(spent.processor, 1), "s")
    with timed() as spent:
        run_until_idle()
    yield Figure("the letters written out by their jobs, to nobody", round(spent.processor, 1), "s")


def agendas(event: Event, *, people: int, times: int) -> Iterator[Figure]:
    """The agenda of those who have most to do, as they see it on a telephone."""
    from django.core.wsgi import get_wsgi_application
    from django.urls import resolve, reverse

    from landbridge.events.models import Registration

    application = get_wsgi_application()
    resolve("/")
    gc.collect()
    rows = Registration.objects.filter(event=event, person__isnull=False).select_related("person")
    busiest = sorted(rows, key=lambda one: -one.seats.count())[:AGENDAS]
    costs = []
    for one in busiest:
        visitor = signed_in(application, one.person)
        path = reverse("meetings:agenda", args=[one.pk])
        try:
            costs.append(cost_of(lambda visitor=visitor, path=path: visitor.get(path), times=times))  # type: ignore[misc]
        except Unlike as unlike:
            print(f"NOT MEASURED: the agenda {unlike}.", file=sys.stderr)
            return
    seats = [one.seats.count() for one in busiest]
    note = f"{min(seats)} to {max(seats)} meetings; 1 of 20 above {max(one.slow for one in costs):.1f} ms"
    spent = median(one.milliseconds for one in costs)
    yield Figure(f"agenda page, {people:,} people", round(spent, 1), "ms", AGENDA, note)
    yield Figure("", max(one.queries for one in costs), "queries")
    yield Figure("", round(max(one.octets for one in costs) / 1000, 1), "KB")


def repaired(event: Event, *, people: int, seed: int) -> Iterator[Figure]:
    """5 % are said to be missing early in the day: the whole action, the database and the letters included."""
    from django.db import transaction

    from landbridge.events.models import Registration
    from landbridge.foundation.permissions.actor import SYSTEM
    from landbridge.meetings import actions
    from landbridge.meetings.models import Run

    keys = list(Registration.objects.filter(event=event).order_by("pk").values_list("pk", flat=True))
    at = event.starts_at + timedelta(minutes=10)
    number = round(ABSENT * len(keys))
    whole, parts, note = [], [], ""
    for draw in range(DRAWS + 1):  # the first only warms up
        absent = random.Random(f"{seed} {draw}").sample(keys, number)
        with transaction.atomic():
            with timed() as spent:
                actions.report_missing(event_id=event.pk, registration_ids=absent, by=SYSTEM, at=at)
            difference = Run.objects.filter(event=event).latest("number").difference
            note = ", ".join(f"{len(found)} {name}" for name, found in difference.items() if found)
            transaction.set_rollback(True)
        whole.append(1e3 * spent.processor)
        with transaction.atomic():
            parts.append(_reading_and_thinking(event, absent, at=at))
            transaction.set_rollback(True)
    spent_on = [median(one[part] for one in parts[1:]) for part in (0, 1)]
    name = f"{number} of {people:,} missing, repaired, with the database"
    yield Figure(name, round(median(whole[1:]), 1), "ms", REPAIR, f"the last: {note}")
    yield Figure("of that, reading the event", round(spent_on[0], 1), "ms")
    yield Figure("of that, the algorithm", round(spent_on[1], 1), "ms")
    rest = median(whole[1:]) - sum(spent_on)
    yield Figure("of that, the new version, meetings, letters to whom it concerns", round(rest, 1), "ms")


def _reading_and_thinking(event: Event, absent: Sequence[int], *, at: datetime) -> tuple[float, float]:
    """The parts of a repair that write nothing, in ms."""
    from landbridge.meetings.models import Absence, MeetingRules
    from landbridge.meetings.queries.material import material_of
    from landbridge.meetings.queries.mending import mended

    Absence.objects.bulk_create(
        Absence(
            event=event, registration_id=one, starts_at=at, ends_at=event.ends_at, said_at=at, said_by_name=""
        )
        for one in absent
    )
    rules = MeetingRules.objects.select_related("event").get(event=event)
    with timed() as reading:
        material = material_of(rules.event, rules=rules, at=at, for_repair=True)
    with timed() as thinking:
        mended(material, fills_gaps=True)
    return 1e3 * reading.processor, 1e3 * thinking.processor


@dataclass(frozen=True, slots=True)
class Door:
    """What the telephones found."""

    waited: Sequence[float]
    refused: int
    seconds: float
    processor: float


def checked_in(event: Event, *, people: int) -> Iterator[Figure]:
    """Everybody once, by telephones side by side; then everybody again, which must change nothing."""
    from landbridge.events.models import CheckIn, Registration

    codes = list(Registration.objects.filter(event=event).order_by("pk").values_list("code", flat=True))
    random.Random(people).shuffle(codes)
    with served() as (port, process):
        cookies = [_doorkeeper() for _ in range(TELEPHONES)]
        first = _scanned(event, codes, port=port, process=process, cookies=cookies)
        inside = CheckIn.objects.filter(registration__event=event).count()
        again = _scanned(event, codes, port=port, process=process, cookies=cookies)
    twice = CheckIn.objects.filter(registration__event=event).count() - inside
    yield Figure("not checked in", people - inside + first.refused, "people", 0)
    yield Figure("checked in twice", twice + again.refused, "people", 0)
    most = 60 * MINUTES
    name = f"{people:,} check-ins from {TELEPHONES} telephones over HTTP, without a pause"
    yield Figure(name, round(first.seconds, 1), "s", most, f"{people / first.seconds:.0f} in a second")
    each = 1e3 * first.processor / people
    busy = 100 * first.processor / most
    yield Figure("the server's processor time for each", round(each, 1), "ms")
    yield Figure(f"of one processor's time in {MINUTES} minutes", round(busy, 1), "%")
    waited = [1e3 * one for one in first.waited]
    yield Figure("until the telephone has its answer, median", round(median(waited), 1), "ms")
    yield Figure("the same, p95", round(percentile(waited, 95), 1), "ms")


def _doorkeeper() -> dict[str, str]:
    """A telephone that is signed in; the server sees only its cookies."""
    from benchmarks.pages import office_of_the_network

    found = signed_in(_nowhere, office_of_the_network()).cookies
    return {**found, "csrftoken": secrets.token_hex(16)}


def _nowhere(*_more: Any) -> Any:
    raise NotImplementedError


def _scanned(
    event: Event, codes: Sequence[str], *, port: int, process: int, cookies: Sequence[dict[str, str]]
) -> Door:
    """Each telephone takes the next code as soon as it has its answer."""
    left, waited, refused = list(codes), [], []
    path = f"/events/{event.slug}/check-in/scans/"
    at = event.starts_at - timedelta(minutes=30)

    def stand(number: int) -> None:
        ask = _telephone(port, path, cookies[number], name=f"Door {number + 1}", at=at)
        while True:
            try:
                code = left.pop()
            except IndexError:
                return
            began = time.perf_counter()
            is_in = ask(code)
            waited.append(time.perf_counter() - began)
            if not is_in:
                refused.append(code)

    used, began = used_by(process), time.perf_counter()
    threads = [threading.Thread(target=stand, args=(number,)) for number in range(len(cookies))]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    if len(waited) < len(codes):
        raise SystemExit("A telephone gave up.")
    return Door(
        waited=waited,
        refused=len(refused),
        seconds=time.perf_counter() - began,
        processor=used_by(process) - used,
    )


def _telephone(
    port: int, path: str, cookies: dict[str, str], *, name: str, at: datetime
) -> Callable[[str], bool]:
    """What sends one scan as the page of the door does, and says whether that person is in."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {
        "Cookie": "; ".join(f"{key}={value}" for key, value in cookies.items()),
        "X-CSRFToken": cookies["csrftoken"],
        "Content-Type": "application/json",
    }

    def ask(code: str) -> bool:
        scan = {"code": code, "at": at.isoformat(), "device": name}
        connection.request("POST", path, body=json.dumps({"scans": [scan]}), headers=headers)
        answer = connection.getresponse()
        text = answer.read()
        if answer.status != 200:
            raise SystemExit(f"The door answers {answer.status}: {text[:200]!r}")
        return bool(json.loads(text)["results"][0]["ok"])

    return ask
