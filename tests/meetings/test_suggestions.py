"""Whom the pages suggest, why, whom they never show, and what it costs."""

from __future__ import annotations

import random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as some

from landbridge.algorithms.matching.people import LONGEST_QUOTE, Field, Profile, ranked, reasons_for
from landbridge.catalogue.models import Competence
from landbridge.events.models import Registration, Slot
from landbridge.events.states import Attendee, Registered
from landbridge.meetings import actions, queries
from tests.cast import Cast
from tests.factories.meetings import BELGIAN, DANISH, GERMAN, a_forum, a_guest, a_request

pytestmark = pytest.mark.django_db
ME = Profile(1, seeks="Binding affinity of peptides.", offers="Peptide synthesis.", country="DK")


def found(people: queries.People) -> list[int]:
    return [one.pk for one in people.found]


# ── The order and the reasons ────────────────────────────────────────────────────────────────────────────────────────
def test_what_one_seeks_and_the_other_offers_brings_two_together():
    offers = Profile(2, offers="We measure binding affinity.", country="DE")
    seeks = Profile(3, seeks="A partner for peptide synthesis.", country="DK")
    nothing = Profile(4, seeks="Accounting.", offers="Catering.", country="DE", languages=frozenset({"en"}))
    field = Field.of([nothing, ME, seeks, offers])
    assert [fit.id for fit in ranked(ME, field)] == [2, 3, 4]
    assert ranked(ME, field)[-1].score == 0
    reason, border = reasons_for(ME, offers, among=field)
    assert reason.params == {"seek": "Binding affinity of peptides", "offer": "We measure binding affinity"}
    assert (reason.code, border.code) == ("they_offer", "border")
    assert reasons_for(ME, nothing, among=field) == []
    assert [one.code for one in reasons_for(ME, seeks, among=field)] == ["they_seek"]


def test_a_word_that_everybody_uses_says_nothing():
    crowd = [Profile(number, offers="Solutions for health.") for number in range(2, 40)]
    me = Profile(1, seeks="Solutions for health.")
    field = Field.of([me, *crowd])
    assert not any(fit.score for fit in ranked(me, field))
    assert reasons_for(me, crowd[0], among=field) == []


def test_a_long_sentence_is_quoted_in_part():
    other = Profile(2, offers="affinity " * 60)
    (reason,) = reasons_for(ME, other, among=Field.of([ME, other]))
    assert len(str(reason.params["offer"])) <= LONGEST_QUOTE + 2


SAID = (
    "",
    "peptide affinity",
    "binding",
    "mouse cell assay",
    "catering",
    "affinity of cells",
    "peptide peptide",
)


@given(
    some.lists(
        some.tuples(some.sampled_from(SAID), some.sampled_from(SAID), some.sampled_from(["DE", "DK", ""])),
        max_size=6,
    ),
    some.integers(0, 99),
)
def test_the_order_of_the_input_does_not_matter_and_reasons_are_true(rows, seed):
    profiles = [
        Profile(number, seeks, offers, country=country)
        for number, (seeks, offers, country) in enumerate(rows, start=2)
    ]
    shuffled = [ME, *profiles]
    random.Random(seed).shuffle(shuffled)
    field = Field.of([ME, *profiles])
    assert ranked(ME, field) == ranked(ME, Field.of(shuffled))
    for one in profiles:
        for reason in reasons_for(ME, one, among=field):
            if reason.code == "they_offer":
                assert str(reason.params["offer"]) in one.offers
            if reason.code == "they_seek":
                assert str(reason.params["seek"]) in one.seeks
            assert reason.code != "border" or one.country not in ("", "DK")


# ── Who is shown ─────────────────────────────────────────────────────────────────────────────────────────────────────
def test_the_best_fit_stands_first_with_its_reasons(cast: Cast):
    forum = a_forum(cast)
    people = queries.people_to_meet(forum.of(DANISH))
    assert found(people) == [forum.of(GERMAN).pk, forum.of(BELGIAN).pk]
    card, _other = queries.cards_of(people, people.found)
    assert any("Surface plasmon resonance" in reason for reason in card.reasons)
    assert "From another country: Germany" in card.reasons


