"""The catalogues of all words as one quick file per language, made anew at a start when one of them has changed."""

from __future__ import annotations

import fcntl
import hashlib
import os
import struct
from collections.abc import Iterable, Mapping
from pathlib import Path

from django.utils.translation import to_locale

from landbridge.foundation.messages import catalogue
from landbridge.foundation.messages.source import PACKAGE
from landbridge.foundation.messages.tongues import TONGUES, header

MAGIC = 0x950412DE  # of gettext's compiled catalogues
SHAPE = "1"  # another, whenever what is written here changes
STAMP = "stamp"


def bring_up_to_date(folder: Path, *, package: Path = PACKAGE) -> tuple[str, ...]:
    """Compile the languages whose catalogues changed into this folder; which they were. One process at a time."""
    stale = _stale(folder, package=package)
    if not stale:
        return ()
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        stale = _stale(folder, package=package)  # another process may have made them meanwhile
        for language, stamp in stale.items():
            compiled = compile_one(language, catalogue.read_all(language, package=package))
            _replace(path_of(folder, language), compiled)
            _replace(path_of(folder, language).with_name(STAMP), stamp.encode())
    return tuple(stale)


def path_of(folder: Path, language: str) -> Path:
    """Where Django looks for the language in a folder of LOCALE_PATHS."""
    return folder / to_locale(language) / "LC_MESSAGES" / "django.mo"


def compile_one(language: str, translations: Mapping[tuple[str, str], tuple[str, ...]]) -> bytes:
    """The translated messages as gettext reads them; what is not translated stays out and is shown in English."""
    pairs = [("", header(language))]
    for (context, text), said in translations.items():
        if all(said):
            # A plural is found by its singular: what follows the zero byte is never looked at.
            key = f"{context}\x04{text}" if context else text
            pairs.append((f"{key}\x00" if len(said) > 1 else key, "\x00".join(said)))
    return _as_bytes(sorted((key.encode(), text.encode()) for key, text in pairs))


def _as_bytes(pairs: Iterable[tuple[bytes, bytes]]) -> bytes:
    """The layout of gettext: a head, two tables of lengths and places, then the texts, each ended by a zero byte."""
    rows = list(pairs)
    first_table, second_table = 28, 28 + 8 * len(rows)
    place = second_table + 8 * len(rows)
    numbers: list[int] = []
    for column in (0, 1):
        for row in rows:
            numbers += (len(row[column]), place)
            place += len(row[column]) + 1
    numbers[:0] = (MAGIC, 0, len(rows), first_table, second_table, 0, place)
    texts = b"".join(row[column] + b"\x00" for column in (0, 1) for row in rows)
    return struct.pack(f"<{len(numbers)}I", *numbers) + texts


def _stale(folder: Path, *, package: Path) -> dict[str, str]:
    """The languages to compile, each with the stamp that its file then gets."""
    stale = {}
    for language in TONGUES:
        stamp = _stamp(language, package=package)
        kept = path_of(folder, language).with_name(STAMP)
        if not kept.exists() or kept.read_text(encoding="utf-8") != stamp:
            stale[language] = stamp
    return stale


def _stamp(language: str, *, package: Path) -> str:
    digest = hashlib.blake2b(SHAPE.encode(), digest_size=16)
    for path in catalogue.files(language, package=package):
        digest.update(path.relative_to(package).as_posix().encode() + b"\x00" + path.read_bytes())
    return digest.hexdigest()


def _replace(path: Path, content: bytes) -> None:
    """Whole at once, for whoever reads it now."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.write_bytes(content)
    beside.replace(path)
