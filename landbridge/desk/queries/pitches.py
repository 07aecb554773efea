"""What of pitches waits for whom."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from landbridge.desk.queries.parts import MOST
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.ui.parts import Task
from landbridge.pitches.models import Juror, Pitch, PitchCall
from landbridge.pitches.queries import WITH_THE_JURY
from landbridge.pitches.states import Pitched, S


def of_company(actor: Actor, *, at: datetime) -> Iterator[Task]:
    """Drafts of open calls, by their deadline. One query."""
    rows = Pitch.objects.visible_to(actor).filter(
        state=Pitched.DRAFT, call__state=S.OPEN, call__closes_at__gt=at
    )
    for one in rows.select_related("call").order_by("call__closes_at", "pk")[:MOST]:
        title = one.title or _("without a title")
        yield Task(
            _("Finish the pitch: %(title)s") % {"title": title},
            one.get_absolute_url(),
            one.call.title,
            one.call.closes_at,
            one.call.time_zone,
        )


def of_organiser(actor: Actor, *, at: datetime) -> Iterator[Task]:
    """Calls whose next step is the organiser's. One query."""
    rows = PitchCall.objects.kept_by(actor).exclude(state__in=[S.DRAFT, S.CLOSED])
    for one in rows.order_by("closes_at", "pk")[:MOST]:
        label, until = "", None
        if one.state == S.OPEN and at >= one.closes_at:
            label = _("Hand to the jury: %(title)s")
        elif one.state == S.JUDGING:
            label = _("Select the pitches: %(title)s")
        elif one.state == S.SELECTED and one.ordered_at is None:
            label, until = _("Fix the running order: %(title)s"), one.stage_starts_at
        elif one.state in (S.SELECTED, S.LIVE):
            label, until = _("Bring them on stage: %(title)s"), one.stage_starts_at
        if label:
            yield Task(
                label % {"title": one.title}, one.get_absolute_url(), _("Pitches"), until, one.time_zone
            )


def of_juror(actor: Actor) -> Iterator[Task]:
    """The juries that are at work, and how much waits there. Two queries."""
    seats = list(
        Juror.objects.filter(person_id=actor.person_id or 0, is_audience=False, call__state=S.JUDGING)
        .select_related("call")
        .order_by("call__closes_at", "pk")[:MOST]
    )
    if not seats:
        return
    waiting: dict[int, int] = {}
    pitches = Pitch.objects.filter(call__in=[one.call_id for one in seats], state__in=WITH_THE_JURY)
    mine = pitches.exclude(conflicts__juror__person_id=actor.person_id or 0)
    for call_id in mine.exclude(
        scores__juror__person_id=actor.person_id or 0, scores__is_live=False
    ).values_list("call_id", flat=True):
        waiting[call_id] = waiting.get(call_id, 0) + 1
    for seat in seats:
        left = waiting.get(seat.call_id, 0)
        if left:
            label = ngettext("Mark %(count)s pitch: %(title)s", "Mark %(count)s pitches: %(title)s", left)
            note = "" if seat.declared_at else _("declare your conflicts of interest first")
            yield Task(
                label % {"count": left, "title": seat.call.title},
                reverse("pitches:marks", args=[seat.call_id]),
                note,
            )


def to_follow(actor: Actor) -> Iterator[Task]:
    """Sessions of which an investor has not said with whom they go on. One query."""
    rows = PitchCall.objects.filter(
        state=S.CLOSED,
        pitches__reactions__investor__person_id=actor.person_id or 0,
        pitches__reactions__investor__consented_at__isnull=False,
        pitches__reactions__said__in=["meet", "interested"],
        pitches__reactions__follows_up=None,
        closed_at=F("followed_up_at"),
    )
    for one in rows.distinct().order_by("closed_at", "pk")[:MOST]:
        yield Task(
            _("Say with whom you go on: %(title)s") % {"title": one.title},
            reverse("pitches:following", args=[one.pk]),
            _("it takes two clicks"),
        )
