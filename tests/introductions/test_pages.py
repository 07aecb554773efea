"""The pages of introductions: both letters beforehand, a side's page, answers by letter, the agreement, bad input."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from landbridge.enquiries.states import S as EnquiryState
from landbridge.foundation import clock
from landbridge.foundation.outbox.models import Letter
from landbridge.foundation.people.models import Person
from landbridge.introductions import actions, queries
from landbridge.introductions.models import Answer, Introduction, NdaPaper
from landbridge.introductions.states import Nda, S, Side
from tests.cast import Cast
from tests.factories.enquiries import SECRET, a_candidate, an_enquiry_at
from tests.factories.introductions import (
    ANSWERED,
    FOR_COMPANY,
    FOR_PROVIDER,
    a_prepared_introduction,
    an_asked_introduction,
    an_introduction_made,
    an_introduction_under_agreement,
    an_offer,
)

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any) -> None:
    monkeypatch.setattr(clock, "now", lambda: ANSWERED)
    settings.LANDBRIDGE_SECOND_FACTOR = "off"
    settings.LANDBRIDGE_FILES = tmp_path


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page(name: str, *args: object) -> str:
    return reverse(f"introductions:{name}", args=args)


def text_of(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_each_role_sees_its_own(cast: Cast):
    prepared, asked = a_prepared_introduction(cast), None
    assert signed_in(cast.danish_sme).get(page("introduction", prepared.pk)).status_code == 404
    assert signed_in(cast.stuttgart_broker).get(page("introduction", prepared.pk)).status_code == 404
    asked = actions.ask(introduction_id=prepared.pk, by=cast.actor("zealand_broker"), at=ANSWERED)
    seen = {
        "danish_sme": 200, "danish_colleague": 200, "german_provider": 200, "zealand_broker": 200,
        "stuttgart_broker": 200, "office": 200, "auditor": 200, "liege_broker": 404, "belgian_sme": 404,
        "belgian_provider": 404, "finance": 403, "investor": 403, "mallory": 403,
    }  # fmt: skip
    for name, status in seen.items():
        client = signed_in(getattr(cast, name))
        assert client.get(page("introduction", asked.pk)).status_code == status, name
        if status != 403:
            assert (asked.number in text_of(client, page("introductions"))) == (status == 200), name


class TestPreparing:
    def test_from_the_shortlist_to_both_letters(self, cast: Cast):
        enquiry, offer = an_enquiry_at(EnquiryState.SEARCHING, cast), an_offer(cast)
        a_candidate(enquiry, offer.pk)
        client = signed_in(cast.zealand_broker)
        prepare = page("preparation", enquiry.pk, offer.pk)
        assert prepare in text_of(client, page("of_enquiry", enquiry.pk))
        assert "time-resolved mass spectrometry" in text_of(client, prepare)
        texts = {
            "title": "Enzymes",
            "shown_to_company": FOR_COMPANY,
            "shown_to_provider": "Danish Company ApS asks.",
        }
        key = {"operation_key": str(uuid.uuid4())}
        assert {client.post(prepare, texts | key).url for _ in range(2)} == {
            Introduction.objects.get().get_absolute_url()
        }
        found = Introduction.objects.get()
        text = text_of(client, page("introduction", found.pk))
        assert "stands in the text" in text
        assert "Ask both sides" not in text
        assert client.post(page("question", found.pk)).status_code == 409
        assert (
            client.post(page("texts", found.pk), texts | {"shown_to_provider": FOR_PROVIDER}).status_code
            == 302
        )
        text = text_of(client, page("introduction", found.pk))
        assert "Ask both sides" in text
        assert "May we introduce you? Enzymes" in text
        assert client.post(page("question", found.pk)).status_code == 302
        assert client.post(page("question", found.pk)).status_code == 409
        letter = Letter.objects.get(
            recipient_email=cast.german_provider.email, template="introductions/asked"
        )
        assert FOR_PROVIDER in letter.body

    def test_what_is_shown_before_is_what_is_sent(self, cast: Cast):
        from landbridge.introductions.letters import previews

        found = a_prepared_introduction(cast)
        shown = {one.side: one for one in previews(found, at=ANSWERED, language="en-gb")}
        actions.ask(introduction_id=found.pk, by=cast.actor("zealand_broker"), at=ANSWERED)
        for side, person in ((Side.COMPANY, cast.danish_sme), (Side.PROVIDER, cast.german_provider)):
            letter = Letter.objects.get(recipient_email=person.email, template="introductions/asked")
            assert letter.subject == shown[side].subject
            sent = [line for line in letter.body.splitlines() if not line.startswith(("Dear", "http"))]
            assert sent == [
                line for line in shown[side].body.splitlines() if not line.startswith(("Dear", "["))
            ]

    @pytest.mark.parametrize(
        "post", [{}, {"title": "x" * 151}, {"shown_to_company": ""}, {"shown_to_provider": "x" * 5001}]
    )
    def test_bad_input_comes_back(self, cast: Cast, post: dict[str, str]):
        enquiry, offer = an_enquiry_at(EnquiryState.SEARCHING, cast), an_offer(cast)
        good = {"title": "KEPT", "shown_to_company": "KEPT", "shown_to_provider": "KEPT"} if post else {}
        answer = signed_in(cast.zealand_broker).post(
            page("preparation", enquiry.pk, offer.pk), {**good, **post}
        )
        assert answer.status_code == 422
        assert ("KEPT" in answer.content.decode()) == bool(post)

    def test_a_desk_that_does_not_lead_prepares_nothing(self, cast: Cast):
        enquiry, offer = an_enquiry_at(EnquiryState.SEARCHING, cast), an_offer(cast)
        assert signed_in(cast.liege_broker).get(page("of_enquiry", enquiry.pk)).status_code == 404
        assert (
            signed_in(cast.danish_sme)
            .get(page("of_enquiry", enquiry.pk))
            .url.endswith(f"?enquiry={enquiry.pk}")
        )
        assert signed_in(cast.zealand_broker).get(page("preparation", enquiry.pk, 2**70)).status_code == 404
        assert signed_in(cast.liege_broker).get(page("preparation", enquiry.pk, offer.pk)).status_code == 404


class TestAnswering:
    def test_yes_and_yes_on_the_pages(self, cast: Cast):
        found = an_asked_introduction(cast)
        provider, company = signed_in(cast.german_provider), signed_in(cast.danish_sme)
        assert "Yes, introduce us" in text_of(provider, page("introduction", found.pk))
        assert provider.post(page("consent", found.pk)).status_code == 302
        assert provider.post(page("consent", found.pk)).status_code == 409
        text = text_of(company, page("introduction", found.pk))
        assert "German Institute" not in text
        assert "Stuttgart" in text  # the region may be told
        assert company.post(page("consent", found.pk)).status_code == 302
        assert "gerda.german@example.org" in text_of(company, page("introduction", found.pk))
        assert "dagny.danish@example.org" in text_of(provider, page("introduction", found.pk))

    def test_no_with_a_reason_that_the_other_never_reads(self, cast: Cast):
        found = an_asked_introduction(cast)
        provider, company = signed_in(cast.german_provider), signed_in(cast.danish_sme)
        assert provider.post(page("refusal", found.pk), {"reason": ""}).status_code == 422
        assert provider.post(page("refusal", found.pk), {"reason": "NO ROOM"}).status_code == 302
        assert "You said no" in text_of(provider, page("introduction", found.pk))
        text = text_of(company, page("introduction", found.pk))
        assert "Came to nothing" in text
        assert "NO ROOM" not in text
        assert "NO ROOM" in text_of(signed_in(cast.zealand_broker), page("introduction", found.pk))

    def test_by_letter_without_an_account(self, cast: Cast):
        found = an_asked_introduction(cast)
        [*_, named] = queries.people_of(found, Side.PROVIDER)
        token = queries.token_for(found, Side.PROVIDER, named)
        client = Client()
        assert FOR_PROVIDER in text_of(client, page("by_letter", token))
        assert Answer.objects.count() == 0
        assert client.post(page("by_letter_consent", token)).url == page("by_letter", token)
        assert client.post(page("by_letter_consent", token)).status_code == 409
        actions.answer(introduction_id=found.pk, said_yes=True, by=cast.actor("danish_sme"), at=ANSWERED)
        text = text_of(client, page("by_letter", token))
        assert "You are introduced" in text
        assert "Dagny" not in text  # a link that is passed on tells nobody's name

    def test_no_by_letter(self, cast: Cast):
        found = an_asked_introduction(cast)
        token = queries.token_for(found, Side.COMPANY, queries.people_of(found, Side.COMPANY)[0])
        assert Client().post(page("by_letter_refusal", token), {"reason": ""}).status_code == 422
        assert Client().post(page("by_letter_refusal", token), {"reason": "No."}).status_code == 302
        assert Introduction.objects.get().state == S.REFUSED

    @pytest.mark.parametrize("token", ["x", "a:b:c", "Ā", "%00", "9" * 3000])
    def test_a_wrong_link_is_not_found(self, cast: Cast, token: str):
        for name in ("by_letter", "by_letter_refusal"):
            assert Client().get(page(name, token)).status_code == 404

    def test_desks_do_not_answer(self, cast: Cast):
        found = an_asked_introduction(cast)
        assert signed_in(cast.zealand_broker).post(page("consent", found.pk)).status_code == 403

    def test_how_many_at_a_time(self, cast: Cast):
        client = signed_in(cast.german_provider)
        assert 'value="3"' in text_of(client, page("limit"))
        for wrong in ("-1", "51", "abc", "9" * 40, ""):
            assert client.post(page("limit"), {"most_open": wrong}).status_code == 422
        assert client.post(page("limit"), {"most_open": "0"}).status_code == 302
        assert queries.limit_of(cast.german_institute.pk) == 0


class TestTheOtherDesk:
    def test_it_learns_who_asks_together_with_its_provider(self, cast: Cast):
        found = an_asked_introduction(cast)
        desk = signed_in(cast.stuttgart_broker)
        for address in (page("introduction", found.pk), page("introductions")):
            text = text_of(desk, address)
            assert "German Institute" in text
            assert "Danish Company" not in text
            assert "Dagny" not in text
        actions.answer(introduction_id=found.pk, said_yes=True, by=cast.actor("danish_sme"), at=ANSWERED)
        assert "Dagny" not in text_of(desk, page("introduction", found.pk))
        actions.answer(introduction_id=found.pk, said_yes=True, by=cast.actor("german_provider"), at=ANSWERED)
        assert "Danish Company" in text_of(desk, page("introduction", found.pk))


class TestEnding:
    def test_withdrawn_and_reported(self, cast: Cast):
        client = signed_in(cast.zealand_broker)
        found = an_asked_introduction(cast)
        assert client.post(page("withdrawal", found.pk), {"reason": ""}).status_code == 422
        for name in ("withdrawal", "outcome", "texts", "agreement_signature"):
            assert signed_in(cast.stuttgart_broker).get(page(name, found.pk)).status_code == 403
        assert (
            signed_in(cast.stuttgart_broker).post(page("withdrawal", found.pk), {"reason": "x"}).status_code
            == 403
        )
        assert client.post(page("withdrawal", found.pk), {"reason": "Wrong offer."}).status_code == 302
        assert client.post(page("withdrawal", found.pk), {"reason": "Wrong offer."}).status_code == 409

    def test_what_came_of_it(self, cast: Cast):
        found, client = an_introduction_made(cast), signed_in(cast.zealand_broker)
        assert client.post(page("outcome", found.pk), {"outcome": "love"}).status_code == 422
        assert (
            client.post(
                page("outcome", found.pk), {"outcome": "meeting", "outcome_text": "In June."}
            ).status_code
            == 302
        )
        assert "In June." in text_of(client, page("introduction", found.pk))


class TestAgreement:
    def test_from_its_need_to_the_confidential_text(self, cast: Cast):
        found = an_introduction_under_agreement(cast)
        desk, provider = signed_in(cast.zealand_broker), signed_in(cast.german_provider)
        drawn = provider.get(page("agreement", found.pk))
        assert (drawn["Content-Type"], b"".join(drawn.streaming_content)[:5]) == ("application/pdf", b"%PDF-")
        assert b"".join(signed_in(cast.danish_sme).get(page("agreement", found.pk)).streaming_content)
        assert NdaPaper.objects.get().drawn.name == f"agreement-{found.number}.pdf"
        assert provider.get(page("agreement_signed", found.pk)).status_code == 404
        assert desk.post(page("release", found.pk)).status_code == 409
        signed = {"file": SimpleUploadedFile("signed.pdf", PDF), "signed_on": "2026-05-14"}
        later = ANSWERED.replace(day=15)
        clock_now = pytest.MonkeyPatch()
        clock_now.setattr(clock, "now", lambda: later)
        assert (
            desk.post(page("agreement_signature", found.pk), {"signed_on": "2026-05-14"}).status_code == 422
        )
        assert desk.post(page("agreement_signature", found.pk), signed).status_code == 302
        assert b"".join(provider.get(page("agreement_signed", found.pk)).streaming_content) == PDF
        assert SECRET not in text_of(provider, page("introduction", found.pk))
        assert desk.post(page("release", found.pk)).status_code == 302
        assert SECRET in text_of(provider, page("introduction", found.pk))
        clock_now.undo()

    def test_there_is_no_paper_before_both_said_yes(self, cast: Cast):
        found = an_asked_introduction(cast)
        for person in (cast.danish_sme, cast.german_provider, cast.zealand_broker):
            assert signed_in(person).get(page("agreement", found.pk)).status_code == 404
        assert signed_in(cast.zealand_broker).post(page("agreement_sending", found.pk)).status_code == 409

    def test_needed_or_not(self, cast: Cast):
        found, client = an_asked_introduction(cast), signed_in(cast.zealand_broker)
        for said, state in (("yes", Nda.NEEDED), ("no", Nda.NOT_NEEDED)):
            assert client.post(page("agreement_need", found.pk), {"needed": said}).status_code == 302
            assert Introduction.objects.get().nda == state

    def test_the_office_writes_its_versions(self, cast: Cast):
        client = signed_in(cast.office)
        assert "No agreement yet" in text_of(client, page("templates"))
        assert "[company]" in text_of(client, page("template_new"))
        post = {"version": "1", "name": "N", "text": "[company], [provider]", "holds_from": "2026-01-01"}
        assert client.post(page("template_new"), post | {"text": "x"}).status_code == 409
        assert client.post(page("template_new"), post).status_code == 302
        assert client.post(page("template_new"), post).status_code == 409
        assert signed_in(cast.zealand_broker).get(page("templates")).status_code == 403


def test_lists_ask_as_often_for_three_as_for_one(cast: Cast, django_assert_max_num_queries: Any):
    found = an_asked_introduction(cast)
    for number in (2, 3):
        enquiry = an_enquiry_at(EnquiryState.SEARCHING, cast, title=f"Question {number}")
        a_prepared_introduction(cast, enquiry=enquiry, record=found.record)
    client = signed_in(cast.zealand_broker)
    with django_assert_max_num_queries(12):
        assert text_of(client, page("introductions")).count("I-2026-") == 3


@pytest.mark.parametrize(
    "query",
    [
        "?stage=open",
        "?enquiry=1&text=enzyme",
        "?stage=zzz",
        "?enquiry=abc",
        "?text=%00",
        "?enquiry=" + "9" * 30,
    ],
)
def test_filters_take_anything(cast: Cast, query: str):
    an_asked_introduction(cast)
    assert signed_in(cast.zealand_broker).get(page("introductions") + query).status_code == 200
