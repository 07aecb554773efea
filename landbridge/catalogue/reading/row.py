"""One row of a file as all formats give it: key, kind, values under the names of our fields, and what is wrong with it."""

from __future__ import annotations

import hashlib
import html
import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from landbridge.catalogue.rules.content import LONGEST, LONGEST_TECHNIQUE, MOST_TECHNIQUES
from landbridge.catalogue.states import Kind
from landbridge.foundation.problems import N_, Problem

MOST_ROWS = 100_000
LONGEST_ROW = 1_000_000  # characters; a row beyond it stops the reading
LONGEST_KEY = 200
LONGEST_OWNER = 150
IMPORTED_KINDS = (Kind.ORGANISATION, Kind.FACILITY, Kind.SERVICE, Kind.EQUIPMENT)
LIST_FIELDS = frozenset({"techniques", "languages", "names", "access_modes"})
TEXT_FIELDS = frozenset(LONGEST) | {
    "postcode", "region", "owner", "owner_website", "owner_kind", "owner_ror", "parent",
}  # fmt: skip
_TAG = re.compile(r"<[^<>]{0,500}>")
_SPACES = re.compile(r"[\s\u00a0]+")
_UNSTORABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_WEBSITE = re.compile(r"https?://[^\s/$.?#][^\s]*", re.IGNORECASE)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")


class Unreadable(Exception):
    """The file as a whole cannot be read; the problem says why."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.code)


@dataclass(frozen=True, slots=True)
class Row:
    """One row. `number` counts from 1; with a `problem` it is shown and left out; `remarks` say what was mended."""

    number: int
    key: str
    kind: str
    values: Mapping[str, Any]
    problem: str = ""
    remarks: tuple[str, ...] = field(default=())

    @property
    def hash(self) -> str:
        """The same for the same kind and values, whatever the order in which they were written."""
        text = json.dumps([self.kind, self.values], sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


NO_NAME = N_("The name is missing.")
NO_SUCH_KIND = N_("The kind is none of organisation, facility, service, equipment.")
KEY_TOO_LONG = N_("The key is longer than 200 characters.")
NO_PLACE = N_("The place on the map could not be read and was left out.")
CUT = N_("A text was too long and was cut.")
NO_WEBSITE = N_("The address of the website could not be read and was left out.")
NO_EMAIL = N_("The e-mail address could not be read and was left out.")
NO_COUNTRY = N_("The country is not one of two capital letters, such as DE, and was left out.")


def plain(value: Any) -> str:
    """A cell or JSON value as one line of text: no markup, no control characters, letters composed."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    text = str(value)
    if "<" in text or "&" in text:
        text = html.unescape(_TAG.sub(" ", text))
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    text = _UNSTORABLE.sub(" ", text)
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()


def plain_list(value: Any) -> list[str]:
    """A list, or a text divided by semicolons (or, without any, by commas), each entry once."""
    if isinstance(value, (list, tuple)):
        parts = [plain(one) for one in value]
    else:
        text = plain(value)
        parts = [part.strip() for part in text.split(";" if ";" in text else ",")]
    return list(dict.fromkeys(part for part in parts if part))


def made(number: int, *, key: Any, kind: Any, said: Mapping[str, Any]) -> Row:
    """A row from what a file says, brought into our fields and their lengths; what could not be mended is its problem."""
    remarks: list[str] = []
    values = _values(said, remarks)
    kind_name, key_text = plain(kind).lower(), plain(key)
    if len(values.get("name", "")) < 2:  # as short as the name of an organisation may be
        return Row(number, key_text[:LONGEST_KEY], kind_name[:20], values, NO_NAME)
    if kind_name not in IMPORTED_KINDS:
        return Row(number, key_text[:LONGEST_KEY], kind_name[:20], values, NO_SUCH_KIND)
    if len(key_text) > LONGEST_KEY:
        return Row(number, key_text[:LONGEST_KEY], kind_name, values, KEY_TOO_LONG)
    if not values.get("summary") and values.get("description"):
        values["summary"] = first_sentence(values["description"])
    key_text = key_text or _key_from(kind_name, values)
    return Row(number, key_text, kind_name, values, "", tuple(dict.fromkeys(remarks)))


def _values(said: Mapping[str, Any], remarks: list[str]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, value in said.items():
        if name in LIST_FIELDS:
            entries = plain_list(value)
            values[name] = [entry[:LONGEST_TECHNIQUE] for entry in entries[:MOST_TECHNIQUES]]
        elif name in TEXT_FIELDS:
            text, longest = plain(value), LONGEST.get(name, LONGEST_OWNER)
            if len(text) > longest and name not in ("website", "contact_email", "country"):
                text = text[: longest - 1].rstrip() + "…"
                remarks.append(CUT)
            values[name] = text
        elif name == "identifiers":
            values[name] = [[plain(scheme), plain(given)[:200]] for scheme, given in value if plain(given)]
    _mend_addresses(values, remarks)
    _place(said, values, remarks)
    return {name: value for name, value in values.items() if value not in ("", [])}


def _mend_addresses(values: dict[str, Any], remarks: list[str]) -> None:
    for name in ("website", "owner_website"):
        website = values.get(name) or ""
        if website.startswith("www."):
            website = f"https://{website}"
        if website and (len(website) > LONGEST["website"] or not _WEBSITE.fullmatch(website)):
            remarks.append(NO_WEBSITE)
            website = ""
        values[name] = website
    email = (values.get("contact_email") or "").removeprefix("mailto:")
    if email and (len(email) > LONGEST["contact_email"] or not _EMAIL.fullmatch(email)):
        remarks.append(NO_EMAIL)
        email = ""
    values["contact_email"] = email
    country = (values.get("country") or "").upper()
    country = {"UK": "GB", "EL": "GR"}.get(country, country)
    if country and not re.fullmatch("[A-Z]{2}", country):
        remarks.append(NO_COUNTRY)
        country = ""
    values["country"] = country


def _place(said: Mapping[str, Any], values: dict[str, Any], remarks: list[str]) -> None:
    """Latitude and longitude as texts of five decimals, both or neither."""
    given = said.get("latitude"), said.get("longitude")
    if plain(given[0]) == "" and plain(given[1]) == "":
        return
    try:
        latitude, longitude = (float(plain(one).replace(",", ".")) for one in given)
    except ValueError:
        remarks.append(NO_PLACE)
        return
    if -90 <= latitude <= 90 and -180 <= longitude <= 180:
        values["latitude"], values["longitude"] = f"{latitude:.5f}", f"{longitude:.5f}"
    else:
        remarks.append(NO_PLACE)


def first_sentence(text: str) -> str:
    """The first sentence, at most as long as a summary."""
    sentence = re.split(r"(?<=[.!?])\s", text, maxsplit=1)[0]
    longest = LONGEST["summary"]
    return sentence if len(sentence) <= longest else sentence[: longest - 1].rstrip() + "…"


def _key_from(kind: str, values: Mapping[str, Any]) -> str:
    """A key for a row without one: it stays the same as long as kind, owner, name and town do."""
    parts = [kind, *(str(values.get(name, "")).casefold() for name in ("owner", "name", "town", "country"))]
    return "made:" + hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]
