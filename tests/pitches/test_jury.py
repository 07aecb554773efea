"""The jury, the selection and the stage: what is allowed, what is refused, and who is told."""

from __future__ import annotations

from datetime import timedelta

import pytest

from landbridge.foundation.outbox.models import Letter
from landbridge.foundation.people.models import Person
from landbridge.foundation.permissions.actor import SYSTEM, Actor
from landbridge.foundation.problems import Refused
from landbridge.memberships.models import Membership
from landbridge.pitches import actions, queries, rules
from landbridge.pitches.actions import Decision
from landbridge.pitches.models import Conflict, Juror, Pitch, Score
from landbridge.pitches.states import OrderBy, Pitched, S
from tests.cast import Cast
from tests.factories.pitches import (
    AT,
    CLOSES,
    JUDGED,
    MARKED,
    SELECTED,
    STAGE,
    a_closed_call,
    a_judged_call,
    a_juror,
    a_live_call,
    a_pitch,
    a_pitch_call,
    a_selected_call,
    declared,
    marked,
    pitch_of,
    state_of,
)

pytestmark = pytest.mark.django_db


def told(name: str) -> set[str]:
    return set(Letter.objects.filter(template=f"pitches/{name}").values_list("recipient_email", flat=True))


# ── The jury ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_jurors_are_chosen_or_named_by_address(cast: Cast):
    call, organiser = a_pitch_call(cast), cast.actor("organiser")
    actions.invite(
        call_id=call.pk,
        person_ids=[cast.assessor.pk],
        email=cast.german_provider.email.upper(),
        by=organiser,
        at=AT,
    )
    assert told("invited") == {cast.assessor.email, cast.german_provider.email}
    actions.invite(call_id=call.pk, person_ids=[cast.assessor.pk], email="", by=organiser, at=AT)
    assert Juror.objects.count() == 2
    for email, code in (("nobody@example.org", "person_unknown"), ("", "nobody")):
        with pytest.raises(Refused, match=code):
            actions.invite(call_id=call.pk, person_ids=[], email=email, by=organiser, at=AT)
    names = {person.pk for person, _hat in queries.candidates_for(call)}
    assert cast.second_assessor.pk in names
    assert cast.investor.pk in names
    assert not {cast.assessor.pk, cast.danish_sme.pk, cast.mallory.pk} & names


def test_the_jury_begins_after_the_end(cast: Cast):
    call = a_pitch_call(cast)
    a_pitch(call, cast.danish_company)
    a_juror(call, cast.assessor)
    with pytest.raises(Refused, match="call_still_open"):
        actions.judge(call_id=call.pk, by=cast.actor("organiser"), at=CLOSES - timedelta(seconds=1))
    assert actions.judge(call_id=call.pk, by=cast.actor("organiser"), at=CLOSES).state == S.JUDGING
    assert told("to_mark") == {cast.assessor.email}


def test_own_organisation_and_own_region_are_found(cast: Cast):
    call = a_judged_call(cast)
    broker = Juror.objects.get(call=call, person=cast.zealand_broker)
    conflict = Conflict.objects.get(juror=broker)
    assert (conflict.pitch, conflict.is_declared) == (pitch_of(call, cast.danish_company), False)
    actions.invite(call_id=call.pk, person_ids=[cast.investor.pk], email="", by=SYSTEM, at=MARKED)
    late = Juror.objects.get(person=cast.investor)
    assert late.conflicts.get(pitch__organisation=cast.belgian_company).reason == "Your own organisation"
    assert late.conflicts.count() == 3  # their own company pitches: they mark none of its competitors


