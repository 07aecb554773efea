"""Every view says who may open it, and every workflow's states can be reached."""

from __future__ import annotations

import importlib

import pytest
from django.http import HttpResponse
from django.urls import path

from landbridge.foundation.permissions import checks
from landbridge.foundation.permissions.guards import needs, public
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.permissions.roles import OF_EVERYBODY, PERMISSIONS_OF, Role
from landbridge.foundation.workflow import Move, Workflow
from tests.architecture.source import modules

pytestmark = pytest.mark.once


def test_every_view_is_guarded():
    assert checks.every_view_is_guarded(None) == []


class Broken:
    urlpatterns = [path("open/", lambda request: HttpResponse(), name="open")]


def test_a_view_without_a_guard_is_found(settings):
    settings.ROOT_URLCONF = Broken
    assert [error.msg for error in checks.every_view_is_guarded(None)] == [
        "The view at /open/ carries no guard."
    ]


def test_a_second_guard_is_refused():
    with pytest.raises(TypeError):
        public(needs(P.CALL_EDIT)(lambda request: HttpResponse()))


def workflows() -> dict[str, Workflow]:
    """Every workflow of the product, by module and name."""
    found = {}
    for module in modules():
        if module.path.endswith("/states.py"):
            name = module.path.removesuffix(".py").replace("/", ".")
            for attribute, value in vars(importlib.import_module(name)).items():
                if isinstance(value, Workflow):
                    found[f"{name}.{attribute}"] = value
    return found


def unreachable(workflow: Workflow) -> set[str]:
    """The states that no sequence of moves leads to from the first state of the table."""
    first = workflow.moves[0].sources[0]
    known = {state for move in workflow for state in (*move.sources, move.target)}
    return known - workflow.reachable_from(first)


@pytest.mark.parametrize("name", workflows())
def test_all_states_can_be_reached(name):
    assert unreachable(workflows()[name]) == set()


def test_an_unreachable_state_is_found():
    island = Workflow(
        Move("go", ("a",), "b", P.CALL_EDIT),
        Move("leave", ("c",), "a", P.CALL_EDIT),
    )
    assert unreachable(island) == {"c"}


def test_permissions_are_sorted_and_each_is_held_by_someone():
    assert [permission.name for permission in P] == sorted(permission.name for permission in P)
    held = {permission for role in Role if role is not Role.SYSTEM for permission in PERMISSIONS_OF[role]}
    assert set(P) - held - OF_EVERYBODY == set()
