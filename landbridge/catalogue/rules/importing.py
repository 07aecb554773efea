"""What a row of a file changes in a record, and when a file is too short to be believed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from landbridge.foundation.problems import N_, Problem

Values = Mapping[str, Any]

LONGEST_REASON = 500
# The fields of a record that a source may write; everything else belongs to people.
WRITTEN = (
    "name", "summary", "description", "website", "country", "town", "latitude", "longitude", "techniques", "languages",
    "contact_name", "contact_email", "access_modes", "maker", "model_name",
)  # fmt: skip
FIELD_NAMES = {
    "name": N_("Name"), "summary": N_("Summary"), "description": N_("Description"), "website": N_("Website"),
    "country": N_("Country"), "town": N_("Town"), "latitude": N_("Latitude"), "longitude": N_("Longitude"),
    "techniques": N_("Techniques"), "languages": N_("Languages"), "contact_name": N_("Name of the contact"),
    "contact_email": N_("Address of the contact"), "access_modes": N_("How a company gets it"), "maker": N_("Maker"),
    "model_name": N_("Model"),
}  # fmt: skip
NEVER_EMPTIED = frozenset({"name", "country"})
LOCKABLE = frozenset(WRITTEN)


@dataclass(frozen=True, slots=True)
class Difference:
    """What a row would change (field, before, after), and what it would change in fields that a curator has locked."""

    changes: Mapping[str, tuple[Any, Any]]
    kept: Mapping[str, tuple[Any, Any]]


def difference(
    *, record: Values, row: Values, said_before: Values | None, locked: Collection[str]
) -> Difference:
    """What the source says anew, laid over the record.

    Only what the source says differently than last time counts: where it repeats itself, what people have written
    since stands. A source that sees a record for the first time (`said_before` is None) fills what is empty and
    overwrites nothing. What a source no longer says is emptied only while the record still says it after the source.
    """
    changes: dict[str, tuple[Any, Any]] = {}
    kept: dict[str, tuple[Any, Any]] = {}
    for name in WRITTEN:
        now, then, mine = row.get(name), (said_before or {}).get(name), record.get(name)
        if not _is_wanted(name, now=now, then=then, mine=mine, is_first=said_before is None):
            continue
        (kept if name in locked else changes)[name] = (mine, now)
    return Difference(changes=changes, kept=kept)


def _is_wanted(name: str, *, now: Any, then: Any, mine: Any, is_first: bool) -> bool:
    """Whether the source's word for this field should stand in the record."""
    if _is_empty(now):
        return not _is_empty(then) and mine == then and name not in NEVER_EMPTIED
    if is_first:
        return _is_empty(mine)
    return now not in (then, mine)


def _is_empty(value: Any) -> bool:
    return value in (None, "", [])


def is_alarming(*, rows: int, rows_last_time: int | None) -> bool:
    """Fewer than half the readable rows of last time: more likely a broken export than a smaller world."""
    return rows_last_time is not None and 2 * rows < rows_last_time


def problems_with_taking_over(*, is_alarm: bool, reason: str) -> Iterator[Problem]:
    """A file that raised the alarm is taken over only by somebody who says why it is right."""
    if is_alarm and not reason.strip():
        yield Problem(
            code="no_reason_after_alarm",
            message=N_("This file has fewer than half the rows of last time."),
            cure=N_("Ask the source first. If the file is right, say why; else drop it."),
            field="reason",
        )


def problems_with_place(*, region_id: int | None, source_region_id: int | None) -> Iterator[Problem]:
    """A source of one region brings records of that region alone."""
    if source_region_id is not None and region_id not in (None, source_region_id):
        yield Problem(
            code="another_region",
            message=N_("This place belongs to another region; its desk imports it."),
        )


def problems_with_lock(fields: Collection[str]) -> Iterator[Problem]:
    """Only fields that a source may write can be locked."""
    for name in sorted(set(fields) - LOCKABLE):
        yield Problem(
            code="cannot_be_locked",
            message=N_("No import writes into %(field)s, so it need not be locked."),
            field="fields",
            params={"field": name},
        )


def problems_with_decision(*, choice: str, candidates: Collection[int]) -> Iterator[Problem]:
    """A doubtful row belongs to one of its candidates, to a new organisation, or is left out."""
    if choice not in ("new", "leave", *(str(one) for one in candidates)):
        yield Problem(
            code="no_such_choice",
            message=N_("Choose one of these organisations, a new one, or leave the row out."),
            field="choice",
        )
