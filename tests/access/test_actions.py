"""A request from its draft to its end: what each step changes, tells and refuses, and who may take it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from landbridge.access import actions, queries
from landbridge.access.actions.asking import Stale
from landbridge.access.models import Complaint, Feedback, Quote, Request, RuleSet, Signature, Slot
from landbridge.access.states import S
from landbridge.access.tasks import close_delivered
from landbridge.clocks.models import Clock
from landbridge.foundation import clock
from landbridge.foundation.audit.models import Entry
from landbridge.foundation.money import euro
from landbridge.foundation.outbox.models import Letter
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.foundation.problems import NotAllowed, Refused
from landbridge.introductions.states import Side
from tests.cast import Cast
from tests.factories.access import (
    ASKED,
    AT,
    DAYS,
    QUOTE,
    WRITTEN,
    a_contract,
    a_draft,
    a_request,
    a_slot,
    signed,
    the_offer,
    the_rules,
)

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=1)


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Any) -> None:
    settings.LANDBRIDGE_FILES = tmp_path


def told(name: str) -> set[str]:
    return set(Letter.objects.filter(template=f"access/{name}").values_list("recipient_email", flat=True))


def codes(error: Any) -> set[str]:
    return {problem.code for problem in error.value.problems}


class TestRules:
    def test_the_first_version_comes_once(self):
        first = actions.bring_rules(by=SYSTEM, at=WRITTEN)
        assert first is not None
        assert actions.bring_rules(by=SYSTEM, at=AT) is None
        assert queries.in_force(AT.date()) == first
        assert "European Charter" in first.text
        assert queries.sections_of(first.text)[1].heading == "1. What is open"

    def test_the_next_version_ends_the_former_and_asks_its_signatories(self, cast: Cast):
        first = the_rules()
        actions.sign(rule_set_id=first.pk, deviations="", by=cast.actor("german_provider"), at=AT)
        office = cast.actor("office")
        draft = actions.draft_rules(
            version="2.0",
            title="Common rules",
            text="Shorter.",
            valid_from=date(2027, 1, 1),
            by=office,
            at=AT,
        )
        actions.publish_rules(rule_set_id=draft.pk, by=office, at=AT)
        first.refresh_from_db()
        assert first.valid_until == date(2026, 12, 31)
        assert told("rules_renewed") == {cast.german_provider.email}
        assert queries.in_force(date(2027, 1, 1)) == draft
        with pytest.raises(Refused, match="published_already"):
            actions.edit_rules(
                rule_set_id=draft.pk,
                version="2.1",
                title="x",
                text="x",
                valid_from=AT.date(),
                by=office,
                at=AT,
            )
        assert list(queries.findings()) == []

    def test_a_draft_changes_until_it_is_published(self, cast: Cast):
        the_rules()
        given: dict[str, Any] = {
            "title": "T",
            "text": "x",
            "valid_from": date(2027, 1, 1),
            "by": SYSTEM,
            "at": AT,
        }
        draft = actions.draft_rules(version="2.0", **given)
        assert actions.edit_rules(rule_set_id=draft.pk, version="2.1", **given).version == "2.1"
        with pytest.raises(Refused, match="version_taken"):
            actions.edit_rules(rule_set_id=draft.pk, version="1.0", **given)
        with pytest.raises(NotAllowed):
            actions.draft_rules(version="3", **{**given, "by": cast.actor("zealand_broker")})
        assert RuleSet.objects.visible_to(cast.actor("danish_sme")).count() == 1

    def test_a_facility_signs_once_and_may_end_it(self, cast: Cast):
        rules, provider = the_rules(), cast.actor("german_provider")
        signature = actions.sign(rule_set_id=rules.pk, deviations="Not on Sundays.", by=provider, at=AT)
        with pytest.raises(Refused, match="signed_already"):
            actions.sign(rule_set_id=rules.pk, deviations="", by=provider, at=AT)
        with pytest.raises(Signature.DoesNotExist):
            actions.end_signature(signature_id=signature.pk, by=cast.actor("belgian_provider"), at=AT)
        actions.end_signature(signature_id=signature.pk, by=provider, at=LATER)
        assert actions.sign(rule_set_id=rules.pk, deviations="", by=provider, at=LATER)
        with pytest.raises(NotAllowed):
            actions.sign(rule_set_id=rules.pk, deviations="", by=cast.actor("danish_sme"), at=AT)


class TestAsking:
    def test_a_request_stays_under_the_version_of_its_day(self, cast: Cast):
        request = a_draft(cast)
        office = cast.actor("office")
        draft = actions.draft_rules(
            version="2.0", title="Common rules", text="Shorter.", valid_from=LATER.date(), by=office, at=AT
        )
        actions.publish_rules(rule_set_id=draft.pk, by=office, at=AT)
        again = actions.start(record_id=request.record_id, by=cast.actor("danish_sme"), at=LATER)
        request.refresh_from_db()
        assert (request.rule_set.version, again.rule_set.version) == ("1.0", "2.0")

    def test_without_rules_or_of_oneself_nothing_begins(self, cast: Cast):
        offer = the_offer(cast)
        with pytest.raises(Refused) as refusal:
            actions.start(record_id=offer.pk, company_id=cast.german_institute.pk, by=SYSTEM, at=AT)
        assert codes(refusal) == {"own_offer", "no_rules_in_force"}
        with pytest.raises(Refused, match="no_offer"):
            actions.start(record_id=0, by=cast.actor("danish_sme"), at=AT)

    def test_two_who_write_at_once_lose_nothing(self, cast: Cast):
        draft = a_draft(cast)
        seen = draft.version
        mine = replace(ASKED, title="Mine")
        actions.save(
            request_id=draft.pk,
            version=seen,
            asked=replace(ASKED, title="Theirs"),
            by=cast.actor("danish_sme"),
            at=AT,
        )
        with pytest.raises(Stale) as refusal:
            actions.save(
                request_id=draft.pk, version=seen, asked=mine, by=cast.actor("danish_colleague"), at=AT
            )
        [problem] = refusal.value.problems
        assert (problem.field, problem.params["stored"]) == ("title", "Theirs")
        saved = actions.save(request_id=draft.pk, version=refusal.value.version, asked=mine, by=SYSTEM, at=AT)
        assert saved.title == "Mine"

    def test_what_is_missing_is_refused_and_nothing_told(self, cast: Cast):
        draft = a_draft(cast, asked=replace(ASKED, purpose="", access_mode=""))
        with pytest.raises(Refused) as refusal:
            actions.submit(request_id=draft.pk, by=cast.actor("danish_sme"), at=AT)
        assert codes(refusal) == {"no_purpose", "no_access_mode"}
        assert not Letter.objects.filter(template__startswith="access/").exists()

    def test_handed_in_the_desk_is_told_and_the_facility_may_read(self, cast: Cast):
        draft = a_draft(cast)
        provider = cast.actor("german_provider")
        assert not Request.objects.visible_to(provider).exists()
        request = actions.submit(request_id=draft.pk, by=cast.actor("danish_sme"), at=AT)
        assert request.number == f"A26-{request.pk:04d}"
        assert told("submitted") == {cast.zealand_broker.email}
        assert Request.objects.visible_to(provider).exists()
        assert Clock.objects.open().get().duty.key == "access.eligibility"

    def test_withdrawn_before_the_agreement_alone(self, cast: Cast):
        request = a_request(cast, S.QUOTED)
        slot = a_slot(request.record)
        actions.hold(request_id=request.pk, slot_id=slot.pk, by=cast.actor("danish_sme"), at=AT)
        ended = actions.withdraw(
            request_id=request.pk, reason="No money.", by=cast.actor("danish_sme"), at=AT
        )
        slot.refresh_from_db()
        assert (ended.state, slot.held_by_id, told("withdrawn")) == (
            S.WITHDRAWN,
            None,
            {cast.german_provider.email},
        )
        agreed = a_request(cast, S.AGREED)
        with pytest.raises(Refused, match="wrong_state"):
            actions.withdraw(request_id=agreed.pk, reason="No.", by=SYSTEM, at=AT)


class TestChecking:
    def test_the_desk_of_the_company_checks(self, cast: Cast):
        request = a_request(cast)
        with pytest.raises(Refused, match="not_your_company"):
            actions.find_eligible(request_id=request.pk, by=cast.actor("stuttgart_broker"), at=AT)
        with pytest.raises(Request.DoesNotExist):
            actions.find_eligible(request_id=request.pk, by=cast.actor("liege_broker"), at=AT)
        found = actions.find_eligible(request_id=request.pk, by=cast.actor("zealand_broker"), at=AT)
        assert (found.state, told("eligible")) == (S.ELIGIBLE, {cast.german_provider.email})
        [running] = Clock.objects.open()
        assert (running.duty.key, running.region) == ("access.feasibility", cast.stuttgart)

    def test_returned_it_is_a_draft_that_the_facility_no_longer_sees(self, cast: Cast):
        request = a_request(cast)
        broker = cast.actor("zealand_broker")
        with pytest.raises(Refused, match="no_reason"):
            actions.return_for_correction(request_id=request.pk, reason=" ", by=broker, at=AT)
        actions.return_for_correction(request_id=request.pk, reason="Say which tissue.", by=broker, at=AT)
        assert not Request.objects.visible_to(cast.actor("german_provider")).exists()
        again = actions.submit(request_id=request.pk, by=cast.actor("danish_sme"), at=LATER)
        assert (again.number, again.reason) == (request.number, "")

    def test_declined_with_its_reason(self, cast: Cast):
        request = a_request(cast)
        actions.decline(request_id=request.pk, reason="Not small.", by=cast.actor("zealand_broker"), at=AT)
        assert told("declined") == {cast.danish_sme.email, cast.danish_colleague.email}
        assert not Clock.objects.open().exists()


class TestAnswering:
    @pytest.mark.parametrize(
        ("feasibility", "state", "letter"),
        [
            ("as_asked", S.FEASIBLE, "feasible"),
            ("with_changes", S.FEASIBLE, "feasible"),
            ("no", S.NOT_FEASIBLE, "not_feasible"),
        ],
    )
    def test_the_facility_answers(self, cast: Cast, feasibility: str, state: str, letter: str):
        request = a_request(cast, S.ELIGIBLE)
        given: dict[str, Any] = {"feasibility": feasibility, "changes": "Six maps.", "reason": "Too large."}
        with pytest.raises(NotAllowed):
            actions.answer_feasibility(request_id=request.pk, **given, by=cast.actor("danish_sme"), at=AT)
        answered = actions.answer_feasibility(
            request_id=request.pk, **given, by=cast.actor("german_provider"), at=AT
        )
        assert answered.state == state
        assert cast.danish_sme.email in told(letter)

    def test_a_quote_waits_for_the_signature(self, cast: Cast):
        request, provider = a_request(cast, S.FEASIBLE), cast.actor("german_provider")
        with pytest.raises(Refused, match="rules_not_signed"):
            actions.quote(request_id=request.pk, **QUOTE, by=provider, at=AT)
        signed(request)
        assert actions.quote(request_id=request.pk, **QUOTE, by=provider, at=AT).state == S.QUOTED

    def test_the_newest_quote_that_holds_is_accepted(self, cast: Cast):
        request, company = a_request(cast, S.QUOTED), cast.actor("danish_sme")
        first = request.quotes.get()
        actions.quote(request_id=request.pk, **{**QUOTE, "amount_eur": euro(3900)}, by=SYSTEM, at=LATER)
        second = Quote.objects.get(version=2)
        with pytest.raises(Refused, match="quote_replaced"):
            actions.accept(request_id=request.pk, quote_id=first.pk, by=company, at=LATER)
        with pytest.raises(Refused, match="quote_ran_out"):
            actions.accept(request_id=request.pk, quote_id=second.pk, by=company, at=AT + timedelta(days=60))
        actions.accept(request_id=request.pk, quote_id=second.pk, by=company, at=LATER)
        assert told("accepted") == {cast.german_provider.email}


class TestSlots:
    def test_slots_of_an_offer_never_overlap(self, cast: Cast):
        offer = the_offer(cast)
        slot = a_slot(offer)
        with pytest.raises(Refused, match="slot_overlaps"):
            a_slot(offer, hour=11)
        a_slot(offer, hour=12)
        with pytest.raises(type(offer).DoesNotExist):
            actions.offer_slot(
                record_id=offer.pk, starts_at=LATER, ends_at=LATER + timedelta(hours=1),
                by=cast.actor("belgian_provider"), at=AT,
            )  # fmt: skip
        actions.take_away_slot(slot_id=slot.pk, by=cast.actor("german_provider"), at=AT)
        assert Slot.objects.count() == 1

    def test_the_database_refuses_what_overlaps(self, cast: Cast):
        slot = a_slot(the_offer(cast))
        with pytest.raises(IntegrityError), transaction.atomic():
            Slot.objects.create(
                record=slot.record, starts_at=slot.starts_at + timedelta(hours=1), ends_at=slot.ends_at
            )
        other = a_slot(slot.record, day=10)
        with pytest.raises(IntegrityError), transaction.atomic():
            Slot.objects.filter(pk=other.pk).update(starts_at=slot.starts_at)

    def test_what_one_holds_nobody_else_can(self, cast: Cast):
        request, other = a_request(cast, S.QUOTED), a_request(cast, S.QUOTED)
        slot, company = a_slot(request.record), cast.actor("danish_sme")
        actions.hold(request_id=request.pk, slot_id=slot.pk, by=company, at=AT)
        actions.hold(request_id=request.pk, slot_id=slot.pk, by=company, at=AT)
        with pytest.raises(Refused, match="slot_taken"):
            actions.hold(request_id=other.pk, slot_id=slot.pk, by=company, at=AT)
        with pytest.raises(Refused, match="slot_held"):
            actions.take_away_slot(slot_id=slot.pk, by=cast.actor("german_provider"), at=AT)
        actions.give_back(request_id=request.pk, slot_id=slot.pk, by=company, at=AT)
        actions.hold(request_id=other.pk, slot_id=slot.pk, by=company, at=AT)
        assert Slot.objects.get(pk=slot.pk).held_by == other

    def test_before_a_quote_and_after_the_agreement_nothing_is_held(self, cast: Cast):
        early, agreed = a_request(cast, S.FEASIBLE), a_request(cast, S.QUOTED)
        slot = a_slot(early.record)
        with pytest.raises(Refused, match="slots_not_now"):
            actions.hold(request_id=early.pk, slot_id=slot.pk, by=SYSTEM, at=AT)
        actions.hold(request_id=agreed.pk, slot_id=slot.pk, by=SYSTEM, at=AT)
        actions.accept(request_id=agreed.pk, quote_id=agreed.quotes.get().pk, by=SYSTEM, at=AT)
        actions.agree(request_id=agreed.pk, **DAYS, contract=a_contract(), by=SYSTEM, at=AT)
        with pytest.raises(Refused, match="slots_not_now"):
            actions.give_back(request_id=agreed.pk, slot_id=slot.pk, by=SYSTEM, at=AT)


class TestWork:
    def test_the_days_agreed_reach_over_the_slots(self, cast: Cast):
        request = a_request(cast, S.QUOTED)
        actions.hold(request_id=request.pk, slot_id=a_slot(request.record, day=20).pk, by=SYSTEM, at=AT)
        actions.accept(request_id=request.pk, quote_id=request.quotes.get().pk, by=SYSTEM, at=AT)
        with pytest.raises(Refused, match="slots_outside"):
            actions.agree(
                request_id=request.pk, **DAYS, contract=a_contract(), by=cast.actor("german_provider"), at=AT
            )

    def test_cancelled_its_slots_are_free(self, cast: Cast):
        request = a_request(cast, S.QUOTED)
        slot = a_slot(request.record)
        actions.hold(request_id=request.pk, slot_id=slot.pk, by=SYSTEM, at=AT)
        actions.accept(request_id=request.pk, quote_id=request.quotes.get().pk, by=SYSTEM, at=AT)
        actions.agree(request_id=request.pk, **DAYS, contract=a_contract(), by=SYSTEM, at=AT)
        with pytest.raises(NotAllowed):
            actions.cancel(request_id=request.pk, reason="No.", by=cast.actor("auditor"), at=AT)
        actions.cancel(request_id=request.pk, reason="Broken.", by=cast.actor("german_provider"), at=AT)
        slot.refresh_from_db()
        assert (slot.held_by_id, len(told("cancelled"))) == (None, 3)
        assert list(queries.findings()) == []

    def test_neither_reads_the_other_before_both_have_spoken(self, cast: Cast):
        request = a_request(cast, S.DELIVERED)
        company, provider = cast.actor("danish_sme"), cast.actor("german_provider")
        actions.give_feedback(request_id=request.pk, rating=5, text="Fast.", by=company, at=AT)
        assert queries.feedback_for(request, provider) == ((), False)
        with pytest.raises(Refused, match="feedback_given"):
            actions.give_feedback(request_id=request.pk, rating=4, text="", by=company, at=AT)
        with pytest.raises(Refused, match="feedback_awaited"):
            actions.close(request_id=request.pk, by=company, at=AT)
        actions.give_feedback(request_id=request.pk, rating=4, text="Well kept.", by=provider, at=AT)
        assert [len(queries.feedback_for(request, actor)[0]) for actor in (company, provider)] == [2, 2]
        assert actions.close(request_id=request.pk, by=company, at=AT).state == S.CLOSED

    def test_it_closes_by_itself(self, cast: Cast, monkeypatch: pytest.MonkeyPatch):
        request = a_request(cast, S.DELIVERED)
        for days, state in ((29, S.DELIVERED), (30, S.CLOSED), (31, S.CLOSED)):
            monkeypatch.setattr(clock, "now", lambda days=days: AT + timedelta(days=days))
            close_delivered.func()
            request.refresh_from_db()
            assert request.state == state

    def test_a_complaint_goes_to_the_office_and_its_answer_back(self, cast: Cast):
        request = a_request(cast, S.IN_PROGRESS)
        actions.complain(request_id=request.pk, text="No answer.", by=cast.actor("danish_sme"), at=AT)
        complaint = Complaint.objects.get()
        assert cast.office.email in told("complained")
        assert not queries.parts_of(request, actor=cast.actor("german_provider"), at=AT).complaints
        with pytest.raises(NotAllowed):
            actions.answer_complaint(
                complaint_id=complaint.pk, answer="Sorry.", by=cast.actor("zealand_broker"), at=AT
            )
        actions.answer_complaint(complaint_id=complaint.pk, answer="Sorry.", by=cast.actor("office"), at=AT)
        assert cast.danish_sme.email in told("complaint_answered")
        with pytest.raises(Refused, match="answered_already"):
            actions.answer_complaint(complaint_id=complaint.pk, answer="Again.", by=SYSTEM, at=AT)

    def test_desks_do_not_speak_for_a_side(self, cast: Cast):
        request = a_request(cast, S.DELIVERED)
        with pytest.raises(NotAllowed):
            actions.give_feedback(request_id=request.pk, rating=5, text="", by=cast.actor("office"), at=AT)
        actions.give_feedback(request_id=request.pk, rating=5, text="", side=Side.COMPANY, by=SYSTEM, at=AT)
        assert Feedback.objects.get().side == Side.COMPANY


def test_the_whole_way_is_on_record_and_nothing_is_off(cast: Cast):
    request = a_request(cast, S.CLOSED)
    events = Entry.objects.filter(subject_table="access.request", subject_id=request.pk).values_list(
        "event", flat=True
    )
    assert len(set(events)) >= 10
    assert list(queries.findings()) == []
    assert not Clock.objects.open().exists()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"state": "lost"}, "a_request_has_a_known_state"),
        ({"feasibility": "perhaps"}, "a_request_has_a_known_feasibility"),
        ({"state": S.AGREED}, "what_was_agreed_has_its_dates"),
        ({"state": S.DECLINED}, "an_ended_request_has_its_moment"),
    ],
)
def test_the_database_refuses_what_cannot_be(cast: Cast, changes: dict[str, Any], message: str):
    request = a_request(cast)
    with pytest.raises(IntegrityError, match=message), transaction.atomic():
        Request.objects.filter(pk=request.pk).update(**changes)
