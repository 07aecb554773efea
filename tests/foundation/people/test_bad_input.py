"""Whatever is sent, the answer says what is wrong; it is never an error of ours."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from landbridge.foundation.people import urls
from landbridge.foundation.people.models import Person

from .conftest import PASSWORD

pytestmark = pytest.mark.django_db

FIELDS = (
    "login", "password", "email", "name", "privacy", "code", "oldpassword", "password1", "password2", "language",
    "credential", "next", "action", "action_add", "account", "person", "operation_key",
)  # fmt: skip
TEXTS = {
    "too long": "a@" + "b" * 5000 + ".org",
    "nul": "a\x00b@example.org",
    "turned": "a\u202eb@example.org",
    "digits of another script": "١٢٣٤٥٦",
    "an umlaut": "äääää@example.org",
    "half a pair": "\udc80".encode("utf-8", "surrogatepass").decode("latin-1"),
    "a large number": "9" * 100,
    "a tag": "<script>alert(1)</script>",
    "a format": "%s%n{0}{{7*7}}",
    "nothing": "",
}
NAMES = [
    entry.name
    for entry in urls.urlpatterns
    if entry.name not in ("openid_connect_login", "openid_connect_callback")
]


def path_of(name: str) -> str:
    pattern = next(entry.pattern for entry in urls.urlpatterns if entry.name == name)
    known = {"pk": 1, "purpose": "news", "provider_id": "sso"}
    return reverse(name, kwargs={key: known[key] for key in pattern.converters})


@pytest.fixture
def visitors(signed_in, dagny) -> dict[str, Client]:
    """One outside, one signed in, one half way through signing in, one through signing up."""
    inside, half_way, new = signed_in(dagny), Client(), Client()
    inside.post("/account/again/", {"password": PASSWORD, "next": "/"})
    half_way.post("/account/sign-in/code/", {"email": dagny.email})
    new.post("/account/sign-up/", {"name": "N", "email": "n@example.org", "privacy": "on"})
    return {"outside": Client(), "inside": inside, "half way": half_way, "new": new}


@pytest.mark.parametrize("name", NAMES)
def test_no_page_breaks(visitors, settings, name):
    settings.ACCOUNT_RATE_LIMITS = settings.MFA_RATE_LIMITS = False
    path = path_of(name)
    for who, visitor in visitors.items():
        if visitor.get(path, {"next": "a\x00b", "email": "a\x00b"}).status_code in (302, 404, 405):
            continue  # not a page for them
        for what, text in TEXTS.items():
            posted = visitor.post(path, dict.fromkeys(FIELDS, text))
            assert posted.status_code < 500, f"{what}, {who}"
            assert "<script>alert(1)</script>" not in posted.content.decode()


@pytest.mark.parametrize(
    "name", ["account_consent", "account_session_end", "account_other_sessions", "mfa_login_webauthn"]
)
def test_no_address_without_a_page_breaks(visitors, settings, name):
    settings.ACCOUNT_RATE_LIMITS = settings.MFA_RATE_LIMITS = False
    for text in TEXTS.values():
        for visitor in visitors.values():
            assert visitor.post(path_of(name), dict.fromkeys(FIELDS, text)).status_code < 500


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"email=\xff\xfe\x80", "application/x-www-form-urlencoded"),
        (b"email=%ff%fe", "application/x-www-form-urlencoded"),
        (b"email=a", "application/x-www-form-urlencoded; charset=utf-16"),
        (b"email=a", "application/x-www-form-urlencoded; charset=klingon"),
        (b"{", "application/json"),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
        (b"", "multipart/form-data"),
    ],
)
def test_no_encoding_breaks(client, body, kind):
    for path in ("/account/sign-in/", "/account/sign-in/code/", "/account/sign-up/"):
        assert client.generic("POST", path, body, content_type=kind).status_code < 500


def test_a_name_too_long_is_said_beside_the_field(client):
    form = {"name": "n" * 121, "email": "n@example.org", "privacy": "on"}
    page = client.post("/account/sign-up/", form).content.decode()
    assert "at most 120 characters" in page
    assert not Person.objects.exists()


def test_an_address_too_long_is_said_beside_the_field(client):
    form = {"name": "n", "email": "n@" + ("b" * 60 + ".") * 5 + "org", "privacy": "on"}
    page = client.post("/account/sign-up/", form).content.decode()
    assert "at most 254 characters" in page
    assert not Person.objects.exists()
