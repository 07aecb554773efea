"""What came of a meeting: each side for itself, the next step, an introduction, and what both sides together say."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from landbridge.foundation.audit.record import record
from landbridge.foundation.outbox.tell import tell
from landbridge.foundation.permissions.actor import SYSTEM, Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import N_, refuse, refuse_if
from landbridge.introductions import actions as introductions
from landbridge.meetings import queries, rules
from landbridge.meetings.actions._parts import _require
from landbridge.meetings.models import Meeting, Outcome, Seat
from landbridge.meetings.states import MEETING_WORKFLOW, MeetingMove, MeetingState
from landbridge.memberships.queries import desk_of, recipients


@transaction.atomic
def say_outcome(
    *,
    seat_id: int,
    was_held: bool,
    by: Actor,
    at: datetime,
    worth: int | None = None,
    note: str = "",
    next_step: str = "",
    next_step_by_me: bool = True,
    next_step_on: date | None = None,
    wants_introduction: bool = False,
) -> Outcome:
    """Say what came of a meeting, for oneself alone; said again, it replaces what was said.

    When both say that they met, the meeting is held. One that says no leaves it to the organiser, who is asked.
    """
    seat, meeting = _locked_seat(seat_id, by=by)
    said = rules.Said(
        was_held, worth, note.strip(), next_step.strip(), next_step_by_me, next_step_on, wants_introduction
    )
    starts_at = queries.in_zone_of(meeting.event, seat.slot.starts_at)
    is_cancelled = meeting.state == MeetingState.CANCELLED
    refuse_if(rules.problems_with_saying(said, starts_at=starts_at, is_cancelled=is_cancelled, at=at))
    outcome = queries.outcome_of(seat) or Outcome(seat=seat, said_at=at)
    if outcome.next_step != said.next_step:
        outcome.next_step_done_at, outcome.reminders = None, 0
    outcome.was_held, outcome.worth, outcome.note = said.was_held, said.worth, said.note
    outcome.next_step, outcome.next_step_by_me = said.next_step, said.next_step_by_me
    outcome.next_step_on = said.next_step_on
    outcome.wants_introduction = said.wants_introduction or outcome.introduction_id is not None
    outcome.save()
    record("meeting.spoken_of", meeting, by=by, at=at, was_held=was_held)
    _conclude(meeting, rules.verdict(queries.said_of(meeting)), at=at)
    if said.wants_introduction and outcome.introduction_id is None:
        _introduce(seat, meeting, outcome, by=by, at=at)
    return outcome


@transaction.atomic
def introduce(*, seat_id: int, by: Actor, at: datetime) -> Outcome:
    """Ask to be introduced formally; both regions' desks see it. Once for a meeting, even if both ask."""
    seat, meeting = _locked_seat(seat_id, by=by)
    outcome = queries.outcome_of(seat)
    if outcome is None or not outcome.was_held:
        refuse(
            "introduction_without_meeting",
            N_("You have not said that you met."),
            cure=N_("Say first what came of the meeting."),
        )
    if outcome.introduction_id is None:
        _introduce(seat, meeting, outcome, by=by, at=at)
    return outcome


@transaction.atomic
def finish_step(*, seat_id: int, by: Actor, at: datetime) -> Outcome:
    """The next step is done; nobody is reminded of it any more."""
    seat, _meeting = _locked_seat(seat_id, by=by)
    outcome = queries.outcome_of(seat)
    if outcome is None or not outcome.next_step:
        refuse("no_step", N_("There is no next step to finish."), cure=N_("Note one with the meeting first."))
    if outcome.next_step_done_at is None:
        outcome.next_step_done_at = at
        outcome.save(update_fields=["next_step_done_at"])
        record("meeting.step_finished", seat.meeting, by=by, at=at)
    return outcome


@transaction.atomic
def conclude(*, meeting_id: int, by: Actor, at: datetime) -> Meeting:
    """Three days later one side's word is enough for what was held, unless the other contradicts."""
    _require(P.MEETING_PLAN, by=by)
    rows = Meeting.objects.visible_to(by).for_update().select_related("event", "slot")
    meeting = rows.get(pk=meeting_id)
    said = queries.said_of(meeting)
    _conclude(meeting, rules.verdict_after_silence(said, ended_at=meeting.slot.ends_at, at=at), at=at)
    return meeting


def _locked_seat(seat_id: int, *, by: Actor) -> tuple[Seat, Meeting]:
    """One's own seat, with its meeting locked: both sides speak one after the other."""
    _require(P.EVENT_ATTEND, by=by)
    found = queries.own_seats(by).get(pk=seat_id)
    rows = Meeting.objects.for_update().select_related("event", "slot", "request", "first", "second")
    meeting = rows.get(pk=found.meeting_id)
    seat = Seat.objects.select_related("outcome", "slot", "registration").get(pk=seat_id)
    seat.meeting = meeting
    return seat, meeting


def _conclude(meeting: Meeting, verdict: rules.Verdict, *, at: datetime) -> None:
    """The move is Landbridge's own, once the people have said what happened."""
    if verdict is not rules.Verdict.HELD or meeting.state != MeetingState.PLANNED:
        return
    meeting.state = MEETING_WORKFLOW.target(MeetingMove.HOLD, of=meeting, by=SYSTEM)
    meeting.ended_at = at
    meeting.save(update_fields=["state", "ended_at"])
    Seat.objects.filter(meeting=meeting, came__isnull=True).update(came=True)
    record("meeting.held", meeting, by=SYSTEM, at=at)


def _introduce(seat: Seat, meeting: Meeting, outcome: Outcome, *, by: Actor, at: datetime) -> None:
    refuse_if(rules.problems_with_introduction(queries.sides_of(meeting, asked_by=seat.registration)))
    made = Outcome.objects.filter(seat__meeting=meeting, introduction__isnull=False).first()
    if made is not None:
        outcome.introduction = made.introduction
    else:
        parties = queries.parties_of(meeting, asked_by=seat.registration)
        assert parties is not None  # noqa: S101 - the rules have just refused sides without organisations
        outcome.introduction = introductions.prepare_between(
            between=introductions.Between(
                parties.company, parties.provider, parties.region, parties.provider_region
            ),
            title=queries.title_of_introduction(meeting),
            shown_to_provider="",
            shown_to_company="",
            is_demonstration=meeting.event.is_demonstration,
            by=SYSTEM,
            at=at,
        )
        regions = {parties.region.pk, parties.provider_region.pk if parties.provider_region else 0}
        desks = [person for pk in sorted(regions) for person in recipients(desk_of(pk))]
        tell(
            "meetings/introduction_wanted",
            outcome.introduction,
            to=desks,
            at=at,
            context={
                "event": meeting.event.title,
                "who": str(seat.registration),
                "other": str(queries.other_of(seat)),
                "sentence": meeting.request.sentence,
            },
        )
    outcome.wants_introduction = True
    outcome.save(update_fields=["introduction", "wants_introduction"])
    record("meeting.introduction_wanted", meeting, by=by, at=at)
