"""Published events: the instances of "Constraint Solving Approaches to the Business-to-Business Meeting Scheduling
Problem" (Bofill and others, JAIR 74, 2022), as their files say them, and the optimum of each.

They lie in `../shared/data/b2b` or below `LANDBRIDGE_BENCH_DATA`; no licence was found, so none comes along.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

MORNING, AFTERNOON, ANY = 1, 2, 3  # what is asked for each meeting
OPTIMA = "optimum.csv"
FAIR = 2  # the breaks of two people differ by so many at most


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two people (from 0), and where it may be: fixed to a slot or not, after which other meetings."""

    first: int
    second: int
    session: int = ANY
    fixed: int | None = None
    after: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Forum:
    """One event: every meeting is to be held, with as few breaks as can be. Slots count from 0."""

    name: str
    people: int
    tables: int
    slots: int
    morning: int
    meetings: tuple[Meeting, ...]
    away: tuple[frozenset[int], ...]

    def allowed(self, number: int) -> list[int]:
        """The slots in which a meeting can be: its session, where both are there, its fixed slot."""
        meeting = self.meetings[number]
        away = self.away[meeting.first] | self.away[meeting.second]
        first = self.morning if meeting.session == AFTERNOON else 0
        end = self.morning if meeting.session == MORNING else self.slots
        return [slot for slot in range(first, end) if slot not in away and meeting.fixed in (None, slot)]


@dataclass(frozen=True, slots=True)
class Optimum:
    """What was published: the fewest breaks, or None where nobody can hold all meetings."""

    breaks: int | None


def instances(folder: Path) -> Iterator[Forum]:
    """Every .dzn file of a folder, by name."""
    for path in sorted(folder.glob("*.dzn")):
        yield read(path.read_text("utf-8"), name=path.stem)


def optima(folder: Path) -> Mapping[str, Optimum]:
    """What is known of each instance, by its name."""
    with (folder / OPTIMA).open(encoding="utf-8", newline="") as lines:
        return {
            row["instance"]: Optimum(int(row["minimum_breaks"]) if row["status"] == "OPTIMAL" else None)
            for row in csv.DictReader(lines)
            if row["status"] in ("OPTIMAL", "INFEASIBLE") and int(row["fairness_d"]) == FAIR
        }


def read(text: str, *, name: str) -> Forum:
    """One file. Numbers in it count from 1, and a 0 stands for none. Raises KeyError where something is missing."""
    values = {found[1]: found[2] for found in re.finditer(r"(\w+)\s*=\s*(.*?);", text, re.DOTALL)}
    asked = [_numbers(row) for row in values["requested"].split("|")]
    after = _sets(values["precedences"])
    fixed = _numbers(values["fixed"])
    rows = [row for row in asked if row]
    if not len(rows) == len(after) == len(fixed) == int(values["nMeetings"]):
        raise ValueError(f"{name}: {values['nMeetings']} meetings are announced, and others follow.")
    return Forum(
        name=name,
        people=int(values["nBusiness"]),
        tables=int(values["nTables"]),
        slots=int(values["nTotalSlots"]),
        morning=int(values["nMorningSlots"]),
        meetings=tuple(
            Meeting(
                first=row[0] - 1,
                second=row[1] - 1,
                session=row[2],
                fixed=slot - 1 if slot else None,
                after=tuple(sorted(before)),
            )
            for row, slot, before in zip(rows, fixed, after, strict=True)
        ),
        away=tuple(_sets(values["forbidden"])),
    )


def _numbers(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", text)]


def _sets(text: str) -> list[frozenset[int]]:
    return [
        frozenset(number - 1 for number in _numbers(inner) if number)
        for inner in re.findall(r"\{([^}]*)\}", text)
    ]


def broken(forum: Forum, slots: tuple[int, ...]) -> list[str]:
    """What a timetable of all meetings (the slot of each) breaks; empty if it breaks nothing."""
    wrong = [
        f"meeting {number} at {slot}"
        for number, slot in enumerate(slots)
        if slot not in forum.allowed(number)
    ]
    for person in range(forum.people):
        taken = _taken(forum, slots, person)
        if len(taken) > len(set(taken)):
            wrong.append(f"person {person} twice in a slot")
    wrong += [
        f"{slots.count(slot)} meetings at {slot}" for slot in set(slots) if slots.count(slot) > forum.tables
    ]
    wrong += [
        f"meeting {number} not after {before}"
        for number, meeting in enumerate(forum.meetings)
        for before in meeting.after
        if slots[before] >= slots[number]
    ]
    each = breaks(forum, slots)
    if each and max(each) - min(each) > FAIR:
        wrong.append(f"breaks from {min(each)} to {max(each)}")
    return wrong


def breaks(forum: Forum, slots: tuple[int, ...]) -> list[int]:
    """Groups of idle slots between two meetings, of each person."""
    each = []
    for person in range(forum.people):
        taken = sorted(_taken(forum, slots, person))
        each.append(sum(1 for one, other in pairwise(taken) if other > one + 1))
    return each


def _taken(forum: Forum, slots: tuple[int, ...], person: int) -> list[int]:
    pairs = zip(slots, forum.meetings, strict=True)
    return [slot for slot, meeting in pairs if person in (meeting.first, meeting.second)]
