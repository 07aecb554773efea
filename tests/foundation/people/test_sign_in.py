from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from landbridge.foundation.audit.queries import history_of
from landbridge.foundation.people import actions
from landbridge.foundation.people.models import Consent, Person

from .conftest import AT, PASSWORD

pytestmark = pytest.mark.django_db

SIGN_IN, SIGN_UP = "/account/sign-in/", "/account/sign-up/"
REQUEST, CONFIRM = "/account/sign-in/code/", "/account/sign-in/code/confirm/"
ADDRESS_CONFIRM = "/account/e-mail/confirm/"
ME = {"name": "Newton New", "email": "newton@example.org", "privacy": "on"}


def is_signed_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def words_of(response) -> str:
    """What a visitor reads, without what differs by the address they typed and by the token of the form."""
    import re

    text = re.sub(r'value="[^"]*"', "", response.content.decode())
    return re.sub(r"\S+@example\.org", "ADDRESS", text)


# ── By code ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_code_by_letter_signs_in(client, dagny, code):
    assert client.post(REQUEST, {"email": "DAGNY@example.org"}).url == CONFIRM
    assert mail.outbox[-1].to == ["dagny@example.org"]
    assert client.post(CONFIRM, {"code": code().lower()}).status_code == 302
    assert is_signed_in(client)
    assert history_of(dagny)[0].event == "person.signed_in"


def test_one_comes_back_to_the_page_one_wanted(client, dagny, code):
    asked = client.get("/account/sessions/")
    assert asked.url == f"{SIGN_IN}?next=%2Faccount%2Fsessions%2F"
    sent = client.post(f"{REQUEST}?next=/account/sessions/", {"email": dagny.email})
    assert client.post(sent.url, {"code": code(), "next": "/account/sessions/"}).url == "/account/sessions/"


@pytest.mark.parametrize("elsewhere", ["https://example.com/", "//example.com/", "javascript:alert(1)"])
def test_nobody_is_sent_to_another_site(client, dagny, elsewhere):
    response = client.post(SIGN_IN, {"login": dagny.email, "password": PASSWORD, "next": elsewhere})
    assert response.url == "/desk/"


def test_a_wrong_code_does_not_sign_in_and_the_third_ends_it(client, dagny, code):
    client.post(REQUEST, {"email": dagny.email})
    for _ in range(2):
        assert "This code is not right" in client.post(CONFIRM, {"code": "AAAAAA"}).content.decode()
    assert client.post(CONFIRM, {"code": "AAAAAA"}).status_code == 302
    assert client.post(CONFIRM, {"code": code()}).status_code == 302
    assert not is_signed_in(client)


def test_a_code_opens_only_the_browser_that_asked_for_it(client, dagny, code):
    client.post(REQUEST, {"email": dagny.email})
    other = Client()
    other.post(CONFIRM, {"code": code()})
    assert not is_signed_in(other)


def test_a_new_code_can_be_asked_for_and_the_old_one_is_void(client, dagny, code):
    client.post(REQUEST, {"email": dagny.email})
    first = code()
    client.post(CONFIRM, {"action": "resend"})
    assert len(mail.outbox) == 2
    client.post(CONFIRM, {"code": first})
    assert not is_signed_in(client)
    client.post(CONFIRM, {"code": code()})
    assert is_signed_in(client)


# ── By password ──────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_password_signs_in(client, dagny):
    assert client.post(SIGN_IN, {"login": "Dagny@example.org", "password": PASSWORD}).url == "/desk/"
    assert is_signed_in(client)


def test_a_closed_account_stays_closed(client, dagny, code):
    Person.objects.update(is_active=False)
    assert client.post(SIGN_IN, {"login": dagny.email, "password": PASSWORD}).url == "/account/closed/"
    assert not is_signed_in(client)
    client.post(REQUEST, {"email": dagny.email})
    assert "no account" in mail.outbox[-1].body


def test_a_session_ends_when_the_account_is_closed(signed_in, dagny):
    client = signed_in(dagny)
    Person.objects.update(is_active=False)
    assert not is_signed_in(client)


# ── The same words for unknown people ────────────────────────────────────────────────────────────────────────────────
def test_a_wrong_password_reads_the_same_for_unknown_people(client, dagny):
    known = client.post(SIGN_IN, {"login": dagny.email, "password": "wrong"})
    unknown = Client().post(SIGN_IN, {"login": "nobody@example.org", "password": "wrong"})
    assert known.status_code == unknown.status_code == 422
    assert words_of(known) == words_of(unknown)


@pytest.mark.parametrize("page", [REQUEST, "/account/password/reset/"])
def test_asking_for_a_code_reads_the_same_for_unknown_people(page, dagny):
    pages = []
    for email in (dagny.email, "nobody@example.org"):
        browser = Client()
        sent = browser.post(page, {"email": email})
        shown = browser.get(sent.url)
        refused = browser.post(sent.url, {"code": "AAAAAA"})
        pages.append((sent.url, words_of(shown), words_of(refused)))
    assert pages[0] == pages[1]
    assert len(mail.outbox) == 2


