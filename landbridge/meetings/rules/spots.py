"""Whether a meeting can be in a slot and at a table: the conflicts of a place chosen by hand, each with its reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from landbridge.foundation.problems import N_, Problem


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two, in this slot: not there, or with somebody else."""

    name: str
    is_there: bool = True
    has_said: bool = True
    is_taking_part: bool = True
    meets: str = ""
    is_full: bool = False


@dataclass(frozen=True, slots=True)
class Chosen:
    """A slot and a table that somebody chose for two people."""

    slot: str
    starts_at: datetime
    sides: tuple[Side, ...]
    needs_table: bool
    table: str = ""
    is_lost: bool = False
    taken_by: str = ""
    is_reachable: bool = True
    stand_of: str = ""
    stand_elsewhere: str = ""
    is_blocked: bool = False


def problems_with_spot(chosen: Chosen, *, at: datetime) -> Iterator[Problem]:
    """Everything that speaks against it, all at once: time, people, table."""
    if chosen.starts_at <= at:
        yield Problem(
            code="slot_is_past",
            message=N_("This slot has begun: %(slot)s."),
            cure=N_("Choose one that lies ahead."),
            field="slot",
            params={"slot": chosen.slot},
        )
    if chosen.is_blocked:
        yield Problem(
            code="pair_is_blocked",
            message=N_("These two shall not meet: it was said so, or they belong to the same organisation."),
        )
    for side in chosen.sides:
        yield from _problems_with_side(side, slot=chosen.slot)
    yield from _problems_with_table(chosen)


def _problems_with_side(side: Side, *, slot: str) -> Iterator[Problem]:
    params = {"name": side.name, "slot": slot, "other": side.meets}
    if not side.is_taking_part:
        yield Problem(
            code="no_longer_takes_part", message=N_("%(name)s does not take part any more."), params=params
        )
    elif side.meets:
        yield Problem(
            code="is_elsewhere",
            message=N_("%(name)s meets %(other)s then."),
            cure=N_("Choose a slot in which both are free, or move the other meeting first."),
            field="slot",
            params=params,
        )
    elif not side.is_there:
        yield Problem(
            code="is_not_there",
            message=N_("%(name)s is not there then.")
            if side.has_said
            else N_("%(name)s has not said when they are there."),
            cure=N_("Choose a slot in which both are there, or change when they are there."),
            field="slot",
            params=params,
        )
    if side.is_full:
        yield Problem(
            code="has_enough_meetings",
            message=N_("%(name)s has as many meetings as they can hold."),
            cure=N_("Cancel one of them, or raise the limit."),
            params=params,
        )


def _problems_with_table(chosen: Chosen) -> Iterator[Problem]:
    params = {"table": chosen.table, "other": chosen.taken_by, "holder": chosen.stand_of}
    if not chosen.needs_table:
        return
    if not chosen.table:
        yield Problem(
            code="needs_a_table",
            message=N_("They meet on site: they need a table."),
            cure=N_("Choose a table."),
            field="table",
        )
        return
    if chosen.is_lost:
        yield Problem(
            code="table_is_lost",
            message=N_("Table %(table)s is out of use."),
            field="table",
            params=params,
        )
    if chosen.taken_by:
        yield Problem(
            code="table_is_taken",
            message=N_("At table %(table)s, %(other)s meet then."),
            cure=N_("Choose another table or slot."),
            field="table",
            params=params,
        )
    if not chosen.is_reachable:
        yield Problem(
            code="table_out_of_reach",
            message=N_("Table %(table)s cannot be reached without steps, and one of the two needs that."),
            cure=N_("Choose a table that is step-free."),
            field="table",
            params=params,
        )
    yield from _problems_with_stand(chosen, params)


def _problems_with_stand(chosen: Chosen, params: Mapping[str, object]) -> Iterator[Problem]:
    if chosen.stand_of:
        yield Problem(
            code="table_is_a_stand",
            message=N_("Table %(table)s is the stand of %(holder)s."),
            cure=N_("Choose a table that nobody holds."),
            field="table",
            params=params,
        )
    if chosen.stand_elsewhere:
        yield Problem(
            code="stays_at_the_stand",
            message=N_("%(holder)s stays at their stand."),
            cure=N_("Choose the stand as the table."),
            field="table",
            params={"holder": chosen.stand_elsewhere},
        )
