"""An event on its organiser's desk: its parts with what is open in each, and what a plan of slots would lead to."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from landbridge.events import rules
from landbridge.events.models import Event, Session, Slot
from landbridge.events.queries.grid import facts_of, slots_in_use
from landbridge.events.rules.moving import Stretch
from landbridge.events.rules.slots import Laid, Plan
from landbridge.events.states import SessionKind
from landbridge.foundation.problems import Problem

MINUTES, PAUSE = 20, 5
MORNING, AFTERNOON = (9, 12), (13, 17)  # hours, where nothing else is planned


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the preparation with what is open in it."""

    part: rules.Part
    problems: tuple[Problem, ...]
    is_empty: bool = False

    @property
    def name(self) -> str:
        return rules.PART_NAMES[self.part]

    @property
    def slug(self) -> str:
        return f"events:{self.part}"


def pre_check(event: Event, *, at: datetime) -> list[Piece]:
    """Every part of the event with its problems; those without any are complete. Four queries."""
    found: dict[str, list[Problem]] = defaultdict(list)
    facts = facts_of(event)
    for problem in rules.problems_with_publication(facts, at=at):
        found[problem.field].append(problem)
    filled = {
        rules.Part.PROGRAMME: facts.sessions,
        rules.Part.QUESTIONS: facts.questions,
        rules.Part.TEXTS: facts.languages,
        rules.Part.PICTURE: facts.has_picture,
        rules.Part.TABLES: facts.tables,
    }
    parts = rules.parts_of(event.kind, event.form, has_meetings=event.has_meetings)
    known = dict.fromkeys([*parts, *(rules.Part(name) for name in found)])
    return [Piece(part, tuple(found[part]), is_empty=not filled.get(part, True)) for part in known]


def plan_of(event: Event) -> Plan:
    """The plan to begin with: that of the slots there are, else the meeting sessions of the programme, else two halves."""
    slots = list(Slot.objects.filter(event=event).order_by("number"))
    if slots:
        return _plan_of_slots(slots)
    meetings = Session.objects.filter(event=event, kind=SessionKind.MEETINGS).order_by("starts_at", "pk")
    parts = [Stretch(one.starts_at, one.ends_at) for one in meetings[: rules.MOST_PARTS]]
    return Plan(MINUTES, PAUSE, tuple(parts or _halves(event)))


def preview(event: Event, plan: Plan) -> Laid:
    """What saving this plan would lead to. Two queries and those for what is in use."""
    standing = {
        row.pk: Stretch(row.starts_at, row.ends_at, row.part)
        for row in Slot.objects.filter(event=event).order_by("number")
    }
    return rules.laid(plan, standing=standing, in_use=slots_in_use(event))


def _plan_of_slots(slots: list[Slot]) -> Plan:
    parts: dict[int, list[Slot]] = defaultdict(list)
    for slot in slots:
        parts[slot.part].append(slot)
    length = slots[0].ends_at - slots[0].starts_at
    pauses = [
        (after.starts_at - before.ends_at) // timedelta(minutes=1)
        for inside in parts.values()
        for before, after in pairwise(inside)
    ]
    stretches = tuple(Stretch(inside[0].starts_at, inside[-1].ends_at) for inside in parts.values())
    return Plan(length // timedelta(minutes=1), min(pauses, default=PAUSE), stretches)


def _halves(event: Event) -> list[Stretch]:
    day = rules.wall_of(event.starts_at, event.time_zone).replace(minute=0)
    found = []
    for begin, end in (MORNING, AFTERNOON):
        starts_at = max(rules.moment_at(day.replace(hour=begin), event.time_zone), event.starts_at)
        ends_at = min(rules.moment_at(day.replace(hour=end), event.time_zone), event.ends_at)
        if ends_at - starts_at >= timedelta(minutes=MINUTES):
            found.append(Stretch(starts_at, ends_at))
    return found
