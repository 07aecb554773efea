"""Letters that the clock sends: what is new, at most once an hour; what came of today; the next step."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from landbridge.events.models import Registration
from landbridge.foundation.audit.record import record
from landbridge.foundation.outbox.tell import tell
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.meetings import queries, rules
from landbridge.meetings.actions._parts import _require
from landbridge.meetings.models import Outcome, Request


@transaction.atomic
def tell_news(*, registration_id: int, by: Actor, at: datetime) -> Registration:
    """One letter with all that is new for somebody: asked, answered, withdrawn, expired. At most one an hour."""
    _require(P.MEETING_PLAN, by=by)
    rows = Registration.objects.visible_to(by).for_update().select_related("event")
    registration = rows.get(pk=registration_id)
    if queries.was_told_lately(registration, at=at):
        return registration
    news = queries.news_of(registration)
    Request.objects.filter(pk__in=news.as_receiver).update(receiver_told_at=at)
    Request.objects.filter(pk__in=news.as_sender).update(sender_told_at=at)
    if news.is_empty or not queries.takes_part(registration):
        return registration
    tell(
        "meetings/news",
        registration,
        to=[queries.recipient_of(registration)],
        at=at,
        context={
            "event": registration.event.title,
            "asked": news.asked,
            "accepted": news.accepted,
            "declined": news.declined,
            "ended": news.ended,
            "number": news.number,
            "requests_link": queries.link_to("meetings:requests", registration.pk),
        },
    )
    record("meeting.news_told", registration, by=by, at=at, number=news.number)
    return registration


@transaction.atomic
def ask_what_came(*, registration_id: int, day: date, by: Actor, at: datetime) -> Registration:
    """In the evening, ask somebody once what came of those of the day's meetings of which they have said nothing."""
    _require(P.MEETING_PLAN, by=by)
    rows = Registration.objects.visible_to(by).select_related("event")
    registration = rows.get(pk=registration_id)
    names = queries.unsaid_on(registration, day=day, at=at)
    if names:
        tell(
            "meetings/what_came",
            registration,
            to=[queries.recipient_of(registration)],
            at=at,
            key=f"meetings/what_came|{registration.pk}|{day.isoformat()}",
            context={
                "event": registration.event.title,
                "names": names,
                "agenda_link": queries.link_to("meetings:agenda", registration.pk),
            },
        )
    return registration


@transaction.atomic
def remind_of_step(*, outcome_id: int, by: Actor, at: datetime) -> Outcome:
    """Call a next step to mind, once after 3, 14 and 90 days; what is done is not reminded of."""
    _require(P.MEETING_PLAN, by=by)
    outcome = Outcome.objects.for_update().get(pk=outcome_id)
    seat = queries.seat_with_both(outcome.seat_id)
    met_on, today = queries.met_on(seat), queries.in_zone_of(seat.meeting.event, at).date()
    due = rules.reminder_due(met_on=met_on, today=today, reminders=outcome.reminders)
    if not due or not outcome.next_step or outcome.next_step_done_at is not None:
        return outcome
    outcome.reminders = rules.reminders_passed(met_on=met_on, today=today)
    outcome.save(update_fields=["reminders"])
    tell(
        "meetings/next_step",
        seat.meeting,
        to=[queries.recipient_of(seat.registration)],
        at=at,
        key=f"meetings/next_step|{outcome.pk}|{outcome.reminders}",
        context={
            "event": seat.meeting.event.title,
            "other": str(queries.other_of(seat)),
            "step": outcome.next_step,
            "is_mine": outcome.next_step_by_me,
            "by_day": outcome.next_step_on or "",
            "step_link": queries.link_to("meetings:outcome", seat.pk),
        },
    )
    record("meeting.step_reminded", seat.meeting, by=by, at=at, reminders=outcome.reminders)
    return outcome
