"""What a dashboard costs with five years of data: 5,000 enquiries, 3,000 applications, 1,000 vouchers, 50 events.

`python3 run.py bench indicators` plays the demonstration into a database of its own with its simulated years at full
scale (`--scale`), opens every page of dashboards, results and indicators as those who see it, through the whole
middleware, and prints the processor time of this process between request and last octet: median (p50) and 95th
percentile (p95). `--database postgresql` measures on a server; its own time is not counted, so the time by the clock
stands beside it. The peer loads the same rows with the ORM and counts in Python (`naive.py`).
`--profile` prints where the time goes, with `--only NAME` of one page alone.
"""

from __future__ import annotations

import argparse
import cProfile
import gc
import os
import pstats
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.figures import Figure, show
from benchmarks.ledger_stress import created_on
from benchmarks.match import percentile
from benchmarks.rows import build, choose
from benchmarks.visitor import Answer, Unlike, Visitor, cost_of, signed_in

MOST = 150.0  # ms of processor time at most
MOST_SHOWN = 40  # lines of a profile
# Names of addresses of `indicators` that are pages of figures, not forms, downloads or rows of a period.
LEFT_OUT = ("_table", "_print")


@dataclass(frozen=True, slots=True)
class Opened:
    """One page, as somebody opens it."""

    name: str
    ask: Callable[[], Answer]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How much, on what, and what of it."""
    parser.add_argument("--scale", type=float, default=1.0, help="of the five years; 1 is full")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--times", type=int, default=30, help="requests of each page after the warm-up")
    parser.add_argument("--only", default="", help="pages whose name holds this word")
    parser.add_argument("--folder", type=Path, help="keep the database here and use it again (SQLite)")
    parser.add_argument("--profile", action="store_true", help="print where the time goes")


def run(options: argparse.Namespace) -> None:
    """Simulate the years, open every page, count the same naively, print."""
    with ExitStack() as until_the_end:
        passing = until_the_end.enter_context(tempfile.TemporaryDirectory(prefix="landbridge-indicators-"))
        choose(options.folder or Path(passing))
        if options.database == "postgresql":
            from tests.databases import postgresql

            server = until_the_end.enter_context(postgresql())
            os.environ["LANDBRIDGE_DATABASE_URL"] = until_the_end.enter_context(created_on(server.url))
        import django

        django.setup()
        simulated = list(_built(options.scale))
        title = f"Dashboards with five years at scale {options.scale:g}, {options.database}"
        show(title, [*simulated, *measured(options), *peers(options)], as_json=options.json)


def _built(scale: float) -> Iterator[Figure]:
    """The demonstration with its years at this scale; a folder that has them already stays as it is."""
    from landbridge.demonstration import years

    years.IN_DEMONSTRATION = scale
    play, spent = years.play, []

    def timed(*, at: Any) -> None:
        began = time.process_time()
        play(at=at)
        spent.append(time.process_time() - began)

    years.play = timed
    build(applications=0)
    if spent:
        yield Figure("the five years written", round(spent[0], 1), "s")
    yield from _counts()


def _counts() -> Iterator[Figure]:
    """How much there is to count."""
    from landbridge.applications.models import Application
    from landbridge.enquiries.models import Enquiry
    from landbridge.events.models import Event, Registration
    from landbridge.surveys.models import Answer
    from landbridge.vouchers.models import Voucher

    for model in (Enquiry, Application, Voucher, Event, Registration, Answer):
        yield Figure(f"rows of {model.__name__}", model._default_manager.count(), "rows")


def measured(options: argparse.Namespace) -> Iterator[Figure]:
    """Every page, the dearest first."""
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application
    from django.urls import resolve

    settings.ROOT_URLCONF = "benchmarks.addresses"
    application = get_wsgi_application()
    resolve("/")
    gc.collect()
    gc.freeze()  # as `landbridge serve` does
    office = next(visitors(application))[1]
    bare = cost_of(lambda: office.get("/benchmark/list"), times=options.times)
    yield Figure(
        "Django's bare list of 50",
        round(bare.milliseconds, 1),
        "ms p50",
        note="how quick this machine is now",
    )
    figures = []
    for page in pages(application):
        if options.only not in page.name:
            continue
        try:
            cost = cost_of(page.ask, times=options.times)
        except Unlike as unlike:
            print(f"NOT MEASURED: {page.name} {unlike}.", file=sys.stderr)
            continue
        note = f"p50 {cost.milliseconds:.1f} ms, {_clock(page):.1f} ms by the clock, {cost.queries} queries, "
        note += f"{cost.milliseconds / bare.milliseconds:.1f} bare lists, "
        note += f"{cost.octets / 1000:.0f} KB"
        figures.append(Figure(page.name, round(cost.slow, 1), "ms p95", MOST, note))
        if options.profile:
            _profile(page)
    yield from sorted(figures, key=lambda figure: -figure.value)


def _clock(page: Opened) -> float:
    began = time.perf_counter()
    for _ in range(5):
        page.ask()
    return (time.perf_counter() - began) * 200


def _profile(page: Opened) -> None:
    profile = cProfile.Profile()
    profile.runcall(lambda: [page.ask() for _ in range(5)])
    print(f"── {page.name}, five times", file=sys.stderr)
    pstats.Stats(profile, stream=sys.stderr).sort_stats("cumulative").print_stats(MOST_SHOWN)


def pages(application: Callable[..., Any]) -> Iterator[Opened]:
    """Each page as each role that has one of its own; with every programme, with the simulated one, as of long ago."""
    from landbridge.demonstration.years.ground import KEY
    from landbridge.indicators.models import Indicator
    from landbridge.programmes.models import Phase, Programme

    anybody = Visitor(application)
    years = Programme.objects.get(key=KEY)
    running = Phase.objects.filter(programme=years).latest("number")
    looks = {
        "": "",
        ", first round": f"?programme={years.pk}",
        ", its phase": f"?programme={years.pk}&phase={running.pk}",
        ", two years ago": f"?programme={years.pk}&as_of=2024-11-21",
    }
    for name, path in addresses():
        if name.startswith("results") or name == "indicators":
            for look, query in looks.items():
                yield Opened(f"{name}, everybody{look}", partial(anybody.get, f"{path}{query}"))
        if name.startswith("dashboard"):
            for who, visitor in visitors(application):
                several = looks if who == "office" else {"": ""}
                for look, query in several.items():
                    yield Opened(f"{name}, {who}{look}", partial(visitor.get, f"{path}{query}"))
    for one in Indicator.objects.filter(is_active=True, is_public=True).exclude(source="").order_by("pk"):
        yield Opened(f"indicator {one.code}", partial(anybody.get, one.get_absolute_url()))


def addresses() -> Iterator[tuple[str, str]]:
    """The pages of figures among the addresses of the word, whatever they are called."""
    from django.urls import NoReverseMatch, reverse

    from landbridge.indicators import urls

    for pattern in urls.urlpatterns:
        name = str(pattern.name)
        if not name.startswith(("dashboard", "results", "indicators")) or name.endswith(LEFT_OUT):
            continue
        try:
            yield name, reverse(f"indicators:{name}")
        except NoReverseMatch:
            print(f"NOT MEASURED: {name} needs a place.", file=sys.stderr)


def visitors(application: Callable[..., Any]) -> Iterator[tuple[str, Visitor]]:
    """The office of the network, a broker, a finance officer of the simulated years."""
    from landbridge.foundation.people.models import Person
    from landbridge.memberships.models import Membership

    for who, address in (
        ("office", "nora.lindberg@landbridge.example"),
        ("broker", "thomas.lambert@landbridge.example"),
        ("finance", "odile.renson@landbridge.example"),
    ):
        person = Person.objects.get(email=address)
        hat = Membership.objects.current().filter(person=person).earliest("pk")
        yield who, signed_in(application, person, hat_id=hat.pk)


def peers(options: argparse.Namespace) -> Iterator[Figure]:
    """The same figures, every row loaded: their processor time, without a page around them."""
    from benchmarks.naive import PEERS, ours
    from landbridge.foundation import clock

    for name, count in PEERS.items():
        if options.only and options.only not in name:
            continue
        taken, counted = [], 0
        for _ in range(5):
            began = time.process_time()
            counted = count()
            taken.append(1000 * (time.process_time() - began))
        taken.sort()
        middle = percentile(taken, 50)
        same = ours(name, clock.now().date())
        note = f"counts {counted:,}" if same == counted else f"counts {counted:,}, WE COUNT {same:,}"
        yield Figure(f"peer: {name}, rows loaded", round(middle, 1), "ms p50", note=note)
