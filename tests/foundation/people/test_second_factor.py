from __future__ import annotations

import json
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.test import Client

from landbridge.foundation.audit.queries import history_of
from landbridge.foundation.people.adapter import SecondFactorAdapter
from landbridge.foundation.permissions.roles import NEEDS_SECOND_FACTOR, Role

from .conftest import PASSWORD

pytestmark = pytest.mark.django_db

NEEDED, APP = "/account/second-factor/needed/", "/account/second-factor/app/"
SIGN_IN, ENTER = "/account/sign-in/", "/account/sign-in/second-factor/"


def six_digits(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


@pytest.fixture
def later(monkeypatch):
    """Lets so many seconds pass for the codes of apps."""
    real = time.time

    def pass_by(seconds):
        monkeypatch.setattr(time, "time", lambda: real() + seconds)

    return pass_by


def confirm_it_is_me(client: Client) -> None:
    assert client.post("/account/again/", {"password": PASSWORD, "next": "/account/"}).status_code == 302


def set_up_app(client: Client) -> str:
    """Goes through the pages; gives the secret that the app keeps."""
    page = client.get(APP)
    if page.status_code == 302:
        confirm_it_is_me(client)
        page = client.get(APP)
    secret: str = page.context["form"].secret
    done = client.post(APP, {"code": six_digits(secret)})
    assert done.status_code == 302, done.content.decode()
    return secret


def test_whoever_sees_the_data_of_others_is_led_to_a_second_factor(signed_in, cast):
    client = signed_in(cast.stuttgart_broker)
    response = client.get("/account/sessions/")
    assert response.url == f"{NEEDED}?next=%2Faccount%2Fsessions%2F"
    page = client.get(response.url)
    assert page.status_code == 200
    assert "Set up an app" in page.content.decode()


def test_a_form_that_was_posted_is_not_carried_out(signed_in, cast):
    client = signed_in(cast.office)
    response = client.post("/account/", {"name": "Changed", "language": "en-gb"})
    assert response.url == f"{NEEDED}?next=%2F"
    cast.office.refresh_from_db()
    assert cast.office.name == "Olga Office"


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("stuttgart_broker", Role.BROKER),
        ("network_office", Role.OFFICE),
        ("assessor", Role.ASSESSOR),
        ("finance", Role.FINANCE),
        ("organiser", Role.ORGANISER),
        ("auditor", Role.AUDITOR),
        ("danish_sme", Role.SME),
        ("german_provider", Role.PROVIDER),
        ("investor", Role.INVESTOR),
        ("mallory", None),
    ],
)
def test_it_depends_on_the_hat(signed_in, cast, name, role):
    client = signed_in(getattr(cast, name))
    assert client.get("/account/sessions/").status_code == (302 if role in NEEDS_SECOND_FACTOR else 200)


def test_public_pages_and_the_way_out_stay_open(signed_in, cast):
    client = signed_in(cast.auditor)
    assert client.get("/account/privacy/").status_code == 200
    assert client.post("/account/sign-out/").url == "/"


@pytest.mark.django_db(transaction=True)
def test_setting_up_an_app_opens_the_pages_at_once(signed_in, cast):
    client = signed_in(cast.stuttgart_broker)
    set_up_app(client)
    assert client.get("/account/sessions/").status_code == 200
    assert len(client.get("/account/second-factor/recovery-codes/").context["unused_codes"]) == 10
    assert history_of(cast.stuttgart_broker)[0].event == "person.app_added"
    assert "If that was not you" in mail.outbox[-1].body


def test_a_wrong_code_sets_nothing_up(signed_in, cast):
    client = signed_in(cast.stuttgart_broker)
    client.get(APP)
    confirm_it_is_me(client)
    client.get(APP)
    assert "This code is not right" in client.post(APP, {"code": "000000"}).content.decode()
    assert not Authenticator.objects.exists()


def test_the_next_sign_in_asks_for_it(signed_in, cast, later):
    broker = cast.stuttgart_broker
    secret = set_up_app(signed_in(broker))
    later(30)
    other = Client()
    assert other.post(SIGN_IN, {"login": broker.email, "password": PASSWORD}).url == ENTER
    assert other.get("/account/").url.startswith(SIGN_IN)
    code = six_digits(secret)
    assert other.post(ENTER, {"code": code}).url == "/desk/"
    assert other.get("/account/sessions/").status_code == 200


def test_a_code_by_letter_asks_for_it_too(signed_in, dagny, code, later):
    secret = set_up_app(signed_in(dagny))
    later(30)
    other = Client()
    other.post("/account/sign-in/code/", {"email": dagny.email})
    assert other.post("/account/sign-in/code/confirm/", {"code": code()}).url == ENTER
    assert other.get("/account/").status_code == 302
    other.post(ENTER, {"code": six_digits(secret)})
    assert other.get("/account/").status_code == 200


