"""What every test may ask for."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db.backends.base.operations import BaseDatabaseOperations

from tests.cast import Cast, make_cast
from tests.emptying import emptying_append_only_tables


def pytest_configure() -> None:
    """In the tests, static files have their plain names (nothing was collected) and passwords a quick hash."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    settings.PASSWORD_HASHERS = [
        f"django.contrib.auth.hashers.{name}PasswordHasher" for name in ("MD5", "PBKDF2")
    ]


def pytest_collection_finish() -> None:
    """What stays to the end need not be looked through for rubbish again and again: a tenth of the time."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True, scope="session")
def _append_only_tables_can_be_emptied() -> Iterator[None]:
    """Between two tests with real transactions Django empties every table, also those that refuse it."""
    with emptying_append_only_tables(BaseDatabaseOperations):
        yield


@pytest.fixture
def cast(db: None) -> Cast:
    """The people of every test, with their regions, organisations and hats."""
    return make_cast()
