"""How often somebody may try: counted in the database, for all processes together."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client

from landbridge.foundation.people.models import Attempt
from tests.databases import ROOT

from .conftest import PASSWORD

SIGN_IN, REQUEST = "/account/sign-in/", "/account/sign-in/code/"


@pytest.mark.django_db
def test_passwords_cannot_be_tried_for_long(client, dagny):
    answers = [client.post(SIGN_IN, {"login": dagny.email, "password": f"wrong {n}"}) for n in range(6)]
    assert ["Too many attempts" in answer.content.decode() for answer in answers] == [False] * 5 + [True]
    right = Client().post(SIGN_IN, {"login": dagny.email, "password": PASSWORD})
    assert "Too many attempts" in right.content.decode()


@pytest.mark.django_db
def test_the_limit_is_the_same_for_unknown_people(client):
    answers = [client.post(SIGN_IN, {"login": "no@example.org", "password": f"w{n}"}) for n in range(6)]
    assert ["Too many attempts" in answer.content.decode() for answer in answers] == [False] * 5 + [True]


@pytest.mark.django_db
def test_nobody_is_flooded_with_codes(client, dagny):
    for _ in range(6):
        Client().post(REQUEST, {"email": dagny.email})
    assert len(mail.outbox) == 3


@pytest.mark.django_db
def test_one_place_in_the_network_asks_only_so_often():
    answers = [Client().post(REQUEST, {"email": f"n{n}@example.org"}).status_code for n in range(22)]
    assert answers == [302] * 20 + [422] * 2
    assert len(mail.outbox) == 20


@pytest.mark.django_db
def test_signing_up_has_its_limit_too():
    form = {"name": "N", "privacy": "on"}
    pages = [Client().post("/account/sign-up/", {**form, "email": f"n{n}@example.org"}) for n in range(21)]
    assert [page.status_code for page in pages] == [302] * 20 + [429]


@pytest.mark.django_db
def test_it_is_counted_in_the_database(client, dagny):
    client.post(SIGN_IN, {"login": dagny.email, "password": "wrong"})
    assert Attempt.objects.exists()
    assert type(cache).__name__ == "ConnectionProxy"
    assert "people_attempt" in str(cache._table)


TRY_TEN_TIMES = """
import django; django.setup()
from allauth.core.internal.ratelimit import consume
from django.test import RequestFactory
request = RequestFactory().post("/")
tries = [consume(request, app="allauth.account", action="login_failed", key="dagny") for _ in range(10)]
print(sum(bool(one) for one in tries))
"""


@pytest.fixture
def shared_database(tmp_path, django_db_setup, django_db_blocker) -> Iterator[str]:
    """The address of a database that other processes reach: this run's own, or a file."""
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock():
            known = connection.settings_dict
            yield f"postgresql://{known['USER']}:{known['PASSWORD']}@{known['HOST'].replace('/', '%2F')}:{known['PORT']}/{known['NAME']}"
            Attempt.objects.all().delete()
    else:
        yield f"sqlite:///{tmp_path / 'shared.sqlite3'}"


@pytest.mark.everywhere
def test_the_limit_holds_for_all_processes_together(shared_database):
    environment = {
        **os.environ,
        "LANDBRIDGE_DATABASE_URL": shared_database,
        "DJANGO_SETTINGS_MODULE": "landbridge.config.settings",
        "PYTHONPATH": str(ROOT),
    }
    if shared_database.startswith("sqlite"):
        migrate = [sys.executable, "-m", "django", "migrate", "people", "--verbosity=0", "--skip-checks"]
        subprocess.run(migrate, env=environment, check=True, cwd=ROOT)
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", TRY_TEN_TIMES], env=environment, stdout=subprocess.PIPE, cwd=ROOT
        )
        for _ in range(3)
    ]
    admitted = [int(process.communicate(timeout=120)[0]) for process in processes]
    assert 1 <= sum(admitted) <= 5, admitted
