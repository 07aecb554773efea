"""Programs of others: authorization code with PKCE, consent, and a token that does only what was granted."""

from __future__ import annotations

import base64
import hashlib
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.idp.oidc.models import Client as Program
from allauth.idp.oidc.models import Token
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client

from landbridge.api import oauth
from landbridge.api.actions import programs as actions
from landbridge.foundation import clock
from landbridge.foundation.audit.models import Entry
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.foundation.problems import Refused
from tests.cast import Cast
from tests.factories.enquiries import an_enquiry

pytestmark = pytest.mark.django_db
BACK = "https://program.example/back"
VERIFIER = "v" * 64
SCOPES = ("openid", "enquiry:see", "enquiry:ask")


@pytest.fixture(scope="module")
def private_key() -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()


@pytest.fixture(autouse=True)
def _on(settings: Any, private_key: str) -> None:
    settings.LANDBRIDGE_OAUTH, settings.IDP_OIDC_PRIVATE_KEY = True, private_key
    settings.LANDBRIDGE_SECOND_FACTOR = "off"


def a_program() -> Program:
    program = Program(id="crm", name="Customer database", type=Program.Type.PUBLIC)
    program.set_redirect_uris([BACK])
    program.set_scopes(list(SCOPES))
    program.save()
    return program


def question(**changes: str) -> dict[str, str]:
    challenge = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).decode().rstrip("=")
    return {
        "response_type": "code", "client_id": "crm", "redirect_uri": BACK, "scope": " ".join(SCOPES), "state": "s",
        "code_challenge": challenge, "code_challenge_method": "S256", **changes,
    }  # fmt: skip


def granted(client: Client, *, scopes: tuple[str, ...] = SCOPES) -> str:
    """The code that the consent page hands over."""
    page = client.get("/api/oauth/authorization", question())
    assert page.status_code == 200, page.content
    signed = page.context["form"]["request"].value()
    answer = client.post("/api/oauth/authorization", {"request": signed, "scopes": scopes, "action": "grant"})
    assert answer.status_code == 302
    return parse_qs(urlsplit(answer["Location"]).query)["code"][0]


def exchanged(code: str, **changes: str) -> Any:
    body = {
        "grant_type": "authorization_code", "code": code, "client_id": "crm", "redirect_uri": BACK,
        "code_verifier": VERIFIER, **changes,
    }  # fmt: skip
    return Client().post("/api/oauth/token", body)


def test_a_program_acts_within_what_was_granted(client: Client, cast: Cast):
    a_program()
    an_enquiry(cast)
    client.force_login(cast.danish_sme)
    answer = exchanged(granted(client, scopes=("openid", "enquiry:see")))
    assert answer.status_code == 200, answer.content
    token = answer.json()["access_token"]
    program = Client(headers={"authorization": f"Bearer {token}"})
    assert len(program.get("/api/v1/enquiries").json()["items"]) == 1
    assert program.get("/api/v1/vouchers").status_code == 403
    assert answer.json()["id_token"].count(".") == 2
    assert token not in str(list(Token.objects.values()))


def test_the_consent_page_speaks_the_language_of_people(client: Client, cast: Cast):
    a_program()
    client.force_login(cast.danish_sme)
    page = client.get("/api/oauth/authorization", question())
    assert b"Let Customer database act for you?" in page.content
    assert b"Read enquiries" in page.content
    assert "https://program.example" in page["Content-Security-Policy"]


def test_without_the_verifier_there_is_no_token(client: Client, cast: Cast):
    a_program()
    client.force_login(cast.danish_sme)
    assert exchanged(granted(client), code_verifier="x" * 64).status_code == 400


def test_a_revoked_token_opens_nothing(client: Client, cast: Cast):
    a_program()
    client.force_login(cast.danish_sme)
    token = exchanged(granted(client)).json()["access_token"]
    Client().post("/api/oauth/revocation", {"token": token, "client_id": "crm"})
    assert Client(headers={"authorization": f"Bearer {token}"}).get("/api/v1/enquiries").status_code == 401


def test_it_leads_back_only_where_it_was_agreed(client: Client, cast: Cast):
    a_program()
    client.force_login(cast.danish_sme)
    page = client.get("/api/oauth/authorization", question(redirect_uri="https://evil.example/"))
    assert page.status_code in (200, 400)
    assert b"cannot be let in" in page.content


def test_who_has_not_signed_in_is_led_there(client: Client, cast: Cast):
    a_program()
    answer = client.get("/api/oauth/authorization", question())
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/account/sign-in/")


def test_its_addresses_are_told(client: Client):
    told = client.get("/.well-known/openid-configuration").json()
    assert told["token_endpoint"].endswith("/api/oauth/token")
    assert client.get("/.well-known/jwks.json").json()["keys"]


def test_off_it_is_not_there(client: Client, settings: Any):
    settings.LANDBRIDGE_OAUTH = False
    for address in ("/.well-known/openid-configuration", "/.well-known/jwks.json", "/api/oauth/person"):
        assert client.get(address).status_code == 404


def test_the_operator_lets_programs_in_and_ends_them(cast: Cast):
    said = {"name": "Customer database", "redirects": [BACK], "scopes": ["enquiry:see"], "is_public": False}
    number, secret = actions.add_program(**said, by=SYSTEM, at=clock.now())
    assert Program.objects.get().check_secret(secret)
    assert oauth.every_program() == [
        (number, "Customer database", ["enquiry:see", "email", "openid", "profile"])
    ]
    actions.end_program(client_id=number, by=SYSTEM, at=clock.now())
    assert oauth.every_program() == []
    assert Entry.objects.filter(event__startswith="program.").count() == 2
    for wrong in (
        {"name": ""},
        {"redirects": ["javascript:x"]},
        {"redirects": ["https://*.example"]},
        {"scopes": ["x"]},
    ):
        with pytest.raises(Refused):
            actions.add_program(**{**said, **wrong}, by=SYSTEM, at=clock.now())
