"""The kinds of files that are accepted, each with its limit, and the cleaning of their names."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import Enum

MEGABYTE = 1_000_000
NAME_LENGTH = 150
FORBIDDEN = frozenset('<>:"|?*\\/')
RESERVED = frozenset(
    ["con", "prn", "aux", "nul"] + [f"{port}{number}" for port in ("com", "lpt") for number in range(10)]
)


@dataclass(frozen=True, slots=True)
class About:
    """What one kind of file is called, ends in, weighs at most (bytes), and is served as."""

    label: str
    extensions: tuple[str, ...]
    content_type: str
    most_bytes: int


class Kind(Enum):
    """One kind of file, told by its content."""

    PDF = About("PDF", ("pdf",), "application/pdf", 20 * MEGABYTE)
    PNG = About("PNG", ("png",), "image/png", 10 * MEGABYTE)
    JPEG = About("JPEG", ("jpg", "jpeg"), "image/jpeg", 10 * MEGABYTE)
    ODT = About("ODT", ("odt",), "application/vnd.oasis.opendocument.text", 20 * MEGABYTE)
    DOCX = About(
        "DOCX",
        ("docx",),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        20 * MEGABYTE,
    )
    XLSX = About(
        "XLSX", ("xlsx",), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", 20 * MEGABYTE
    )
    CSV = About("CSV", ("csv",), "text/csv; charset=utf-8", 5 * MEGABYTE)
    TXT = About("TXT", ("txt",), "text/plain; charset=utf-8", 1 * MEGABYTE)
    ROWS = About("CSV", ("csv", "tsv", "txt"), "text/csv", 60 * MEGABYTE)
    JSON = About("JSON", ("json", "jsonl", "ndjson"), "application/json", 60 * MEGABYTE)


Kinds = frozenset[Kind]

IMAGES: Kinds = frozenset({Kind.PNG, Kind.JPEG})
SPREADSHEETS: Kinds = frozenset({Kind.XLSX, Kind.CSV})
DOCUMENTS: Kinds = frozenset({Kind.PDF, Kind.ODT, Kind.DOCX, Kind.XLSX, Kind.CSV, Kind.TXT}) | IMAGES
EVIDENCE: Kinds = frozenset({Kind.PDF}) | IMAGES
# What is read by the program alone: large, of any encoding, and never given out again as it came.
IMPORTS: Kinds = frozenset({Kind.ROWS, Kind.XLSX, Kind.JSON})


def labels(kinds: Kinds) -> str:
    """The kinds in words, in the order of their definition: "PDF, PNG or JPEG" without the "or"."""
    return ", ".join(kind.value.label for kind in Kind if kind in kinds)


def accept(kinds: Kinds) -> str:
    """The kinds as the `accept` attribute of a file input."""
    return ",".join(f".{extension}" for kind in Kind if kind in kinds for extension in kind.value.extensions)


def extension_of(name: str) -> str:
    """The ending after the last point, in small letters; empty where there is none."""
    stem, point, extension = name.rpartition(".")
    return extension.lower() if point and stem else ""


def kind_named(name: str, *, among: Kinds = DOCUMENTS) -> Kind | None:
    """The kind that the name claims by its ending, among those that are accepted."""
    extension = extension_of(name)
    return next((kind for kind in Kind if kind in among and extension in kind.value.extensions), None)


def clean_name(name: str) -> str:
    """A name that is safe to store, show and save under: no folders, no control or direction characters, 150 long."""
    text = unicodedata.normalize("NFC", name.replace("\\", "/").rpartition("/")[2])
    text = "".join("_" if letter in FORBIDDEN else letter for letter in text if _may_stand(letter))
    text = " ".join(text.split()).lstrip(". ").rstrip(". ")
    stem, point, extension = text.rpartition(".")
    if not point or not stem:
        stem, point, extension = text, "", ""
    if stem.partition(".")[0].strip().lower() in RESERVED:
        stem = f"_{stem}"
    room = NAME_LENGTH - len(point + extension)
    if room < 1:
        return (stem + point + extension)[:NAME_LENGTH]
    return (stem[:room].rstrip() or "file") + point + extension


def _may_stand(letter: str) -> bool:
    """Neither a control character nor one that hides or turns its neighbours (bidirectional marks, zero width)."""
    return letter.isspace() or unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
