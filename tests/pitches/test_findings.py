"""What `verify` finds of pitches after somebody changed the database by hand."""

from __future__ import annotations

import pytest

from landbridge.pitches.models import Conflict, Juror, Pitch, PitchCall, Reaction, Score
from landbridge.pitches.queries import findings
from landbridge.pitches.states import Reaction as Said
from tests.cast import Cast
from tests.factories.pitches import SELECTED, a_live_call, a_selected_call, an_investor, pitch_of

pytestmark = pytest.mark.django_db


def test_a_good_call_has_no_findings(cast: Cast):
    a_live_call(cast)
    assert list(findings()) == []


def test_marks_of_another_call_out_of_scale_or_in_conflict(cast: Cast):
    call, other = a_selected_call(cast), a_selected_call(cast)
    score = Score.objects.filter(pitch__call=call).order_by("pk")[0]
    Score.objects.filter(pk=score.pk).update(marks={"c1": 9, "c2": 1})
    assert list(findings()) == [f"Mark {score.pk} does not fit the criteria of its call."]
    Score.objects.filter(pk=score.pk).update(marks={"c1": 5, "c2": 1})
    conflict = Conflict.objects.create(juror=score.juror, pitch=score.pitch, reason="x", noted_at=SELECTED)
    assert list(findings()) == [f"Mark {score.pk} was given in spite of a conflict of interest."]
    Conflict.objects.filter(pk=conflict.pk).update(juror=Juror.objects.filter(call=other).order_by("pk")[0])
    assert list(findings()) == [f"Conflict {conflict.pk} is one between different calls."]
    conflict.delete()
    Score.objects.filter(pk=score.pk).update(juror=Juror.objects.filter(call=other).order_by("pk")[0])
    assert list(findings()) == [f"Mark {score.pk} was given by a juror of another call."]


def test_reactions_to_what_was_never_shown_and_followed_up_after_a_pass(cast: Cast):
    call = a_selected_call(cast)
    reaction = Reaction.objects.create(
        pitch=pitch_of(call, cast.danish_company),
        investor=an_investor(cast),
        said=Said.PASS,
        said_at=SELECTED,
        follows_up=True,
    )
    assert list(findings()) == [f"Reaction {reaction.pk} follows up what it passed on."]
    Reaction.objects.update(follows_up=None, pitch=Pitch.objects.get(state="reserve"))
    assert list(findings()) == [f"Reaction {reaction.pk} is to a pitch that was never shown to investors."]


def test_calls_with_holes(cast: Cast):
    call = a_live_call(cast)
    Pitch.objects.filter(call=call, number=2).update(number=None)
    PitchCall.objects.update(selected_at=None)
    assert list(findings()) == [
        f"Call {call.pk} is on stage, and a selected pitch of it has no place in the order.",
        f"Call {call.pk} is selected without the moment of its selection.",
    ]