def test_a_juror_never_marks_a_pitch_they_are_in_conflict_with(cast: Cast):
    call = a_judged_call(cast)
    broker = Juror.objects.get(call=call, person=cast.zealand_broker)
    danish, belgian = pitch_of(call, cast.danish_company), pitch_of(call, cast.belgian_company)
    marked(broker, belgian, 3, 3)
    with pytest.raises(Refused, match="conflict"):
        marked(broker, danish, 5, 5)
    assert (
        not Pitch.objects.visible_to(cast.actor("zealand_broker"))
        .filter(pk=danish.pk, call__jurors=None)
        .exists()
    )
    actions.declare(juror_id=broker.pk, conflicts={belgian.pk: "I advise them."}, by=SYSTEM, at=MARKED)
    assert not Score.objects.filter(juror=broker).exists()
    with pytest.raises(Refused, match="conflict"):
        marked(broker, belgian, 3, 3)
    actions.declare(juror_id=broker.pk, conflicts={danish.pk: "x"}, by=SYSTEM, at=MARKED)
    kept = Conflict.objects.get(juror=broker)
    assert (kept.pitch, kept.is_declared) == (danish, False)


def test_a_new_hat_is_a_conflict_at_once(cast: Cast):
    call = a_judged_call(cast)
    juror = Juror.objects.get(call=call, person=cast.assessor)
    Membership.objects.create(
        person=cast.assessor, role="sme", organisation=cast.belgian_company, began_at=MARKED
    )
    with pytest.raises(Refused, match="conflict"):
        marked(juror, pitch_of(call, cast.belgian_company), 5, 5)


def test_conflicts_come_before_marks(cast: Cast):
    call = a_pitch_call(cast)
    pitch = a_pitch(call, cast.danish_company)
    juror = a_juror(call, cast.assessor)
    actions.judge(call_id=call.pk, by=SYSTEM, at=JUDGED)
    assert not Pitch.objects.visible_to(cast.actor("assessor")).exists()
    with pytest.raises(Refused, match="not_declared"):
        marked(juror, pitch, 3, 3)
    with pytest.raises(Refused, match="no_reason"):
        actions.declare(juror_id=juror.pk, conflicts={pitch.pk: " "}, by=SYSTEM, at=JUDGED)
    declared(juror)
    assert list(Pitch.objects.visible_to(cast.actor("assessor"))) == [pitch]
    marked(juror, pitch, 3, 3)
    marked(juror, pitch, 4, 4)
    assert juror.scores.get().marks == {"c1": 4, "c2": 4}


def test_nobody_marks_in_anothers_name_or_after_the_end(cast: Cast):
    call = a_selected_call(cast)
    juror = Juror.objects.get(call=call, person=cast.assessor)
    given = {"marks": {"c1": 1.0, "c2": 1.0}, "remark": "", "is_live": False, "at": SELECTED}
    pitch = pitch_of(call, cast.danish_company)
    with pytest.raises(Juror.DoesNotExist):
        actions.mark(juror_id=juror.pk, pitch_id=pitch.pk, by=cast.actor("second_assessor"), **given)
    with pytest.raises(Refused, match="not_now"):
        actions.mark(juror_id=juror.pk, pitch_id=pitch.pk, by=cast.actor("assessor"), **given)
    with pytest.raises(Refused, match="has_marked"):
        actions.remove_juror(juror_id=juror.pk, by=cast.actor("organiser"), at=SELECTED)


def test_whoever_has_not_marked_may_be_taken_off(cast: Cast):
    juror = a_juror(a_pitch_call(cast), cast.assessor)
    actions.remove_juror(juror_id=juror.pk, by=cast.actor("organiser"), at=AT)
    assert not Juror.objects.exists()


# ── The selection ────────────────────────────────────────────────────────────────────────────────────────────────────
def test_the_ranking_stands_beside_the_decision_and_all_are_told(cast: Cast):
    call = a_selected_call(cast, ordered=False)
    danish = pitch_of(call, cast.danish_company)
    assert (danish.state, danish.rank) == (Pitched.SELECTED, 1)
    assert pitch_of(call, cast.belgian_company).rank == 2
    assert cast.danish_sme.email in told("selected")
    assert Letter.objects.filter(template="pitches/reserve").exists()


