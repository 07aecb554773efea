"""A table of moves: targets, refusals, buttons, what can be reached."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from landbridge.foundation.permissions.actor import ANYONE, SYSTEM, Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.permissions.roles import Role
from landbridge.foundation.problems import NotAllowed, Problem, Refused, refuse, refuse_if
from landbridge.foundation.workflow import Move, Workflow

pytestmark = pytest.mark.once
OFFICE = Actor(person_id=1, name="Olga", role=Role.OFFICE)
LAMP = Workflow(
    Move("light", ("dark",), "lit", P.CALL_EDIT),
    Move("smash", ("dark", "lit"), "broken", P.CLAIM_PAY),
)


@dataclass
class Lamp:
    state: str = "dark"


def test_a_move_leads_from_its_sources_to_its_target():
    assert LAMP.target("light", of=Lamp(), by=OFFICE) == "lit"


def test_the_permission_is_asked_before_the_state():
    with pytest.raises(NotAllowed):
        LAMP.target("smash", of=Lamp("broken"), by=OFFICE)
    with pytest.raises(NotAllowed):
        LAMP.target("light", of=Lamp(), by=ANYONE)


def test_a_wrong_state_is_a_problem_with_a_cure():
    with pytest.raises(Refused) as refusal:
        LAMP.target("light", of=Lamp("lit"), by=OFFICE)
    [problem] = refusal.value.problems
    assert (problem.code, problem.params) == ("wrong_state", {"state": "lit", "move": "light"})
    assert problem.cure


def test_buttons_are_the_moves_that_are_open():
    assert LAMP.allows("light", of=Lamp(), by=OFFICE)
    assert not LAMP.allows("light", of=Lamp("lit"), by=OFFICE)
    assert not LAMP.allows("smash", of=Lamp(), by=OFFICE)
    assert [move.name for move in LAMP.open_to(SYSTEM, of=Lamp())] == ["light", "smash"]
    assert LAMP.open_to(ANYONE, of=Lamp()) == []


def test_a_workflow_is_its_moves_in_their_order():
    assert [move.name for move in LAMP] == ["light", "smash"]


def test_what_can_be_reached():
    assert LAMP.reachable_from("dark") == {"dark", "lit", "broken"}
    assert LAMP.reachable_from("lit") == {"lit", "broken"}


def test_a_name_stands_once_in_its_workflow():
    with pytest.raises(ValueError, match="once"):
        Workflow(Move("go", ("a",), "b", P.CALL_EDIT), Move("go", ("b",), "a", P.CALL_EDIT))


def test_an_unknown_move_is_a_mistake_in_the_code():
    with pytest.raises(KeyError):
        LAMP.target("fly", of=Lamp(), by=SYSTEM)


def test_problems_are_refused_together_or_not_at_all():
    refuse_if([])
    with pytest.raises(Refused, match="one, two"):
        refuse_if(Problem(code=code, message="No.") for code in ("one", "two"))
    with pytest.raises(Refused) as refusal:
        refuse("late", "Closed on %(day)s.", cure="Wait.", field="day", day=3)
    assert refusal.value.problems == (Problem("late", "Closed on %(day)s.", "Wait.", "day", {"day": 3}),)
