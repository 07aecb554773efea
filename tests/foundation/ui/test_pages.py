"""The page of components, and the pages for what went wrong, which need no database."""

from __future__ import annotations

import re

import pytest
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpResponseNotAllowed
from django.test import Client, RequestFactory

from landbridge.foundation.ui import errors

pytestmark = pytest.mark.once
REQUEST = RequestFactory().get("/")
ALL = {
    400: errors.bad_request(REQUEST),
    403: errors.forbidden(REQUEST),
    404: errors.not_found(REQUEST),
    405: errors.only_by_button(REQUEST),
    413: errors.bad_request(REQUEST, RequestDataTooBig()),
    429: errors.too_many(REQUEST, wait=90),
    500: errors.server_error(REQUEST),
}


@pytest.mark.parametrize("status", ALL)
def test_error_pages_help(status):
    response = ALL[status]
    page = response.content.decode()
    assert response.status_code == status
    assert f"Error {status}" in page
    assert page.count("<h1>") == 1
    assert "What you can do" in page
    assert "<script" not in page


def test_other_refusals():
    assert ALL[429]["Retry-After"] == "90"
    assert errors.bad_request(REQUEST, SuspiciousOperation()).status_code == 400
    assert "grown too old" in errors.csrf_failure(REQUEST, reason="x").content.decode()


def test_the_last_page_of_all_needs_no_template(monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(errors, "render_to_string", broken)
    response = errors.server_error(REQUEST)
    assert response.status_code == 500
    assert b"<h1>Something went wrong on our side</h1>" in response.content


@pytest.mark.django_db
def test_a_body_beyond_the_limit_is_answered_in_words(client, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000
    response = client.post("/account/sign-in/", "login=" + "x" * 5_000, "application/x-www-form-urlencoded")
    assert response.status_code == 413
    assert "more than we can take at once" in response.content.decode()


@pytest.mark.django_db
def test_the_address_of_a_button_opened_as_a_page():
    step = errors.StepsMiddleware(lambda request: HttpResponseNotAllowed(["POST"]))
    response = step(REQUEST)
    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert "Nothing has happened" in response.content.decode()


def test_a_form_without_its_key_is_answered_in_words():
    response = Client(enforce_csrf_checks=True).post("/account/sign-in/", {"login": "x"})
    assert response.status_code == 403
    assert "grown too old" in response.content.decode()


@pytest.mark.django_db
def test_an_unknown_address_is_answered_in_words(client):
    response = client.get("/no/such/page/")
    assert response.status_code == 404
    assert "no such page for you" in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("accent", ["", "plum", "nonsense"])
def test_all_components_are_shown(client, accent):
    response = client.get("/ui/", {"accent": accent})
    page = response.content.decode()
    assert response.status_code == 200
    assert f'data-accent="{accent if accent == "plum" else "sea"}"' in page
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert sorted(set(ids)) == sorted(ids)
    assert "Invalid" not in page