def test_all_are_decided_and_no_more_than_there_are_places(cast: Cast):
    call = a_judged_call(cast)
    pks = [one.pk for one in Pitch.objects.filter(call=call)]
    chosen = {pk: Decision(Pitched.SELECTED) for pk in pks}
    for decisions, code in (
        (chosen, "places"),
        (dict(list(chosen.items())[:2]), "undecided"),
        ({pk: Decision(Pitched.NOT_SELECTED) for pk in pks}, "places"),
    ):
        with pytest.raises(Refused, match=code):
            actions.select(call_id=call.pk, decisions=decisions, by=cast.actor("organiser"), at=SELECTED)
    assert state_of(call) == S.JUDGING


def test_an_organiser_on_the_jury_selects_after_marking(cast: Cast):
    call = a_pitch_call(cast)
    pitch = a_pitch(call, cast.danish_company)
    juror = a_juror(call, cast.organiser)
    actions.judge(call_id=call.pk, by=SYSTEM, at=JUDGED)
    decisions = {pitch.pk: Decision(Pitched.SELECTED, "Well done.")}
    with pytest.raises(Refused, match="blind"):
        actions.select(call_id=call.pk, decisions=decisions, by=cast.actor("organiser"), at=SELECTED)
    marked(declared(juror), pitch, 3, 3)
    actions.select(call_id=call.pk, decisions=decisions, by=cast.actor("organiser"), at=SELECTED)
    assert Pitch.objects.get().reason == "Well done."


def test_the_reserve_moves_up_when_a_place_is_free(cast: Cast):
    call = a_selected_call(cast)
    reserve = Pitch.objects.get(call=call, state=Pitched.RESERVE)
    with pytest.raises(Refused, match="no_place"):
        actions.move_up(pitch_id=reserve.pk, by=cast.actor("organiser"), at=SELECTED)
    leaves = pitch_of(call, cast.danish_company)
    actions.withdraw(pitch_id=leaves.pk, reason="Ill.", by=cast.actor("danish_sme"), at=SELECTED)
    moved = actions.move_up(pitch_id=reserve.pk, by=cast.actor("organiser"), at=SELECTED)
    assert moved.state == Pitched.SELECTED
    assert [line.place for line in queries.order_of(call)] == [1, 2]
    assert queries.order_of(call)[-1].pitch == moved
    with pytest.raises(Refused, match="wrong_state"):
        actions.turn_down(pitch_id=moved.pk, reason="", by=cast.actor("organiser"), at=SELECTED)


def test_the_reserve_is_turned_down_in_words(cast: Cast):
    call = a_selected_call(cast)
    reserve = Pitch.objects.get(call=call, state=Pitched.RESERVE)
    actions.turn_down(pitch_id=reserve.pk, reason="No place.", by=cast.actor("organiser"), at=SELECTED)
    assert Pitch.objects.get(pk=reserve.pk).state == Pitched.NOT_SELECTED
    assert Letter.objects.filter(template="pitches/not_selected", body__contains="No place.").exists()


# ── The running order and the stage ──────────────────────────────────────────────────────────────────────────────────
def test_the_lot_drawn_again_is_the_same(cast: Cast):
    call = a_selected_call(cast)
    first = [line.pitch.pk for line in queries.order_of(call)]
    assert first == rules.drawn(sorted(first), seed=call.draw_seed)
    actions.order(call_id=call.pk, how=OrderBy.HAND, pitch_ids=first[::-1], by=SYSTEM, at=SELECTED)
    assert [line.pitch.pk for line in queries.order_of(call)] == first[::-1]
    actions.order(call_id=call.pk, how=OrderBy.LOT, by=SYSTEM, at=SELECTED + timedelta(hours=1))
    assert [line.pitch.pk for line in queries.order_of(call)] == first
    with pytest.raises(Refused, match="order_incomplete"):
        actions.order(call_id=call.pk, how=OrderBy.HAND, pitch_ids=first[:1], by=SYSTEM, at=SELECTED)


def test_times_on_stage_are_those_of_the_zone(cast: Cast):
    call = a_selected_call(cast)
    one, two = queries.order_of(call)
    assert (one.wall_time, two.wall_time) == ("14:00", "14:10")
    letter = Letter.objects.filter(template="pitches/ordered", about_id=one.pitch.pk).first()
    assert letter is not None
    assert "14:00 (Europe/Brussels)" in letter.subject


