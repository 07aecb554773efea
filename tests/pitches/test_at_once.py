"""Several people at the same moment: one reaction, one selection, one pitch of a company, one end of the jury."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from landbridge.foundation.outbox.models import Letter
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.foundation.problems import Refused
from landbridge.pitches import actions
from landbridge.pitches.actions import Decision
from landbridge.pitches.models import Juror, Pitch, Reaction, Score
from landbridge.pitches.states import Pitched
from landbridge.pitches.states import Reaction as Said
from tests.at_once import all_at_once
from tests.cast import Cast, make_cast
from tests.factories.pitches import (
    AT,
    CLOSES,
    MARKED,
    SELECTED,
    a_judged_call,
    a_pitch_call,
    a_selected_call,
    an_investor,
    marked,
    pitch_of,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people() -> Cast:
    return make_cast()


def refusals(results: list[object]) -> int:
    return sum(isinstance(one, Refused) for one in results)


def test_two_reactions_at_once_are_one(people: Cast):
    investor = an_investor(people)
    pitch = pitch_of(a_selected_call(people), people.danish_company)

    def says(said: Said) -> Callable[[], Any]:
        return lambda: actions.react(
            pitch_id=pitch.pk,
            said=said,
            why="",
            why_is_for_company=False,
            investor_id=investor.pk,
            by=SYSTEM,
            at=SELECTED,
        )

    results = all_at_once(says(Said.MEET), says(Said.PASS), says(Said.INTERESTED))
    assert all(isinstance(one, Reaction) for one in results)
    assert Reaction.objects.count() == 1


def test_two_selections_at_once_are_one(people: Cast):
    call = a_judged_call(people)
    pks = list(Pitch.objects.filter(call=call).order_by("pk").values_list("pk", flat=True))

    def selects(chosen: int) -> Callable[[], Any]:
        decisions = {pk: Decision(Pitched.SELECTED if pk == chosen else Pitched.NOT_SELECTED) for pk in pks}
        return lambda: actions.select(call_id=call.pk, decisions=decisions, by=SYSTEM, at=SELECTED)

    results = all_at_once(selects(pks[0]), selects(pks[1]))
    assert refusals(results) == 1
    assert Pitch.objects.filter(call=call, state=Pitched.SELECTED).count() == 1
    assert Letter.objects.filter(template="pitches/selected").values("about_id").distinct().count() == 1


def test_two_colleagues_begin_one_pitch(people: Cast):
    call = a_pitch_call(people)
    begins = [
        lambda name=name: actions.begin(call_id=call.pk, by=people.actor(name), at=AT)
        for name in ("danish_sme", "danish_colleague")
    ]
    results = all_at_once(*begins)
    assert len({one.pk for one in results}) == 1  # type: ignore[attr-defined]


def test_a_mark_comes_before_the_selection_or_not_at_all(people: Cast):
    call = a_judged_call(people)
    juror = Juror.objects.get(call=call, person=people.assessor)
    pitch = pitch_of(call, people.danish_company)
    decisions = {
        one.pk: Decision(Pitched.SELECTED if one == pitch else Pitched.NOT_SELECTED)
        for one in Pitch.objects.filter(call=call)
    }
    results = all_at_once(
        lambda: marked(juror, pitch, 5, 5, at=MARKED),
        lambda: actions.select(call_id=call.pk, decisions=decisions, by=SYSTEM, at=SELECTED),
    )
    assert refusals(results) == 1 - Score.objects.count()


def test_declaring_and_marking_at_once_never_leaves_a_mark_beside_a_conflict(people: Cast):
    call = a_judged_call(people)
    juror = Juror.objects.get(call=call, person=people.assessor)
    pitch = pitch_of(call, people.danish_company)
    all_at_once(
        lambda: marked(juror, pitch, 5, 5, at=MARKED),
        lambda: actions.declare(juror_id=juror.pk, conflicts={pitch.pk: "Friends."}, by=SYSTEM, at=MARKED),
    )
    assert not Score.objects.exists()


def test_the_last_second_is_one_for_all(people: Cast):
    call = a_pitch_call(people)
    from tests.factories.pitches import a_juror, a_pitch

    a_pitch(call, people.belgian_company)
    late = a_pitch(call, people.danish_company, hand_in=False)
    a_juror(call, people.assessor)
    results = all_at_once(
        lambda: actions.judge(call_id=call.pk, by=SYSTEM, at=CLOSES),
        lambda: actions.submit(pitch_id=late.pk, by=SYSTEM, at=CLOSES),
    )
    assert refusals(results) == 1
    assert Pitch.objects.get(pk=late.pk).state == Pitched.DRAFT
