"""What the tests of sign-in share: people with passwords, and a reader of letters."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from landbridge.foundation.people import actions
from landbridge.foundation.people.models import Person

AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
PASSWORD = "correct horse battery staple"


@pytest.fixture
def dagny(db: None) -> Person:
    """Registered, with a confirmed address and a password."""
    return actions.register(
        name="Dagny Danish", email="dagny@example.org", password=PASSWORD, email_confirmed=True, at=AT
    )


@pytest.fixture
def code() -> Callable[[], str]:
    """The code in the last letter, which must have come meanwhile."""

    def last_code() -> str:
        found = re.search(r"^([A-Z]{4}-[A-Z]{4})$", mail.outbox[-1].body, re.MULTILINE)
        assert found, mail.outbox[-1].body
        return found[1]

    return last_code


@pytest.fixture
def signed_in(client: Client) -> Callable[[Person], Client]:
    """A browser in which this person has signed in with their password."""

    def sign_in(person: Person) -> Client:
        person.set_password(PASSWORD)
        person.save()
        EmailAddress.objects.get_or_create(user=person, email=person.email, primary=True, verified=True)
        response = client.post("/account/sign-in/", {"login": person.email, "password": PASSWORD})
        assert response.status_code == 302, response.content.decode()
        return client

    return sign_in
