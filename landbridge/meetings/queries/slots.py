"""When people are there: what they ticked, without the sessions in which they have a place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from landbridge.events.models import Event, SessionPlace, Slot


def free_by_person(
    event: Event, ticked: Mapping[int, Sequence[int] | None], *, silent_are_there: bool = False
) -> dict[int, frozenset[int] | None]:
    """For each registration the slots in which it could meet; None where nobody knows. Two queries."""
    spans = list(Slot.objects.filter(event=event).values_list("pk", "starts_at", "ends_at"))
    every = frozenset(pk for pk, _starts, _ends in spans)
    busy: dict[int, set[int]] = defaultdict(set)
    covered: dict[int, frozenset[int]] = {}
    places = SessionPlace.objects.filter(session__event=event).values_list(
        "registration_id", "session_id", "session__starts_at", "session__ends_at"
    )
    for registration_id, session_id, starts_at, ends_at in places:
        if session_id not in covered:
            covered[session_id] = frozenset(
                pk for pk, begins, ends in spans if begins < ends_at and ends > starts_at
            )
        busy[registration_id] |= covered[session_id]
    return {
        pk: None
        if slots is None and not silent_are_there
        else (every if slots is None else every.intersection(slots)) - busy.get(pk, set())
        for pk, slots in ticked.items()
    }


def shares_slot(one: frozenset[int] | None, other: frozenset[int] | None) -> bool | None:
    """Whether two could meet at all; None where one of them has not said when they are there."""
    if one is None or other is None:
        return None
    return bool(one & other)
