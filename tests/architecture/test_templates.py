"""Templates hold no style, script or handler of their own (strict CSP), and no list of fields without our tags."""

from __future__ import annotations

import re

import pytest
from django.template.loader import get_template

from landbridge.foundation.ui.icons import STROKES
from tests.architecture.source import templates

pytestmark = pytest.mark.once
FORBIDDEN = {
    "an inline style": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "an inline script": re.compile(
        r"<script(?![^>]*(?:\bsrc=|application/(?:ld\+)?json))[^>]*>", re.IGNORECASE
    ),
    "an inline handler": re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a script address": re.compile(r"(?:href|action|src)\s*=\s*[\"']?\s*javascript:", re.IGNORECASE),
    "an htmx script": re.compile(r"hx-on|hx-vals\s*=\s*[\"']js:", re.IGNORECASE),
    "something from elsewhere": re.compile(
        r"(?:src|href)=[\"'](?:https?:)?//[^\"']*\.(?:css|js|woff2?|png|svg)", re.IGNORECASE
    ),
    "text that is not escaped": re.compile(r"\|\s*safe\b|\{%\s*autoescape\s+off", re.IGNORECASE),
    "a form without our fields": re.compile(r"\{\{\s*form\.(?:as_)"),
}


def findings(path: str, text: str) -> list[str]:
    """What a template holds that it may not."""
    return [
        f"{path} holds {what}: {match[0][:60]}"
        for what, sign in FORBIDDEN.items()
        for match in sign.finditer(text)
    ]


def pages() -> list[tuple[str, str]]:
    return [(path, text) for path, text in templates() if path.endswith(".html")]


def test_templates_hold_no_style_and_no_script():
    assert [finding for path, text in pages() for finding in findings(path, text)] == []


def test_every_posted_form_carries_its_security_key():
    posted = re.compile(r"<form\b[^>]*method=[\"']post[\"'][^>]*>.*?</form>", re.IGNORECASE | re.DOTALL)
    missing = [path for path, text in pages() for form in posted.findall(text) if "csrf" not in form]
    assert missing == []


@pytest.mark.parametrize("name", [path.split("/templates/", 1)[1] for path, _ in pages()])
def test_every_template_can_be_compiled(name):
    get_template(name)


def test_every_part_that_is_included_is_there():
    names = {name for _, text in pages() for name in re.findall(r"{%\s*include\s+[\"']([^\"']+)", text)}
    for name in names:
        get_template(name)


def test_every_icon_is_drawn():
    asked = re.compile(r"(?:{%\s*icon\s+|\bicon=)[\"']([^\"']+)")
    unknown = {(path, name) for path, text in pages() for name in asked.findall(text) if name not in STROKES}
    assert unknown == set()


def test_every_page_stands_on_a_base_or_is_a_part():
    lonely = [
        path
        for path, text in pages()
        if not path.rsplit("/", 1)[1].startswith("_")
        and "{% extends" not in text
        and "/widgets/" not in path
        and not path.endswith("ui/frame.html")
        and "<html" not in text
    ]
    assert [path for path in lonely if "/templates/ui/" in path] == []


@pytest.mark.parametrize(
    "bad",
    [
        '<p style="color: red">',
        "<style>p {}</style>",
        "<script>alert(1)</script>",
        '<a onclick="x()">',
        '<a href="javascript:x()">',
        '<form hx-on:click="x()">',
        '<link href="https://elsewhere.example/a.css">',
        "{{ text|safe }}",
        "{{ form.as_p }}",
    ],
)
def test_each_of_them_is_found(bad):
    assert findings("a.html", bad)


def test_what_is_allowed_is_not_found():
    good = '<script src="{% asset \'ui/page.js\' %}" defer></script><a href="https://example.org/">x</a>'
    assert findings("a.html", good) == []