def test_without_a_beginning_there_is_no_order(cast: Cast):
    call = a_selected_call(cast, ordered=False, stage_starts_at=None)
    for how in (OrderBy.LOT, OrderBy.AVAILABILITY):
        with pytest.raises(Refused, match="no_beginning"):
            actions.order(call_id=call.pk, how=how, by=cast.actor("organiser"), at=SELECTED)


def test_the_stage_opens_with_an_order_and_is_left_one_after_the_other(cast: Cast):
    call = a_selected_call(cast, ordered=False)
    with pytest.raises(Refused, match="no_order"):
        actions.start(call_id=call.pk, by=cast.actor("organiser"), at=STAGE)
    actions.order(call_id=call.pk, how=OrderBy.LOT, by=SYSTEM, at=SELECTED)
    one, two = (line.pitch for line in queries.order_of(call))
    with pytest.raises(Refused, match="not_now"):
        actions.bring_on(pitch_id=one.pk, by=SYSTEM, at=STAGE)
    actions.start(call_id=call.pk, by=cast.actor("organiser"), at=STAGE)
    with pytest.raises(Refused, match="not_on_stage"):
        actions.finish(pitch_id=one.pk, by=SYSTEM, at=STAGE)
    actions.bring_on(pitch_id=one.pk, by=cast.actor("organiser"), at=STAGE)
    now, then = queries.now_and_next(queries.order_of(call))
    assert (now and now.pitch, then and then.pitch) == (one, two)
    with pytest.raises(Refused, match="on_stage"):
        actions.withdraw(pitch_id=one.pk, reason="No.", by=SYSTEM, at=STAGE)
    actions.bring_on(pitch_id=two.pk, by=cast.actor("organiser"), at=STAGE + timedelta(minutes=10))
    assert Pitch.objects.get(pk=one.pk).state == Pitched.PITCHED
    actions.finish(pitch_id=two.pk, by=cast.actor("organiser"), at=STAGE + timedelta(minutes=20))
    call = actions.close(call_id=call.pk, by=cast.actor("organiser"), at=STAGE + timedelta(hours=1))
    assert call.closed_at is not None
    assert cast.danish_sme.email in told("closed")


def test_on_stage_jury_and_audience_mark_apart(cast: Cast):
    call = a_live_call(cast)
    on_stage = Pitch.objects.get(call=call, number=1)
    guest = Person.objects.create(name="Guest", email="guest@example.org")
    with pytest.raises(Refused, match="pitches_oneself"):
        actions.join_audience(call_id=call.pk, by=cast.actor("danish_sme"), at=STAGE)
    seat = actions.join_audience(call_id=call.pk, by=Actor(person_id=guest.pk, name="Guest"), at=STAGE)
    assert (
        actions.join_audience(call_id=call.pk, by=Actor(person_id=guest.pk, name="Guest"), at=STAGE) == seat
    )
    marked(seat, on_stage, 5, 5, is_live=True, at=STAGE)
    juror = Juror.objects.get(call=call, person=cast.assessor)
    marked(juror, on_stage, 2, 2, is_live=True, at=STAGE)
    found = queries.stage_marks(call)[0]
    assert (found.jury.raw, found.audience.raw) == (2.0, 5.0)
    with pytest.raises(Refused, match="not_there"):
        marked(seat, Pitch.objects.get(call=call, number=2), 5, 5, is_live=True, at=STAGE)
    actions.close(call_id=call.pk, by=SYSTEM, at=STAGE)
    for late in (seat, juror):
        with pytest.raises(Refused, match="not_now"):
            marked(late, on_stage, 1, 1, is_live=True, at=STAGE)
    with pytest.raises(Refused, match="no_audience"):
        actions.join_audience(call_id=call.pk, by=cast.actor("auditor"), at=STAGE)


def test_the_states_of_a_whole_call(cast: Cast):
    assert state_of(a_closed_call(cast)) == S.CLOSED
