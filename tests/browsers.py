"""The system's Chromium for the tests marked `browser`; where there is none they are left out, loudly."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
LEFT_OUT = "no Chromium on this machine"


def chromium() -> str:
    """The path of the browser: the one named in LANDBRIDGE_TEST_BROWSER, else the system's, else nothing."""
    named = os.environ.get("LANDBRIDGE_TEST_BROWSER", "")
    return named or next((path for name in NAMES if (path := shutil.which(name))), "")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One running Chromium for all tests of a process; open a fresh context for each visitor."""
    from django.db import connections
    from playwright.sync_api import sync_playwright

    # While Playwright's loop runs in this thread, Django keeps other connections here than before and after.
    connections.close_all()
    # Playwright's loop runs in this thread, and Django would take every query for one inside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    try:
        with sync_playwright() as playwright:
            running = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
            yield running
            running.close()
            connections.close_all()
    finally:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out what needs a browser where there is none."""
    if not chromium():
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(pytest.mark.skip(reason=LEFT_OUT))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say at the end how much was left out."""
    left_out = [
        report for report in terminalreporter.stats.get("skipped", []) if LEFT_OUT in str(report.longrepr)
    ]
    if left_out:
        terminalreporter.section("LEFT OUT: the browser", sep="!")
        terminalreporter.line(f"Tests left out: {len(left_out)}. Install Chromium to run them.")
