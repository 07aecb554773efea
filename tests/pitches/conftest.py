"""What the tests of pitches share: files in a folder of their own."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Any) -> None:
    settings.LANDBRIDGE_FILES = tmp_path
