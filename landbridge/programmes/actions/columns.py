"""Writing facts onto a row: each fact has the name of its column."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from django.db import models

from landbridge.foundation.problems import N_, refuse
from landbridge.programmes.rules.facts import fingerprint

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


def columns_of(facts: DataclassInstance) -> dict[str, Any]:
    """The facts as the columns of a new row; several values become a list, as JSON keeps them."""
    values = {field.name: getattr(facts, field.name) for field in fields(facts)}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}


def change(row: models.Model, *, before: DataclassInstance, after: DataclassInstance, seen: str) -> list[str]:
    """Save what differs and give the names of the columns that changed; none when nothing did.

    `seen` is the fingerprint of the facts that the editor had before their eyes, "" where nobody looked. Refused when
    somebody else has changed them since.
    """
    if seen and seen != fingerprint(before):
        refuse(
            "changed_meanwhile",
            N_("Somebody else has changed this while you were typing."),
            cure=N_(
                "Compare it with the page as it is now. To put yours in its place, send the form once more."
            ),
        )
    old = columns_of(before)
    changed = {name: value for name, value in columns_of(after).items() if value != old[name]}
    for name, value in changed.items():
        setattr(row, name, value)
    if changed:
        row.save(update_fields=list(changed))
    return list(changed)
