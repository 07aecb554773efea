"""Answers by e-mail: laid down once, led to whoever asked, and kept away from everybody else when anything is wrong."""

from __future__ import annotations

import json
import mailbox
from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from landbridge.command.line import main
from landbridge.enquiries import actions
from landbridge.enquiries.models import Enquiry, Message
from landbridge.foundation import clock
from landbridge.foundation.inbox import actions as inbox
from landbridge.foundation.inbox import reception
from landbridge.foundation.inbox.addresses import read_address
from landbridge.foundation.inbox.models import Incoming
from landbridge.foundation.inbox.verdicts import Verdict
from landbridge.foundation.outbox.actions import message_of
from landbridge.foundation.outbox.models import Letter
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.memberships.models import Membership
from tests.cast import Cast, make_cast
from tests.factories.enquiries import ASKED, an_enquiry, asked, the_broker

LATER = ASKED + timedelta(hours=2)
PDF = b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture(autouse=True)
def _settings(settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.LANDBRIDGE_MAIL_HOST = "mail.example.org"
    settings.LANDBRIDGE_MAIL_SECRET = "s3cret"
    settings.LANDBRIDGE_FILES = tmp_path
    settings.LANDBRIDGE_SECOND_FACTOR = "off"
    monkeypatch.setattr(clock, "now", lambda: LATER)


def an_answer(
    letter: Letter, *, sender: str = "", number: int = 1, text: str = "Forty degrees.", **headers: str
) -> EmailMessage:
    """What the reader of a letter sends back."""
    found = EmailMessage()
    found["From"] = sender or letter.recipient_email
    found["To"] = headers.pop("To", letter.reply_to)
    found["Subject"] = f"Re: {letter.subject}"
    found["Message-ID"] = f"<answer-{number}-{letter.pk}@example.org>"
    for name, value in headers.items():
        found[name.replace("_", "-")] = value
    found.set_content(text)
    return found


def asked_by_the_desk(cast: Cast) -> tuple[Enquiry, Letter]:
    """An enquiry whose broker wrote to the company, and the letter with it."""
    enquiry = an_enquiry(cast)
    message = actions.write_message(enquiry_id=enquiry.pk, text="How warm?", by=the_broker(enquiry), at=ASKED)
    return enquiry, Letter.objects.get(event_key=f"enquiries.message:{message.pk}")


@pytest.mark.django_db
class TestAnswers:
    def test_an_answer_becomes_a_message_once(self, cast: Cast):
        enquiry, letter = asked_by_the_desk(cast)
        sent = message_of(letter)
        assert sent.extra_headers["Auto-Submitted"] == "auto-generated"
        assert sent.reply_to == [letter.reply_to]
        mail = an_answer(letter, text="Forty degrees.\n\n-- \nDagny\n")
        mail.add_attachment(PDF, maintype="application", subtype="pdf", filename="data.pdf")
        mail.add_attachment(b"MZ", maintype="application", subtype="octet-stream", filename="virus.exe")
        verdicts = [reception.take(mail.as_bytes(), at=LATER).verdict for _ in range(2)]
        assert verdicts == [Verdict.ACCEPTED, Verdict.DUPLICATE]
        found = Message.objects.get(enquiry=enquiry, from_desk=False)
        assert found.person_id == cast.danish_sme.pk
        assert found.text.startswith("Forty degrees.\n\n[Not taken over")
        assert "Dagny" in found.text.partition("⁂")[2]
        assert [file.name for file in found.files.all()] == ["data.pdf"]
        assert found.answers == Message.objects.get(from_desk=True)
        told = Letter.objects.get(event_key=f"enquiries.message:{found.pk}")
        assert told.recipient_email == cast.zealand_broker.email

    def test_a_person_without_an_account_answers_as_well(self, cast: Cast):
        person = {"person_name": "Karen Kemi", "person_email": "karen@company.example"}
        enquiry = actions.ask(
            asked=asked(),
            company_id=cast.danish_company.pk,
            **person,
            by=cast.actor("zealand_broker"),
            at=ASKED,
        )
        letter = Letter.objects.get(template="enquiries/asked")
        assert reception.take(an_answer(letter).as_bytes(), at=LATER).verdict is Verdict.ACCEPTED
        assert Message.objects.get(enquiry=enquiry).person_name == "Karen Kemi"

    def test_a_broker_answers_by_mail_without_what_it_quotes(self, cast: Cast):
        enquiry = an_enquiry(cast)
        actions.write_message(enquiry_id=enquiry.pk, text="And?", by=cast.actor("danish_sme"), at=ASKED)
        letter = Letter.objects.get(template="enquiries/message")
        mail = an_answer(letter, text="In May.\n\nOn Monday, Boss wrote:\n> keep them waiting\n")
        reception.take(mail.as_bytes(), at=LATER)
        found = Message.objects.get(from_desk=True)
        assert (found.text, found.answers.text) == ("In May.", "And?")

    @pytest.mark.parametrize(
        ("change", "verdict", "why"),
        [
            ({"sender": "mallory@example.org"}, "quarantine", "unknown_sender"),
            ({"To": "enquiry+1-1-aaaaaaaa-bbbbbbbbbbbbbbbb@mail.example.org"}, "quarantine", "bad_signature"),
            ({"To": "desk@example.org"}, "quarantine", "no_reply_address"),
            ({"text": "\n"}, "quarantine", "nothing_said"),
            ({"Auto_Submitted": "auto-replied"}, "automatic", "Auto-Submitted"),
            ({"List_Id": "<x.example.org>"}, "loop", "List-Id"),
            ({"sender": "landbridge@localhost"}, "loop", "From"),
        ],
    )
    def test_what_is_wrong_reaches_nobody(self, cast: Cast, change: dict[str, str], verdict: str, why: str):
        _, letter = asked_by_the_desk(cast)
        before = Letter.objects.count()
        outcome = reception.take(an_answer(letter, **change).as_bytes(), at=LATER)
        assert (outcome.verdict, outcome.incoming.why) == (verdict, why)
        assert (Message.objects.count(), Letter.objects.count()) == (1, before)

    def test_our_own_letter_comes_back(self, cast: Cast):
        _, letter = asked_by_the_desk(cast)
        assert reception.take(message_of(letter).message().as_bytes(), at=LATER).verdict is Verdict.LOOP

    def test_who_left_the_company_has_no_part_in_it(self, cast: Cast):
        _, letter = asked_by_the_desk(cast)
        Membership.objects.filter(person=cast.danish_sme).update(ended_at=LATER)
        assert reception.take(an_answer(letter).as_bytes(), at=LATER).incoming.why == "unknown_sender"

    def test_too_many_from_one_address_are_a_circle(self, cast: Cast):
        _, letter = asked_by_the_desk(cast)
        verdicts = [
            reception.take(an_answer(letter, number=n).as_bytes(), at=LATER).verdict for n in range(22)
        ]
        assert verdicts.count(Verdict.ACCEPTED) == 20
        assert verdicts[-1] is Verdict.LOOP

    def test_too_large_is_not_kept(self, cast: Cast, monkeypatch: pytest.MonkeyPatch):
        _, letter = asked_by_the_desk(cast)
        monkeypatch.setattr(reception, "MOST_BYTES", 100)
        outcome = reception.take(an_answer(letter).as_bytes(), at=LATER)
        assert outcome.verdict is Verdict.TOO_LARGE
        assert not outcome.incoming.path.exists()


@pytest.mark.django_db
class TestDoors:
    def test_by_http_with_the_secret_alone(self, cast: Cast, settings: Any):
        _, letter = asked_by_the_desk(cast)
        raw, url = an_answer(letter).as_bytes(), reverse("inbox:door")
        post: Callable[..., Any] = lambda **headers: Client(enforce_csrf_checks=True).post(  # noqa: E731
            url, raw, content_type="message/rfc822", headers=headers
        )
        assert post().status_code == 403
        assert post(Authorization="Bearer wrong").status_code == 403
        assert Client().get(url).status_code == 405
        assert [post(Authorization="Bearer s3cret").json()["verdict"] for _ in range(2)] == [
            "accepted",
            "duplicate",
        ]
        empty = Client().post(
            url, b"", content_type="message/rfc822", headers={"Authorization": "Bearer s3cret"}
        )
        assert empty.status_code == 400
        settings.LANDBRIDGE_MAIL_SECRET = ""
        assert post(Authorization="Bearer ").status_code == 404

    def test_by_command_from_a_maildir_and_an_mbox(self, cast: Cast, tmp_path: Any, capsys: Any):
        _, letter = asked_by_the_desk(cast)
        folder = mailbox.Maildir(tmp_path / "Maildir")
        folder.add(an_answer(letter))
        box = mailbox.mbox(tmp_path / "mbox")
        box.add(an_answer(letter))
        box.add(an_answer(letter, number=2))
        box.close()
        (tmp_path / "one.eml").write_bytes(an_answer(letter, number=3).as_bytes())
        counts = []
        for source in ("Maildir", "mbox", "one.eml"):
            assert main(["mailbox", str(tmp_path / source), "--json"]) == 0
            counts.append(json.loads(capsys.readouterr().out)["counts"])
        assert counts == [{"accepted": 1}, {"duplicate": 1, "accepted": 1}, {"accepted": 1}]
        assert main(["mailbox", str(tmp_path / "nothing")]) == 1
        assert main(["mailbox", str(tmp_path)]) == 1


@pytest.mark.django_db
class TestQuarantine:
    def quarantined(self, cast: Cast) -> tuple[Enquiry, Incoming]:
        enquiry, letter = asked_by_the_desk(cast)
        mail = an_answer(letter, sender="dagny@private.example", text="From my own address.")
        return enquiry, reception.take(mail.as_bytes(), at=LATER).incoming

    def test_the_desk_lays_it_down_where_it_belongs(self, cast: Cast):
        enquiry, found = self.quarantined(cast)
        client = Client()
        client.force_login(cast.zealand_broker)
        assert "From my own address." in client.get(found.get_absolute_url()).content.decode()
        place = reverse("inbox:attaching", args=[found.pk])
        assert client.post(place, {"kind": "enquiry", "about": "1234"}).status_code == 409
        assert client.post(place, {"kind": "enquiry", "about": enquiry.number}).status_code == 302
        message = Message.objects.get(from_desk=False)
        assert (message.text, message.person_name) == ("From my own address.", "dagny@private.example")
        assert client.post(place, {"kind": "enquiry", "about": enquiry.number}).status_code == 409
        assert not Incoming.objects.in_quarantine().exists()

    def test_it_is_dropped_with_a_reason(self, cast: Cast):
        _, found = self.quarantined(cast)
        client = Client()
        client.force_login(cast.office)
        place = reverse("inbox:dropping", args=[found.pk])
        assert client.post(place, {"reason": ""}).status_code == 422
        assert client.post(place, {"reason": "Advertising."}).status_code == 302
        assert "Advertising." in client.get(found.get_absolute_url()).content.decode()

    def test_others_do_not_read_it(self, cast: Cast):
        _, found = self.quarantined(cast)
        statuses = {
            "zealand_broker": 200,
            "office": 200,
            "liege_broker": 404,
            "danish_sme": 403,
            "mallory": 403,
        }
        for name, status in statuses.items():
            client = Client()
            client.force_login(getattr(cast, name))
            assert client.get(found.get_absolute_url()).status_code == status, name

    def test_it_is_forgotten_with_time_unless_it_waits(self, cast: Cast):
        _, waiting = self.quarantined(cast)
        letter = Letter.objects.get(template="enquiries/message")
        done = reception.take(an_answer(letter, number=9).as_bytes(), at=LATER).incoming
        assert inbox.forget(before=LATER + timedelta(days=1), by=SYSTEM, at=LATER + timedelta(days=200)) == 1
        assert set(Incoming.objects.values_list("pk", flat=True)) == {waiting.pk}
        assert done.pk != waiting.pk


class TestRouting(TestCase):
    @examples(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        st.lists(
            st.tuples(
                st.sampled_from(["danish_sme", "danish_colleague", "desk"]), st.booleans(), st.integers(0, 9)
            ),
            min_size=2,
            max_size=7,
        )
    )
    def test_an_answer_always_goes_to_whoever_asked(self, steps: list[tuple[str, bool, int]]) -> None:
        """People of the company and the desk write in turn; who answers a message, by mail or page, reaches its writer."""
        cast = make_cast()
        enquiry = an_enquiry(cast)
        writers: dict[int, str] = {}
        for number, (who, by_mail, which) in enumerate(steps):
            name = "zealand_broker" if who == "desk" else who
            others = [pk for pk, writer in writers.items() if (writer == "zealand_broker") != (who == "desk")]
            answered = others[which % len(others)] if others else None
            letters = Letter.objects.filter(
                event_key=f"enquiries.message:{answered}", recipient_email=getattr(cast, name).email
            )
            letter = letters.first()
            if by_mail and letter is not None:
                mail = an_answer(letter, number=number)
                assert read_address(letter.reply_to).topic_id == answered
                reception.take(mail.as_bytes(), at=LATER + timedelta(minutes=number))
                message = Message.objects.order_by("-pk")[0]
            else:
                message = actions.write_message(
                    enquiry_id=enquiry.pk, text="Text.", answers_id=answered, by=cast.actor(name),
                    at=LATER + timedelta(minutes=number),
                )  # fmt: skip
            writers[message.pk] = name
            told = Letter.objects.filter(event_key=f"enquiries.message:{message.pk}")
            expected = writers.get(answered) if answered else None
            if expected:
                assert {one.recipient_email for one in told} == {getattr(cast, expected).email}
