"""What of one-to-one meetings waits for somebody who comes to an event, whatever hat they wear."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from landbridge.desk.queries.parts import MOST
from landbridge.events.models import Registration
from landbridge.events.states import TAKING_PART
from landbridge.foundation.ui.parts import Task
from landbridge.meetings.models import Outcome, Request, Seat
from landbridge.meetings.states import Asked, MeetingState

UNSAID = timedelta(days=14)  # after a meeting; then nobody is asked any more what came of it


def to_do(own: list[Registration], *, at: datetime) -> Iterator[Task]:
    """Requests to answer, meetings to speak of, next steps to take. Three queries, none for who comes to none."""
    mine = {one.pk: one for one in own if one.event.has_meetings and one.state in TAKING_PART}
    if not mine:
        return
    yield from _to_answer(mine, at=at)
    yield from _to_speak_of(mine, at=at)
    yield from _steps(mine)


def _to_answer(mine: dict[int, Registration], *, at: datetime) -> Iterator[Task]:
    waiting = Request.objects.filter(receiver__in=mine, state=Asked.SENT, expires_at__gt=at)
    counted = waiting.values("receiver").annotate(many=Count("pk"), until=Min("expires_at"))
    for pk, many, until in counted.order_by("until").values_list("receiver", "many", "until"):
        event = mine[pk].event
        label = ngettext(
            "Answer %(count)s request for a meeting", "Answer %(count)s requests for meetings", many
        ) % {"count": many}
        yield Task(label, reverse("meetings:requests", args=[pk]), event.title, until, event.time_zone)


def _to_speak_of(mine: dict[int, Registration], *, at: datetime) -> Iterator[Task]:
    over = Seat.objects.filter(
        registration__in=mine,
        is_taken=True,
        meeting__state=MeetingState.PLANNED,
        slot__ends_at__lte=at,
        slot__ends_at__gt=at - UNSAID,
        outcome__isnull=True,
    )
    counted = over.values("registration").annotate(many=Count("pk")).order_by("registration")
    for pk, many in counted.values_list("registration", "many"):
        label = ngettext(
            "Say what came of %(count)s meeting", "Say what came of %(count)s meetings", many
        ) % {"count": many}
        yield Task(label, reverse("meetings:agenda", args=[pk]), mine[pk].event.title)


def _steps(mine: dict[int, Registration]) -> Iterator[Task]:
    rows = Outcome.objects.filter(
        seat__registration__in=mine, next_step_by_me=True, next_step_done_at__isnull=True
    ).exclude(next_step="")
    rows = rows.select_related("seat__meeting__first", "seat__meeting__second")
    for one in rows.order_by("next_step_on", "pk")[:MOST]:
        meeting = one.seat.meeting
        other = meeting.second if meeting.first_id == one.seat.registration_id else meeting.first
        note = _("with %(name)s") % {"name": str(other)}
        yield Task(one.next_step, reverse("meetings:outcome", args=[one.seat_id]), note, one.next_step_on)
