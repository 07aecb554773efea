"""Pages are shown in the person's own language, else in that of this browser's choice, else in what it asks for."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.conf import settings as every_setting
from django.test import Client

from landbridge.foundation.audit.models import Entry
from landbridge.foundation.messages.spoken import spoken
from landbridge.foundation.people.models import Person
from tests.cast import Cast

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def language_of(client: Client, address: str = "/", **headers: str) -> str:
    page = client.get(address, headers=headers)
    found = re.search(rb'<html lang="([^"]+)"', page.content)
    assert found is not None
    assert page.headers["Content-Language"] == found[1].decode()
    return found[1].decode()


def choose(client: Client, language: str, **more: Any) -> Any:
    return client.post("/account/language/", {"language": language, "next": "/calls/", **more})


def test_a_browser_is_answered_in_the_language_it_asks_for(client):
    assert language_of(client) == "en-gb"
    assert language_of(client, accept_language="de-AT,en;q=0.5") == "de"
    assert language_of(client, accept_language="en-US") == "en-gb"
    assert language_of(client, accept_language="fi,sv") == "en-gb"


def test_a_choice_wins_over_the_browser_and_brings_one_back(client):
    answer = choose(client, "fr", next="/calls/?q=x&language=de")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/calls/?q=x")
    assert language_of(client, "/calls/", accept_language="de") == "fr"


def test_ones_own_language_wins_over_the_browsers_choice(cast: Cast, client):
    Person.objects.filter(pk=cast.danish_sme.pk).update(language="da")
    choose(client, "fr")
    client.force_login(cast.danish_sme, backend=BACKEND)
    assert language_of(client, "/desk/", accept_language="de") == "da"
    assert language_of(client, "/calls/") == "da"


def test_whoever_has_signed_in_chooses_for_pages_and_letters(cast: Cast, client):
    client.force_login(cast.danish_sme, backend=BACKEND)
    choose(client, "nl")
    cast.danish_sme.refresh_from_db()
    assert cast.danish_sme.language == "nl"
    assert language_of(client, "/desk/") == "nl"
    assert Entry.objects.filter(event="person.profile_changed").count() == 1


@pytest.mark.parametrize("language", ["xx", "", "de\x00", "en", "d" * 5000])
def test_a_language_that_we_do_not_speak_changes_nothing(client, language):
    assert choose(client, language).status_code == 302
    assert every_setting.LANGUAGE_COOKIE_NAME not in client.cookies


@pytest.mark.parametrize(
    ("asked", "back"),
    [
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example/", "/"),
        ("\\\\elsewhere.example", "/"),
        ("calls/", "/"),
        ("", "/"),
        ("/calls/?a=" + "b" * 3000, "/calls/"),
        ("/calls/?a=&b=ü", "/calls/?a=&b=%C3%BC"),
        ("/calls/\r\nSet-Cookie: x=y", "/calls/Set-Cookie:%20x=y"),
    ],
)
def test_the_way_back_leads_to_a_page_of_ours(client, asked, back):
    assert choose(client, "de", next=asked).headers["Location"] == back


def test_the_switch_is_a_form_that_only_posts(client):
    assert client.get("/account/language/").status_code == 405
    strict = Client(enforce_csrf_checks=True)
    assert choose(strict, "de").status_code == 403


def test_every_page_offers_each_language_in_its_own_words(client):
    client.cookies[every_setting.LANGUAGE_COOKIE_NAME] = "es"
    page = client.get("/calls/?q=x").content.decode()
    for code, name in every_setting.LANGUAGES:
        assert re.search(rf'lang="{code}"[^>]*>{name}<', page), name
    assert '<span lang="es" aria-current="true">Español</span>' in page
    assert 'name="next" value="/calls/?q=x"' in page


def test_a_page_that_answers_a_form_leads_back_to_the_form(client):
    page = client.post(
        "/account/sign-in/",
        {"login": "nobody"},
        headers={"referer": "http://testserver/account/sign-in/?next=/desk/"},
    )
    assert 'name="next" value="/account/sign-in/?next=/desk/"' in page.content.decode()


def test_caches_are_told_what_a_page_depends_on(client):
    vary = client.get("/calls/").headers["Vary"]
    assert "Cookie" in vary
    assert "Accept-Language" in vary


def test_whoever_signs_up_keeps_the_language_of_the_page(client):
    choose(client, "ca")
    form = {"name": "Núria Soler", "email": "nuria@example.org", "privacy": "on"}
    client.post("/account/sign-up/", form)
    assert Person.objects.get(email="nuria@example.org").language == "ca"


@pytest.mark.parametrize(
    ("wanted", "ours"),
    [("de", "de"), ("de-AT", "de"), ("en", "en-gb"), ("EN_us", "en-gb"), ("it", "en-gb"), ("", "en-gb")],
)
def test_the_language_nearest_to_the_one_wanted(wanted, ours):
    assert spoken(wanted) == ours
