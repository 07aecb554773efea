"""What an event is called: every word says it for its own in `told.py`."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from django.apps import apps
from django.utils.module_loading import module_has_submodule
from django.utils.translation import gettext as _


def in_words(event: str) -> str:
    """`application.submitted` in the reader's words; an event that no word knows any more by its own name."""
    told = _told().get(event)
    return _(told) if told else event.partition(".")[2].replace("_", " ").capitalize()


def known() -> dict[str, str]:
    """The events that the words speak of, each with what it is called in the words of the source."""
    return dict(_told())


@cache
def _told() -> dict[str, str]:
    """The events of all words, gathered once."""
    told: dict[str, str] = {}
    for config in apps.get_app_configs():
        if config.module is not None and module_has_submodule(config.module, "told"):
            told |= import_module(f"{config.name}.told").TOLD
    return told
