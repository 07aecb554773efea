"""Who gets in where: every address, each role, one's own object and a foreign region's, in a golden file.

`LANDBRIDGE_UPDATE_GOLDEN=1` writes `matrix.json` anew; its difference is what a change of permissions has to explain.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.urls import path

from landbridge.foundation import clock
from landbridge.foundation.permissions.actor import ANYONE, Actor
from landbridge.foundation.permissions.checks import Door, doors
from landbridge.foundation.permissions.guards import Guard, public
from landbridge.foundation.permissions.permissions import P
from tests.architecture.examples import NoExample, address, known, places_of
from tests.architecture.visits import READERS, Visitor, failure, visitors
from tests.architecture.world import Side, World, make_world
from tests.cast import Cast

GOLDEN = Path(__file__).with_name("matrix.json")
UPDATE = "LANDBRIDGE_UPDATE_GOLDEN"

# Pages of foreign objects that somebody signed in may open all the same, and why.
OPEN_ACROSS = {
    "api:reference": "the documentation of the API is public; its address names a word",
    "public": "the open site shows every programme's calls, regions and figures to everyone",
    "events:event": "a published event is public; a draft is shown to its organisers, brokers and auditors",
    "events:event_calendar": "what is public can stand in every calendar",
    "events:registering": "anybody who has signed in registers for a published event",
    "events:registrations": "a broker finds the people of the own region at every event, an auditor reads all",
    "events:registrations_csv": "the same list",
    "events:registrations_xlsx": "the same list",
    "events:registration": "auditors read every registration; they change nothing",
    "events:challenge_answers": "shows the answers to one's own company's challenges: none at most events",
    "events:kept_event": "brokers and auditors read what every programme prepares; they change nothing",
    "calls:call": "a published call is public; a draft is not, and is what the matrix asks for",
    "indicators:indicator": "what is counted, and how, is public",
    "indicators:course_csv": "and so is its course",
    "indicators:reading": "readings of what is public are public",
    "indicators:rows": "those who see indicators count again; a row opens to those alone who see it",
    "indicators:rows_csv": "the same rows, without the names of those that one does not see",
    "introductions": "an office or auditor sees all introductions: they belong to the network",
    "profiles": "what is published everybody reads, without a name; an office or auditor sees all",
    "catalogue:record": "the directory is public; what is not public in it, another rule keeps",
    "catalogue:suggestion": "anyone may suggest an edit of what is public",
    "catalogue:claiming": "anyone signed in may say that they speak for an organisation, and has to prove it",
    "catalogue:writing_new": "the form of a new record of one's own; its address names a kind",
    "access:rule_set": "the common rules are public",
    "access:signature": "each facility signs the same rules, for itself",
    "organisations": "an office or auditor sees all organisations: a company belongs to the network",
    "memberships": "and so do their people",
    "programmes": "programmes, regions and partners are known to everybody in the network; editing is not",
    "pitches:call": "a call that is open is read by everybody in the network",
    "pitches:live": "who is on stage is known to everybody in the room",
    "pitches:audience": "and whoever is in the room may mark where the call says so",
    "pitches:beginning": "any company may pitch in any open call",
    "pitches:following": "an investor answers for any session that is over, about their own reactions",
    "pitches:pitch": "a selected pitch is shown to every investor of the network, if the company consents",
    "pitches:reaction": "and every investor may react to it",
    "pitches:investor": "investors belong to the network: its offices, organisers and desks see all",
    "meetings": "auditors read the timetables and results of every event; they change nothing",
    "stories:news": "published news is public",
    "stories:story": "a published story is public",
    "webinars:webinar": "what is announced is everybody's",
    "webinars:calendar": "and may stand in every calendar",
    "webinars:series": "a series is public",
    "webinars:sign_up": "anybody who has signed in signs up for what is announced",
    "webinars:listeners": "a broker finds those of the own region, an auditor reads all",
    "surveys:questionnaire": "what is asked is no secret among desks, offices and auditors",
    "surveys:preview": "and so is how it is asked",
    "surveys:sheets": "the sheets in it are those of the own programme or region",
    "surveys:results": "and so are the results",
    "surveys:results_csv": "the same as a table",
    "surveys:results_xlsx": "the same as a spreadsheet",
    "surveys:baselines": "an office sees all organisations: a company belongs to the network",
    "surveys:baseline_new": "and may record where it stands",
    "coaching:coach": "coaches belong to the network: desks of every region may propose them",
    "applications:draft": "any company may begin an application in any open call",
}


# Words that belong to the lasting network, not to one programme: each office and auditor looks after all of them.
OF_THE_NETWORK = (
    "access",
    "catalogue",
    "clocks",
    "coaching",
    "collaborations",
    "enquiries",
    "inbox",
    "stories",
)


@dataclass(frozen=True)
class Cell:
    """What one role met at one address: the status at its own object, and at a foreign one where there is a place."""

    door: Door
    method: str
    role: str
    own: int
    foreign: int | None
    error: str = ""

    def __str__(self) -> str:
        return f"{self.own}" if self.foreign is None else f"{self.own}/{self.foreign}"


# The account's pages hold nothing of a role; four kinds of readers say all there is to say about them.
OF_ACCOUNTS = ("anyone", "mallory", "sme", "office")


def walk(world: World, asked: list[Door], actors: dict[str, Actor]) -> Iterator[Cell]:
    """Open every address as every role. Whom the guard keeps out at their own object is not sent to a foreign one."""
    people = visitors(world.cast)
    for door in asked:
        for method in door.methods:
            for role, visitor in people.items():
                if ":" in door.name or role in OF_ACCOUNTS:
                    admitted = door.guard is not None and door.guard.admits(actors[role])
                    yield _cell(
                        door=door, method=method, role=role, visitor=visitor, world=world, admitted=admitted
                    )


def _cell(*, door: Door, method: str, role: str, visitor: Visitor, world: World, admitted: bool) -> Cell:
    def ask(side: Side) -> HttpResponse:
        return visitor.get(address(door, side)) if method == "GET" else visitor.post(address(door, side), {})

    own = ask(world.own)
    is_kept_out = not admitted and own.status_code in (302, 403)
    foreign = None if not places_of(door) else own if is_kept_out else ask(world.foreign)
    return Cell(
        door=door,
        method=method,
        role=role,
        own=own.status_code,
        foreign=foreign.status_code if foreign is not None else None,
        error=" ".join(failure(answer) for answer in (own, foreign) if answer is not None),
    )


def table(cells: list[Cell]) -> dict[str, str]:
    """One line for each address and method: the answers, and which roles get each."""
    lines: dict[str, dict[str, list[str]]] = {}
    for cell in cells:
        answers = lines.setdefault(f"{cell.method:<4} {cell.door.pattern}", {})
        answers.setdefault(str(cell), []).append(cell.role)
    return {
        line: "  ".join(f"{answer} {','.join(roles)}" for answer, roles in answers.items())
        for line, answers in lines.items()
    }


# What may be read by a post as well, and why.
READ_BY_POST = {"public:oai": "the protocol asks for it (OAI-PMH 2.0, section 3.1.1)"}


def findings(cells: list[Cell], roles: dict[str, Actor]) -> list[str]:
    """What must never be, whatever the golden file says."""
    found = []
    for cell in cells:
        where = f"{cell.method} {cell.door.pattern} as {cell.role}"
        if max(cell.own, cell.foreign or 0) >= 500:
            found.append(f"{where} fails: {cell} {cell.error}")
        elif not _is_admitted(cell, roles) and {cell.own, cell.foreign} - {None, 302, 403}:
            found.append(f"{where} gets in past its guard: {cell}")
        elif (
            cell.method == "POST"
            and cell.own == 200
            and ":" in cell.door.name
            and cell.door.name not in READ_BY_POST
        ):
            found.append(f"{where} is answered as if it were only opened: mark it @require_GET")
        elif cell.foreign in (200, 409, 422) and not _may_cross(cell):
            found.append(f"{where} reaches a foreign object: {cell}")
    return found


def _is_admitted(cell: Cell, roles: dict[str, Actor]) -> bool:
    return cell.door.guard is not None and cell.door.guard.admits(roles[cell.role])


def _may_cross(cell: Cell) -> bool:
    word = cell.door.name.partition(":")[0]
    own_only = ":" not in cell.door.name  # the account's pages hold nothing of anyone else
    looks_after = word in OF_THE_NETWORK and cell.role in ("office", "auditor")
    return own_only or looks_after or cell.door.name in OPEN_ACROSS or word in OPEN_ACROSS


@pytest.mark.once
def test_every_address_has_an_example():
    missing = []
    for door in doors():
        for _, name in places_of(door):
            try:
                known(door, name)
            except NoExample as sentence:
                missing.append(str(sentence))
    assert missing == []


@pytest.mark.once
@pytest.mark.django_db
def test_who_gets_in_where(settings):
    settings.LANDBRIDGE_SECOND_FACTOR = "off"
    world = make_world(at=clock.now())
    actors = actors_of(world.cast)
    cells = list(walk(world, list(doors()), actors))
    assert findings(cells, actors) == []
    found = table(cells)
    if os.environ.get(UPDATE):
        GOLDEN.write_text(json.dumps(found, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")
    golden = json.loads(GOLDEN.read_text(encoding="utf-8"))
    differing = [
        f"{line}\n    was {golden.get(line, '-')}\n    is  {found.get(line, '-')}"
        for line in dict.fromkeys([*golden, *found])
        if golden.get(line) != found.get(line)
    ]
    assert not differing, f"if this is meant, {UPDATE}=1 writes it down:\n" + "\n".join(differing)


def actors_of(cast: Cast) -> dict[str, Actor]:
    """Who stands for each role, as the guards see them."""
    return {role: cast.actor(name) if name else ANYONE for role, name in READERS.items()}


# ── Each of these guards, broken on purpose ──────────────────────────────────────────────────────────────────────────
SECRET = Door(
    "/secrets/<int:pk>/", "applications:application", Guard(P.APPLICATION_SEE, signed_in=True), ("GET",)
)


def cell(role: str, own: int, foreign: int | None = None) -> Cell:
    return Cell(door=SECRET, method="GET", role=role, own=own, foreign=foreign, error="Boom")


@pytest.mark.once
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("broken", "finding"),
    [
        (cell("sme", 200, 500), "fails: 200/500 Boom"),
        (cell("investor", 200, 404), "gets in past its guard"),
        (cell("anyone", 404, 404), "gets in past its guard"),
        (cell("sme", 200, 200), "reaches a foreign object"),
        (cell("sme", 200, 409), "reaches a foreign object"),
    ],
)
def test_a_leak_is_found(broken, finding, cast):
    roles = actors_of(cast)
    [found] = findings([broken], roles)
    assert finding in found
    assert (
        findings([cell("sme", 200, 404), cell("anyone", 302, 302), cell("investor", 403, 403)], roles) == []
    )


@pytest.mark.once
@pytest.mark.django_db
def test_a_page_that_takes_a_post_for_a_visit_is_found(cast):
    [found] = findings([replace(cell("sme", 200, 404), method="POST")], actors_of(cast))
    assert "as if it were only opened" in found


@pytest.mark.once
def test_a_new_address_without_an_example_says_what_to_do():
    door = Door("/applications/<int:pk>/poems/<int:poem_pk>/", "applications:poem", None, ("GET",))
    with pytest.raises(
        NoExample, match=r"is new: say in tests/architecture/examples.py which object .* <pk>"
    ):
        address(door, None)  # type: ignore[arg-type]


class Hole:
    """An address that shows every application to everyone."""

    @staticmethod
    @public
    def _page(request: object, pk: int) -> HttpResponse:
        return HttpResponse("everything")

    urlpatterns = [path("applications/<int:pk>/", _page.__func__, name="application")]


@pytest.mark.once
@pytest.mark.django_db
def test_a_view_that_forgets_whose_object_it_is_is_found(settings, cast):
    settings.ROOT_URLCONF = Hole
    [door] = doors()
    answer = Visitor(cast.danish_sme).get("/applications/7/")
    seen = Cell(
        door=Door(door.pattern, "applications:application", door.guard, door.methods),
        method="GET",
        role="sme",
        own=answer.status_code,
        foreign=answer.status_code,
    )
    assert "reaches a foreign object" in findings([seen], {"sme": cast.actor("danish_sme")})[0]
