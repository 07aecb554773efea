"""Two people write on one draft: whose words stand, and where both must look."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from landbridge.foundation.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What people write on an application."""

    title: str
    answers: Mapping[str, Any]
    requested_eur: Money | None

    def by_field(self) -> dict[str, Any]:
        """Each text under the name of its form field."""
        answers = {f"answer_{key}": answer for key, answer in self.answers.items()}
        return {"title": self.title, "requested_eur": self.requested_eur, **answers}

    @classmethod
    def of_fields(cls, fields: Mapping[str, Any]) -> Draft:
        """The draft again from its form fields."""
        answers = {
            name.removeprefix("answer_"): value
            for name, value in fields.items()
            if name.startswith("answer_") and value is not None
        }
        return cls(
            title=fields.get("title") or "", requested_eur=fields.get("requested_eur"), answers=answers
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """Both sides put together. In a field of `conflicts` both wrote: `draft` holds mine there, `conflicts` theirs."""

    draft: Draft
    conflicts: Mapping[str, Any]


def merge(*, base: Draft, mine: Draft, theirs: Draft) -> Merge:
    """Take each field from whoever changed it since `base`; where both did, and differently, it is a conflict."""
    was, ours, others = base.by_field(), mine.by_field(), theirs.by_field()
    merged: dict[str, Any] = {}
    conflicts: dict[str, Any] = {}
    for name in sorted({*was, *ours, *others}):
        old, mine_now, theirs_now = was.get(name), ours.get(name), others.get(name)
        merged[name] = theirs_now if mine_now == old else mine_now
        if mine_now != old and theirs_now not in (old, mine_now):
            conflicts[name] = theirs_now
    return Merge(draft=Draft.of_fields(merged), conflicts=conflicts)