def test_a_code_of_an_app_is_good_for_once(signed_in, dagny, later):
    secret = set_up_app(signed_in(dagny))
    later(30)
    digits = six_digits(secret)
    answers = []
    for seconds in (30, 65):
        later(seconds)
        browser = Client()
        browser.post(SIGN_IN, {"login": dagny.email, "password": PASSWORD})
        answers.append(browser.post(ENTER, {"code": f"{digits[:3]} {digits[3:]}"}).status_code)
    assert answers == [302, 422]


def test_a_recovery_code_opens_once(signed_in, dagny):
    client = signed_in(dagny)
    set_up_app(client)
    recovery = client.get("/account/second-factor/recovery-codes/").context["unused_codes"][0]
    assert recovery in client.get("/account/second-factor/recovery-codes/download/").content.decode()
    answers = []
    for browser in (Client(), Client()):
        browser.post(SIGN_IN, {"login": dagny.email, "password": PASSWORD})
        answers.append(browser.post(ENTER, {"code": recovery}).status_code)
    assert answers == [302, 422]


def test_the_only_second_factor_of_a_broker_stays(signed_in, cast):
    client = signed_in(cast.stuttgart_broker)
    set_up_app(client)
    page = client.get("/account/second-factor/app/remove/").content.decode()
    assert "Add a passkey first" in page
    assert client.post("/account/second-factor/app/remove/").status_code == 422
    assert Authenticator.objects.filter(type="totp").exists()


def test_somebody_who_needs_none_may_take_it_away(signed_in, dagny):
    client = signed_in(dagny)
    set_up_app(client)
    assert client.post("/account/second-factor/app/remove/").status_code == 302
    assert not Authenticator.objects.exists()


def test_the_only_passkey_of_a_broker_stays(signed_in, cast):
    client = signed_in(cast.stuttgart_broker)
    set_up_app(client)
    Authenticator.objects.filter(type="totp").delete()
    key = Authenticator.objects.create(user=cast.stuttgart_broker, type="webauthn", data={"name": "Key"})
    assert client.post(f"/account/second-factor/passkeys/{key.pk}/remove/").url == "/account/second-factor/"
    assert Authenticator.objects.filter(pk=key.pk).exists()


def test_the_key_of_another_person_is_not_there(signed_in, cast, dagny):
    foreign = Authenticator.objects.create(user=cast.danish_sme, type="webauthn", data={"name": "Key"})
    client = signed_in(dagny)
    confirm_it_is_me(client)
    for page in (
        f"/account/second-factor/passkeys/{foreign.pk}/",
        f"/account/second-factor/passkeys/{foreign.pk}/remove/",
    ):
        assert client.post(page, {"name": "Mine"}).status_code == 404


def test_secrets_are_kept_encrypted(signed_in, dagny):
    secret = set_up_app(signed_in(dagny))
    stored = json.dumps([row.data for row in Authenticator.objects.all()])
    assert secret not in stored


def test_secrets_stay_readable_when_the_secret_key_changes(settings):
    kept = SecondFactorAdapter().encrypt("secret")
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another"
    assert SecondFactorAdapter().decrypt(kept) == "secret"


@pytest.mark.parametrize("answer", ["", "null", "{}", "[]", '"x"', "{", '{"id": "x"}', '{"rawId": 5, "response": 7}',
    '{"id":"AA","rawId":"AA","type":"public-key","response":{"userHandle":"AA","clientDataJSON":"AA","authenticatorData":"AA","signature":"AA","attestationObject":"AA"}}',
    "9" * 25_000, "[" * 5000])  # fmt: skip
def test_a_malformed_answer_of_a_browser_is_no_error(signed_in, dagny, answer):
    visitor = Client()
    visitor.get("/account/sign-in/passkey/", headers={"accept": "application/json"})
    assert visitor.post("/account/sign-in/passkey/", {"credential": answer}).status_code == 302
    client = signed_in(dagny)
    confirm_it_is_me(client)
    client.get("/account/second-factor/passkeys/new/")
    page = client.post("/account/second-factor/passkeys/new/", {"name": "Key", "credential": answer})
    assert page.status_code == 422
    assert not Authenticator.objects.exists()


# ── Off in the demonstration alone ───────────────────────────────────────────────────────────────────────────────────
def test_it_can_be_switched_off(signed_in, cast, settings):
    settings.LANDBRIDGE_SECOND_FACTOR = "off"
    assert signed_in(cast.stuttgart_broker).get("/account/sessions/").status_code == 200


@pytest.mark.parametrize(("value", "demonstration", "fits"), [
    ("required", False, True), ("off", True, True), ("off", False, False), ("maybe", True, False),
])  # fmt: skip
def test_a_check_refuses_to_start_without_it(settings, value, demonstration, fits):
    settings.LANDBRIDGE_SECOND_FACTOR, settings.LANDBRIDGE_DEMONSTRATION = value, demonstration
    if fits:
        call_command("check", tags=["security"])
    else:
        with pytest.raises(SystemCheckError, match="LANDBRIDGE_SECOND_FACTOR"):
            call_command("check", tags=["security"])
