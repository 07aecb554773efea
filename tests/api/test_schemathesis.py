"""Everything that the document allows, and some that it does not, asked by Schemathesis with every check it has."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import Case, GenerationMode
from schemathesis.core.failures import FailureGroup

from landbridge.api.document import PREFIX, document, needed_for
from landbridge.api.rules.keys import OWN
from landbridge.api.table import operations
from landbridge.api.table.resources import resources
from landbridge.foundation import clock
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.checks import doors
from landbridge.foundation.permissions.permissions import P
from tests.api.keys import a_key
from tests.architecture.examples import NoExample, arguments
from tests.architecture.world import World, make_world

ROLES = ("danish_sme", "zealand_broker", "office")
OTHERS = ("german_provider", "finance", "organiser", "network_office", "investor", "assessor")
# So many examples of each kind for one operation under one role.
EXAMPLES = settings(
    max_examples=1,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
NO_SUCH = {"pk": 4711, "slug": "nothing-of-this-name"}


@dataclass
class Asked:
    """Who may ask for what, about which object, and what went wrong."""

    world: World
    people: dict[str, Actor]
    headers: dict[str, dict[str, str]]
    places: dict[str, dict[str, Any]]
    scopes: dict[str, str]
    wrong: list[str] = field(default_factory=list)
    cases: int = 0
    done: int = 0

    def may(self, name: str, path: str) -> bool:
        scope = self.scopes.get(path, "")
        return scope in ("", OWN) or self.people[name].may(P(scope))

    def askers(self, path: str, *, is_post: bool) -> Iterator[str]:
        """The three roles for what is read; for what is done, the first who may."""
        if not is_post:
            yield from ROLES
            return
        yield next((name for name in (*ROLES, *OTHERS) if self.may(name, path)), "office")


def places_of(world: World, people: dict[str, Actor]) -> dict[str, dict[str, Any]]:
    """For each address of the document, an object that is there."""
    by_name = {door.name: door for door in doors()}
    found: dict[str, dict[str, Any]] = {}
    for operation in operations().values():
        door = by_name[operation.name]
        try:
            found[f"{PREFIX}{operation.page.path}"] = dict(arguments(door, world.own))
        except NoExample:
            continue  # asked about what is not there; tests/architecture says which object is missing
    for resource in resources():
        name = "pk" if resource.by == "id" else resource.by
        rows = [resource.seen_by(people[who]).order_by("pk").first() for who in ROLES]
        row = next((row for row in rows if row is not None), None)
        place = {name: getattr(row, name) if row is not None else NO_SUCH[name]}
        found.setdefault(f"{PREFIX}{resource.path}/{{{name}}}", place)
    return found


@pytest.fixture
def _one_connection() -> Iterator[None]:
    """A request under test closes no connection: the test's transaction lives in it."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.once
@pytest.mark.django_db
@pytest.mark.usefixtures("_one_connection")
def test_whatever_the_document_allows_is_answered_as_it_says(
    monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path
):
    settings.LANDBRIDGE_FILES = tmp_path
    monkeypatch.setattr("landbridge.api.views.door.MOST_WITH_KEY", 10**9)
    monkeypatch.setattr("landbridge.api.views.door.MOST_WITHOUT", 10**9)
    logging.disable(logging.CRITICAL)
    world = make_world(at=clock.now())
    people = {name: world.cast.actor(name) for name in (*ROLES, *OTHERS)}
    asked = Asked(
        world=world,
        people=people,
        headers={name: {"Authorization": f"Bearer {a_key(actor)}"} for name, actor in people.items()},
        places=places_of(world, people),
        scopes={f"{PREFIX}{one.page.path}": needed_for(one) for one in operations().values()},
    )
    schema = schemathesis.openapi.from_dict(document())
    schema.app = get_wsgi_application()
    try:
        for turn, found in enumerate(schema.get_all_operations()):
            _ask_all(found.ok(), asked, turn)
    finally:
        logging.disable(logging.NOTSET)
    assert asked.wrong == [], f"{len(asked.wrong)} of {asked.cases}:\n" + "\n".join(asked.wrong)
    assert asked.cases > 1000
    assert asked.done > 200, "hardly anything was carried out"


def _ask_all(operation: Any, asked: Asked, turn: int) -> None:
    is_post = operation.method.lower() == "post"
    places = asked.places.get(operation.path)
    for name in asked.askers(operation.path, is_post=is_post):
        _ask(operation, asked, name, mode=GenerationMode.POSITIVE, turn=turn, places=places)
    name = next(asked.askers(operation.path, is_post=True))
    if (operation.body or operation.query) and turn % 2:
        _ask(operation, asked, name, mode=GenerationMode.NEGATIVE, turn=turn, places=None)


def _ask(
    operation: Any, asked: Asked, name: str, *, mode: GenerationMode, turn: int, places: dict[str, Any] | None
) -> None:
    more = {"path_parameters": places} if places else {}

    @seed(turn)
    @EXAMPLES
    @given(case=operation.as_strategy(generation_mode=mode, **more))
    def ask(case: Case) -> None:
        asked.cases += 1
        with transaction.atomic():
            response = case.call(headers=asked.headers[name])
            asked.done += response.status_code == 200
            try:
                case.validate_response(response, headers=asked.headers[name])
            except FailureGroup as failures:
                said = "; ".join(f"{one.title}: {one.message}" for one in failures.exceptions)
                asked.wrong.append(
                    f"{name} {case.method} {case.path} {response.status_code} {said} {case.body!r}"[:700]
                )
            transaction.set_rollback(True)

    ask()
