"""On the day: somebody is missing or back, a table is lost or back, a request comes at the bar. Repaired at once, with few
changes, as a version with its cause; those whose plan changes hear of it in the same moment.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from landbridge.algorithms.timetable import Contradiction
from landbridge.events import actions as events
from landbridge.events.models import Event, MeetingTable, Registration, Slot
from landbridge.foundation.audit.record import record
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.problems import N_, refuse, refuse_if
from landbridge.meetings.actions._versions import _opened, _published
from landbridge.meetings.models import Absence, Block, Meeting, MeetingRules, Request, Run
from landbridge.meetings.queries.asking import is_same_organisation
from landbridge.meetings.queries.material import material_of, pair_of
from landbridge.meetings.queries.mending import mended
from landbridge.meetings.queries.versions import published_run
from landbridge.meetings.rules import the_day
from landbridge.meetings.rules.asking import AT_THE_BAR, problems_with_sentence
from landbridge.meetings.states import OPEN_REQUEST, Asked, Missing, Priority, RunKind


@transaction.atomic
def repair(*, event_id: int, cause: str, by: Actor, at: datetime) -> Run | None:
    """Take out what has become impossible and fill the gaps; the new version, or None where nothing had to change."""
    event, rules = _opened(event_id, by=by)
    return _repair(event, rules, cause=cause, by=by, at=at)


@transaction.atomic
def report_missing(
    *,
    event_id: int,
    registration_ids: Sequence[int],
    kind: str = Missing.NO_SHOW,
    slot_id: int | None = None,
    by: Actor,
    at: datetime,
) -> Event:
    """These people are not there: did not come (for the rest of the event), come in `slot_id`, or leave before it."""
    event, rules = _opened(event_id, by=by)
    slot = Slot.objects.get(event=event, pk=slot_id) if slot_id is not None else None
    people = list(
        Registration.objects.filter(event=event, pk__in=registration_ids).taking_part().order_by("pk")
    )
    refuse_if(
        the_day.problems_with_missing(
            Missing(kind), slot_at=slot.starts_at if slot else None, people=len(people), at=at
        )
    )
    starts_at, ends_at = the_day.stretch_of(
        Missing(kind), slot_at=slot.starts_at if slot else None, at=at, ends_at=event.ends_at
    )
    Absence.objects.filter(event=event, registration__in=people, lifted_at__isnull=True).update(lifted_at=at)
    Absence.objects.bulk_create(
        [
            Absence(
                event=event,
                registration=person,
                kind=kind,
                starts_at=starts_at,
                ends_at=ends_at,
                said_at=at,
                said_by_name=by.name[:150],
            )
            for person in people
        ]
    )
    record(
        "meeting_day.missing", event, by=by, at=at, kind=kind, people=[person.name for person in people][:100]
    )
    _repair(event, rules, cause=the_day.cause_of(Missing(kind), [one.name for one in people]), by=by, at=at)
    return event


@transaction.atomic
def lift_absence(*, absence_id: int, by: Actor, at: datetime) -> Event:
    """Somebody is there after all: what they ticked counts again, and gaps are filled."""
    event, rules = _opened(Absence.objects.values_list("event_id", flat=True).get(pk=absence_id), by=by)
    absence = Absence.objects.for_update().select_related("registration").get(pk=absence_id)
    if absence.lifted_at is not None:
        return event
    absence.lifted_at = at
    absence.save(update_fields=["lifted_at"])
    record("meeting_day.back", event, by=by, at=at, person=absence.registration.name)
    _repair(event, rules, cause=f"{absence.registration.name} is there after all.", by=by, at=at)
    return event


@transaction.atomic
def lose_table(*, table_id: int, by: Actor, at: datetime) -> Event:
    """A table is out of use: its meetings go to other tables or slots, if there are any."""
    event, rules = _opened(_event_of(table_id), by=by)
    table = events.lose_table(table_id=table_id, by=by, at=at)
    _repair(event, rules, cause=f"Table {table} is out of use.", by=by, at=at)
    return event


@transaction.atomic
def give_back_table(*, table_id: int, by: Actor, at: datetime) -> Event:
    """A table can be used again."""
    event, rules = _opened(_event_of(table_id), by=by)
    table = events.give_back_table(table_id=table_id, by=by, at=at)
    _repair(event, rules, cause=f"Table {table} can be used again.", by=by, at=at)
    return event


@transaction.atomic
def at_the_bar(
    *, event_id: int, first_id: int, second_id: int, sentence: str, by: Actor, at: datetime
) -> Request:
    """Two people who stand before the organiser want to meet: both have said yes, and it is placed at once.

    Refused where no slot is left for it, even with two moves: nothing is left behind then.
    """
    event, rules = _opened(event_id, by=by)
    people = {
        one.pk: one
        for one in Registration.objects.filter(event=event, pk__in=(first_id, second_id)).taking_part()
    }
    refuse_if(
        [
            *problems_with_sentence(sentence),
            *the_day.problems_with_bar(_bar(event, (first_id, second_id), people)),
        ]
    )
    request = _agreed(event, people[first_id], people[second_id], sentence=sentence, at=at)
    cause = f"Asked at the bar: {people[first_id].name} and {people[second_id].name}."
    _repair(event, rules, cause=cause, by=by, at=at, only=request.pk)
    if not request.meetings.exists():
        refuse(
            "no_place_at_the_bar",
            N_("No slot and table is left for these two, even if two other meetings were moved."),
            cure=N_("Cancel or move one of their meetings, or let them meet outside the slots."),
        )
    record("meeting_day.asked_at_the_bar", request, by=by, at=at)
    return request


def _repair(
    event: Event, rules: MeetingRules, *, cause: str, by: Actor, at: datetime, only: int | None = None
) -> Run | None:
    """Gaps are filled once a timetable holds; where people book for themselves, only what is impossible goes.

    With `only`, nothing but this request is put into a gap.
    """
    fills = (only is not None or not rules.may_book_oneself) and (
        only is not None or published_run(event) is not None
    )
    try:
        material = material_of(event, rules=rules, at=at, for_repair=True, only=only)
        found = mended(material, fills_gaps=fills)
    except Contradiction as error:
        refuse(
            "timetable_contradicts",
            N_("The timetable cannot be repaired: %(why)s"),
            cure=N_("Unlock the meetings concerned, or move them by hand."),
            why=str(error),
        )
    if not found.changes:
        return None
    return _published(event, rules, found.changes, kind=RunKind.REPAIR, cause=cause, by=by, at=at)


def _agreed(
    event: Event, first: Registration, second: Registration, *, sentence: str, at: datetime
) -> Request:
    """The request of two who stand before the organiser; one that stood between them is the one that counts."""
    between = Request.objects.for_update().filter(
        event=event, sender__in=(first, second), receiver__in=(first, second), state__in=OPEN_REQUEST
    )
    request = between.order_by("pk").first()
    if request is None:
        request = Request(event=event, sender=first, receiver=second, asked_at=at, origin=AT_THE_BAR)
        request.sentence, request.priority = sentence.strip(), Priority.HIGH
    request.answer_priority = request.answer_priority or Priority.HIGH
    request.state, request.answered_at, request.expires_at = Asked.ACCEPTED, at, event.ends_at
    request.save()
    return request


def _event_of(table_id: int) -> int:
    return MeetingTable.objects.values_list("event_id", flat=True).get(pk=table_id)


def _bar(event: Event, ids: tuple[int, int], people: dict[int, Registration]) -> the_day.AtTheBar:
    first, second = people.get(ids[0]), people.get(ids[1])
    if ids[0] == ids[1] or first is None or second is None:
        take_part = first is not None and second is not None
        return the_day.AtTheBar(ids[0] != ids[1], take_part, False, False, False)
    pair = pair_of(*ids)
    return the_day.AtTheBar(
        are_two=True,
        take_part=first.wants_meetings and second.wants_meetings,
        are_colleagues=is_same_organisation(first, second),
        is_blocked=Block.objects.filter(event=event, first=pair[0], second=pair[1]).exists(),
        meet_already=Meeting.objects.filter(event=event)
        .standing()
        .filter(first__in=pair, second__in=pair)
        .exists(),
    )
