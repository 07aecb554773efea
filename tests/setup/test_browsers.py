"""The browser the tests drive is the system's own, and its absence is said aloud."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests import browsers

pytestmark = pytest.mark.once


@pytest.mark.browser
def test_the_browser_opens_a_page(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content("<title>Landbridge</title>")
    assert page.title() == "Landbridge"
    page.close()


def test_a_named_browser_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANDBRIDGE_TEST_BROWSER", "/a/browser")
    assert browsers.chromium() == "/a/browser"


def test_the_first_of_the_systems_browsers_is_taken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("LANDBRIDGE_TEST_BROWSER", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert browsers.chromium() == ""
    browser = tmp_path / "google-chrome"
    browser.touch(mode=0o755)
    assert browsers.chromium() == str(browser)
