"""Nothing is said past the catalogues: in a language in which every message stands in brackets, what stands outside is
somebody's own text, or a name.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as every_setting
from django.template.base import Lexer, TokenType

from landbridge.foundation import clock
from landbridge.foundation.messages import compiled, source
from landbridge.foundation.messages.message import Message
from landbridge.foundation.people.models import Person
from landbridge.foundation.permissions.checks import doors
from tests.architecture.examples import address
from tests.architecture.visits import Visitor
from tests.architecture.world import World, make_world

OPENS, CLOSES = "⟦", "⟧"
LANGUAGE = "de"  # any beside English: what Django and allauth say themselves is then not English

# Who reads the pages that must be translated; the desks may read English.
READERS = {"anyone": None, "sme": "danish_sme", "provider": "german_provider", "investor": "investor"}
SPOKEN_ATTRIBUTES = {"title", "alt", "aria-label", "placeholder", "data-label"}
NAMES = ("SHA-256", "Landbridge", "360Giving", "CommonGrants", "Creative Commons Attribution 4.0")
LANGUAGES = {name for _code, name in every_setting.LANGUAGES}  # each in its own words
NOT_PAGES_OF_PEOPLE = (
    "ui/_show",
    "ui/components.html",
    "webinars/key.html",
    "api/documentation.html",
    "api/key_made.html",
    "api/reference.html",
    "api/webhook.html",
)  # show code, for those who write it
FOR_WHO_BUILDS = ("ui:components", "api:documentation", "api:reference")  # read by programmers, in English


class Spoken(HTMLParser):
    """The texts of a page that somebody reads or hears."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self._silent += tag in {"script", "style"}
        given = dict(attributes)
        self.texts += [value for name, value in attributes if name in SPOKEN_ATTRIBUTES and value]
        if tag == "input" and given.get("type") in {"submit", "button"}:
            self.texts.append(given.get("value") or "")

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in {"script", "style"}

    def handle_data(self, data: str) -> None:
        if self._silent <= 0:
            self.texts.append(data)


def spoken(page: str) -> list[str]:
    parser = Spoken()
    parser.feed(page)
    return [" ".join(text.split()) for text in parser.texts if text.strip()]


# ── What templates say ───────────────────────────────────────────────────────────────────────────────────────────────
def unmarked(template: str) -> Iterator[str]:
    """The texts of a template that stand in no tag of translation."""
    parts, is_translated = [], False
    for token in Lexer(template).tokenize():
        if token.token_type == TokenType.BLOCK:
            tag = token.contents.split()[0]
            is_translated = tag in {"blocktranslate", "comment"} or (
                is_translated and tag not in {"endblocktranslate", "endcomment"}
            )
            parts.append(" ")
        elif token.token_type == TokenType.TEXT and not is_translated:
            parts.append(token.contents)
    for text in spoken("".join(parts)):
        bare = text
        for name in NAMES:
            bare = bare.replace(name, "")
        if re.search(r"[^\W\d_]{2}", bare):
            yield text


@pytest.mark.once
def test_templates_say_nothing_past_the_catalogues():
    found = [
        f"{path.relative_to(source.ROOT)}: {text}"
        for path in sorted(source.PACKAGE.rglob("templates/**/*"))
        if path.suffix in {".html", ".txt"}
        and not any(part in path.as_posix() for part in NOT_PAGES_OF_PEOPLE)
        for text in unmarked(path.read_text(encoding="utf-8"))
    ]
    assert found == []


@pytest.mark.once
def test_what_a_template_says_past_them_is_found():
    template = '{% translate "One" %}<p title="{{ x }}">Two</p><b aria-label="Three">{% blocktranslate %}Four{% endblocktranslate %}</b>'
    assert list(unmarked(template)) == ["Two", "Three"]


# ── What modules say ─────────────────────────────────────────────────────────────────────────────────────────────────
def bracketed(message: Message) -> tuple[str, ...]:
    """Longer than the English, as translations are, and told apart from it."""
    forms = (message.singular, message.plural) if message.plural else (message.singular,)
    return tuple(_bracketed(form) for form in forms)


