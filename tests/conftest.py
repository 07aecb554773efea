"""What every test may ask for."""

from __future__ import annotations

import gc
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as every_setting
from django.db.backends.base.operations import BaseDatabaseOperations
from django.utils import translation

from tests.cast import Cast, make_cast
from tests.emptying import emptying_append_only_tables


def pytest_configure() -> None:
    """In the tests, static files have their plain names (nothing was collected) and passwords a quick hash."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    every_setting.STORAGES = {**every_setting.STORAGES, "staticfiles": plain}
    every_setting.PASSWORD_HASHERS = [
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


@pytest.fixture(autouse=True)
def _an_index_of_ones_own(settings: Any, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Each test has its own database, and so its own index; its folder is made by whoever searches."""
    settings.LANDBRIDGE_INDEX_DIR = tmp_path_factory.getbasetemp() / f"index-{uuid.uuid4().hex}"


@pytest.fixture(autouse=True)
def _in_english() -> None:
    """A page leaves its language behind in the thread, until the next page; a test begins without."""
    translation.deactivate()


@pytest.fixture
def cast(db: None) -> Cast:
    """The people of every test, with their regions, organisations and hats."""
    return make_cast()
