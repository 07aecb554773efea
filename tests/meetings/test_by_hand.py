"""The organiser's hand: placed, moved, swapped, cancelled, locked; what speaks against it is said."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from landbridge.events.models import MeetingTable, Registration, Slot
from landbridge.foundation.outbox.models import Letter
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.foundation.problems import Refused
from landbridge.meetings import actions
from landbridge.meetings.models import Block, Meeting, MeetingRules, Run
from landbridge.meetings.queries.findings import findings
from landbridge.meetings.queries.spots import Board
from landbridge.meetings.rules.spots import Chosen, Side, problems_with_spot
from landbridge.meetings.states import Asked, MeetingState, RunKind
from tests.cast import Cast
from tests.factories.events import AT
from tests.factories.timetables import (
    a_matchmaking,
    a_published_run,
    agreed,
    laws_broken,
    people_of,
    standing,
)

pytestmark = pytest.mark.django_db


def slot(event: Any, number: int) -> int:
    return int(Slot.objects.get(event=event, number=number).pk)


def table(event: Any, number: int) -> int:
    return int(MeetingTable.objects.get(event=event, number=number).pk)


def placed(event: Any, request: Any, *, at_slot: int, at_table: int | None = 1) -> Meeting:
    return actions.place(
        request_id=request.pk,
        slot_id=slot(event, at_slot),
        table_id=table(event, at_table) if at_table else None,
        by=SYSTEM,
        at=AT,
    )


def test_a_request_is_placed_by_hand_and_stays_there(cast: Cast):
    event = a_matchmaking(cast, people=4)
    one, other, *_ = people_of(event)
    meeting = placed(event, agreed(one, other), at_slot=2)
    assert (meeting.slot_id, meeting.table_id, meeting.is_locked) == (slot(event, 2), table(event, 1), True)
    run = Run.objects.get()
    assert (run.kind, run.difference["added"]) == (
        RunKind.BY_HAND, [[one.pk, other.pk, slot(event, 2), table(event, 1)]],
    )  # fmt: skip
    assert set(Letter.objects.values_list("recipient_email", flat=True)) == {one.email, other.email}
    a_published_run(event, at=AT + timedelta(hours=1))
    meeting.refresh_from_db()
    assert meeting.slot_id == slot(event, 2)
    assert list(findings()) == []


def test_every_conflict_is_said_at_once_with_who_is_elsewhere(cast: Cast):
    event = a_matchmaking(cast, people=6)
    one, other, third, fourth, fifth, sixth = people_of(event)
    placed(event, agreed(one, third), at_slot=1, at_table=1)
    placed(event, agreed(fifth, sixth), at_slot=2, at_table=2)
    Registration.objects.filter(pk=other.pk).update(slots=[slot(event, 2)])
    request = agreed(one, other)
    with pytest.raises(Refused) as refused:
        placed(event, request, at_slot=1, at_table=1)
    problems = {one.code: one.params for one in refused.value.problems}
    assert set(problems) == {"is_elsewhere", "is_not_there", "table_is_taken"}
    assert problems["is_elsewhere"]["other"] == "Person 3"
    assert problems["table_is_taken"]["other"] == "Person 1 – Person 3"
    with pytest.raises(Refused, match="table_is_taken"):
        placed(event, request, at_slot=2, at_table=2)
    assert placed(event, request, at_slot=2, at_table=1)
    assert fourth


def test_free_slots_and_tables_are_offered(cast: Cast):
    event = a_matchmaking(cast, people=6, slots=3, tables=2)
    one, other, third, fourth, fifth, sixth = people_of(event)
    placed(event, agreed(one, third), at_slot=1)
    placed(event, agreed(fourth, fifth), at_slot=2, at_table=1)
    placed(event, agreed(fourth, sixth), at_slot=3, at_table=1)
    placed(event, agreed(third, fifth), at_slot=3, at_table=2)
    agreed(one, other)
    rules = MeetingRules.objects.get(event=event)
    openings = Board(event, rules, (one.pk, other.pk), at=AT).openings()
    assert [(opening.slot_id, opening.tables) for opening in openings] == [
        (slot(event, 2), (table(event, 2),))
    ]


def test_a_moved_meeting_stays_the_same_with_the_next_sequence(cast: Cast):
    event = a_matchmaking(cast, people=4)
    one, other, *_ = people_of(event)
    meeting = placed(event, agreed(one, other), at_slot=1)
    Letter.objects.all().delete()
    moved = actions.move(
        meeting_id=meeting.pk, slot_id=slot(event, 3), table_id=table(event, 2), reason="The talk runs over.",
        by=SYSTEM, at=AT + timedelta(minutes=1),
    )  # fmt: skip
    assert (moved.code, moved.sequence, moved.slot_id) == (meeting.code, 1, slot(event, 3))
    assert Letter.objects.count() == 2
    assert "Moved" in Letter.objects.all()[0].body
    with pytest.raises(Refused, match="is_there_already"):
        actions.move(
            meeting_id=meeting.pk, slot_id=slot(event, 3), table_id=table(event, 2), by=SYSTEM, at=AT
        )
    assert Letter.objects.count() == 2
    assert list(findings()) == []


def test_two_meetings_change_places_and_may_share_somebody(cast: Cast):
    event = a_matchmaking(cast, people=5)
    one, other, third, *_ = people_of(event)
    first = placed(event, agreed(one, other), at_slot=1, at_table=1)
    second = placed(event, agreed(one, third), at_slot=2, at_table=2)
    actions.swap(meeting_id=first.pk, other_id=second.pk, by=SYSTEM, at=AT)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.slot_id, first.table_id) == (slot(event, 2), table(event, 2))
    assert (second.slot_id, second.table_id) == (slot(event, 1), table(event, 1))
    assert laws_broken(event) == []
    with pytest.raises(Refused, match="swaps_with_itself"):
        actions.swap(meeting_id=first.pk, other_id=first.pk, by=SYSTEM, at=AT)


def test_cancelled_for_good_no_repair_brings_it_back(cast: Cast):
    event = a_matchmaking(cast, people=4)
    one, other, *_ = people_of(event)
    request = agreed(one, other)
    a_published_run(event)
    (meeting,) = standing(event)
    with pytest.raises(Refused):
        actions.cancel(meeting_id=meeting.pk, reason=" ", by=SYSTEM, at=AT)
    actions.cancel(meeting_id=meeting.pk, reason="They have met already.", by=SYSTEM, at=AT)
    request.refresh_from_db()
    assert request.state == Asked.WITHDRAWN
    assert actions.repair(event_id=event.pk, cause="again", by=SYSTEM, at=AT) is None
    meeting.refresh_from_db()
    assert (meeting.state, meeting.reason) == (MeetingState.CANCELLED, "They have met already.")
    assert list(findings()) == []


def test_what_is_locked_is_not_moved_by_a_repair(cast: Cast):
    event = a_matchmaking(cast, people=6, slots=3, tables=3)
    people = people_of(event)
    for number in range(1, 6):
        agreed(people[0], people[number])
    a_published_run(event)
    kept = standing(event)[0]
    actions.lock(meeting_id=kept.pk, by=SYSTEM, at=AT)
    others = [one for one in people[1:] if one.pk not in (kept.first_id, kept.second_id)]
    actions.report_missing(event_id=event.pk, registration_ids=[others[0].pk], by=SYSTEM, at=AT)
    now = Meeting.objects.get(pk=kept.pk)
    assert (now.slot_id, now.table_id) == (kept.slot_id, kept.table_id)
    actions.unlock(meeting_id=kept.pk, by=SYSTEM, at=AT)
    assert not Meeting.objects.get(pk=kept.pk).is_locked


def test_what_has_begun_is_not_moved_swapped_or_cancelled(cast: Cast):
    event = a_matchmaking(cast, people=4)
    one, other, third, fourth = people_of(event)
    meeting = placed(event, agreed(one, other), at_slot=1)
    later = placed(event, agreed(third, fourth), at_slot=3)
    at = Slot.objects.get(pk=slot(event, 1)).starts_at
    with pytest.raises(Refused, match="meeting_has_begun"):
        actions.move(
            meeting_id=meeting.pk, slot_id=slot(event, 4), table_id=table(event, 1), by=SYSTEM, at=at
        )
    with pytest.raises(Refused, match="meeting_has_begun"):
        actions.swap(meeting_id=later.pk, other_id=meeting.pk, by=SYSTEM, at=at)
    with pytest.raises(Refused, match="meeting_has_begun"):
        actions.cancel(meeting_id=meeting.pk, reason="Late.", by=SYSTEM, at=at)
    with pytest.raises(Refused, match="slot_is_past"):
        actions.move(meeting_id=later.pk, slot_id=slot(event, 1), table_id=table(event, 2), by=SYSTEM, at=at)


def test_a_stand_and_steps_are_respected(cast: Cast):
    event = a_matchmaking(cast, people=5)
    one, other, third, fourth, fifth = people_of(event)
    MeetingTable.objects.filter(pk=table(event, 1)).update(holder=one)
    MeetingTable.objects.filter(pk=table(event, 2)).update(is_step_free=False)
    Registration.objects.filter(pk=fourth.pk).update(needs_step_free=True)
    with pytest.raises(Refused, match="stays_at_the_stand"):
        placed(event, agreed(one, other), at_slot=1, at_table=3)
    with pytest.raises(Refused, match="table_is_a_stand"):
        placed(event, agreed(other, third), at_slot=1, at_table=1)
    with pytest.raises(Refused, match="table_out_of_reach"):
        placed(event, agreed(fourth, fifth), at_slot=1, at_table=2)


def test_blocked_pairs_and_requests_without_a_yes_are_not_placed(cast: Cast):
    event = a_matchmaking(cast, people=4)
    one, other, third, fourth = people_of(event)
    Block.objects.create(event=event, first=one, second=other, set_at=AT)
    with pytest.raises(Refused, match="pair_is_blocked"):
        placed(event, agreed(one, other), at_slot=1)
    with pytest.raises(Refused, match="request_not_accepted"):
        placed(event, agreed(third, fourth, state=Asked.SENT), at_slot=1)


def test_nobody_moves_a_meeting_of_anothers_programme(cast: Cast):
    event = a_matchmaking(cast, people=4)
    one, other, *_ = people_of(event)
    meeting = placed(event, agreed(one, other), at_slot=1)
    with pytest.raises(Meeting.DoesNotExist):
        actions.lock(meeting_id=meeting.pk, by=cast.actor("other_office"), at=AT)


def test_the_rules_of_a_place_to_the_last_branch():
    free = Side("Ada")
    chosen = Chosen(slot="10:00", starts_at=AT + timedelta(hours=1), sides=(free, free), needs_table=True)

    def codes(**changes: Any) -> set[str]:
        from dataclasses import replace

        given = replace(chosen, **{"table": "1", **changes})
        return {one.code for one in problems_with_spot(given, at=AT)}

    assert codes() == set()
    assert codes(starts_at=AT) == {"slot_is_past"}
    assert codes(is_blocked=True) == {"pair_is_blocked"}
    assert codes(table="") == {"needs_a_table"}
    assert codes(table="", needs_table=False) == set()
    assert codes(is_lost=True) == {"table_is_lost"}
    assert codes(sides=(free, Side("Ben", is_there=False, has_said=False))) == {"is_not_there"}
    assert codes(sides=(free, Side("Ben", is_taking_part=False))) == {"no_longer_takes_part"}
    assert codes(sides=(free, Side("Ben", is_full=True))) == {"has_enough_meetings"}
