"""What must hold of pitches, whoever changed the database by hand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import F, QuerySet

from landbridge.pitches.models import Conflict, PitchCall, Reaction, Score
from landbridge.pitches.queries.reading import ON_STAGE
from landbridge.pitches.rules import criteria_from, problems_with_marks
from landbridge.pitches.states import AFTER_SELECTION, IN_THE_DEAL_ROOM, Pitched, S


def findings() -> Iterator[str]:
    """Marks in spite of a conflict or out of scale, reactions to what was never shown, orders with holes."""
    yield from _of_the_jury()
    yield from _of_investors()
    yield from _of_calls()


def _of_the_jury() -> Iterator[str]:
    for score in _each(Score.objects.select_related("juror", "pitch__call")):
        if score.juror.call_id != score.pitch.call_id:
            yield f"Mark {score.pk} was given by a juror of another call."
        elif list(problems_with_marks(score.marks, criteria=criteria_from(score.pitch.call.criteria))):
            yield f"Mark {score.pk} does not fit the criteria of its call."
    for score in _each(Score.objects.filter(juror__conflicts__pitch=F("pitch"))):
        yield f"Mark {score.pk} was given in spite of a conflict of interest."
    for conflict in _each(Conflict.objects.exclude(juror__call=F("pitch__call"))):
        yield f"Conflict {conflict.pk} is one between different calls."


def _of_investors() -> Iterator[str]:
    shown = [*IN_THE_DEAL_ROOM, Pitched.WITHDRAWN]
    for reaction in _each(Reaction.objects.exclude(pitch__state__in=shown)):
        yield f"Reaction {reaction.pk} is to a pitch that was never shown to investors."
    for reaction in _each(Reaction.objects.filter(follows_up=True, said="pass")):
        yield f"Reaction {reaction.pk} follows up what it passed on."


def _of_calls() -> Iterator[str]:
    for call in _each(PitchCall.objects.filter(state__in=[S.LIVE, S.CLOSED])):
        if call.pitches.filter(state__in=ON_STAGE, number=None).exists():
            yield f"Call {call.pk} is on stage, and a selected pitch of it has no place in the order."
    for call in _each(PitchCall.objects.filter(state__in=AFTER_SELECTION, selected_at=None)):
        yield f"Call {call.pk} is selected without the moment of its selection."


def _each(rows: QuerySet[Any]) -> Iterator[Any]:
    return rows.order_by("pk").iterator(chunk_size=1000)
