"""Whatever is recorded has words for the people who read the history."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from landbridge.foundation.audit.words import _told, in_words
from tests.architecture.source import Module, modules


def events_in(module: Module, words: set[str]) -> Iterator[str]:
    """The names of events that a module's actions write as they stand."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            word, dot, verb = node.value.partition(".")
            if dot and word in words and re.fullmatch(r"[a-z_]+", verb):
                yield node.value


def test_every_event_has_words():
    words = {event.partition(".")[0] for event in _told()}
    acting = [module for module in modules() if "actions" in module.path or "tasks" in module.path]
    silent = {
        f"{module.path}: {event}"
        for module in acting
        for event in events_in(module, words)
        if event not in _told()
    }
    assert not silent, "say it in the word's told.py"


def test_the_guard_finds_an_event_without_words():
    module = Module(path="actions.py", text='record("call.forgotten", call)\nrecord("call.published", call)')
    assert [event for event in events_in(module, {"call"}) if event not in _told()] == ["call.forgotten"]


def test_an_event_of_the_past_without_words_is_shown_by_its_name():
    assert in_words("call.some_old_event") == "Some old event"
    assert in_words("call.published") == "Published"