def _bracketed(text: str) -> str:
    inner = text.strip()
    before, after = text[: text.index(inner)], text[text.index(inner) + len(inner) :]
    return f"{before}{OPENS}{inner} {'·' * (len(inner) // 4)}{CLOSES}{after}"


def outside(text: str) -> list[str]:
    """What stands outside all brackets."""
    depth, parts = 0, [""]
    for letter in text:
        depth += (letter == OPENS) - (letter == CLOSES)
        if letter in OPENS + CLOSES:
            parts.append("")
        elif depth == 0:
            parts[-1] += letter
    return [part.strip(" .,:;–·()…") for part in parts if part.strip(" .,:;–·()…")]


@cache
def said_in_modules() -> dict[str, str]:
    """Every text of our modules that looks like words, and a module that says it."""
    said: dict[str, str] = {}
    for path in sorted(source.PACKAGE.rglob("*.py")):
        if not {"migrations", "demonstration", "command"} & set(path.parts):
            for text in _texts(path):
                said.setdefault(text, path.relative_to(source.ROOT).as_posix())
    typed = {text for path in sorted((source.ROOT / "tests").rglob("*.py")) for text in _texts(path)}
    return {text: path for text, path in said.items() if text not in typed and _is_words(text)}


def _texts(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield " ".join(node.value.split()).strip(" .,:;–·()…")


def _is_words(text: str) -> bool:
    is_word = bool(re.search(r"[a-z]{2,}", text)) and (" " in text or text[:1].isupper())
    return is_word and text not in LANGUAGES and not re.search(r"[{}<>_/=]", text)


def pages(readers: dict[str, Visitor], world: World) -> Iterator[tuple[str, str, str]]:
    """Every page of HTML that they get, with its address and the reader."""
    for door in doors():
        if "GET" not in door.methods or door.name in FOR_WHO_BUILDS:
            continue
        for role, visitor in readers.items():
            response = visitor.get(address(door, world.own))
            if response.status_code == 200 and response.headers["Content-Type"].startswith("text/html"):
                yield door.pattern, role, response.content.decode()


def slipped(page: str) -> Iterator[str]:
    """What a module says on this page past the catalogues."""
    for text in spoken(page):
        for part in outside(text):
            if part in said_in_modules() and part not in NAMES:
                yield f"{part} ({said_in_modules()[part]})"


@pytest.fixture
def _in_brackets(settings: Any, tmp_path: Path) -> None:
    said = {key: bracketed(message) for key, message in source.messages().items()}
    place = compiled.path_of(tmp_path, LANGUAGE)
    place.parent.mkdir(parents=True)
    place.write_bytes(compiled.compile_one(LANGUAGE, said))
    settings.LOCALE_PATHS = [tmp_path, *settings.LOCALE_PATHS[1:]]
    settings.LANGUAGE_CODE = LANGUAGE


@pytest.mark.once
@pytest.mark.django_db
@pytest.mark.usefixtures("_in_brackets")
def test_pages_say_nothing_past_the_catalogues(settings):
    settings.LANDBRIDGE_SECOND_FACTOR = "off"
    world = make_world(at=clock.now())
    Person.objects.update(language=LANGUAGE)
    readers = {role: Visitor(getattr(world.cast, name) if name else None) for role, name in READERS.items()}
    found: dict[str, str] = {}
    seen = 0
    for pattern, role, page in pages(readers, world):
        seen += 1
        for text in slipped(page):
            found.setdefault(text, f"{pattern} as {role}")
    assert seen > 150
    assert [f"{where}: {text}" for text, where in found.items()] == []


@pytest.mark.once
def test_what_a_module_says_past_them_is_found(monkeypatch):
    monkeypatch.setattr(
        "tests.architecture.test_languages.said_in_modules", lambda: {"Travel and stay": "claims/models.py"}
    )
    page = f"<p>{OPENS}Kind of cost: Travel and stay{CLOSES}</p><p>Travel and stay</p><p>Anna Berg</p>"
    assert list(slipped(page)) == ["Travel and stay (claims/models.py)"]
