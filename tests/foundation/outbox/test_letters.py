"""The pages of the letters: to whom they show what; and the folder that takes letters instead of a mail server."""

from __future__ import annotations

import email
import email.policy
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.mail import EmailMessage, get_connection
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from landbridge.foundation.jobs import worker
from landbridge.foundation.outbox.models import Letter, State
from tests.cast import Cast

AT = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def write(to: str, *, number: int = 1, programme: str = "", **changes: object) -> Letter:
    return Letter.objects.create(
        **{
            "template": "tests/award",
            "programme": programme,
            "language": "en-gb",
            "subject": f"Letter {number}",
            "body": f"Dear reader,\n\n<b>{number}</b> https://example.org/",
            "recipient_email": to.lower(),
            "recipient_name": "A reader",
            "about_table": "calls.call",
            "about_id": number,
            "about_name": "A call",
            "event_key": f"event {number}",
            "created_at": AT,
        }
        | changes
    )


def client_of(cast: Cast, name: str) -> Client:
    client = Client()
    client.force_login(getattr(cast, name))
    return client


def subjects(cast: Cast, name: str) -> set[str]:
    actor = cast.actor(name)
    return set(Letter.objects.visible_to(actor).values_list("subject", flat=True))


@pytest.fixture(autouse=True)
def _without_second_factor(settings: Settings) -> None:
    """It has tests of its own."""
    settings.LANDBRIDGE_SECOND_FACTOR = "off"


@pytest.fixture
def letters(cast: Cast) -> dict[str, Letter]:
    return {
        "to the company": write(cast.danish_sme.email, number=1, programme=cast.programme.key),
        "to the provider": write(cast.german_provider.email, number=2, programme=cast.other_programme.key),
        "to nobody's programme": write("someone@example.org", number=3),
    }


@pytest.mark.parametrize(
    ("name", "numbers"),
    [
        ("danish_sme", {1}),
        ("german_provider", {2}),
        ("mallory", set()),
        ("finance", set()),
        ("office", {1}),
        ("other_office", {2}),
        ("network_office", {1, 2, 3}),
    ],
)
def test_everyone_sees_their_own_letters_and_the_office_its_programmes(
    cast: Cast, letters: dict[str, Letter], name: str, numbers: set[int]
) -> None:
    assert subjects(cast, name) == {f"Letter {number}" for number in numbers}
    client = client_of(cast, name)
    page = client.get(reverse("outbox:list")).content.decode()
    for letter in letters.values():
        seen = letter.about_id in numbers
        assert (letter.subject in page) is seen
        assert client.get(letter.get_absolute_url()).status_code == (200 if seen else 404)


def test_strangers_are_led_to_sign_in(letters: dict[str, Letter]) -> None:
    for letter in letters.values():
        assert Client().get(letter.get_absolute_url()).status_code == 302
    assert Client().get(reverse("outbox:list")).status_code == 302


def test_a_letter_is_shown_as_text(cast: Cast, letters: dict[str, Letter]) -> None:
    page = client_of(cast, "danish_sme").get(letters["to the company"].get_absolute_url()).content.decode()
    assert "&lt;b&gt;1&lt;/b&gt;" in page
    assert 'href="https://example.org/"' in page


def test_an_empty_list_teaches(cast: Cast) -> None:
    assert "keeps a copy here" in client_of(cast, "mallory").get(reverse("outbox:list")).content.decode()


def test_letters_about_one_object(cast: Cast, letters: dict[str, Letter]) -> None:
    client = client_of(cast, "network_office")
    page = client.get(reverse("outbox:list"), {"about": "calls.call:2"}).content.decode()
    assert "Letter 2" in page
    assert "Letter 1" not in page
    for odd in ("calls.call:x", "calls.call:" + "9" * 30, ":", "x" * 5000, "calls.call:-1", "\x00:1"):
        assert client.get(reverse("outbox:list"), {"about": odd, "page": "x"}).status_code == 200


@pytest.mark.parametrize("count", [1, 3, 60])
def test_the_list_asks_the_same_few_questions_for_any_number(
    cast: Cast, count: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        write(cast.danish_sme.email, number=number)
    client = client_of(cast, "danish_sme")
    client.get(reverse("outbox:list"))
    with django_assert_max_num_queries(6):
        page = client.get(reverse("outbox:list")).content.decode()
    assert page.count("Letter ") == min(count, 50)


def test_the_office_sends_a_failed_letter_again(cast: Cast, mailoutbox: list[EmailMessage]) -> None:
    letter = write("someone@example.org", programme=cast.programme.key, state=State.FAILED, error="421 later")
    office, auditor = client_of(cast, "office"), client_of(cast, "auditor")
    assert "421 later" in office.get(letter.get_absolute_url()).content.decode()
    sending = reverse("outbox:sending", args=[letter.pk])
    assert auditor.post(sending).status_code in (403, 404)
    assert client_of(cast, "danish_sme").post(sending).status_code in (403, 404)
    assert office.get(sending).status_code == 405
    assert office.post(sending).status_code == 302
    assert office.post(sending).status_code == 409, "it is in the queue already"
    worker.run_due()
    assert [message.subject for message in mailoutbox] == ["Letter 1"]


def test_a_folder_takes_letters_as_files(settings: Settings, tmp_path: Path) -> None:
    settings.EMAIL_FILE_PATH = tmp_path / "letters"
    connection = get_connection("landbridge.foundation.outbox.folder.EmailBackend")
    for number in range(12):
        to = ["Anna <anna/../x@example.org>"] if number == 0 else ["ben@example.org"]
        EmailMessage(f"Größe {number}", "Body", "desk@example.org", to, connection=connection).send()
    files = sorted((tmp_path / "letters").iterdir())
    assert len(files) == 12
    assert all(file.suffix == ".eml" for file in files)
    read = [email.message_from_bytes(file.read_bytes(), policy=email.policy.default) for file in files]
    assert [message["Subject"] for message in read] == [f"Größe {number}" for number in range(12)]
