"""Introductions: prepared, asked, answered; capped, lapsed, withdrawn; their agreement and their outcome."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from landbridge.catalogue.models import Confirmation
from landbridge.enquiries import actions as enquiries
from landbridge.enquiries.models import Enquiry
from landbridge.enquiries.states import S as EnquiryState
from landbridge.foundation import clock
from landbridge.foundation.files.store import Received, receive
from landbridge.foundation.outbox.models import Letter
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.foundation.problems import NotAllowed, Refused
from landbridge.introductions import actions, queries, tasks
from landbridge.introductions.models import Answer, Introduction, Limit
from landbridge.introductions.states import Nda, Outcome, S, Shown, Side
from tests.cast import Cast
from tests.factories.enquiries import SECRET, a_candidate, an_enquiry_at
from tests.factories.introductions import (
    ANSWERED,
    ASKED,
    PREPARED,
    a_prepared_introduction,
    an_asked_introduction,
    an_introduction_made,
    an_introduction_under_agreement,
    an_offer,
    answered,
)

pytestmark = pytest.mark.django_db
LAPSES = datetime(2026, 5, 25, 22, 0, tzinfo=UTC)  # midnight in Stuttgart, after the 14th day
PDF = b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Any) -> None:
    settings.LANDBRIDGE_FILES = tmp_path


def codes(refusal: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {problem.code for problem in refusal.value.problems}


def letters(event: str) -> set[str]:
    rows = Letter.objects.filter(template=f"introductions/{event}")
    return set(rows.values_list("recipient_email", flat=True))


def say(
    introduction: Introduction, cast: Cast, name: str, *, yes: bool, at: datetime = ANSWERED
) -> Introduction:
    reason = "" if yes else "We have no room this year."
    return actions.answer(
        introduction_id=introduction.pk, said_yes=yes, reason=reason, by=cast.actor(name), at=at
    )


def another(cast: Cast, number: int) -> Introduction:
    """One more enquiry of the same company, with the same offer."""
    enquiry = an_enquiry_at(EnquiryState.SEARCHING, cast, title=f"Question {number}")
    record = Introduction.objects.order_by("pk")[0].record
    return a_prepared_introduction(cast, enquiry=enquiry, record=record)


class TestPreparing:
    def test_texts_are_drafted_from_what_the_company_approved(self, cast: Cast):
        enquiry, offer = an_enquiry_at(EnquiryState.SEARCHING, cast), an_offer(cast)
        found = actions.prepare(
            enquiry_id=enquiry.pk, record_id=offer.pk, by=cast.actor("zealand_broker"), at=PREPARED
        )
        assert "time-resolved mass spectrometry" in found.shown_to_provider
        assert SECRET not in found.shown_to_provider
        assert "Chemical maps of tissue" in found.shown_to_company
        assert found.number == f"I-2026-{found.pk:05d}"

    def test_only_the_desk_that_leads_prepares(self, cast: Cast):
        enquiry, offer = an_enquiry_at(EnquiryState.SEARCHING, cast), an_offer(cast)
        with pytest.raises(Enquiry.DoesNotExist):
            actions.prepare(
                enquiry_id=enquiry.pk, record_id=offer.pk, by=cast.actor("stuttgart_broker"), at=PREPARED
            )
        with pytest.raises(NotAllowed):
            actions.prepare(
                enquiry_id=enquiry.pk, record_id=offer.pk, by=cast.actor("danish_sme"), at=PREPARED
            )

    def test_nothing_leaves_before_a_summary_is_approved(self, cast: Cast):
        enquiry, offer = an_enquiry_at(EnquiryState.ACKNOWLEDGED, cast), an_offer(cast)
        with pytest.raises(Refused) as refusal:
            actions.prepare(enquiry_id=enquiry.pk, record_id=offer.pk, by=SYSTEM, at=PREPARED)
        assert codes(refusal) == {"no_approved_summary", "enquiry_not_searching"}

    def test_an_offer_that_the_company_does_not_want_is_refused(self, cast: Cast):
        enquiry, offer = an_enquiry_at(EnquiryState.SEARCHING, cast), an_offer(cast)
        a_candidate(enquiry, offer.pk, is_wanted=False)
        with pytest.raises(Refused) as refusal:
            a_prepared_introduction(cast, enquiry=enquiry, record=offer)
        assert codes(refusal) == {"offer_unwanted"}

    def test_a_provider_is_asked_once_at_a_time_for_an_enquiry(self, cast: Cast):
        found = a_prepared_introduction(cast)
        with pytest.raises(Refused) as refusal:
            a_prepared_introduction(cast, enquiry=found.enquiry, record=found.record)
        assert codes(refusal) == {"open_already"}

    def test_texts_are_written_until_both_are_asked(self, cast: Cast):
        found = a_prepared_introduction(cast)
        texts = {"title": "T", "shown_to_provider": "New.", "shown_to_company": "New, too."}
        actions.save(introduction_id=found.pk, **texts, by=cast.actor("zealand_broker"), at=PREPARED)
        actions.ask(introduction_id=found.pk, by=cast.actor("zealand_broker"), at=ASKED)
        with pytest.raises(Refused):
            actions.save(introduction_id=found.pk, **texts, by=cast.actor("zealand_broker"), at=ASKED)


class TestAsking:
    def test_each_side_gets_its_own_text(self, cast: Cast):
        an_asked_introduction(cast)
        to_company = Letter.objects.get(
            recipient_email=cast.danish_sme.email, template="introductions/asked"
        ).body
        to_provider = Letter.objects.get(
            recipient_email=cast.german_provider.email, template="introductions/asked"
        ).body
        assert "chemical maps" in to_company
        assert "enzyme stops" not in to_company
        assert "enzyme stops" in to_provider
        assert "25 May 2026" in to_provider

    def test_whoever_the_offer_names_is_asked_as_well(self, cast: Cast):
        an_asked_introduction(cast)
        assert "raman@german-institute.example.org" in letters("asked")

    @pytest.mark.parametrize(
        ("field", "text", "code"),
        [
            ("shown_to_provider", "Danish Company ApS asks.", "names_the_organisation"),
            ("shown_to_provider", "Ask Dagny Danish.", "names_a_person"),
            ("shown_to_company", "Write to raman@x.example.", "e_mail"),
            ("shown_to_company", "See german-institute.de for more.", "website"),
            ("title", "For the German Institute", "names_the_organisation"),
            ("title", "", "text_missing"),
        ],
    )
    def test_a_text_that_gives_a_side_away_is_not_sent(self, cast: Cast, field: str, text: str, code: str):
        found = a_prepared_introduction(cast)
        Introduction.objects.filter(pk=found.pk).update(**{field: text})
        with pytest.raises(Refused) as refusal:
            actions.ask(introduction_id=found.pk, by=SYSTEM, at=ASKED)
        assert code in codes(refusal)
        assert letters("asked") == set()

    def test_the_enquiry_is_introducing(self, cast: Cast):
        found = an_asked_introduction(cast)
        assert Enquiry.objects.get(pk=found.enquiry_id).state == EnquiryState.INTRODUCING

    def test_a_desk_that_does_not_lead_asks_nobody(self, cast: Cast):
        found = a_prepared_introduction(cast)
        with pytest.raises(Introduction.DoesNotExist):
            actions.ask(introduction_id=found.pk, by=cast.actor("stuttgart_broker"), at=ASKED)
        with pytest.raises(NotAllowed):
            actions.ask(introduction_id=found.pk, by=cast.actor("network_office"), at=ASKED)

    def test_three_at_a_time_and_when_a_place_is_free(self, cast: Cast):
        an_asked_introduction(cast)
        for number in (2, 3):
            actions.ask(
                introduction_id=another(cast, number).pk, by=SYSTEM, at=ASKED + timedelta(days=number)
            )
        fourth = another(cast, 4)
        with pytest.raises(Refused) as refusal:
            actions.ask(introduction_id=fourth.pk, by=SYSTEM, at=ASKED)
        [problem] = refusal.value.problems
        assert (problem.code, problem.params["day"]) == ("provider_is_full", LAPSES)
        say(Introduction.objects.order_by("pk")[0], cast, "german_provider", yes=False)
        assert actions.ask(introduction_id=fourth.pk, by=SYSTEM, at=ASKED).state == S.ASKED

    def test_a_provider_may_take_none(self, cast: Cast):
        found = a_prepared_introduction(cast)
        provider = cast.actor("german_provider")
        actions.limit(organisation_id=cast.german_institute.pk, most_open=0, by=provider, at=PREPARED)
        actions.limit(organisation_id=cast.german_institute.pk, most_open=0, by=provider, at=PREPARED)
        with pytest.raises(Refused) as refusal:
            actions.ask(introduction_id=found.pk, by=SYSTEM, at=ASKED)
        assert codes(refusal) == {"provider_takes_none"}
        assert Limit.objects.count() == 1
        with pytest.raises(Refused):
            actions.limit(organisation_id=cast.german_institute.pk, most_open=51, by=provider, at=PREPARED)
        with pytest.raises(NotAllowed):
            actions.limit(
                organisation_id=cast.german_institute.pk, most_open=1, by=cast.actor("office"), at=PREPARED
            )


class TestAnswering:
    def test_one_yes_names_nobody(self, cast: Cast):
        found = say(an_asked_introduction(cast), cast, "german_provider", yes=True)
        assert (found.state, found.names_are_open) == (S.ASKED, False)
        view = queries.side_view(queries.with_all(Introduction.objects.all()).get(), cast.actor("danish_sme"))
        assert (view.state, view.contact) == (Shown.ASKED, None)

    def test_two_yeses_introduce(self, cast: Cast):
        found = an_introduction_made(cast)
        assert found.state == S.MADE
        body = Letter.objects.get(template="introductions/made", recipient_email=cast.danish_sme.email).body
        assert "gerda.german@example.org" in body
        assert {cast.zealand_broker.email, cast.stuttgart_broker.email} <= letters("made_desk")

    def test_the_record_that_was_used_is_fresh_again(self, cast: Cast):
        found = an_introduction_made(cast)
        assert Confirmation.objects.filter(record=found.record, way="case").exists()

    def test_a_no_is_final_and_tells_the_other_side_nothing(self, cast: Cast):
        found = say(an_asked_introduction(cast), cast, "german_provider", yes=False)
        assert found.state == S.REFUSED
        assert letters("came_to_nothing") == {cast.danish_sme.email, cast.danish_colleague.email}
        body = Letter.objects.filter(template="introductions/came_to_nothing")[0].body
        assert "no room" not in body
        assert "no room" in Letter.objects.get(template="introductions/refused_desk").body
        with pytest.raises(Refused):
            say(found, cast, "danish_sme", yes=True)

    def test_a_no_needs_its_reason(self, cast: Cast):
        found = an_asked_introduction(cast)
        with pytest.raises(Refused) as refusal:
            actions.answer(introduction_id=found.pk, said_yes=False, by=cast.actor("danish_sme"), at=ANSWERED)
        assert codes(refusal) == {"no_reason"}

    def test_each_side_answers_once_whoever_of_it(self, cast: Cast):
        found = say(an_asked_introduction(cast), cast, "danish_sme", yes=True)
        with pytest.raises(Refused) as refusal:
            say(found, cast, "danish_colleague", yes=False)
        assert codes(refusal) == {"answered_already"}

    def test_others_do_not_answer(self, cast: Cast):
        found = an_asked_introduction(cast)
        for name in ("belgian_sme", "belgian_provider"):
            with pytest.raises(Introduction.DoesNotExist):
                say(found, cast, name, yes=True)
        with pytest.raises(NotAllowed):
            say(found, cast, "zealand_broker", yes=True)
        with pytest.raises(NotAllowed):
            actions.answer(introduction_id=found.pk, said_yes=True, by=SYSTEM, at=ANSWERED)

    def test_a_link_of_a_letter_answers_for_its_side(self, cast: Cast):
        found = an_asked_introduction(cast)
        [*_, named] = queries.people_of(found, Side.PROVIDER)
        invited = queries.invited_by(queries.token_for(found, Side.PROVIDER, named))
        assert invited is not None
        actions.answer(
            introduction_id=found.pk, said_yes=True, email=invited.email, by=invited.actor, at=ANSWERED
        )
        given = Answer.objects.get()
        assert (given.side, given.person_name, given.person_email) == (
            "provider", "Ruth Raman", "raman@german-institute.example.org",
        )  # fmt: skip

    @pytest.mark.parametrize("token", ["", "x", "a:b", "WzEsInByb3ZpZGVyIl0:abc"])
    def test_no_other_link_answers(self, cast: Cast, token: str):
        an_asked_introduction(cast)
        assert queries.invited_by(token) is None

    def test_an_enquiry_that_ended_meanwhile_stays_ended(self, cast: Cast):
        found = an_asked_introduction(cast)
        enquiries.close(
            enquiry_id=found.enquiry_id,
            closing="information",
            reason="They found it.",
            by=SYSTEM,
            at=ANSWERED,
        )
        answered(found, cast)
        assert Enquiry.objects.get(pk=found.enquiry_id).state == EnquiryState.CLOSED


class TestEnding:
    def test_it_lapses_when_the_last_day_is_over_where_the_provider_lives(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ):
        found = an_asked_introduction(cast)
        assert found.lapses_at == LAPSES
        for at, state in ((LAPSES - timedelta(seconds=1), S.ASKED), (LAPSES, S.LAPSED), (LAPSES, S.LAPSED)):
            monkeypatch.setattr(clock, "now", lambda at=at: at)
            tasks.lapse.func()
            found.refresh_from_db()
            assert found.state == state
        assert cast.danish_sme.email in letters("came_to_nothing")
        assert letters("lapsed_desk") == {cast.zealand_broker.email}

    def test_an_answer_counts_to_the_last_second_and_no_longer(self, cast: Cast):
        found = an_asked_introduction(cast)
        with pytest.raises(Refused) as refusal:
            say(found, cast, "german_provider", yes=True, at=LAPSES)
        assert codes(refusal) == {"too_late_to_answer"}
        say(found, cast, "german_provider", yes=True, at=LAPSES - timedelta(seconds=1))

    def test_too_early_it_does_not_lapse(self, cast: Cast):
        found = an_asked_introduction(cast)
        with pytest.raises(Refused):
            actions.lapse(introduction_id=found.pk, by=SYSTEM, at=LAPSES - timedelta(seconds=1))

    def test_one_reminder_to_whoever_has_not_answered(self, cast: Cast, monkeypatch: pytest.MonkeyPatch):
        found = say(an_asked_introduction(cast), cast, "german_provider", yes=True)
        for days in (6, 8, 9):
            monkeypatch.setattr(clock, "now", lambda days=days: ASKED + timedelta(days=days))
            tasks.remind.func()
        assert letters("reminder") == {cast.danish_sme.email, cast.danish_colleague.email}
        assert Letter.objects.filter(template="introductions/reminder").count() == 2
        actions.remind(introduction_id=found.pk, by=SYSTEM, at=ASKED + timedelta(days=10))
        assert Letter.objects.filter(template="introductions/reminder").count() == 2

    def test_withdrawn_before_it_was_asked_nobody_is_told(self, cast: Cast):
        found = a_prepared_introduction(cast)
        actions.withdraw(introduction_id=found.pk, reason="Wrong offer.", by=SYSTEM, at=ASKED)
        assert letters("came_to_nothing") == set()
        assert not Introduction.objects.visible_to(cast.actor("danish_sme")).exists()

    def test_withdrawn_after_it_was_asked_both_are_told_the_same(self, cast: Cast):
        found = an_asked_introduction(cast)
        actions.withdraw(
            introduction_id=found.pk, reason="A secret.", by=cast.actor("zealand_broker"), at=ANSWERED
        )
        bodies = Letter.objects.filter(template="introductions/came_to_nothing").values_list(
            "body", flat=True
        )
        assert len(bodies) == 4
        assert not any("secret" in body for body in bodies)

    def test_the_outcome_reaches_the_enquiry(self, cast: Cast):
        found = an_introduction_made(cast)
        actions.report(
            introduction_id=found.pk,
            outcome=Outcome.COLLABORATION,
            outcome_text="Six samples in June.",
            by=cast.actor("zealand_broker"),
            at=ANSWERED,
        )
        assert Enquiry.objects.get(pk=found.enquiry_id).state == EnquiryState.OUTCOME_KNOWN

    @pytest.mark.parametrize(("outcome", "text"), [("love", ""), ("meeting", "x" * 2001)])
    def test_an_outcome_is_one_that_is_known(self, cast: Cast, outcome: str, text: str):
        found = an_introduction_made(cast)
        with pytest.raises(Refused):
            actions.report(
                introduction_id=found.pk, outcome=outcome, outcome_text=text, by=SYSTEM, at=ANSWERED
            )


class TestAgreement:
    def signed(self) -> Received:
        return receive(ContentFile(PDF, name="signed.pdf"))

    def test_the_confidential_text_waits_for_both_yeses_the_agreement_and_the_desk(self, cast: Cast):
        found = an_introduction_under_agreement(cast)

        def read(name: str) -> str:
            row = queries.with_all(Introduction.objects.filter(pk=found.pk)).get()
            return queries.side_view(row, cast.actor(name)).confidential_text

        later = ANSWERED + timedelta(days=2)
        with pytest.raises(Refused) as refusal:
            actions.release(introduction_id=found.pk, by=SYSTEM, at=later)
        assert codes(refusal) == {"agreement_not_signed"}
        actions.sign_agreement(
            introduction_id=found.pk, file=self.signed(), signed_on=later.date(), by=SYSTEM, at=later
        )
        assert read("german_provider") == ""
        actions.release(introduction_id=found.pk, by=cast.actor("zealand_broker"), at=later)
        assert read("german_provider") == SECRET
        assert letters("released") == {cast.german_provider.email, "raman@german-institute.example.org"}
        with pytest.raises(Refused):
            actions.release(introduction_id=found.pk, by=SYSTEM, at=later)
        with pytest.raises(Refused):
            actions.require_agreement(introduction_id=found.pk, is_needed=True, by=SYSTEM, at=later)

    def test_it_is_not_sent_before_both_said_yes(self, cast: Cast):
        found = an_asked_introduction(cast, nda_needed=True)
        with pytest.raises(Refused) as refusal:
            actions.send_agreement(introduction_id=found.pk, by=SYSTEM, at=ANSWERED)
        assert codes(refusal) == {"agreement_too_early", "no_template"}

    def test_needed_and_not_needed(self, cast: Cast):
        found = an_asked_introduction(cast)
        for is_needed, state in ((True, Nda.NEEDED), (False, Nda.NOT_NEEDED)):
            found = actions.require_agreement(
                introduction_id=found.pk, is_needed=is_needed, by=cast.actor("zealand_broker"), at=ANSWERED
            )
            assert found.nda == state

    def test_the_day_of_signature_is_possible(self, cast: Cast):
        found = an_introduction_under_agreement(cast)
        with pytest.raises(Refused) as refusal:
            actions.sign_agreement(
                introduction_id=found.pk,
                file=self.signed(),
                signed_on=date(2026, 5, 1),
                by=SYSTEM,
                at=ANSWERED,
            )
        assert codes(refusal) == {"signed_on_out_of_range"}

    def test_only_the_office_writes_its_text(self, cast: Cast):
        text = {
            "version": "9",
            "name": "N",
            "text": "[company] and [provider]",
            "holds_from": date(2026, 1, 1),
        }
        actions.add_template(**text, by=cast.actor("office"), at=PREPARED)
        with pytest.raises(NotAllowed):
            actions.add_template(**text, by=cast.actor("zealand_broker"), at=PREPARED)
        with pytest.raises(Refused) as refusal:
            actions.add_template(**text | {"text": "x" * 20_001}, by=SYSTEM, at=PREPARED)
        assert codes(refusal) == {
            "version_taken", "text_too_long", "place_missing_company", "place_missing_provider",
        }  # fmt: skip


class TestTheDatabaseItself:
    @pytest.mark.parametrize(
        "changes",
        [
            {"state": "dreaming"},
            {"nda": "maybe"},
            {"state": S.MADE},
            {"lapses_at": None},
            {"released_at": ANSWERED},
            {"outcome": "meeting"},
            {"state": S.OUTCOME_KNOWN, "made_at": ANSWERED, "outcome": "love"},
        ],
    )
    def test_refuses_what_cannot_be(self, cast: Cast, changes: dict[str, Any]):
        found = an_asked_introduction(cast)
        with pytest.raises(IntegrityError), transaction.atomic():
            Introduction.objects.filter(pk=found.pk).update(**changes)

    def test_nobody_is_introduced_to_themselves(self, cast: Cast):
        found = an_asked_introduction(cast)
        with pytest.raises(IntegrityError), transaction.atomic():
            Introduction.objects.filter(pk=found.pk).update(company=found.provider)

    def test_one_open_introduction_to_a_provider_for_an_enquiry(self, cast: Cast):
        found = an_asked_introduction(cast)
        with pytest.raises(IntegrityError), transaction.atomic():
            Introduction.objects.filter(pk=another(cast, 2).pk).update(enquiry=found.enquiry)

    @pytest.mark.parametrize(
        "changes", [{"side": "company"}, {"side": "above"}, {"side": "provider", "said_yes": False}]
    )
    def test_answers_are_one_a_side_and_a_no_has_a_reason(self, cast: Cast, changes: dict[str, Any]):
        found = say(an_asked_introduction(cast), cast, "danish_sme", yes=True)
        with pytest.raises(IntegrityError), transaction.atomic():
            Answer.objects.create(
                introduction=found, **{"said_yes": True, "person_name": "X", "at": ANSWERED, **changes}
            )
