"""Whatever is sent to whatever form or page, the answer is never a 500."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Iterator, Mapping
from html.parser import HTMLParser
from itertools import cycle

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from landbridge.foundation import clock
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.checks import Door, doors
from tests.architecture.examples import address, places_of
from tests.architecture.test_matrix import actors_of
from tests.architecture.visits import READERS, Visitor, failure, visitors
from tests.architecture.world import World, make_world

# Each is put into every field of a form, one kind at a time.
HOSTILE: dict[str, object] = {
    "too long": "x" * 7_000,
    "NUL": "a\x00b",
    "a lone surrogate": "\udce9".encode("utf-8", "surrogatepass").decode("utf-8", "replace"),
    "thirty digits": "9" * 30,
    "below every column": "-99999999999999999999",
    "a day that does not exist": "2026-02-30",
    "a year beyond all": "99999-01-01T00:00",
    "no choice there is": "nothing-of-this-name",
    "not a number": "NaN",
    "an exponent": "1e999",
    "markup": "<script>alert(1)</script>{{ 7*7 }}{% debug %}",
    "many at once": ["1", "2", "x"],
    "digits of another script": "٣٤٥",
    "a right-to-left mark": "\u202e\u200f\ufeff",
}
# A page reads each of these by itself, so several are asked together.
QUERIES = (
    {"page": "9" * 20, "state": "\x00", "text": "x" * 10_000, "order": "nothing", "next": "//evil.example"},
    {"page": "-1", "q": "x" * 10_000, "from": "2026-02-30", "until": "99999-99-99"},
    {"page": "x", "q": "\x00'\";--%_\\", "about": "applications.application:99999999999999999999"},
    {"year": "9" * 30, "call": "9" * 30, "region": "9" * 30, "phase": "9" * 30, "programme": "\x00"},
)
OURS = re.compile(r"^(csrfmiddlewaretoken|operation_key)$")


class Forms(HTMLParser):
    """The posted forms of a page: for each address, the names and values of the fields; of choices the first."""

    def __init__(self, text: str, *, where: str) -> None:
        super().__init__()
        self.values: dict[str, dict[str, str]] = {}
        self.files: dict[str, set[str]] = {}
        self._where, self._action, self._select = where, "", ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            action = given.get("action", "").partition("?")[0] or self._where
            self._action = action if given.get("method", "").lower() == "post" else ""
        elif self._action:
            self._field(tag, given, self.values.setdefault(self._action, {}))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._action = ""
        elif tag == "select":
            self._select = ""

    def _field(self, tag: str, given: dict[str, str], values: dict[str, str]) -> None:
        name, kind = given.get("name", ""), given.get("type", "text")
        if tag == "select":
            self._select = name
            values.setdefault(name, "")
        elif tag == "option" and self._select:
            values[self._select] = values[self._select] or given.get("value", "")
        elif tag in ("input", "textarea") and name and not OURS.match(name):
            if kind == "file":
                self.files.setdefault(self._action, set()).add(name)
            elif kind == "radio":
                values.setdefault(name, given.get("value", ""))
            else:
                values[name] = given.get("value", "") or honest(kind)


def honest(kind: str) -> str:
    """Something that a field of this kind takes."""
    return {
        "date": "2027-03-01",
        "datetime-local": "2027-03-01T10:00",
        "email": "somebody@example.org",
        "number": "3",
        "checkbox": "on",
        "url": "https://example.org/",
    }.get(kind, "12")


def bodies(values: dict[str, str], files: Iterable[str]) -> Iterator[tuple[str, dict[str, object]]]:
    """What to send: hostile in all fields, each in its turn with another kind; on PostgreSQL then also in one field
    at a time, the others honest.
    """
    yield "nothing", {}
    yield "fields that are not asked for", dict.fromkeys(("reason", "page", "id"), HOSTILE["NUL"])
    if not values and not files:
        return
    yield "honest, without a key", dict(values)
    yield "honest, with a key that is none", {**values, "operation_key": "\x00"}
    kinds = list(HOSTILE.items())
    for turn in range(0, len(kinds), 3):
        turned = cycle(kinds[turn:] + kinds[:turn])
        yield f"hostile fields, turn {turn}", {name: next(turned)[1] for name in values}
    if connection.vendor == "postgresql":  # the stricter of the two: it refuses what SQLite lets pass
        for name, (kind, value) in zip(values, cycle(kinds), strict=False):
            yield f"{kind} in {name}", {**values, name: value}
    for name in files:
        for content in (b"", b"MZ\x90", b"%PDF-1.7\n" + b"\xff" * 100):
            wrong = SimpleUploadedFile("x.pdf", content, content_type="application/pdf")
            yield f"a file that is none in {name}", {**values, name: wrong}
        yield f"text for the file {name}", {**values, name: "no file"}


# The first reaches the fields of every form; the others fail before any of our code, so each form gets one of them.
BODIES = (
    (b"a=%ff%fe&reason=%c3%28&name=%80", "application/x-www-form-urlencoded"),
    (b"\xff\xfe\x00", "multipart/form-data; boundary=x"),
    (b'{"a": [1, 2', "application/json"),
    (b"&".join(b"f%d=1" % number for number in range(1100)), "application/x-www-form-urlencoded"),
)


def reader_of(door: Door, actors: Mapping[str, Actor]) -> str:
    """The first role that the guard admits and that sees the object; those who decide come before those who ask."""
    for role in (
        "office",
        "finance",
        "sme",
        "provider",
        "broker",
        "auditor",
        "investor",
        "mallory",
        "anyone",
    ):
        if door.guard is not None and door.guard.admits(actors[role]):
            return role
    raise AssertionError(f"nobody may open {door.pattern}")


def fails(door: Door, what: str, response: object) -> list[str]:
    """The finding, if this answer is one."""
    status = response.status_code  # type: ignore[attr-defined]
    if status >= 500 and status != 503:
        return [f"{door.pattern} answers {status} to {what}: {failure(response)}"]  # type: ignore[arg-type]
    return []


def forms_of(world: World, people: dict[str, Visitor], actors: Mapping[str, Actor]) -> Forms:
    """Every form that is posted from any page, by its address."""
    found = Forms("", where="")
    for door in doors():
        if ":" in door.name and "GET" in door.methods:
            where = address(door, world.own)
            page = people[reader_of(door, actors)].get(where)
            if page.status_code == 200 and page.headers["Content-Type"].startswith("text/html"):
                read = Forms(page.content.decode(), where=where)
                found.values |= {action: values for action, values in read.values.items() if values}
                found.files |= read.files
    return found


def posted(door: Door, where: str, visitor: Visitor, found: Forms, *, turn: int) -> Iterator[str]:
    for what, body in bodies(found.values.get(where, {}), found.files.get(where, ())):
        yield from fails(door, what, visitor.post(where, body))
    for raw, kind in (BODIES[0], BODIES[1 + turn % 3]):
        yield from fails(door, kind, visitor.raw(where, raw, kind))


def asked(door: Door, where: str, visitor: Visitor) -> Iterator[str]:
    for query in QUERIES:
        yield from fails(door, f"?{query}"[:80], visitor.get(where, **query))


@pytest.mark.django_db
def test_no_form_and_no_page_fails(settings):
    settings.LANDBRIDGE_SECOND_FACTOR = "off"
    world = make_world(at=clock.now())
    people = visitors(world.cast)
    actors = actors_of(world.cast)
    found, forms = [], forms_of(world, people, actors)
    for turn, door in enumerate(doors()):
        if ":" not in door.name:
            continue  # the account's pages have hostile input of their own
        visitor = people[reader_of(door, actors)]
        where = address(door, world.own)
        if "POST" in door.methods:
            found += posted(door, where, visitor, forms, turn=turn)
        if "GET" in door.methods and not places_of(door):
            found += asked(door, where, visitor)
    assert found == []
    with_fields = {where for where, values in forms.values.items() if values}
    assert len(with_fields) > 40, "hardly any form was found, so hardly anything was sent"


# A program is told that its number is wrong; a person, that there is no such page.
PLAIN_WRONG = ("api:record",)


@pytest.mark.django_db
def test_numbers_in_an_address_beyond_every_column_are_not_found(settings):
    settings.LANDBRIDGE_SECOND_FACTOR = "off"
    world = make_world(at=clock.now())
    people, actors = visitors(world.cast), actors_of(world.cast)
    wrong = []
    for door in doors():
        if ":" in door.name and places_of(door) and "GET" in door.methods:
            role = reader_of(door, actors)
            for number in ("0", "9" * 18, "9" * 25):
                where = re.sub(r"<int:\w+>", number, door.pattern)
                where = re.sub(r"<\w+:\w+>", "nothing-%00-of-this-name", where)
                answer = people[role].get(where)
                if answer.status_code not in (
                    400,
                    403,
                    404,
                    302,
                    *((422,) if door.name in PLAIN_WRONG else ()),
                ):
                    wrong.append(
                        f"{door.pattern} answers {answer.status_code} to {number}: {failure(answer)}"
                    )
    assert wrong == []


@pytest.mark.django_db
def test_a_form_sent_twice_is_carried_out_once(settings):
    """One form of each kind of object; the second post gets the answer of the first."""
    from django.test import Client

    from landbridge.calls.models import Call
    from landbridge.claims.models import Claim

    settings.LANDBRIDGE_SECOND_FACTOR = "off"
    world = make_world(at=clock.now())
    key = {"operation_key": str(uuid.uuid4())}
    browser = Client()
    browser.force_login(world.cast.danish_sme, backend="allauth.account.auth_backends.AuthenticationBackend")
    started = world.own.things["awarded"]
    browser.post(f"/vouchers/{started.pk}/acceptance/", key)
    before = (Claim.objects.count(), Call.objects.count())
    answers = [browser.post(f"/claims/of-voucher/{started.pk}/new/", key) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0].url == answers[1].url
    assert (Claim.objects.count(), Call.objects.count()) == (before[0] + 1, before[1])


# ── Broken on purpose ────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.once
def test_a_page_that_fails_is_found():
    class Answer:
        status_code = 500
        exc_info = (ValueError, ValueError("embedded null"), None)

    door = Door("/poems/", "poems:poems", None, ("POST",))
    [found] = fails(door, "NUL in name", Answer())
    assert found == "/poems/ answers 500 to NUL in name: ValueError: embedded null"
    assert READERS


@pytest.mark.once
def test_the_forms_of_a_page_are_read():
    page = Forms(
        '<form method="get"><input name="q"></form><form method="post" action="/b/?x=1"><input name="a" value="1">'
        '<select name="b"><option value=""><option value="x"></select><textarea name="c">text</textarea>'
        '<input type="file" name="d"><input name="operation_key" value="k"></form>'
        '<form method="post"><input type="date" name="day"></form>',
        where="/a/",
    )
    assert page.values == {"/b/": {"a": "1", "b": "x", "c": "12"}, "/a/": {"day": "2027-03-01"}}
    assert page.files == {"/b/": {"d"}}
    assert len(list(bodies(page.values["/b/"], page.files["/b/"]))) > 12
