"""Two people change one record: whose words stand, and where both must look."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """Both sides put together. In a field of `conflicts` both wrote: `values` holds mine there, `conflicts` theirs."""

    values: Mapping[str, Any]
    conflicts: Mapping[str, Any]


def merge(*, base: Mapping[str, Any] | None, mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> Merge:
    """Take each field from whoever changed it since `base`; where both did, and differently, it is a conflict.

    `mine` holds only the fields that I was asked for; the others stay theirs. Where nobody knows what stood there
    before (`base` is None), every difference between mine and theirs is a conflict.
    """
    merged, conflicts = dict(theirs), {}
    for name, mine_now in mine.items():
        theirs_now = theirs.get(name)
        old = base.get(name) if base is not None else None
        if base is not None and mine_now == old:
            continue
        merged[name] = mine_now
        if mine_now != theirs_now and (base is None or theirs_now != old):
            conflicts[name] = theirs_now
    return Merge(values=merged, conflicts=conflicts)
