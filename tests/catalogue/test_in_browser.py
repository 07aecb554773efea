"""The open pages of the catalogue in a real browser: what the strict policy refuses, and what is wider than a phone."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.cast import make_cast
from tests.factories.catalogue import a_published_record

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [360, 1280])
def test_the_page_of_a_record_raises_nothing(browser, live_server, width):
    record = a_published_record(make_cast())
    said = []
    page = browser.new_context(viewport={"width": width, "height": 800}).new_page()
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    for address in (
        reverse("catalogue:record", args=[record.pk]),
        reverse("catalogue:directory"),
        reverse("catalogue:map"),
    ):
        answer = page.goto(f"{live_server.url}{address}")
        assert answer.status == 200
        assert "script-src" in answer.headers["content-security-policy"]
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert [text for text in said if "favicon" not in text] == []
    page.goto(f"{live_server.url}{reverse('catalogue:record', args=[record.pk])}")
    described = page.locator('script[type="application/ld+json"]').text_content()
    assert page.evaluate("text => JSON.parse(text).name", described) == record.name
