from __future__ import annotations

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client

from landbridge.foundation.audit.queries import history_of
from landbridge.foundation.people.models import Attempt, Consent
from landbridge.foundation.people.tasks import sweep

from .conftest import AT, PASSWORD

pytestmark = pytest.mark.django_db
SESSIONS = "/account/sessions/"


def test_the_profile_changes_name_and_language(signed_in, dagny):
    client = signed_in(dagny)
    response = client.post("/account/", {"name": " Dagny  D ", "language": "en-gb"})
    assert response.url == "/account/"
    assert response.cookies["django_language"].value == "en-gb"
    dagny.refresh_from_db()
    assert dagny.name == "Dagny D"


def test_a_wrong_profile_keeps_what_was_typed(signed_in, dagny):
    response = signed_in(dagny).post("/account/", {"name": "Kept", "language": "tlh"})
    assert response.status_code == 422
    assert 'value="Kept"' in response.content.decode()


def test_agreements_are_given_and_taken_back(signed_in, dagny):
    client = signed_in(dagny)
    client.post("/account/agreements/news/")
    assert Consent.objects.get().withdrawn_at is None
    assert "Agreed on" in client.get("/account/").content.decode()
    client.post("/account/agreements/news/", {"withdraw": "1"})
    assert Consent.objects.get().withdrawn_at is not None


def test_the_notice_on_personal_data_stays_and_the_page_says_why(signed_in, dagny):
    client = signed_in(dagny)
    client.post("/account/agreements/privacy/")
    response = client.post("/account/agreements/privacy/", {"withdraw": "1"})
    assert response.status_code == 409
    assert "programme office" in response.content.decode()


def test_there_is_no_agreement_of_another_name(signed_in, dagny):
    assert signed_in(dagny).post("/account/agreements/everything/").status_code == 404


def browser_of(person) -> Client:
    other = Client(headers={"user-agent": "Mozilla/5.0 Firefox/140.0"})
    other.post("/account/sign-in/", {"login": person.email, "password": PASSWORD})
    return other


def test_sessions_are_listed_and_ended_by_their_owner(signed_in, dagny):
    client, other = signed_in(dagny), browser_of(dagny)
    page = client.get(SESSIONS).content.decode()
    assert "Firefox" in page
    assert page.count("this browser") == 1
    theirs = UserSession.objects.get(session_key=other.session.session_key)
    client.post(f"{SESSIONS}{theirs.pk}/end/")
    assert other.get("/account/").status_code == 302
    assert client.get("/account/").status_code == 200
    assert history_of(dagny)[0].event == "person.session_ended"


def test_ending_a_session_twice_is_fine(signed_in, dagny):
    assert signed_in(dagny).post(f"{SESSIONS}999/end/").url == SESSIONS


def test_nobody_ends_the_session_of_another(signed_in, dagny, cast):
    other = browser_of(dagny)
    theirs = UserSession.objects.get()
    signed_in(cast.mallory).post(f"{SESSIONS}{theirs.pk}/end/")
    assert other.get("/account/").status_code == 200


def test_everywhere_else_ends_at_once(signed_in, dagny):
    client, others = signed_in(dagny), [browser_of(dagny), browser_of(dagny)]
    client.post(f"{SESSIONS}others/")
    assert [browser.get("/account/").status_code for browser in (client, *others)] == [200, 302, 302]


def test_what_has_run_out_is_swept_away(signed_in, dagny):
    client, gone = signed_in(dagny), browser_of(dagny)
    Session.objects.filter(session_key=gone.session.session_key).update(expire_date=AT)
    Attempt.objects.create(cache_key="old", value="", expires=AT)
    kept = Attempt.objects.exclude(cache_key="old").count()
    sweep.call()
    assert UserSession.objects.count() == Session.objects.count() == 1
    assert Attempt.objects.count() == kept
    assert client.get("/account/").status_code == 200


def test_each_page_asks_for_sign_in_and_comes_back():
    response = Client().get(SESSIONS)
    assert response.url == "/account/sign-in/?next=%2Faccount%2Fsessions%2F"
