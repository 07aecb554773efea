"""A word's catalogue in one language: read and written as plain PO, the same every time."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from landbridge.foundation.messages.message import Key, Message
from landbridge.foundation.messages.source import PACKAGE
from landbridge.foundation.messages.tongues import TONGUES, header

Translations = dict[Key, tuple[str, ...]]

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_LETTERS = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\"}


class Unreadable(ValueError):
    """A line of a catalogue that is no PO; says where."""


def path_of(word: str, language: str, *, package: Path = PACKAGE) -> Path:
    """Where a word keeps its catalogue."""
    return package / word / "locale" / f"{language}.po"


def files(language: str, *, package: Path = PACKAGE) -> list[Path]:
    """All catalogues of a language."""
    return sorted(package.glob(f"*/locale/{language}.po"))


def read_all(language: str, *, package: Path = PACKAGE) -> Translations:
    """What all words say in this language, empty translations included."""
    found: Translations = {}
    for path in files(language, package=package):
        for key, texts in read(path.read_text(encoding="utf-8"), name=str(path)).items():
            if (
                any(texts) or key not in found
            ):  # a message that moved between words stands in two for a moment
                found[key] = texts
    return found


def read(text: str, *, name: str = "") -> Translations:
    """The translations of a catalogue, without its head. Raises Unreadable."""
    found: Translations = {}
    entry: dict[str, list[str]] = {}
    part: list[str] = []
    is_doubtful = is_next_doubtful = False
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith('"'):
            part.append(line[1:-1])
        elif not line or line.startswith("#"):
            is_next_doubtful |= line.startswith("#,") and "fuzzy" in line
        else:
            field, _, rest = line.partition(" ")
            if not rest.startswith('"') or not rest.endswith('"'):
                raise Unreadable(f"{name}, line {number}: this is no line of a catalogue: {line[:80]}")
            if field == "msgctxt" or (field == "msgid" and set(entry) != {"msgctxt"}):
                _add(found, entry)
                entry = {}
                is_doubtful, is_next_doubtful = is_next_doubtful, False
            part = [rest[1:-1]]
            # What a program for translators guessed is not said before somebody has looked.
            entry[field] = [] if is_doubtful and field.startswith("msgstr") else part
    _add(found, entry)
    found.pop(("", ""), None)
    return found


def _add(found: Translations, entry: Mapping[str, list[str]]) -> None:
    if "msgid" not in entry:
        return
    texts = {field: _plain("".join(parts)) for field, parts in entry.items()}
    said = tuple(texts[field] for field in sorted(texts) if field.startswith("msgstr"))
    found[texts.get("msgctxt", ""), texts["msgid"]] = said


def _plain(text: str) -> str:
    if "\\" not in text:
        return text
    shown, letters = [], iter(text)
    for letter in letters:
        if letter == "\\":
            escaped = next(letters, "\\")
            shown.append(_LETTERS.get(escaped, escaped))
        else:
            shown.append(letter)
    return "".join(shown)


def write(
    messages: Iterable[Message], translations: Mapping[Key, tuple[str, ...]], *, language: str, path: Path
) -> bool:
    """Write a catalogue whole, at once for whoever reads it; False when it said the same before."""
    text = as_text(messages, translations, language=language)
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return False
    path.parent.mkdir(exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)
    return True


def as_text(
    messages: Iterable[Message], translations: Mapping[Key, tuple[str, ...]], *, language: str
) -> str:
    """The catalogue as it is written: no dates, no tools, no line numbers."""
    parts = [f'msgid ""\n{_line("msgstr", header(language))}']
    for message in messages:
        said = translations.get(message.key, ())
        lines = [_line("msgctxt", message.context)] if message.context else []
        lines.append(_line("msgid", message.singular))
        if message.plural:
            forms = TONGUES[language].forms
            said = said if len(said) == forms else ("",) * forms
            lines.append(_line("msgid_plural", message.plural))
            lines += [_line(f"msgstr[{number}]", text) for number, text in enumerate(said)]
        else:
            lines.append(_line("msgstr", said[0] if len(said) == 1 else ""))
        parts.append("\n".join(lines))
    return "\n\n".join(parts) + "\n"


def _line(field: str, text: str) -> str:
    lines = text.split("\n")
    pieces = [f"{line}\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])
    if len(pieces) < 2:
        return f'{field} "{_escaped(text)}"'
    return "\n".join([f'{field} ""', *(f'"{_escaped(piece)}"' for piece in pieces)])


def _escaped(text: str) -> str:
    return "".join(_ESCAPES.get(letter, letter) for letter in text)
