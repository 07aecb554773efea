"""What was said, measure by measure: the values that indicators count, each with its sheet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, TypedDict, Unpack

from django.db.models import Q

from landbridge.surveys.models import Answer
from landbridge.surveys.states import Measure, Sheeted, Side, Trigger

# What is read of the sheet, in the order of the fields of `Said`.
COLUMNS = (
    "sheet_id",
    *(
        f"sheet__{name}"
        for name in (
            "organisation_id",
            "region_id",
            "programme_id",
            "side",
            "trigger",
            "about_table",
            "about_id",
            "about_name",
            "months",
            "happened_on",
        )
    ),
)
# The choice that says that it is so; every other choice that was made says that it is not so (yet).
YES = "yes"


class Narrow(TypedDict, total=False):
    """Which sheets count. All of it may be left out.

    `since` is the first day on which it was said (of `said`) or asked (of `rate`); `comparison` chooses the group that
    was not supported instead of the one that was; `organisation_ids` are those of the asked side.
    """

    since: date | None
    programme_id: int | None
    region_id: int | None
    region_ids: Iterable[int] | None
    organisation_ids: Iterable[int] | None
    months: int | None
    side: Side | None
    trigger: Trigger | None
    comparison: bool


@dataclass(frozen=True, slots=True)
class Said:
    """One answer with a measure. Yes is 1 and any other choice 0; whoever said nothing is not among them."""

    sheet_id: int
    organisation_id: int | None
    region_id: int | None
    programme_id: int | None
    side: str
    trigger: str
    about_table: str
    about_id: int
    about_name: str
    months: int
    happened_on: date
    answered_on: date
    value: Decimal


def said(measure: Measure, *, as_of: date, **narrow: Unpack[Narrow]) -> list[Said]:
    """Every answer to a question with this measure that was given by the end of a day (UTC), the oldest first.

    One query. An answer counts from the day on which it was first given; corrected while the sheet was open, it counts
    as corrected. What a declined sheet had said is gone.
    """
    rows = Answer.objects.filter(
        sheets_that_count(prefix="sheet__", **narrow),
        question__measure=measure,
        answered_at__lt=end_of(as_of),
    ).exclude(sheet__state=Sheeted.DECLINED)
    since = narrow.get("since")
    if since is not None:
        rows = rows.filter(answered_at__gte=start_of(since))
    found = rows.order_by("answered_at", "pk").values_list(*COLUMNS, "answered_at", "number", "chosen")
    return [_said(*row) for row in found.iterator(chunk_size=2000) if row[-2] is not None or row[-1]]


def latest_of_each(answers: Iterable[Said]) -> dict[int, Said]:
    """The last word of each organisation: an enterprise counts once."""
    return {one.organisation_id: one for one in answers if one.organisation_id is not None}


# ── Shared by what is said and how many said it ──────────────────────────────────────────────────────────────────────
def sheets_that_count(prefix: str = "", **narrow: Unpack[Narrow]) -> Q:
    """The sheets meant by a narrowing, for a filter on sheets or (by `prefix`) on what hangs on them."""
    found = Q((f"{prefix}is_comparison", narrow.get("comparison", False)))
    for name in ("programme_id", "region_id", "months", "side", "trigger"):
        value = narrow.get(name)
        if value is not None:
            found &= Q((f"{prefix}{name}", value))
    for name, column in (("region_ids", "region_id__in"), ("organisation_ids", "organisation_id__in")):
        several = narrow.get(name)
        if several is not None:
            found &= Q((f"{prefix}{column}", list(several)))  # type: ignore[call-overload]
    return found


def start_of(day: date) -> datetime:
    """The first moment of a day, UTC."""
    return datetime.combine(day, time(), tzinfo=UTC)


def end_of(day: date) -> datetime:
    """The moment at which a day is over, UTC."""
    return start_of(day) + timedelta(days=1)


def _said(*row: Any) -> Said:
    *read, answered_at, number, chosen = row
    values: list[Any] = [*read, answered_at.astimezone(UTC).date(), _value(number, chosen)]
    return Said(*values)


def _value(number: Decimal | None, chosen: list[str]) -> Decimal:
    if number is not None:
        return number
    return Decimal(1) if YES in chosen else Decimal(0)
