"""A form page and a button: carried out once, led on, or shown again with what is in the way."""

from __future__ import annotations

import pytest
from django import forms
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpResponse
from django.test import RequestFactory

from landbridge.foundation.clock import now
from landbridge.foundation.operations.form_pages import button_pressed, form_page, posted
from landbridge.foundation.permissions.actor import ANYONE
from landbridge.foundation.problems import refuse
from landbridge.foundation.ui.forms import Form
from landbridge.foundation.ui.parts import Crumb
from tests.factories.organisations import an_organisation

pytestmark = pytest.mark.django_db
CRUMBS = [Crumb("Organisations", "/organisations/")]


class ReasonForm(Form):
    reason = forms.CharField(max_length=20)


def asked(**typed: str):
    request = RequestFactory().post("/x", typed) if typed else RequestFactory().get("/x")
    request.actor, request.now, request.htmx = ANYONE, now(), False
    request._messages = CookieStorage(request)
    return request


def page(request, act=an_organisation, **more: str) -> HttpResponse:
    return form_page(
        request, ReasonForm(posted(request)), act=act, title="Close it", crumbs=CRUMBS, done="Closed.", **more
    )


def test_a_form_is_shown_with_its_trail_and_the_way_back():
    shown = page(asked())
    assert shown.status_code == 200
    assert b"Close it" in shown.content
    assert shown.content.count(b'href="/organisations/"') == 2


def test_a_form_carried_out_leads_to_what_it_changed_and_says_so():
    request = asked(reason="Done")
    assert page(request).url.startswith("/organisations/")
    assert [str(message) for message in get_messages(request)] == ["Closed."]
    assert page(asked(reason="Done"), to="/elsewhere/").url == "/elsewhere/"


def test_a_form_comes_back_with_what_was_typed_and_its_problems():
    wrong = page(asked(reason="x" * 30))
    assert wrong.status_code == 422
    assert b"x" * 30 in wrong.content
    refused = page(asked(reason="Done"), act=lambda: refuse("no", "Not like this.", field="reason"))
    assert refused.status_code == 409
    assert b"Not like this." in refused.content


def test_a_button_leads_on_or_says_what_is_in_the_way():
    request = asked(operation_key="")
    assert button_pressed(request, an_organisation, done="Done.").url.startswith("/organisations/")
    assert [str(message) for message in get_messages(request)] == ["Done."]
    refused = button_pressed(request, lambda: refuse("no", "Not like this."), back="/back/")
    assert refused.status_code == 409
    assert b"Not like this." in refused.content
    assert b'href="/back/"' in refused.content
    own = button_pressed(
        request,
        lambda: refuse("no", "Not like this."),
        refused=lambda problems: HttpResponse(problems[0].code, status=409),
    )
    assert own.content == b"no"
