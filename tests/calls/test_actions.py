"""Preparing a call, and what publication freezes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from landbridge.calls import actions, queries, standard_form
from landbridge.calls.models import Call, Offer
from landbridge.calls.rules import Window
from landbridge.calls.standard_form import CriterionDraft, QuestionDraft
from landbridge.calls.states import S
from landbridge.foundation.audit.queries import history_of
from landbridge.foundation.money import euro
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.foundation.permissions.roles import Role
from landbridge.foundation.problems import NotAllowed, Refused
from landbridge.programmes.models import Incentive
from tests.factories.budgets import a_line
from tests.factories.calls import (
    AFTER,
    CLOSES,
    DURING,
    OPENS,
    PREPARED,
    a_complete_draft,
    a_draft,
    a_finished_call,
    a_published_call,
    a_question,
    a_window,
    offer_of,
)
from tests.factories.memberships import an_actor
from tests.factories.programmes import a_phase, a_programme, an_incentive

pytestmark = pytest.mark.django_db
NOW = {"by": SYSTEM, "at": PREPARED}
SECOND = timedelta(seconds=1)


def codes_of(refusal):
    return [problem.code for problem in refusal.value.problems]


# ── Preparing ────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_new_call_starts_from_the_standard_form_and_criteria():
    phase = a_phase()
    call = actions.create(phase=phase, title="Call 1", summary="-", window=a_window(), **NOW)
    assert (call.number, call.state, call.contact_email) == (1, S.DRAFT, phase.programme.contact_email)
    assert [question.key for question in queries.questions_of(call)] == [
        one.key for one in standard_form.QUESTIONS
    ]
    assert sum(criterion.points for criterion in queries.criteria_of(call)) == 100
    second = actions.create(
        phase=phase, title="Call 2", summary="-", window=a_window(), guidance="Read", **NOW
    )
    assert (second.number, second.guidance) == (2, "Read")


def test_a_copy_takes_over_what_was_prepared():
    first = a_complete_draft(guidance="How to apply")
    incentive = offer_of(first).incentive
    Incentive.objects.filter(pk=incentive.pk).update(cap_eur=euro(6000))
    copy = actions.create(
        phase=first.phase, title="Next", summary="-", window=a_window(), copy_of=first, **NOW
    )
    assert copy.guidance == "How to apply"
    assert [(offer.incentive_id, offer.cap_eur) for offer in queries.offers_of(copy)] == [
        (incentive.pk, euro(6000))
    ]
    assert queries.content_of(copy)["questions"] == queries.content_of(first)["questions"]
    assert queries.content_of(copy)["criteria"] == queries.content_of(first)["criteria"]
    assert len(queries.questions_of(first)) == len(standard_form.QUESTIONS)


def test_only_the_programme_s_office_prepares_calls():
    phase = a_phase()
    for actor in (
        an_actor(Role.OFFICE, programme=a_programme()),
        an_actor(Role.AUDITOR),
        an_actor(Role.ASSESSOR, programme=phase.programme),
    ):
        with pytest.raises(NotAllowed):
            actions.create(phase=phase, title="-", summary="-", window=a_window(), by=actor, at=PREPARED)
    call, other = a_draft(phase=phase), an_actor(Role.OFFICE, programme=a_programme())
    with pytest.raises(Call.DoesNotExist):
        actions.edit(call_id=call.pk, title="-", by=other, at=PREPARED)


def test_a_window_that_closes_before_it_opens_is_refused():
    with pytest.raises(Refused) as refusal:
        actions.edit(call_id=a_draft().pk, window=Window(CLOSES, OPENS, "Europe/Brussels"), **NOW)
    assert codes_of(refusal) == ["closes_too_early"]


def test_an_edit_over_somebody_else_s_is_refused():
    call = a_draft()
    actions.edit(call_id=call.pk, title="Mine", version=1, **NOW)
    with pytest.raises(Refused) as refusal:
        actions.edit(call_id=call.pk, title="Theirs", version=1, **NOW)
    assert codes_of(refusal) == ["stale"]
    call.refresh_from_db()
    assert call.title == "Mine"


def test_offers_are_replaced_as_a_whole_and_stay_under_the_incentive_s_cap():
    call = a_draft()
    incentive, other = an_incentive(phase=call.phase), an_incentive()
    actions.set_offers(call_id=call.pk, caps={incentive: euro(5000)}, **NOW)
    assert offer_of(call).cap_eur == euro(5000)
    for wrong in ({incentive: euro(7001)}, {incentive: euro(0)}, {other: euro(1)}):
        with pytest.raises(Refused):
            actions.set_offers(call_id=call.pk, caps=wrong, **NOW)
    actions.set_offers(call_id=call.pk, caps={}, **NOW)
    assert not Offer.objects.filter(call=call).exists()


def test_criteria_are_replaced_as_a_whole_and_have_names_of_their_own():
    call = a_complete_draft()
    actions.set_criteria(call_id=call.pk, criteria=[CriterionDraft("Merit", 100, 60)], **NOW)
    assert [(one.name, one.points) for one in queries.criteria_of(call)] == [("Merit", 100)]
    with pytest.raises(Refused):
        actions.set_criteria(
            call_id=call.pk, criteria=[CriterionDraft("A", 50), CriterionDraft("a", 50)], **NOW
        )


def test_questions_are_added_changed_moved_and_removed():
    call = a_draft()
    need = a_question(call)
    a_question(call, key="why", section="Other", position=2)
    words = {"call_id": call.pk, **NOW}
    actions.put_question(**words, question=QuestionDraft("What you need", "market", "text", "Which market?"))
    assert [one.key for one in queries.questions_of(call)] == ["need", "market", "why"]
    actions.put_question(
        **words, question_id=need.pk, question=QuestionDraft("What you need", "need", "text", "What?")
    )
    actions.move_question(**words, question_id=need.pk, up=False)
    actions.move_question(**words, question_id=queries.questions_of(call)[2].pk, up=False)
    assert [one.key for one in queries.questions_of(call)] == ["market", "need", "why"]
    assert queries.questions_of(call)[1].label == "What?"
    actions.put_question(**words, question_id=need.pk, question=QuestionDraft("New", "need", "text", "What?"))
    assert [one.key for one in queries.questions_of(call)] == ["market", "why", "need"]
    actions.remove_question(**words, question_id=queries.questions_of(call)[0].pk)
    assert [one.key for one in queries.questions_of(call)] == ["why", "need"]


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        (QuestionDraft("S", "need", "text", "?"), "key_taken"),
        (QuestionDraft("S", "new", "choice", "?", choices=("one",)), "too_few_choices"),
        (QuestionDraft("S", "new", "text", "?", longest=0), "no_length"),
    ],
)
def test_a_question_that_cannot_be_answered_is_refused(draft, code):
    call = a_draft()
    a_question(call)
    with pytest.raises(Refused) as refusal:
        actions.put_question(call_id=call.pk, question=draft, **NOW)
    assert codes_of(refusal) == [code]


def test_a_form_has_an_end():
    call = a_draft()
    for number in range(60):
        a_question(call, key=f"q{number}", position=number)
    with pytest.raises(Refused) as refusal:
        actions.put_question(call_id=call.pk, question=QuestionDraft("S", "new", "text", "?"), **NOW)
    assert codes_of(refusal) == ["too_many_questions"]


def test_all_questions_are_set_together():
    call = a_complete_draft()
    actions.set_questions(call_id=call.pk, questions=standard_form.QUESTIONS[:2], **NOW)
    assert len(queries.questions_of(call)) == 2
    with pytest.raises(Refused):
        actions.set_questions(call_id=call.pk, questions=[standard_form.QUESTIONS[0]] * 2, **NOW)


# ── Publishing ───────────────────────────────────────────────────────────────────────────────────────────────────────
def test_publication_is_refused_with_every_problem_until_the_call_is_complete():
    call = a_draft(summary="", contact_email="")
    with pytest.raises(Refused) as refusal:
        actions.publish(call_id=call.pk, by=SYSTEM, at=DURING)
    assert codes_of(refusal) == [
        "no_summary",
        "no_contact",
        "opening_passed",
        "no_offer",
        "no_criteria",
        "no_question",
    ]
    assert all(problem.cure for problem in refusal.value.problems)
    call.refresh_from_db()
    assert (call.state, call.terms) == (S.DRAFT, {})


def test_an_offer_without_money_behind_it_is_not_published():
    incentive = an_incentive()
    a_line(phase=incentive.phase)
    call = a_complete_draft(incentive=incentive)
    with pytest.raises(Refused) as refusal:
        actions.publish(call_id=call.pk, **NOW)
    assert codes_of(refusal) == ["no_money"]


def test_editing_an_incentive_after_publication_does_not_alter_the_call():
    call = a_published_call()
    offer, before = offer_of(call), queries.terms(call)
    changed = {
        "name": "Other",
        "purpose": "Other",
        "cap_eur": euro(1),
        "validity_months": 1,
        "evidence": ["None"],
    }
    Incentive.objects.filter(pk=offer.incentive_id).update(**changed)
    call = Call.objects.get(pk=call.pk)
    assert queries.terms(call) == before
    offer.refresh_from_db()
    assert (offer.name, offer.cap_eur, offer.validity_months) == ("Collaboration", euro(7000), 12)
    assert list(queries.findings()) == []


def test_publication_takes_the_incentive_s_terms_of_that_moment():
    call = a_complete_draft()
    Incentive.objects.filter(pk=offer_of(call).incentive_id).update(purpose="As corrected yesterday")
    actions.publish(call_id=call.pk, **NOW)
    assert offer_of(call).purpose == "As corrected yesterday"
    assert queries.terms(Call.objects.get(pk=call.pk)).offers[0].purpose == "As corrected yesterday"


def test_the_hash_of_the_terms_verifies():
    call = Call.objects.get(pk=a_published_call().pk)
    assert queries.hash_of(call.terms) == call.terms_hash
    assert list(queries.findings()) == []
    Call.objects.filter(pk=call.pk).update(terms={**call.terms, "title": "Another"})
    assert list(queries.findings()) == [
        f"The terms of call {call.pk} (Call 1) were changed after they were published."
    ]


def test_what_was_published_is_compared_with_the_rows():
    call = a_published_call()
    Offer.objects.filter(call=call).update(cap_eur=euro(1))
    Call.objects.filter(pk=call.pk).update(closes_at=CLOSES - SECOND)
    assert len(list(queries.findings())) == 2


@pytest.mark.parametrize(
    "change",
    [
        lambda call: actions.edit(call_id=call.pk, title="Other", **NOW),
        lambda call: actions.set_offers(call_id=call.pk, caps={}, **NOW),
        lambda call: actions.set_criteria(call_id=call.pk, criteria=[], **NOW),
        lambda call: actions.set_questions(call_id=call.pk, questions=[], **NOW),
    ],
)
def test_a_published_call_is_not_edited(change):
    with pytest.raises(Refused) as refusal:
        change(a_published_call())
    assert codes_of(refusal) == ["frozen"]


def test_a_call_is_published_once():
    with pytest.raises(Refused):
        actions.publish(call_id=a_published_call().pk, **NOW)


def test_only_the_office_publishes():
    call = a_complete_draft()
    with pytest.raises(NotAllowed):
        actions.publish(call_id=call.pk, by=an_actor(Role.AUDITOR), at=PREPARED)


# ── The window ───────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("moment", "is_open"),
    [(OPENS - SECOND, False), (OPENS, True), (CLOSES - SECOND, True), (CLOSES, False)],
)
def test_the_opening_second_belongs_to_the_window_and_the_closing_second_does_not(moment, is_open):
    call = a_published_call()
    assert call.is_open(moment) is is_open
    assert list(queries.open_calls(moment)) == ([call] if is_open else [])


def test_calls_are_coming_open_or_past():
    call = a_published_call()
    at_each = {moment: [len(rows(moment)) for rows in (queries.coming_calls, queries.open_calls, queries.past_calls)]
               for moment in (PREPARED, OPENS, CLOSES)}  # fmt: skip
    assert at_each == {PREPARED: [1, 0, 0], OPENS: [0, 1, 0], CLOSES: [0, 0, 1]}
    assert not queries.open_calls(DURING).exclude(pk=call.pk).exists()


# ── After publication ────────────────────────────────────────────────────────────────────────────────────────────────
def test_the_closing_time_may_be_extended_and_stays_on_record():
    call = a_published_call()
    later = CLOSES + timedelta(days=7)
    extension = actions.extend(
        call_id=call.pk, closes_at=later, reason="The site was down.", by=SYSTEM, at=DURING
    )
    call = Call.objects.get(pk=call.pk)
    assert (extension.was_closing_at, call.closes_at, queries.terms(call).closes_at) == (CLOSES, later, later)
    assert queries.hash_of(call.terms) == call.terms_hash
    assert list(queries.findings()) == []
    assert history_of(call)[0].event == "call.extended"


@pytest.mark.parametrize(
    ("closes_at", "at", "reason", "code"),
    [
        (CLOSES - SECOND, DURING, "Because", "not_later"),
        (CLOSES, DURING, "Because", "not_later"),
        (CLOSES + SECOND, CLOSES, "Because", "closed_already"),
        (CLOSES + SECOND, DURING, "", "no_reason"),
    ],
)
def test_a_window_is_never_shortened_nor_opened_again(closes_at, at, reason, code):
    call = a_published_call()
    with pytest.raises(Refused) as refusal:
        actions.extend(call_id=call.pk, closes_at=closes_at, reason=reason, by=SYSTEM, at=at)
    assert codes_of(refusal) == [code]


def test_a_cancelled_call_takes_no_applications_and_says_why():
    call = actions.cancel(call_id=a_published_call().pk, reason="No money", by=SYSTEM, at=DURING)
    assert (call.state, call.cancellation, call.is_open(DURING)) == (S.CANCELLED, "No money", False)
    with pytest.raises(Refused):
        actions.cancel(call_id=a_draft().pk, reason="", by=SYSTEM, at=DURING)


def test_a_call_is_finished_after_it_closed():
    call = a_published_call()
    with pytest.raises(Refused) as refusal:
        actions.finish(call_id=call.pk, by=SYSTEM, at=DURING)
    assert codes_of(refusal) == ["still_open"]
    assert actions.finish(call_id=call.pk, by=SYSTEM, at=AFTER).state == S.DECIDED


def test_drafts_are_seen_by_their_programme_alone():
    draft, published = a_draft(), a_published_call()
    own = an_actor(Role.OFFICE, programme=draft.phase.programme)
    finance = an_actor(Role.FINANCE, partner=a_line().partner)
    assert set(Call.objects.visible_to(own)) == {draft, published}
    assert set(Call.objects.visible_to(finance)) == {published}
    assert list(queries.in_preparation(own)) == [draft]
    assert list(queries.in_preparation(finance)) == list(queries.to_be_finished(finance, at=AFTER)) == []
    office = an_actor(Role.OFFICE, programme=published.phase.programme)
    assert list(queries.to_be_finished(office, at=AFTER)) == [published]
    a_finished_call(phase=a_phase())


@pytest.mark.parametrize(
    "wrong", [{"closes_at": OPENS}, {"state": "open"}, {"state": S.PUBLISHED, "published_at": None}]
)
def test_the_database_refuses_a_call_that_cannot_be(wrong):
    call = a_draft()
    with pytest.raises(IntegrityError), transaction.atomic():
        Call.objects.filter(pk=call.pk).update(**wrong)
