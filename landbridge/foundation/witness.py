"""Who answers a request without a page: notes which forms stood on it, what they brought about, what was refused."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from landbridge.foundation.problems import Problem

if TYPE_CHECKING:
    from django.db import models
    from django.forms import Form


@dataclass
class Witness:
    """What happened while one view ran: the API makes its answer from it."""

    forms: list[Form] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    result: models.Model | None = None


_present: ContextVar[Witness | None] = ContextVar("witness", default=None)


@contextmanager
def watching() -> Iterator[Witness]:
    """Within it, forms and actions of this thread are noted; pages run without one and note nothing."""
    witness = Witness()
    token = _present.set(witness)
    try:
        yield witness
    finally:
        _present.reset(token)


def saw_form(form: Form) -> None:
    """A form was made."""
    if witness := _present.get():
        witness.forms.append(form)


def saw_result(result: models.Model) -> None:
    """An action was carried out."""
    if witness := _present.get():
        witness.result = result


def saw_refusal(problems: tuple[Problem, ...]) -> None:
    """An action was refused."""
    if witness := _present.get():
        witness.problems.extend(problems)