def test_never_shown_are_colleagues_the_unlisted_and_blocked_pairs(cast: Cast):
    forum = a_forum(cast)
    a_guest(forum.event, is_listed=False)
    a_guest(forum.event, wants_meetings=False)
    a_guest(forum.event, state=Registered.SUBMITTED)
    a_guest(forum.event, organisation_name="Danish Company ApS")
    actions.block(
        registration_id=forum.of(BELGIAN).pk,
        other_id=forum.of(DANISH).pk,
        by=forum.actor(BELGIAN),
        at=forum.at,
    )
    assert found(queries.people_to_meet(forum.of(DANISH))) == [forum.of(GERMAN).pk]
    assert forum.of(DANISH).pk not in found(queries.people_to_meet(forum.of(BELGIAN)))
    assert queries.card_of(forum.of(DANISH), forum.of(BELGIAN).pk) is None


def test_who_shares_no_slot_is_said_so(cast: Cast):
    forum = a_forum(cast)
    first, last = forum.slots[0].pk, forum.slots[-1].pk
    for name, slots in ((DANISH, [first]), (GERMAN, [last]), (BELGIAN, None)):
        Registration.objects.filter(pk=forum.of(name).pk).update(slots=slots)
    me = Registration.objects.get(pk=forum.of(DANISH).pk)
    shared = {one.pk: one.shares_slot for one in queries.people_to_meet(me).found}
    assert shared == {forum.of(GERMAN).pk: False, forum.of(BELGIAN).pk: None}
    assert found(queries.people_to_meet(me, slot="shared")) == [forum.of(BELGIAN).pk]
    forum.rules.silent_are_there = True
    forum.rules.save()
    assert queries.people_to_meet(me, slot="shared").found[0].shares_slot is True


def test_a_session_one_has_signed_up_for_takes_its_slots(cast: Cast):
    forum = a_forum(cast)
    slot = Slot.objects.get(pk=forum.slots[0].pk)
    session = forum.event.sessions.create(
        title="Lab tour", starts_at=slot.starts_at, ends_at=slot.ends_at, needs_sign_up=True
    )
    session.places_taken.create(registration=forum.of(GERMAN), taken_at=forum.at)
    free = queries.free_by_person(forum.event, {forum.of(GERMAN).pk: forum.of(GERMAN).slots})
    assert free[forum.of(GERMAN).pk] == frozenset(one.pk for one in forum.slots[1:])


def test_each_filter_narrows(cast: Cast):
    forum = a_forum(cast)
    competence = Competence.objects.create(key="spr", name="Surface plasmon resonance", state="accepted")
    guest = a_guest(
        forum.event, country="FR", languages=["fr"], attendee=Attendee.INVESTOR, competences=(competence,),
        name="Élodie Durand", job_title="Head of Research",
    )  # fmt: skip
    me = forum.of(DANISH)
    for chosen in (
        {"country": "FR"}, {"language": "fr"}, {"attendee": "investor"}, {"competence": "spr"},
        {"text": "elodie research"}, {"text": "Élodie", "country": "FR"},
    ):  # fmt: skip
        assert found(queries.people_to_meet(me, **chosen)) == [guest.pk], chosen
    assert found(queries.people_to_meet(me, region=str(cast.stuttgart.pk))) == [forum.of(GERMAN).pk]
    assert found(queries.people_to_meet(me, text="elodie", country="DE")) == []


def test_suggestions_leave_out_whom_one_has_asked(cast: Cast):
    forum = a_forum(cast)
    a_request(forum, DANISH, GERMAN)
    me = forum.of(DANISH)
    assert found(queries.people_to_meet(me, only="suggested")) == [forum.of(BELGIAN).pk]
    card = next(one for one in queries.cards_of(queries.people_to_meet(me), queries.people_to_meet(me).found))
    assert card.standing is not None
    assert card.standing.is_mine


def test_as_many_questions_for_few_as_for_many(cast: Cast):
    forum = a_forum(cast)

    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            people = queries.people_to_meet(forum.of(DANISH))
            queries.cards_of(people, people.found[:24])
        return len(asked)

    few = cost()
    for _ in range(10):
        a_guest(forum.event, offers="Surface plasmon resonance")
    assert cost() == few <= 9
