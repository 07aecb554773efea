"""The pages of enquiries: who sees what, the form and its proposals, every move by its button, bad input, double posts."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from landbridge.catalogue.models import Competence
from landbridge.enquiries import actions, queries, tasks
from landbridge.enquiries.models import Enquiry, Message, Note, Summary
from landbridge.enquiries.states import S
from landbridge.foundation import clock
from landbridge.foundation.inbox.models import Incoming
from landbridge.foundation.people.models import Person
from landbridge.foundation.permissions.actor import SYSTEM
from tests.cast import Cast
from tests.factories.enquiries import ASKED, SECRET, a_summary, an_enquiry, an_enquiry_at, asked

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n"
ASKING = {
    "title": "Who can sequence this?",
    "confidential_text": "We need RNAseq of forty samples of mouse tissue.",
}


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any) -> None:
    monkeypatch.setattr(clock, "now", lambda: ASKED)
    settings.LANDBRIDGE_SECOND_FACTOR = "off"
    settings.LANDBRIDGE_FILES = tmp_path


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page(name: str, *args: object) -> str:
    return reverse(f"enquiries:{name}", args=args)


def text_of(client: Client, url: str) -> str:
    return client.get(url).content.decode()


def a_competence(name: str = "RNA sequencing", **changes: Any) -> Competence:
    return Competence.objects.create(
        **{"key": name.lower().replace(" ", "-"), "name": name, "synonyms": ["RNA-Seq"]} | changes
    )


def test_each_role_sees_its_own(cast: Cast):
    enquiry = an_enquiry(cast)
    seen = {
        "danish_sme": 200, "danish_colleague": 200, "zealand_broker": 200, "office": 200, "auditor": 200,
        "network_office": 200, "liege_broker": 404, "belgian_sme": 404, "german_provider": 403, "finance": 403,
        "investor": 403, "mallory": 403,
    }  # fmt: skip
    for name, status in seen.items():
        client = signed_in(getattr(cast, name))
        answer = client.get(page("enquiry", enquiry.pk))
        assert answer.status_code == status, name
        assert (SECRET in answer.content.decode()) == (status == 200), name
        assert (enquiry.number in text_of(client, page("enquiries"))) == (status == 200), name


class TestAsking:
    def test_competences_are_proposed_before_anything_is_sent(self, cast: Cast):
        wanted = a_competence()
        client = signed_in(cast.danish_sme)
        answer = client.post(page("new"), {**ASKING, "look": "1", "sample": "KEPT"})
        text = answer.content.decode()
        assert answer.status_code == 200
        assert f'name="want-{wanted.pk}"' in text
        assert "KEPT" in text
        assert not Enquiry.objects.exists()

    def test_looking_in_vain_is_said(self, cast: Cast):
        answer = signed_in(cast.danish_sme).post(page("new"), {**ASKING, "look": "1"})
        assert "No competence of our list is named there." in answer.content.decode()

    def test_asked_once_however_often_it_is_sent(self, cast: Cast):
        wanted, client = a_competence(), signed_in(cast.danish_sme)
        post = {
            **ASKING, f"want-{wanted.pk}": "3", "want-99999": "2", "languages": ["en", "da"], "budget_eur": "5,000",
            "readiness_now": "3", "access_modes": ["ship_sample"], "needed_by": "2026-12-01",
            "operation_key": str(uuid.uuid4()),
        }  # fmt: skip
        urls = {client.post(page("new"), post).url for _ in range(2)}
        enquiry = Enquiry.objects.get()
        assert urls == {enquiry.get_absolute_url()}
        assert [(want.competence_id, want.weight) for want in enquiry.wants.all()] == [(wanted.pk, 3)]
        assert (enquiry.languages, enquiry.needed_by) == (["en", "da"], date(2026, 12, 1))

    def test_a_directory_page_fills_it_in(self, cast: Cast):
        client = signed_in(cast.danish_sme)
        assert "sequencing of soil" in text_of(client, page("new") + "?question=sequencing+of+soil")
        for wrong in ("0", "x", "9" * 30, "-1"):
            assert client.get(page("new") + f"?record={wrong}").status_code == 200

    @pytest.mark.parametrize(
        ("change", "status"),
        [
            ({"title": ""}, 422), ({"confidential_text": "Short."}, 409), ({"readiness_now": "12"}, 422),
            ({"budget_eur": "many"}, 422), ({"needed_by": "2026-02-30"}, 422), ({"needed_by": "2026-01-01"}, 409),
            ({"languages": "xx"}, 422), ({"readiness_now": "5", "readiness_wanted": "2"}, 409),
        ],
    )  # fmt: skip
    def test_bad_input_comes_back(self, cast: Cast, change: dict[str, str], status: int):
        answer = signed_in(cast.danish_sme).post(page("new"), {**ASKING, "sample": "KEPT", **change})
        assert answer.status_code == status
        assert "KEPT" in answer.content.decode()
        assert not Enquiry.objects.exists()

    def test_a_broker_asks_for_a_company(self, cast: Cast):
        client = signed_in(cast.zealand_broker)
        post = {
            **ASKING,
            "company": cast.danish_company.pk,
            "person_name": "Karen",
            "person_email": "k@c.example",
        }
        assert client.post(page("new"), {**post, "company": cast.belgian_company.pk}).status_code == 422
        assert client.post(page("new"), post).status_code == 302
        assert Enquiry.objects.get().asked_by_email == "k@c.example"
        assert signed_in(cast.office).get(page("new")).status_code == 403

    def test_a_change_meanwhile_is_said_once(self, cast: Cast):
        enquiry, client = an_enquiry(cast), signed_in(cast.danish_sme)
        actions.revise(enquiry_id=enquiry.pk, version=1, asked=asked(title="Theirs"), by=SYSTEM, at=ASKED)
        answer = client.post(page("question", enquiry.pk), {**ASKING, "seen": "1"})
        assert answer.status_code == 409
        assert 'name="seen" value="2"' in answer.content.decode()
        assert client.post(page("question", enquiry.pk), {**ASKING, "seen": "2"}).status_code == 302
        enquiry.refresh_from_db()
        assert (enquiry.title, enquiry.version) == (ASKING["title"], 3)


class TestNumber:
    def test_a_right_number_leads_there_and_a_wrong_one_nearby(self, cast: Cast):
        enquiry, client = an_enquiry(cast), signed_in(cast.zealand_broker)
        digits = enquiry.number.replace(" ", "")
        wrong = digits[:-1] + str((int(digits[-1]) + 1) % 10)
        assert client.get(page("number"), {"number": digits}).url == enquiry.get_absolute_url()
        assert enquiry.number in text_of(client, page("number") + f"?number={wrong}")
        assert enquiry.number not in text_of(
            signed_in(cast.liege_broker), page("number") + f"?number={wrong}"
        )
        for said in ("", "x", "1" * 200):
            assert client.get(page("number"), {"number": said}).status_code == 200


class TestMoves:
    def test_the_desk_brings_it_to_the_search(self, cast: Cast):
        enquiry, desk, company = an_enquiry(cast), signed_in(cast.zealand_broker), signed_in(cast.danish_sme)
        assert "Acknowledge" in text_of(desk, page("enquiry", enquiry.pk))
        for name in ("acknowledgement", "analysis"):
            assert desk.post(page(name, enquiry.pk)).status_code == 302
        assert desk.post(page("readiness", enquiry.pk)).status_code == 409
        post = {"title": "An enzyme", "text": "A company needs to know why an enzyme stops after an hour."}
        assert (
            desk.post(
                page("summary", enquiry.pk), {**post, "text": f"{post['text']} Danish Company ApS."}
            ).status_code
            == 409
        )
        assert desk.post(page("summary", enquiry.pk), post).status_code == 302
        first = Summary.objects.get()
        assert desk.post(page("approval", first.pk)).status_code == 403
        assert "Approve these words" in text_of(company, page("enquiry", enquiry.pk))
        assert (
            company.post(page("sending_back", first.pk), {"remark": "Leave out the hour."}).status_code == 302
        )
        assert "Leave out the hour." in text_of(desk, page("summary", enquiry.pk))
        desk.post(
            page("summary", enquiry.pk), {**post, "text": "A company needs to know why an enzyme stops."}
        )
        second = queries.newest_summary(enquiry)
        assert company.post(page("approval", second.pk)).status_code == 302
        assert company.post(page("approval", second.pk)).status_code == 409
        for name in ("readiness", "searching"):
            assert desk.post(page(name, enquiry.pk)).status_code == 302
        enquiry.refresh_from_db()
        assert enquiry.state == S.SEARCHING

    def test_held_resumed_closed_and_opened_again(self, cast: Cast):
        enquiry, desk = an_enquiry_at(S.ACKNOWLEDGED, cast), signed_in(cast.zealand_broker)
        hold = {"until": "2026-04-01", "reason": "Samples."}
        assert desk.post(page("holding", enquiry.pk), {**hold, "until": "2026-03-01"}).status_code == 409
        assert desk.post(page("holding", enquiry.pk), hold).status_code == 302
        assert desk.post(page("resumption", enquiry.pk)).status_code == 302
        assert desk.post(page("closing", enquiry.pk), {"closing": "silent"}).status_code == 409
        assert (
            desk.post(
                page("closing", enquiry.pk), {"closing": "silent", "reason": "Nothing heard."}
            ).status_code
            == 302
        )
        assert "Nothing heard." in text_of(signed_in(cast.danish_sme), page("enquiry", enquiry.pk))
        assert desk.post(page("reopening", enquiry.pk), {"reason": "They wrote."}).status_code == 302
        assert desk.post(page("declining", enquiry.pk), {"reason": "No life sciences."}).status_code == 302
        enquiry.refresh_from_db()
        assert (enquiry.state, enquiry.stood_at) == (S.DECLINED, S.ACKNOWLEDGED)

    def test_on_its_day_it_goes_on_by_itself(self, cast: Cast, monkeypatch: pytest.MonkeyPatch):
        enquiry = an_enquiry_at(S.ON_HOLD, cast)
        tasks.resume_held.func()
        enquiry.refresh_from_db()
        assert enquiry.state == S.ON_HOLD
        monkeypatch.setattr(clock, "now", lambda: ASKED.replace(month=4, day=20))
        for _ in range(2):
            tasks.resume_held.func()
        enquiry.refresh_from_db()
        assert enquiry.state == S.ACKNOWLEDGED

    def test_the_outcome_is_reported(self, cast: Cast):
        enquiry, desk = an_enquiry_at(S.INTRODUCING, cast), signed_in(cast.zealand_broker)
        assert desk.post(page("outcome", enquiry.pk), {"outcome": "They work together."}).status_code == 302
        assert "Close the enquiry" in text_of(desk, page("enquiry", enquiry.pk))

    def test_nobody_else_moves_it(self, cast: Cast):
        enquiry = an_enquiry(cast)
        for name, status in {"danish_sme": 403, "office": 403, "liege_broker": 404, "mallory": 403}.items():
            assert (
                signed_in(getattr(cast, name)).post(page("acknowledgement", enquiry.pk)).status_code == status
            )

    @pytest.mark.parametrize("state", [state for state in S if state is not S.SHORTLISTED])
    def test_every_state_has_its_page_for_both_sides(self, cast: Cast, state: S):
        enquiry = an_enquiry_at(state, cast)
        for name in ("danish_sme", "zealand_broker", "office", "auditor"):
            assert signed_in(getattr(cast, name)).get(page("enquiry", enquiry.pk)).status_code == 200


class TestSummaries:
    def test_a_company_without_an_account_approves_by_telephone(self, cast: Cast):
        enquiry, desk = an_enquiry_at(S.ANALYSIS, cast), signed_in(cast.zealand_broker)
        summary = a_summary(enquiry, approved=False)
        post = {"how": "On the telephone on 9 March, by Karen."}
        assert desk.post(page("noted_approval", summary.pk), post).status_code == 409
        Person.objects.filter(pk__in=[cast.danish_sme.pk, cast.danish_colleague.pk]).update(is_active=False)
        assert desk.post(page("noted_approval", summary.pk), post).status_code == 302
        assert queries.approved_summary(enquiry) == summary


class TestWriting:
    def test_a_message_with_a_file_reaches_the_other_side(self, cast: Cast):
        enquiry, company, desk = an_enquiry(cast), signed_in(cast.danish_sme), signed_in(cast.zealand_broker)
        file = SimpleUploadedFile("data.pdf", PDF, content_type="application/pdf")
        assert (
            company.post(page("messages", enquiry.pk), {"text": "See here.", "file": file}).status_code == 302
        )
        message = Message.objects.get()
        assert "New message" in text_of(desk, page("enquiries"))
        assert "See here." in text_of(desk, page("enquiry", enquiry.pk))
        assert "New message" not in text_of(desk, page("enquiries"))
        place = page("file", message.pk, message.files.get().pk)
        assert b"".join(desk.get(place).streaming_content) == PDF
        assert signed_in(cast.belgian_sme).get(place).status_code == 404
        assert company.post(page("messages", enquiry.pk), {"text": " "}).status_code == 409

    def test_a_note_stays_with_the_desk(self, cast: Cast):
        enquiry, desk = an_enquiry(cast), signed_in(cast.zealand_broker)
        assert desk.post(page("notes", enquiry.pk), {"text": "Be patient with them."}).status_code == 302
        assert "Be patient" in text_of(desk, page("enquiry", enquiry.pk))
        assert "Be patient" in text_of(signed_in(cast.office), page("enquiry", enquiry.pk))
        company = signed_in(cast.danish_sme)
        assert "Be patient" not in text_of(company, page("enquiry", enquiry.pk))
        assert company.get(page("notes", enquiry.pk)).status_code == 403
        assert Note.objects.visible_to(cast.actor("danish_sme")).count() == 0


def questions(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as asked_for:
        assert client.get(url).status_code == 200
    return len(asked_for)


def test_three_rows_ask_as_often_as_one(cast: Cast):
    client = signed_in(cast.zealand_broker)
    place = {"enquiries": page("enquiries"), "mail": reverse("inbox:list")}

    def one_more(number: int) -> Enquiry:
        enquiry = an_enquiry(cast)
        for text in ("One.", "Two."):
            actions.write_message(enquiry_id=enquiry.pk, text=text, by=cast.actor("danish_sme"), at=ASKED)
        facts = {"sha256": "0" * 64, "size": 1, "verdict": "quarantine", "about_kind": "enquiry"}
        Incoming.objects.create(message_id=f"m{number}", about_id=enquiry.pk, received_at=ASKED, **facts)
        return enquiry

    first = one_more(1)
    for url in place.values():
        client.get(url)
    once = {name: questions(client, url) for name, url in place.items()}
    client.get(page("enquiry", first.pk))
    alone = questions(client, page("enquiry", first.pk))
    one_more(2)
    one_more(3)
    assert {name: questions(client, url) for name, url in place.items()} == once
    actions.write_message(enquiry_id=first.pk, text="Three.", by=cast.actor("zealand_broker"), at=ASKED)
    a_summary(first)
    assert questions(client, page("enquiry", first.pk)) == alone
    assert max(*once.values(), alone) <= 20
