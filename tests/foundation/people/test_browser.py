"""Passkeys in a real browser, under our Content-Security-Policy, with an authenticator that Chromium plays."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from allauth.mfa.models import Authenticator

from landbridge.foundation.people import actions
from landbridge.foundation.people.models import Person

from .conftest import AT, PASSWORD

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _only_our_pages(settings):
    """Whoever signs in comes to their account; static files are served as they lie in the folders."""
    settings.LOGIN_REDIRECT_URL, settings.LOGOUT_REDIRECT_URL = "/account/", "/account/privacy/"
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture
def person() -> Person:
    return actions.register(
        name="Dagny Danish", email="dagny@example.org", password=PASSWORD, email_confirmed=True, at=AT
    )


@pytest.fixture
def page(browser: Browser, live_server) -> Iterator[Page]:
    """A visitor whose device keeps passkeys; whatever the browser complains about fails the test."""
    context = browser.new_context(base_url=live_server.url.replace("127.0.0.1", "localhost"))
    context.set_default_timeout(10_000)
    page = context.new_page()
    complaints: list[str] = []
    page.on(
        "console",
        lambda said: complaints.append(f"{said.text} {said.location}") if is_complaint(said) else None,
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    device = context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    yield page
    context.close()
    assert complaints == []


def is_complaint(said: ConsoleMessage) -> bool:
    """Errors, but for the small picture that a browser looks for beside pages without a head."""
    return said.type == "error" and not said.location["url"].endswith("/favicon.ico")


def sign_in_with_password(page: Page) -> None:
    page.goto("/account/sign-in/")
    page.get_by_role("region", name="With a password").get_by_label("E-mail address").fill(
        "dagny@example.org"
    )
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def add_passkey(page: Page, *, alone: bool = True) -> None:
    page.goto("/account/second-factor/passkeys/new/")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Sign in with this key alone").set_checked(alone)
    page.get_by_role("button", name="Add this device or key").click()
    page.get_by_role("heading", name="Recovery codes").wait_for()


def sign_out(page: Page) -> None:
    page.goto("/account/sign-out/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()


def test_a_passkey_alone_signs_in(page, person):
    sign_in_with_password(page)
    add_passkey(page)
    assert Authenticator.objects.filter(user=person, type="webauthn").count() == 1
    sign_out(page)
    page.goto("/account/sign-in/?next=/account/")
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_role("heading", name="Your account").wait_for()
    assert "dagny@example.org" in page.content()


def test_a_security_key_is_a_second_factor(page, person):
    sign_in_with_password(page)
    add_passkey(page, alone=False)
    sign_out(page)
    sign_in_with_password(page)
    page.get_by_role("heading", name="Your second factor").wait_for()
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_role("heading", name="Your account").wait_for()


def test_a_passkey_confirms_before_something_delicate(page, person):
    sign_in_with_password(page)
    add_passkey(page)
    page.goto("/account/again/passkey/?next=/account/sessions/")
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_role("heading", name="Where you are signed in").wait_for()


def test_a_passkey_that_is_not_used_is_said_beside_the_button(page, person):
    page.goto("/account/sign-in/")
    page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error('cancelled')) }")
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_role("alert").get_by_text("The passkey was not used").wait_for()


def test_the_picture_for_the_app_is_shown(page, person):
    sign_in_with_password(page)
    page.goto("/account/second-factor/app/")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    picture = page.get_by_role("img", name="Picture for the app")
    assert picture.evaluate("image => image.complete && image.naturalWidth > 50")


def test_at_a_numeric_address_no_passkey_is_offered(browser, live_server):
    context = browser.new_context()
    page = context.new_page()
    page.goto(live_server.url.replace("localhost", "127.0.0.1") + "/account/sign-in/")
    assert page.get_by_role("button", name="Use a passkey").count() == 0
    context.close()
