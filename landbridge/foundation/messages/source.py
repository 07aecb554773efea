"""All that the product says: which files are read, and which word a sentence belongs to."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from landbridge.foundation.messages import reading_python, reading_template
from landbridge.foundation.messages.message import Found, Key, Message

ROOT = Path(__file__).resolve().parent.parent.parent.parent
PACKAGE = ROOT / "landbridge"
LEFT_OUT = ("migrations", "locale", "static", "documents/typst", "search/export")
UNTRANSLATED = ("demonstration",)  # invented data, in the language of whoever invented it

# Data that is shown through gettext: the file, and the fields whose values are sentences.
DATA = {"landbridge/clocks/duties.json": ("name", "explanation")}


class TwoPlurals(ValueError):
    """One sentence has two plurals, which gettext cannot tell apart."""


@cache
def ladder() -> tuple[str, ...]:
    """The words, the lowest first."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    rungs = next(one["layers"] for one in contracts["contracts"] if one["id"] == "ladder")
    return tuple(
        word.strip(" ()") for rung in reversed(rungs) for word in sorted(rung.split("|"), key=str.strip)
    )


def messages() -> dict[Key, Message]:
    """Every sentence once, in the catalogue of the lowest word that says it; in the order of the source there."""
    places: dict[Key, list[Found]] = {}
    for found in all_found():
        if found.singular.strip():
            places.setdefault((found.context, found.singular), []).append(found)
    made = [_merged(found) for found in places.values()]
    return {message.key: message for message in made}


def all_found() -> Iterator[Found]:
    """Every place that says something, word by word from below, file by file."""
    for word in ladder():
        if word in UNTRANSLATED or not (PACKAGE / word).is_dir():
            continue
        for path in sorted((PACKAGE / word).rglob("*")):
            name = path.relative_to(ROOT).as_posix()
            if not any(f"/{part}/" in name for part in LEFT_OUT):
                yield from found_in(path, name=name)


def found_in(path: Path, *, name: str) -> Iterator[Found]:
    """What one file says; `name` is how its places are called."""
    if path.suffix == ".py":
        yield from reading_python.messages_of(path.read_text(encoding="utf-8"), path=name)
    elif path.suffix in {".html", ".txt"} and "/templates/" in f"/{name}":
        yield from reading_template.messages_of(path.read_text(encoding="utf-8"), path=name)
    elif name in DATA:
        yield from _in_data(json.loads(path.read_text(encoding="utf-8")), DATA[name], path=name)


def _in_data(value: object, fields: tuple[str, ...], *, path: str) -> Iterator[Found]:
    if isinstance(value, dict):
        for field, part in value.items():
            if field in fields and isinstance(part, str) and part:
                yield Found(part, "", "", path)
            else:
                yield from _in_data(part, fields, path=path)
    elif isinstance(value, list):
        for part in value:
            yield from _in_data(part, fields, path=path)


def _merged(found: list[Found]) -> Message:
    plurals = {one.plural for one in found} - {""}
    if len(plurals) > 1:
        raise TwoPlurals(
            f"“{found[0].singular}” has more than one plural: {', '.join(sorted(plurals))};"
            f" said in {', '.join(sorted({one.path for one in found}))}."
        )
    return Message(
        context=found[0].context,
        singular=found[0].singular,
        plural="".join(plurals),
        word=found[0].path.split("/")[1],
        paths=tuple(dict.fromkeys(one.path for one in found)),
    )
