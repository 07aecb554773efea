"""Every move is refused when it should be, taken by an action, and written into the record."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from landbridge.command import reference
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import NotAllowed, Refused
from landbridge.foundation.workflow import Move, Workflow
from tests.architecture.source import Module, modules
from tests.architecture.test_guards import workflows

pytestmark = pytest.mark.once


# ── The table of moves itself ────────────────────────────────────────────────────────────────────────────────────────
@dataclass
class Thing:
    state: str


@dataclass
class Holder:
    """Somebody who holds exactly these permissions."""

    held: frozenset[P]

    def may(self, permission: P, /) -> bool:
        return permission in self.held


def every_move() -> list[tuple[str, str]]:
    return [(name, move.name) for name, workflow in workflows().items() for move in workflow]


def states_of(workflow: Workflow) -> set[str]:
    return {state for move in workflow for state in (*move.sources, move.target)}


@pytest.mark.parametrize(("name", "move_name"), every_move())
def test_a_move_is_allowed_exactly_where_the_table_says(name, move_name):
    workflow = workflows()[name]
    move = next(move for move in workflow if move.name == move_name)
    holder, others = Holder(frozenset({move.permission})), Holder(frozenset(P) - {move.permission})
    for state in states_of(workflow):
        thing = Thing(state)
        with pytest.raises(NotAllowed):
            workflow.target(move.name, of=thing, by=others)
        assert not workflow.allows(move.name, of=thing, by=others)
        if state in move.sources:
            assert workflow.target(move.name, of=thing, by=holder) == move.target
            assert workflow.allows(move.name, of=thing, by=holder)
        else:
            with pytest.raises(Refused, match="wrong_state"):
                workflow.target(move.name, of=thing, by=holder)
            assert not workflow.allows(move.name, of=thing, by=holder)


# ── The actions that take them ───────────────────────────────────────────────────────────────────────────────────────
def is_of_actions(module: Module) -> bool:
    return "/actions/" in module.path or module.path.endswith("/actions.py")


def word_of(module: Module) -> str:
    return module.path.removesuffix(".py").partition("/actions")[0].rpartition("/")[2]


def actions() -> Iterator[tuple[str, ast.FunctionDef]]:
    """Every action by `word.verb`."""
    for module in modules():
        if is_of_actions(module):
            for node in module.tree.body:
                if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                    yield f"{word_of(module)}.{node.name}", node


# Functions in the rooms of actions that other actions share; they run in the transaction of their callers.
SHARED = {
    "catalogue.fill": "puts values into a record that its caller saves",
    "catalogue.fill_parts": "writes the rows beside a record",
    "catalogue.lock": "the lock and the check that every change of a record begins with",
    "catalogue.note_changes": "the rows that make the index read records again",
    "catalogue.renew": "what a confirmation changes, whoever gave it",
    "catalogue.tell_keepers": "one letter to whoever answers for a record",
    "catalogue.tell_organisation": "one letter to the organisation's people",
    "catalogue.touched": "the row that makes the index read a record again",
    "applications.lock_draft": "the lock and the check that every change of a draft begins with",
    "introductions.begin_clock": "lets the desk's duty run while an answer is awaited",
    "introductions.check_leads": "the check that every change by a desk begins with",
    "introductions.end_clock": "ends that duty",
    "introductions.lock": "the lock that every change of an introduction begins with",
    "introductions.tell_sides": "one letter to each person of a side, with that side's own text",
    "outbox.message_of": "a letter as e-mail",
    "people.as_actor": "a person without a hat, for the record",
    "people.note": "one line of the record about a person",
    "programmes.change": "locks, changes and records for every part of a programme",
    "programmes.columns_of": "which columns a form's facts fill",
}
# Actions of Landbridge itself, of which nobody is the author.
OF_NOBODY = {
    "api.claim": "takes a delivery in hand, for whichever process sends it",
    "api.count_asking": "counts how often somebody asks; the count is all there is",
    "api.forget_windows": "forgets counts of yesterday",
    "api.note_use": "notes when a key was used last; the key's own row says so",
    "api.sweep": "forgets deliveries of a month ago",
    "catalogue.announce": "tells of new records; the alerts' own rows say so",
    "catalogue.note_unmet": "counts what was looked for in vain, whoever looked",
    "catalogue.note_link": "notes whether a website answers",
    "catalogue.remind": "asks whether a record is still right",
    "jobs.revive": "wakes a dead job; the job's own row says so",
    "jobs.sweep": "forgets jobs that ended long ago",
    "outbox.send": "hands a letter to the post; the letter's own row says so, and what is sent cannot be taken back",
    "people.sweep": "forgets what ran out",
    "vouchers.warn": "writes the letter before a voucher ends",
}
WITHOUT_AUTHOR = {
    "catalogue.agree": "the expert, by a signed link, without an account",
    "catalogue.disagree": "the expert, by a signed link, without an account",
    "catalogue.disown": "the contact, by a signed link, without an account",
    "catalogue.delete_shortlist": "one's own shortlist, which nobody else sees",
    "catalogue.forget_search": "one's own saved search, which nobody else sees",
    "catalogue.remark_on_entry": "one's own remark",
    "catalogue.take_off_shortlist": "one's own shortlist",
    "catalogue.unsubscribe": "whoever holds the key out of a letter, without an account",
    "people.set_password": "somebody's own password; its author is the person",
}
NOT_ATOMIC = {
    "api.count_asking",
    "api.forget_windows",
    "api.note_use",
    "jobs.revive",
    "jobs.sweep",
    "outbox.send",
}  # one statement each, or claims in its own small steps
NOT_RECORDED = {
    "api.claim",
    "api.count_asking",
    "api.forget_windows",
    "api.note_use",
    "api.sweep",
    "jobs.revive",
    "jobs.sweep",
    "outbox.send",
    "people.sweep",
}  # their own rows say it


def shape_findings(name: str, node: ast.FunctionDef) -> Iterator[str]:
    """In what an action differs from the shape that all actions have."""
    if name in SHARED:
        return
    arguments = {argument.arg for argument in node.args.kwonlyargs}
    if len([*node.args.args, *node.args.posonlyargs]) > 1:
        yield f"{name} takes more than one argument by its place"
    if not {"by", "at"} <= arguments and name not in {*OF_NOBODY, *WITHOUT_AUTHOR}:
        yield f"{name} does not say by whom and when"
    is_atomic = any(ast.unparse(decorator) == "transaction.atomic" for decorator in node.decorator_list)
    if not is_atomic and name not in NOT_ATOMIC:
        yield f"{name} is not one transaction"


def test_every_action_has_the_shape_of_an_action():
    assert [finding for name, node in actions() for finding in shape_findings(name, node)] == []


def calls_by_function() -> dict[str, set[str]]:
    """Which names each function of the product calls; functions of one name are taken together."""
    found: dict[str, set[str]] = defaultdict(set)
    for module in modules():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.FunctionDef):
                found[node.name] |= called_in(node)
    return found


def called_in(node: ast.AST) -> set[str]:
    names = (call.func for call in ast.walk(node) if isinstance(call, ast.Call))
    return {getattr(name, "id", "") or getattr(name, "attr", "") for name in names}


def reaches_the_record(node: ast.FunctionDef, known: dict[str, set[str]]) -> bool:
    """Whether the action calls `record`, itself or through what it calls."""
    seen: set[str] = set()
    frontier = called_in(node)
    while frontier:
        if "record" in frontier:
            return True
        seen |= frontier
        frontier = {name for called in frontier for name in known.get(called, ())} - seen
    return False


def test_every_action_writes_into_the_record():
    known = calls_by_function()
    silent = [
        name
        for name, node in actions()
        if not reaches_the_record(node, known) and name not in {*SHARED, *NOT_RECORDED}
    ]
    assert silent == []


def untaken(moves: set[str], module_texts: str) -> set[str]:
    """The moves that no action takes."""
    return {
        move for move in moves if not re.search(rf"(target|_move)\(\s*\w+\.{move.upper()},", module_texts)
    }


@pytest.mark.parametrize("name", workflows())
def test_every_move_is_taken_by_an_action(name):
    folder = name.replace(".", "/").partition("/states")[0]
    texts = "".join(
        module.text for module in modules() if is_of_actions(module) and module.path.startswith(folder)
    )
    assert untaken({move.name for move in workflows()[name]}, texts) == set()


def test_every_exception_is_still_one():
    names = {name for name, _ in actions()}
    assert {*SHARED, *OF_NOBODY, *WITHOUT_AUTHOR, *NOT_ATOMIC, *NOT_RECORDED} - names == set()


def test_every_event_is_in_the_documents():
    text = reference.documents()["events.md"]
    events = {event for _, event in reference._calls_of("record")}
    assert len(events) > 50
    assert {event for event in events if f"`{event}`" not in text} == set()
    named = {event for event in events if not event.startswith("…")}
    assert {event for event in named if "." not in event} == set(), "an event is word.verb_in_the_past"


# ── Each of these, broken on purpose ─────────────────────────────────────────────────────────────────────────────────
BROKEN = """
def submit(application_id, reason, *, by):
    application = Application.objects.get(pk=application_id)
    application.save()
"""


def test_an_action_of_another_shape_is_found():
    [node] = ast.parse(BROKEN).body
    assert list(shape_findings("poems.submit", node)) == [
        "poems.submit takes more than one argument by its place",
        "poems.submit does not say by whom and when",
        "poems.submit is not one transaction",
    ]
    assert not reaches_the_record(node, {"save": {"write"}})
    assert reaches_the_record(node, {"save": {"write"}, "write": {"record"}})


def test_a_move_that_no_action_takes_is_found():
    move = Move("burn", ("dry",), "ash", P.CALL_EDIT)
    assert untaken({move.name, "soak"}, "WORKFLOW.target(M.SOAK, of=log, by=by)") == {"burn"}
