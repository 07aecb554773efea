"""The pages: answered by link without an account, written by the office, kept from those whom they do not concern."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from landbridge.foundation import clock
from landbridge.foundation.people.models import Person
from landbridge.surveys import queries
from landbridge.surveys.models import Answer, Baseline, Question, Questionnaire, Refusal, Rule, Sheet
from landbridge.surveys.states import S, Sheeted
from tests.cast import Cast
from tests.factories.surveys import AT, a_baseline, a_sheet, a_version, said_on

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)
    settings.LANDBRIDGE_SECOND_FACTOR = "off"
    settings.LANDBRIDGE_FILES = tmp_path


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page(name: str, *args: object) -> str:
    return reverse(f"surveys:{name}", args=args)


def post(client: Client, address: str, **fields: Any) -> Any:
    return client.post(address, {**fields, "operation_key": str(uuid.uuid4())})


def text_of(response: Any) -> str:
    return str(response.content.decode())


class TestBehindTheLink:
    def test_opening_it_says_nothing(self):
        sheet = a_sheet(a_version())
        for name in ("answer", "answer_summary", "decline", "unsubscription"):
            assert Client().get(page(name, queries.token_for(sheet))).status_code in (200, 302)
        sheet.refresh_from_db()
        assert (sheet.state, Answer.objects.count()) == (Sheeted.SENT, 0)

    def test_it_is_answered_question_by_question_without_signing_in(self):
        sheet = a_sheet(a_version())
        token, client = queries.token_for(sheet), Client()
        said = {"helpful": "4", "continues": "yes", "jobs": "9.5", "money": "1,200", "comment": ""}
        address = page("answer_question", token, "helpful")
        for key, answer in said.items():
            assert address == page("answer_question", token, key)
            address = post(client, address, answer=answer).headers["Location"]
        assert address == page("answer_summary", token)
        assert "9.5" in text_of(client.get(address))
        assert post(client, address).headers["Location"] == page("answer", token)
        sheet.refresh_from_db()
        assert sheet.state == Sheeted.DONE
        numbers = {
            one.question.key: one.number or one.chosen for one in Answer.objects.select_related("question")
        }
        assert numbers == {"helpful": 4, "continues": ["yes"], "jobs": 9.5, "money": 1200}
        assert "Your answers have arrived" in text_of(client.get(page("answer", token)))

    def test_an_answer_is_kept_while_the_page_stays_open(self):
        sheet = a_sheet(a_version())
        address = page("answer_question", queries.token_for(sheet), "helpful")
        response = Client().post(address, {"answer": "3"}, headers={"HX-Request": "true"})
        assert (response.status_code, "Kept" in text_of(response)) == (200, True)
        assert Answer.objects.get().number == 3

    def test_what_cannot_be_read_is_said_beside_the_question(self):
        address = page("answer_question", queries.token_for(a_sheet(a_version())), "jobs")
        for junk in ("many", "-1", "9" * 30, "\x00", "1e9999"):
            assert post(Client(), address, answer=junk).status_code == 422
        assert not Answer.objects.exists()

    def test_it_speaks_the_language_of_whoever_was_asked_and_can_be_switched(self):
        version = a_version()
        version.texts = {"de": {"title": "Was ist daraus geworden?"}}
        version.save(update_fields=["texts"])
        token = queries.token_for(a_sheet(version, language="de"))
        assert "Was ist daraus geworden?" in text_of(Client().get(page("answer", token)))
        switched = text_of(Client().get(page("answer", token) + "?language=en-gb"))
        assert "What came of it?" in switched
        assert "questions/helpful/?language=en-gb" in switched

    def test_a_foreign_or_changed_link_is_not_found(self):
        sheet = a_sheet(a_version())
        token = queries.token_for(sheet)
        for wrong in ("x", token[:-2], f"{token}x"):
            assert Client().get(page("answer", wrong)).status_code == 404
        Sheet.objects.filter(pk=sheet.pk).update(email="other@example.org")
        assert Client().get(page("answer", token)).status_code == 404

    def test_when_the_time_is_over_it_says_so(self):
        sheet = a_sheet(a_version(), closes_at=AT - timedelta(hours=1))
        token = queries.token_for(sheet)
        assert "was over" in text_of(Client().get(page("answer", token)))
        assert post(Client(), page("answer_question", token, "helpful"), answer="4").status_code == 302
        assert not Answer.objects.exists()

    def test_no_and_never_again(self):
        first, second = a_sheet(a_version()), a_sheet(a_version(slug="other"))
        post(Client(), page("decline", queries.token_for(first)), answer="now")
        assert not Refusal.objects.exists()
        post(Client(), page("decline", queries.token_for(second)), answer="never")
        assert set(Sheet.objects.values_list("state", flat=True)) == {Sheeted.DECLINED}
        assert Refusal.objects.count() == 1

    def test_the_button_of_a_mail_programme_declines_by_one_post(self):
        sheet = a_sheet(a_version())
        client = Client(enforce_csrf_checks=True)
        assert client.post(page("unsubscription", queries.token_for(sheet))).status_code == 204
        sheet.refresh_from_db()
        assert sheet.state == Sheeted.DECLINED


class TestOffice:
    def test_a_questionnaire_is_built_and_sent_by_a_rule(self, cast: Cast):
        client = signed_in(cast.office)
        post(client, page("new"), name="Follow-up", title="What came of it?", language="en-gb")
        found = Questionnaire.objects.get()
        fields = {
            "text": "Does it go on?",
            "asks": "choice",
            "choices": "yes = Yes, it does\nNo",
            "measure": "continues",
        }
        assert post(client, page("question_new", found.slug), **fields).status_code == 302
        assert Question.objects.get().choices == [
            {"key": "yes", "text": "Yes, it does"},
            {"key": "no", "text": "No"},
        ]
        german = {f"q{Question.objects.get().pk}_text": "Geht es weiter?", "title": "Was kam heraus?"}
        post(client, page("translation", found.slug, "de"), **german)
        assert "Geht es weiter?" in text_of(client.get(page("preview", found.slug) + "?language=de"))
        assert "2 texts are missing" in text_of(client.get(page("languages", found.slug)))
        post(client, page("publication", found.slug))
        assert found.versions.get().state == S.PUBLISHED
        rule = {
            "trigger": "voucher_closed", "side": "company", "after_months": "6", "after_hours": "0",
            "open_days": "60", "since": "2026-01-01",
        }  # fmt: skip
        looked = post(client, page("rule_new", found.slug), look="1", **rule)
        assert "6 months after" in text_of(looked)
        assert "It would ask 0 people at once" in text_of(looked)
        assert not Rule.objects.exists()
        assert post(client, page("rule_new", found.slug), **rule).status_code == 302
        assert Rule.objects.get().programme == cast.programme
        post(client, page("rule_pause", Rule.objects.get().pk))
        assert not Rule.objects.get().is_active

    def test_an_offices_results_and_table(self, cast: Cast):
        version = a_version()
        said_on(a_sheet(version, cast.danish_company), helpful=4, comment="Good coffee.")
        client, slug = signed_in(cast.network_office), version.questionnaire.slug
        assert "Good coffee." in text_of(client.get(page("results", slug)))
        csv = b"".join(client.get(page("results_csv", slug)).streaming_content).decode()
        assert "Good coffee." in csv
        sheet = client.get(page("results_xlsx", slug))
        assert b"".join(sheet.streaming_content)[:2] == b"PK"
        assert client.get(page("results", slug) + "?months=99&version=x&group=%00").status_code == 200

    def test_a_desk_reads_no_single_answer(self, cast: Cast):
        version = a_version()
        sheet = a_sheet(version, cast.danish_company)
        said_on(sheet, helpful=4, comment="Good coffee.")
        client, slug = signed_in(cast.zealand_broker), version.questionnaire.slug
        assert "Good coffee." not in text_of(client.get(page("results", slug)))
        assert "Good coffee." not in text_of(client.get(page("sheet", sheet.pk)))
        assert client.get(page("results_csv", slug)).status_code == 403
        assert signed_in(cast.liege_broker).get(page("sheet", sheet.pk)).status_code == 404

    def test_the_other_side_reads_nothing(self, cast: Cast):
        version = a_version()
        sheet = a_sheet(version, cast.danish_company)
        for who in (cast.german_provider, cast.danish_sme):
            assert signed_in(who).get(page("sheet", sheet.pk)).status_code == 403
            assert signed_in(who).get(page("results", version.questionnaire.slug)).status_code == 403


class TestOwn:
    def test_what_one_was_asked_waits_on_the_desk_and_in_a_list(self, cast: Cast):
        sheet = a_sheet(a_version(), cast.danish_company, email=cast.danish_sme.email)
        client, link = signed_in(cast.danish_sme), page("answer", queries.token_for(sheet))
        assert link in text_of(client.get(page("mine")))
        assert link in text_of(client.get(reverse("desk:home")))
        assert link not in text_of(signed_in(cast.danish_colleague).get(page("mine")))

    def test_a_company_records_where_it_stands(self, cast: Cast):
        client, pk = signed_in(cast.danish_sme), cast.danish_company.pk
        assert post(client, page("baseline_new", pk), on="2027-02-28", jobs="9.5").status_code == 302
        assert Baseline.objects.get().jobs == 9.5
        assert "Counts" in text_of(client.get(page("baselines", pk)))
        assert client.get(page("baselines", cast.belgian_company.pk)).status_code == 404
        assert post(client, page("baseline_new", pk), on="2027-02-28").status_code == 409
        assert post(client, page("baseline_new", pk), on="2027-03-02", jobs="9" * 40).status_code == 422

    def test_a_desk_sees_whose_baseline_is_missing(self, cast: Cast):
        a_baseline(cast.danish_company, at=AT)
        found = text_of(signed_in(cast.zealand_broker).get(page("companies")))
        assert "Danish Company" in found
        assert "Belgian Company" not in found
