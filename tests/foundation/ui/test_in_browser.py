"""In a real browser: nothing for axe to find, nothing wider than the window, everything by keyboard."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]


def opened(
    browser: Browser, address: str, *, width: int, scheme: str = "light", scripts: bool = True
) -> Page:
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, java_script_enabled=scripts
    )
    page = context.new_page()
    page.goto(address)
    return page


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "dark")])
def test_axe_finds_nothing(browser, live_server, width, scheme):
    from axe_playwright_python.sync_playwright import Axe

    page = opened(browser, f"{live_server.url}/ui/", width=width, scheme=scheme)
    violations = Axe().run(page).response["violations"]
    assert [(found["id"], [node["target"] for node in found["nodes"]]) for found in violations] == []


@pytest.mark.parametrize("width", [320, 768, 1440])
def test_nothing_is_wider_than_the_window(browser, live_server, width):
    page = opened(browser, f"{live_server.url}/ui/", width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_browser_refuses_nothing_under_the_strict_policy(browser, live_server):
    said = []
    page = browser.new_context().new_page()
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(f"{live_server.url}/ui/")
    assert [text for text in said if "favicon" not in text] == []


def test_the_first_key_leads_to_the_content(browser, live_server):
    page = opened(browser, f"{live_server.url}/ui/", width=1280)
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    page.locator(".skip").focus()
    assert page.locator(".skip").evaluate("link => link.getBoundingClientRect().top >= 0")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_the_summary_of_errors_takes_the_focus_and_leads_to_the_field(browser, live_server):
    page = opened(browser, f"{live_server.url}/ui/", width=1280)
    assert page.evaluate("document.activeElement.id") == "errors"
    page.locator("#errors a").first.click()
    assert page.evaluate("document.activeElement.name") == "wrong-question"


def test_everything_is_there_without_javascript(browser, live_server):
    page = opened(browser, f"{live_server.url}/ui/", width=1280, scripts=False)
    page.locator("#errors a").first.click()
    assert page.locator("#id_wrong-question").is_visible()
    assert page.locator(".map a").count() == 44
