"""A letter is a row beside the change it tells about, in its reader's language, sent at most once."""

from __future__ import annotations

import dataclasses
import smtplib
from datetime import UTC, date, datetime
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.db import transaction
from django.template import TemplateDoesNotExist
from pytest_django.fixtures import Settings

from landbridge.foundation.jobs import worker
from landbridge.foundation.jobs.models import Job
from landbridge.foundation.money import euro
from landbridge.foundation.outbox import actions, texts
from landbridge.foundation.outbox.actions import message_of
from landbridge.foundation.outbox.models import Letter, LetterText, State
from landbridge.foundation.outbox.tell import Recipient, ToTell, send_again, tell, tell_each
from landbridge.foundation.people.models import Person
from landbridge.foundation.permissions.actor import SYSTEM, Actor
from landbridge.foundation.permissions.roles import Role
from landbridge.foundation.problems import NotAllowed, Refused
from tests.foundation.messages.said import speak

AT = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
ANNA = Recipient("Anna@Example.org", "Anna Berg", "en-gb")
BEN = Recipient("ben@example.org", "Ben", "de")
AWARD = {
    "amount": euro(4000),
    "closes_at": datetime(2014, 5, 4, 15, 0, tzinfo=UTC).astimezone(ZoneInfo("Europe/Brussels")),
    "items": ["one", "two"],
}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _letters_of_the_tests(settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Letters that exist for these tests alone."""
    from django.template import Engine

    own = {
        "letters/tests/award.txt": "{% blocktranslate %}Your voucher of {{ amount }}{% endblocktranslate %}\n\n{% blocktranslate %}Dear {{ recipient }},{% endblocktranslate %}\n\n{{ about }} until {{ closes_at }}: {% for item in items %}{{ item }};{% endfor %}\n\n\n\n{{ link }}",
        "letters/tests/hole.txt": "Subject\n\n{{ nothing_of_the_kind }}",
    }
    engine = Engine(
        loaders=[("django.template.loaders.locmem.Loader", own)],
        autoescape=False,
        string_if_invalid=texts.MISSING,
        builtins=["django.templatetags.i18n"],
    )
    monkeypatch.setattr(texts, "our_engine", lambda: engine)
    settings.LANGUAGES = [("en-gb", "English"), ("de", "Deutsch")]
    german = {
        "Your voucher of %(amount)s": "Ihr Gutschein über %(amount)s",
        "Dear %(recipient)s,": "Guten Tag %(recipient)s,",
    }
    speak(settings, tmp_path, language="de", messages=german)
    settings.LANDBRIDGE_ADDRESS = "https://landbridge.example"
    settings.DEFAULT_FROM_EMAIL = "Landbridge <desk@landbridge.example>"


@pytest.fixture
def subject() -> Person:
    return Person.objects.create(email="about@example.org", name="Nordic Enzymes <ApS> & Co")


def tell_of_award(subject: Person, **changes: object) -> list[Letter]:
    options = {"to": [ANNA], "at": AT, "context": AWARD} | changes
    with transaction.atomic():
        return tell("tests/award", subject, **options)  # type: ignore[arg-type]


def test_a_letter_is_written_in_its_readers_language(subject: Person) -> None:
    english, german = tell_of_award(subject, to=[ANNA, BEN])
    assert english.subject == "Your voucher of €4,000"
    assert (
        "Dear Anna Berg,\n\nNordic Enzymes <ApS> & Co until 4 May 2014, 17:00 (Europe/Brussels): one;two;"
        in english.body
    )
    assert "\n\n\n" not in english.body
    assert german.subject == "Ihr Gutschein über 4.000 €"
    assert german.body.startswith(
        "Guten Tag Ben,\n\nNordic Enzymes <ApS> & Co until 4. Mai 2014, 17:00 (Europe/Brussels)"
    )


def test_an_unknown_language_falls_back_to_the_first_of_ours(subject: Person) -> None:
    (letter,) = tell_of_award(subject, to=[dataclasses.replace(ANNA, language="xx")])
    assert letter.language == "en-gb"
    (letter,) = tell_of_award(subject, to=[dataclasses.replace(BEN, language="de-at")])
    assert letter.language == "de"


def test_the_job_sends_it_with_a_message_id_of_its_own(subject: Person) -> None:
    (letter,) = tell_of_award(subject)
    assert letter.state == State.QUEUED
    assert mail.outbox == []
    worker.run_due()
    (sent,) = mail.outbox
    assert sent.to == ["Anna Berg <anna@example.org>"]
    assert sent.from_email == "Landbridge <desk@landbridge.example>"
    assert sent.message()["Message-ID"].endswith("@landbridge.example>")
    letter.refresh_from_db()
    assert letter.state == State.SENT
    assert letter.sent_at is not None


def test_a_letter_that_one_may_end_says_where_and_no_other_does(subject: Person) -> None:
    (plain,) = tell_of_award(subject)
    stop = "https://landbridge.example/catalogue/searches/stop/" + "k" * 43 + "/"
    (ended,) = tell_of_award(subject, key="news", unsubscribe_link=stop)
    sent = message_of(ended).message()
    assert sent["List-Unsubscribe"] == f"<{stop}>"
    assert sent["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "List-Unsubscribe" not in message_of(plain).message()


def test_running_the_job_twice_sends_one_letter(subject: Person) -> None:
    (letter,) = tell_of_award(subject)
    worker.run_due()
    assert not actions.send(letter_id=letter.pk, at=AT)
    assert not actions.send(letter_id=999_999, at=AT)
    assert len(mail.outbox) == 1


def test_the_same_event_is_told_once_and_another_one_again(subject: Person) -> None:
    assert len(tell_of_award(subject)) == 1
    assert tell_of_award(subject, to=[dataclasses.replace(ANNA, email=" anna@example.ORG ")]) == []
    assert len(tell_of_award(subject, at=AT.replace(hour=13))) == 1
    assert len(tell_of_award(subject, key="reminder, 14 days")) == 1
    assert tell_of_award(subject, key="reminder, 14 days", at=AT.replace(hour=14)) == []
    assert Letter.objects.count() == Job.objects.count() == 3


def test_one_person_named_twice_gets_one_letter_and_one_without_address_none(subject: Person) -> None:
    assert len(tell_of_award(subject, to=[ANNA, ANNA, Recipient("", "Nobody")])) == 1


@pytest.mark.django_db(transaction=True)
def test_a_letter_goes_with_its_change() -> None:
    subject = Person.objects.create(email="about@example.org", name="Nordic Enzymes")
    with transaction.atomic():
        tell("tests/award", subject, to=[ANNA], at=AT, context=AWARD)
        transaction.set_rollback(True)
    assert not Letter.objects.exists()
    with pytest.raises(transaction.TransactionManagementError):
        tell("tests/award", subject, to=[ANNA], at=AT, context=AWARD)


def test_a_letter_with_a_hole_is_not_written(subject: Person) -> None:
    with pytest.raises(texts.MissingValue, match="nothing_of_the_kind"):
        tell("tests/hole", subject, to=[ANNA], at=AT)
    for name in ("tests/unknown", "../../settings", "tests/award.de", "/etc/passwd"):
        with pytest.raises(TemplateDoesNotExist):
            tell(name, subject, to=[ANNA], at=AT)


def test_a_letter_is_given_values_and_not_objects(subject: Person) -> None:
    with pytest.raises(TypeError, match="Person"):
        tell_of_award(subject, context=AWARD | {"items": [subject]})
    assert dict(texts.plain({"on": date(2014, 5, 4), "n": 3, "none": None})) == {
        "on": "4\xa0May\xa02014",
        "n": 3,
        "none": None,
    }


@pytest.mark.parametrize(
    "evil", ["x\r\nBcc: all@example.org", "x\nBcc: all@example.org", "x\u2028Bcc: y", "x\x00\x1b[31m"]
)
def test_no_header_can_be_smuggled_in(subject: Person, evil: str) -> None:
    with transaction.atomic():
        LetterText.objects.create(
            programme="p",
            name="tests/award",
            language="en-gb",
            subject="Hi {{ recipient }}",
            body="{{ recipient }}",
        )
    (letter,) = tell_of_award(subject, to=[Recipient("anna@example.org", evil)], programme="p")
    assert len(letter.subject.splitlines()) == 1
    worker.run_due()
    message = mail.outbox[0].message()
    assert message["Bcc"] is None
    assert "\n" not in message["To"]
    assert parseaddr(message["To"])[1] == "anna@example.org"


def test_the_subject_and_body_keep_their_limits(subject: Person) -> None:
    subject.name = "x" * 150
    (letter,) = tell_of_award(subject, context=AWARD | {"amount": "y" * 5_000, "items": ["z" * 400] * 100})
    letter.full_clean(exclude=["sent_at", "about_id"])
    assert len(letter.subject) == 200


# ── When sending fails ───────────────────────────────────────────────────────────────────────────────────────────────
def refuse_to_send(monkeypatch: pytest.MonkeyPatch) -> None:
    def send(self: mail.EmailMessage, fail_silently: bool = False) -> int:
        raise smtplib.SMTPServerDisconnected("421 try later")

    monkeypatch.setattr(mail.EmailMessage, "send", send)


def test_a_mail_server_that_refuses_is_asked_again_and_the_letter_fails_in_the_end(
    subject: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse_to_send(monkeypatch)
    (letter,) = tell_of_award(subject)
    for _ in range(actions.MOST_ATTEMPTS - 1):
        with pytest.raises(smtplib.SMTPServerDisconnected):
            actions.send(letter_id=letter.pk, at=AT)
        letter.refresh_from_db()
        assert letter.state == State.QUEUED
    assert not actions.send(letter_id=letter.pk, at=AT)
    letter.refresh_from_db()
    assert (letter.state, letter.error, letter.sent_at) == (State.FAILED, "421 try later", None)


def test_a_letter_whose_worker_died_is_not_sent_again_by_itself(subject: Person) -> None:
    (letter,) = tell_of_award(subject)
    Letter.objects.update(state=State.SENDING)
    worker.run_due()
    letter.refresh_from_db()
    assert (letter.state, mail.outbox) == (State.FAILED, [])
    assert "may or may not have left" in letter.error


def test_the_office_may_send_a_failed_letter_again_and_nobody_else(subject: Person) -> None:
    office = Actor(person_id=subject.pk, name="Office", role=Role.OFFICE)
    (letter,) = tell_of_award(subject)
    with pytest.raises(Refused):
        send_again(letter_id=letter.pk, by=office, at=AT)
    Letter.objects.update(state=State.FAILED)
    with pytest.raises(NotAllowed):
        send_again(letter_id=letter.pk, by=Actor(person_id=1, name="A", role=Role.AUDITOR), at=AT)
    send_again(letter_id=letter.pk, by=office, at=AT)
    worker.run_due()
    assert len(mail.outbox) == 1


# ── A programme's own words ──────────────────────────────────────────────────────────────────────────────────────────
def write(subject: str = "Hello {{ recipient }}", body: str = "{{ about }} gets {{ amount }}") -> LetterText:
    return actions.write_text(
        programme="in2lifesciences",
        name="tests/award",
        language="en-gb",
        subject=subject,
        body=body,
        by=SYSTEM,
        at=AT,
    )


def test_a_programmes_own_words_are_used_for_it_alone(subject: Person) -> None:
    write()
    (ours,) = tell_of_award(subject, programme="boost4health")
    assert ours.subject == "Your voucher of €4,000"
    (theirs,) = tell_of_award(subject, programme="in2lifesciences", key="again")
    assert (theirs.subject, theirs.body) == ("Hello Anna Berg", "Nordic Enzymes <ApS> & Co gets €4,000")
    write(subject="Good day {{ recipient }}")
    (changed,) = tell_of_award(subject, programme="in2lifesciences", key="third")
    assert changed.subject == "Good day Anna Berg"
    actions.drop_text(programme="in2lifesciences", name="tests/award", language="en-gb", by=SYSTEM, at=AT)
    (back,) = tell_of_award(subject, programme="in2lifesciences", key="fourth")
    assert back.subject == ours.subject


def test_words_that_no_longer_work_are_replaced_by_ours(subject: Person) -> None:
    LetterText.objects.create(
        programme="p", name="tests/award", language="en-gb", subject="{% broken", body="{% if %}"
    )
    (letter,) = tell_of_award(subject, programme="p")
    assert letter.subject == "Your voucher of €4,000"


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("body", "", "text_empty"),
        ("subject", "x" * 201, "text_long"),
        ("body", "x" * 20_001, "text_long"),
        ("body", "{% load i18n %}", "text_syntax"),
        ("body", "{% include 'ui/page.html' %}", "text_syntax"),
        ("body", "{% extends 'ui/page.html' %}", "text_syntax"),
        ("body", "{% debug %}", "text_syntax"),
        ("body", "{% now 'Y' %}", "text_syntax"),
        ("body", "{% url 'admin' %}", "text_syntax"),
        ("body", "{% if amount %}", "text_syntax"),
        ("body", "{{ amount|ljust:1000000000 }}", "text_syntax"),
        ("body", "{{ amount|safe }}", "text_syntax"),
        ("body", "{{ about.__class__ }}", "text_syntax"),
        ("body", "{{ password }}", "text_place"),
        ("body", "{% if secret %}x{% endif %}", "text_place"),
        ("body", "{% for a in unknown %}x{% endfor %}", "text_place"),
        ("body", "{% for a in items %}{% for b in items %}x{% endfor %}{% endfor %}", "text_loop"),
    ],
)
def test_a_text_that_would_not_work_is_refused_beside_its_field(field: str, text: str, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        write(**{field: text})
    assert [(problem.field, problem.code) for problem in refusal.value.problems] == [(field, code)]
    assert not LetterText.objects.exists()


def test_what_a_text_may_use_works(subject: Person) -> None:
    body = "{% if amount and items|length > 1 %}{% for item in items %}{{ forloop.counter }} {{ item|upper }} {% endfor %}{% else %}-{% endif %}{{ recipient|default:'you' }}"
    write(body=body)
    (letter,) = tell_of_award(subject, programme="in2lifesciences")
    assert letter.body == "1 ONE 2 TWO Anna Berg"


def test_only_who_edits_programmes_writes_their_words() -> None:
    with pytest.raises(NotAllowed):
        actions.write_text(
            programme="p",
            name="tests/award",
            language="de",
            subject="x",
            body="y",
            by=Actor(person_id=1, name="Mallory"),
            at=AT,
        )


def test_many_are_told_at_once_each_in_their_own_words(
    subject: Person, django_assert_max_num_queries: Any
) -> None:
    people = [
        ToTell(Recipient(f"person{number}@example.org", f"Person {number}"), subject, {**AWARD, "items": [f"{number}"]})
        for number in range(40)
    ]  # fmt: skip
    with django_assert_max_num_queries(8), transaction.atomic():
        letters = tell_each("tests/award", people, at=AT, key="award|7")
    assert len(letters) == 40
    assert "Dear Person 3" in letters[3].body
    assert ": 3;" in letters[3].body
    with transaction.atomic():
        assert tell_each("tests/award", people, at=AT, key="award|7") == []
        assert tell_each("tests/award", [*people[:1], people[0]], at=AT, key="award|8")
    worker.run_due()
    assert len(mail.outbox) == 41
    assert Letter.objects.filter(state=State.SENT).count() == 41


@pytest.mark.django_db(transaction=True)
def test_many_are_told_only_with_the_change_they_are_told_about(subject: Person) -> None:
    with pytest.raises(transaction.TransactionManagementError):
        tell_each("tests/award", [ToTell(ANNA, subject, AWARD)], at=AT, key="award|9")
