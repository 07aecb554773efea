"""Why something may not be done, as data: one computation feeds pre-check, work list and refusal."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NoReturn


def N_(message: str) -> str:  # noqa: N802 - the name gettext tools look for
    """Mark a message for translation where no Django may be imported; it is translated when shown."""
    return message


@dataclass(frozen=True, slots=True)
class Problem:
    """One reason against doing something.

    `message` and `cure` are marked with `N_` and hold `%(name)s` places for `params`; `Money` and dates
    among the params are formatted for the reader. `field` names the form field the problem stands beside.
    """

    code: str
    message: str
    cure: str = ""
    field: str = ""
    params: Mapping[str, object] = dataclasses.field(default_factory=dict)


class Refused(Exception):
    """The programme's rules, or the state of things, do not allow this now."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(", ".join(problem.code for problem in self.problems))


class NotAllowed(Exception):
    """This person, under the hat they wear, may not do this at all."""


def refuse(code: str, message: str, *, cure: str = "", field: str = "", **params: object) -> NoReturn:
    """Refuse for one reason."""
    raise Refused([Problem(code=code, message=message, cure=cure, field=field, params=params)])


def refuse_if(problems: Iterable[Problem]) -> None:
    """Refuse with all problems together, or pass when there is none."""
    found = tuple(problems)
    if found:
        raise Refused(found)