def test_signing_up_reads_the_same_for_a_taken_address(client, dagny):
    known, new = Client(), Client()
    first = known.post(SIGN_UP, {**ME, "email": dagny.email})
    second = new.post(SIGN_UP, ME)
    assert first.url == second.url == ADDRESS_CONFIRM
    assert Person.objects.filter(email=dagny.email).count() == 1
    assert "account with it already" in mail.outbox[0].body
    refusals = [words_of(browser.post(ADDRESS_CONFIRM, {"code": "AAAAAA"})) for browser in (known, new)]
    assert [text.count("This code is not right") for text in refusals] == [2, 2]


def test_an_unknown_person_costs_a_hash_too(client, dagny, mocker_of_hashes):
    for email in (dagny.email, "nobody@example.org"):
        client.post(SIGN_IN, {"login": email, "password": "wrong"})
    assert mocker_of_hashes == [1, 1]


@pytest.fixture
def mocker_of_hashes(client, monkeypatch):
    """How many hashes each sign-in computed."""
    from django.contrib.auth.hashers import MD5PasswordHasher

    counts: list[int] = []
    original, post = MD5PasswordHasher.encode, client.post

    def counted(self, password, salt):
        counts[-1] += 1
        return original(self, password, salt)

    def post_counted(*args, **kwargs):
        counts.append(0)
        return post(*args, **kwargs)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    monkeypatch.setattr(client, "post", post_counted)
    return counts


# ── Signing up ───────────────────────────────────────────────────────────────────────────────────────────────────────
def test_signing_up_takes_a_name_an_address_an_agreement_and_a_code(client, code):
    assert client.post(SIGN_UP, {**ME, "news": "on"}).url == ADDRESS_CONFIRM
    assert not is_signed_in(client)
    client.post(ADDRESS_CONFIRM, {"code": code()})
    assert is_signed_in(client)
    person = Person.objects.get()
    assert (person.name, person.email) == ("Newton New", "newton@example.org")
    assert sorted(Consent.objects.values_list("purpose", flat=True)) == ["news", "privacy"]
    assert EmailAddress.objects.get(user=person).verified


def test_without_agreement_there_is_no_account(client):
    page = client.post(SIGN_UP, {**ME, "privacy": ""}).content.decode()
    assert "Without this agreement" in page
    assert 'value="Newton New"' in page
    assert not Person.objects.exists()


# ── A new password ───────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_forgotten_password_is_replaced_by_code(client, dagny, code):
    client.post("/account/password/reset/", {"email": dagny.email})
    response = client.post("/account/password/reset/confirm/", {"code": code()})
    new = {"password1": "quite another secret", "password2": "quite another secret"}
    assert client.post(response.url, new).status_code == 302
    dagny.refresh_from_db()
    assert dagny.check_password("quite another secret")
    assert history_of(dagny)[0].event == "person.password_changed"


@pytest.mark.parametrize("weak", ["short", "password1234", "dagny@example.org"])
def test_a_weak_password_is_refused(signed_in, dagny, weak):
    client = signed_in(dagny)
    page = client.post(
        "/account/password/change/", {"oldpassword": PASSWORD, "password1": weak, "password2": weak}
    )
    assert page.status_code == 422
    dagny.refresh_from_db()
    assert dagny.check_password(PASSWORD)


def test_changing_the_password_ends_other_sessions_and_keeps_this_one(signed_in, dagny):
    client, other = signed_in(dagny), Client()
    other.post(SIGN_IN, {"login": dagny.email, "password": PASSWORD})
    new = {"oldpassword": PASSWORD, "password1": "quite another secret", "password2": "quite another secret"}
    assert client.post("/account/password/change/", new).url == "/account/"
    assert is_signed_in(client)
    assert not is_signed_in(other)


# ── The address ──────────────────────────────────────────────────────────────────────────────────────────────────────
def test_the_address_changes_when_the_new_one_is_confirmed(signed_in, dagny, code):
    client = signed_in(dagny)
    client.post("/account/e-mail/", {"action_add": "1", "email": "New@example.org"})
    dagny.refresh_from_db()
    assert dagny.email == "dagny@example.org"
    client.post(ADDRESS_CONFIRM, {"code": code()})
    dagny.refresh_from_db()
    assert dagny.email == "new@example.org"


def test_the_address_of_another_person_cannot_be_taken_even_with_its_code(signed_in, dagny, code):
    actions.register(name="Other", email="other@example.org", email_confirmed=True, at=AT)
    client = signed_in(dagny)
    client.post("/account/e-mail/", {"action_add": "1", "email": "other@example.org"})
    assert mail.outbox[-1].to == ["other@example.org"]
    client.post(ADDRESS_CONFIRM, {"code": code()})
    dagny.refresh_from_db()
    assert dagny.email == "dagny@example.org"


# ── Letters ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_silent_mail_server_is_said_and_is_no_error(client, dagny, settings):
    settings.EMAIL_BACKEND = "tests.foundation.people.silent.SilentServer"
    pages = [
        Client().post(REQUEST, {"email": email}, follow=True) for email in (dagny.email, "no@example.org")
    ]
    assert ["could not be sent" in page.content.decode() for page in pages] == [True, True]


# ── Signing out ──────────────────────────────────────────────────────────────────────────────────────────────────────
def test_signing_out_takes_a_post(signed_in, dagny):
    client = signed_in(dagny)
    assert client.get("/account/sign-out/").status_code == 200
    assert is_signed_in(client)
    client.post("/account/sign-out/")
    assert not is_signed_in(client)
