from __future__ import annotations

import os
import subprocess
import sys
from urllib.parse import parse_qs, urlsplit
from urllib.request import HTTPRedirectHandler, build_opener

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount

from landbridge.foundation.people.models import Consent, Person
from tests.databases import ROOT

from .house import open_house

pytestmark = pytest.mark.django_db
START = "/account/single-sign-on/sso/"


@pytest.fixture
def house(settings):
    with open_house() as house:
        house.visitor = {
            "sub": "42",
            "name": "Vera Visitor",
            "email": "vera@example.org",
            "email_verified": True,
        }
        app = {
            "provider_id": "sso", "name": "Example House", "client_id": "landbridge", "secret": "s",
            "settings": {"server_url": house.address},
        }  # fmt: skip
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
        yield house


class StayHere(HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def go_and_come_back(client, start=START):
    """Follow the way over the house, as a browser does."""
    there = client.post(start)
    assert there.status_code == 302, there.content.decode()
    assert parse_qs(urlsplit(there.url).query)["code_challenge_method"] == ["S256"]
    try:
        build_opener(StayHere).open(there.url)
    except OSError as redirect:
        back = urlsplit(redirect.headers["Location"])
        redirect.close()
    return client.get(f"{back.path}?{back.query}")


def test_without_configuration_there_is_no_button(client):
    assert "own sign-in" not in client.get("/account/sign-in/").content.decode()
    assert client.post(START).status_code == 404


def test_the_button_names_the_house(client, house):
    assert "Continue with Example House" in client.get("/account/sign-in/").content.decode()


def test_a_newcomer_agrees_and_is_registered(client, house):
    assert go_and_come_back(client).url == "/account/single-sign-on/sign-up/"
    page = client.get("/account/single-sign-on/sign-up/").content.decode()
    assert 'value="Vera Visitor"' in page
    form = {"name": "Vera Visitor", "email": "vera@example.org"}
    assert client.post("/account/single-sign-on/sign-up/", form).status_code == 422
    assert not Person.objects.exists()
    assert client.post("/account/single-sign-on/sign-up/", {**form, "privacy": "on"}).status_code == 302
    person = Person.objects.get()
    assert (person.name, person.has_usable_password()) == ("Vera Visitor", False)
    assert Consent.objects.get().purpose == "privacy"
    assert client.get("/account/").status_code == 200


def test_a_known_address_that_the_house_vouches_for_is_signed_in(client, house, dagny):
    house.visitor["email"] = "Dagny@example.org"
    assert go_and_come_back(client).url == "/desk/"
    assert SocialAccount.objects.get().user == dagny


def test_a_known_address_that_nobody_vouches_for_is_not(client, house, dagny):
    house.visitor |= {"email": "dagny@example.org", "email_verified": False}
    go_and_come_back(client)
    assert not SocialAccount.objects.exists()
    assert client.get("/account/").status_code == 302


def test_the_second_factor_is_asked_for_after_it_too(client, house, dagny):
    Authenticator.objects.create(user=dagny, type="totp", data={"secret": "x"})
    house.visitor["email"] = "dagny@example.org"
    assert go_and_come_back(client).url == "/account/sign-in/second-factor/"
    assert client.get("/account/").status_code == 302


def test_a_connection_is_made_and_taken_away_by_its_owner(signed_in, house, dagny):
    client = signed_in(dagny)
    go_and_come_back(client, f"{START}?process=connect")
    connected = SocialAccount.objects.get(user=dagny)
    assert "Take the connection away" in client.get("/account/single-sign-on/").content.decode()
    client.post("/account/single-sign-on/", {"account": connected.pk})
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize("answer", ["", "code=x&state=y", "error=access_denied", "state=%00", "code=%ff"])
def test_a_strange_answer_of_the_house_is_no_error(client, house, answer):
    assert client.get(f"{START}callback/?{answer}").status_code < 500


def test_a_house_that_does_not_answer_is_said(client, house):
    house.shutdown()
    house.server_close()
    page = client.post(START)
    assert page.status_code == 502
    assert "did not answer" in page.content.decode()


@pytest.mark.once
def test_the_environment_configures_it():
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "landbridge.config.settings",
        "LANDBRIDGE_OIDC_ISSUER": "https://id.example.org/realms/x",
        "LANDBRIDGE_OIDC_NAME": "Example House",
        "LANDBRIDGE_OIDC_CLIENT_ID": "landbridge",
    }
    program = (
        "from django.conf import settings as s; "
        "print(s.SOCIALACCOUNT_PROVIDERS['openid_connect']['APPS'][0]['name'],"
        " s.CONTENT_SECURITY_POLICY['DIRECTIVES']['form-action'])"
    )
    said = subprocess.run(
        [sys.executable, "-c", program], env=environment, cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout
    assert said.split(" ", 2)[:2] == ["Example", "House"]
    assert "https://id.example.org'" in said
