"""Which messages must be translated: `policies/languages.yaml` names what the desks alone read."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache

import yaml

from landbridge.foundation.messages.message import Message
from landbridge.foundation.messages.source import ROOT

POLICY = ROOT / "policies" / "languages.yaml"


@dataclass(frozen=True, slots=True)
class Scope:
    """`complete` are the languages in which nothing in scope may be missing."""

    complete: tuple[str, ...] = ()
    desks_alone: tuple[str, ...] = ()

    def holds(self, message: Message) -> bool:
        """Whether somebody outside the desks may read it."""
        return any(not self.is_of_the_desks(path) for path in message.paths)

    def is_of_the_desks(self, path: str) -> bool:
        """Whether only desks read what this file says; a letter goes to whoever it is for."""
        return "/templates/letters/" not in path and any(
            fnmatchcase(path, pattern) for pattern in self.desks_alone
        )


@cache
def scope() -> Scope:
    """As the policy says it."""
    policy = yaml.safe_load(POLICY.read_text(encoding="utf-8"))
    return Scope(tuple(policy["complete"]), tuple(policy["desks_alone"]))
