"""Processor time, queries and size of each page, one process, the whole middleware, 1,000 applications in the list.

`python3 run.py bench pages` (SQLite; `--folder` keeps the database for the next run, `--only list` measures less).
Measured is the time of this processor between request and last octet, in milliseconds: the median of many requests
after a warm-up, with production's settings (templates cached, compressed files with hashed names, DEBUG off).
Beside each page stands its ratio to a peer of the same run: the same 50 rows by Django's own generic list in a bare
table, behind the same middleware. Ratios can be compared between machines, milliseconds cannot.
"""

from __future__ import annotations

import argparse
import gc
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.figures import Figure, show
from benchmarks.rows import build, choose
from benchmarks.visitor import Answer, Cost, Unlike, Visitor, cost_of, signed_in

LIST_OF_OTHERS = "the nearest open system: 380 to 454 ms, 142 queries, 443 KB"


@dataclass(frozen=True, slots=True)
class Page:
    """What is asked for, as whom, and the most it may take."""

    name: str
    ask: Callable[[], Answer]
    milliseconds: float | None = None
    queries: int | None = None
    kilobytes: float | None = None
    expected: int = 200
    note: str = ""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How much, and what of it."""
    parser.add_argument("--applications", type=int, default=1000, help="how many are in the list")
    parser.add_argument("--times", type=int, default=100, help="requests of each page after the warm-up")
    parser.add_argument("--only", default="", help="pages whose name holds this word")
    parser.add_argument("--folder", type=Path, help="keep the database here and use it again")


def run(options: argparse.Namespace) -> None:
    """Build the rows, ask for every page, print what it took."""
    with tempfile.TemporaryDirectory(prefix="landbridge-pages-") as passing:
        folder = options.folder or Path(passing)
        choose(folder)
        import django

        django.setup()
        build(applications=options.applications)
        title = f"Pages with {options.applications:,} applications in the list, {options.times} requests each"
        show(title, list(measured(options)), as_json=options.json)


def measured(options: argparse.Namespace) -> Iterator[Figure]:
    """The figures of every page that was asked for, the empty view first."""
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application
    from django.urls import resolve

    settings.ROOT_URLCONF = "benchmarks.addresses"
    application = get_wsgi_application()
    resolve("/")
    gc.collect()
    gc.freeze()  # as `landbridge serve` does
    office = signed_in(application, office_of_the_network())
    floor = cost_of(lambda: office.get("/benchmark/empty"), times=options.times)
    yield Figure("an empty view", round(floor.milliseconds, 2), "ms", note=_also(floor))
    peer = cost_of(lambda: office.get("/benchmark/list"), times=options.times)
    yield Figure("Django's bare list of 50", round(peer.milliseconds, 2), "ms", note=_also(peer))
    for page in [*open_pages(application), *inner_pages(application, office)]:
        if options.only not in page.name:
            continue
        try:
            cost = cost_of(page.ask, times=options.times, expected=page.expected)
        except Unlike as unlike:
            print(f"NOT MEASURED: {page.name} {unlike}.", file=sys.stderr)
            continue
        yield from _figures(page, cost, peer)


def _figures(page: Page, cost: Cost, peer: Cost) -> Iterator[Figure]:
    ratio = f"{cost.milliseconds / peer.milliseconds:.1f} bare lists; {_also(cost)}"
    note = f"{ratio}; {page.note}" if page.note else ratio
    yield Figure(page.name, round(cost.milliseconds, 2), "ms", page.milliseconds, note)
    yield Figure("", cost.queries, "queries", page.queries)
    yield Figure("", round(cost.octets / 1000, 1), "KB", page.kilobytes)


def _also(cost: Cost) -> str:
    return f"1 of 20 above {cost.slow:.1f} ms"


def open_pages(application: Callable[..., Any]) -> Iterator[Page]:
    """What anybody may read."""
    from landbridge.calls.models import Call

    anybody = Visitor(application)
    call = Call.objects.latest("closes_at")
    yield Page("landing page", lambda: anybody.get("/"), 15, 10, note="the nearest open system: 50 to 74 ms")
    for name, path in (
        ("list of calls", "/calls/"),
        ("call", f"/calls/{call.pk}/"),
        ("how it works", "/how-it-works/"),
        ("register of awards", "/awards/"),
        ("results", "/results/"),
        ("regions", "/regions/"),
        ("programme of the past", "/programme/in2lifesciences/"),
        ("sign-in", "/account/sign-in/"),
    ):
        yield Page(name, _getting(anybody, path))


def inner_pages(application: Callable[..., Any], office: Visitor) -> Iterator[Page]:
    """What the people of the network read and write."""
    from landbridge.applications.models import Application
    from landbridge.foundation.people.models import Person
    from landbridge.foundation.permissions.roles import Role
    from landbridge.memberships.models import Membership

    yield Page(
        "list of applications (50)", _getting(office, "/applications/"), 60, 12, 80, note=LIST_OF_OTHERS
    )
    for number in (10, 1):
        page = f"/applications/?q=BENCH-{'0001' if number == 10 else '00017'}"
        yield Page(f"list of applications ({number})", _getting(office, page), None, 12)
    waiting = Application.objects.filter(state="submitted").exclude(number__startswith="BENCH-").latest("pk")
    path = waiting.get_absolute_url()
    yield Page("one application", _getting(office, path), 40, 20, note="the nearest open system: 146 ms")
    yield from writing(application)
    for hat in Membership.objects.filter(person__is_demonstration=True).order_by("role", "pk"):
        visitor = signed_in(application, Person.objects.get(pk=hat.person_id), hat_id=hat.pk)
        is_first = not Membership.objects.filter(role=hat.role, pk__lt=hat.pk).exists()
        if is_first or hat.role == Role.OFFICE:
            yield Page(f"desk, {Role(hat.role).value}", _getting(visitor, "/desk/"))
    for name, path in (
        ("list of vouchers", "/vouchers/"),
        ("one voucher", _newest("vouchers.Voucher")),
        ("list of claims", "/claims/"),
        ("one claim", _newest("claims.Claim")),
        ("payment files", "/claims/payments/"),
        ("budgets of a phase", f"/budgets/phases/{waiting.call.phase_id}/"),
        ("one budget line", _newest("budgets.Line")),
        ("list of organisations", "/organisations/"),
        ("letters", "/letters/"),
        ("calls in preparation", "/calls/preparation/"),
    ):
        yield Page(name, _getting(office, path))


def writing(application: Callable[..., Any]) -> Iterator[Page]:
    """The form of a draft: read, and saved with another text each time."""
    from django.utils.formats import localize

    from landbridge.applications.models import Application
    from landbridge.foundation.people.models import Person
    from landbridge.memberships.models import Membership

    draft = Application.objects.filter(state="draft", provider__isnull=False).latest("pk")
    hat = Membership.objects.filter(organisation=draft.applicant, role="sme").earliest("pk")
    writer = signed_in(application, Person.objects.get(pk=hat.person_id), hat_id=hat.pk)
    path = f"{draft.get_absolute_url()}text"
    yield Page(
        "form of an application", _getting(writer, path), 40, note="the nearest open system: 90 to 107 ms"
    )

    def save() -> Answer:
        now = Application.objects.get(pk=draft.pk)
        data = {
            f"answer_{key}": localize(answer) for key, answer in now.answers.items() if answer is not True
        }
        return writer.post(
            path,
            {**data, "title": f"Version {now.version}", "version": str(now.version), "requested_eur": "7000"},
        )

    yield Page("form of an application, saved", save, expected=302)


def office_of_the_network() -> Any:
    """Somebody who sees every programme."""
    from landbridge.foundation import clock
    from landbridge.foundation.people.models import Person
    from landbridge.memberships.models import Membership

    person, _ = Person.objects.get_or_create(email="office@example.org", defaults={"name": "Nora Network"})
    Membership.objects.get_or_create(person=person, role="office", defaults={"began_at": clock.now()})
    return person


def _newest(label: str) -> str:
    from django.apps import apps

    return str(apps.get_model(label)._default_manager.latest("pk").get_absolute_url())


def _getting(visitor: Visitor, path: str) -> Callable[[], Answer]:
    return lambda: visitor.get(path)
