"""What a file is, told by its content alone; the first thing that is wrong with it, as a problem."""

from __future__ import annotations

import codecs
import re
import zipfile
from collections.abc import Iterator
from typing import IO

from landbridge.foundation.files.archives import problem_with_archive
from landbridge.foundation.files.kinds import Kind
from landbridge.foundation.problems import N_, Problem

PIECE = 256 * 1024
MOST_PIXELS = 60_000_000
PNG_BEGINS, PNG_ENDS = b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82"
ACTIVE_IN_PDF = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFile|RichMedia)\b")
TEXT_CONTROLS = frozenset(range(32)) - {9, 10, 12, 13} | {127}
PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe")
MARKUP = re.compile(rb"\s*<(!doctype|html|head|body|script|svg|iframe|\?xml|\?php)", re.IGNORECASE)
ARCHIVES = (b"PK\x03\x04", b"PK\x05\x06", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

BROKEN = N_("This file is damaged, or it is not the %(kind)s file that its name says.")
SAVE_ANEW = N_("Open it in the program it was made with, save or export it again, and choose that file.")


def problem_with(file: IO[bytes], *, kind: Kind) -> Problem | None:
    """Why the content is not a harmless file of this kind; None when it is. Reads the whole file."""
    file.seek(0)
    head = file.read(1024)
    if kind is Kind.PDF:
        return _problem_with_pdf(file, head)
    if kind is Kind.PNG:
        return _problem_with_png(file, head)
    if kind is Kind.JPEG:
        return _problem_with_jpeg(file, head)
    if kind in (Kind.CSV, Kind.TXT):
        return _problem_with_text(file, head, kind=kind)
    if kind in (Kind.ROWS, Kind.JSON):
        return _problem_with_rows(head, kind=kind)
    return problem_with_archive(file, kind=kind)


def _problem_with_pdf(file: IO[bytes], head: bytes) -> Problem | None:
    if not head.startswith(b"%PDF-"):
        return _broken(Kind.PDF)
    size = file.seek(0, 2)
    file.seek(max(0, size - 2048))
    if b"%%EOF" not in file.read() or zipfile.is_zipfile(file):
        return _broken(Kind.PDF)
    for piece in _pieces(file, overlap=16):
        if ACTIVE_IN_PDF.search(piece):
            return Problem(
                code="file_active",
                message=N_("This PDF holds a script, a program or another file inside it."),
                cure=N_("Print it into a new PDF, and choose that file."),
            )
    return None


def _problem_with_png(file: IO[bytes], head: bytes) -> Problem | None:
    file.seek(max(0, file.seek(0, 2) - len(PNG_ENDS)))
    if not head.startswith(PNG_BEGINS) or head[12:16] != b"IHDR" or file.read() != PNG_ENDS:
        return _broken(Kind.PNG)
    width, height = int.from_bytes(head[16:20], "big"), int.from_bytes(head[20:24], "big")
    return _problem_with_pixels(width, height, kind=Kind.PNG)


def _problem_with_jpeg(file: IO[bytes], head: bytes) -> Problem | None:
    if not head.startswith(b"\xff\xd8\xff") or zipfile.is_zipfile(file):
        return _broken(Kind.JPEG)
    size = _size_of_jpeg(file)
    if size is None:
        return _broken(Kind.JPEG)
    return _problem_with_pixels(*size, kind=Kind.JPEG)


def _size_of_jpeg(file: IO[bytes]) -> tuple[int, int] | None:
    """Width and height from the frame header; None when the segments lead nowhere or the end is missing."""
    end = file.seek(0, 2)
    file.seek(max(0, end - 64 * 1024))
    if b"\xff\xd9" not in file.read():
        return None
    place = 2
    for _ in range(1000):
        file.seek(place)
        segment = file.read(9)
        if len(segment) < 9 or segment[0] != 0xFF:
            return None
        if segment[1] in {0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF}:
            return int.from_bytes(segment[7:9], "big"), int.from_bytes(segment[5:7], "big")
        place += 2 + int.from_bytes(segment[2:4], "big")
    return None


def _problem_with_pixels(width: int, height: int, *, kind: Kind) -> Problem | None:
    if width == 0 or height == 0:
        return _broken(kind)
    if width * height > MOST_PIXELS:
        return Problem(
            code="image_too_large",
            message=N_("This picture has %(width)s by %(height)s points, more than can be shown."),
            cure=N_("Make it smaller, and choose that file."),
            params={"width": width, "height": height},
        )
    return None


def _problem_with_text(file: IO[bytes], head: bytes, *, kind: Kind) -> Problem | None:
    if _is_foreign(head.removeprefix(codecs.BOM_UTF8)):
        return _broken(kind)
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for piece in _pieces(file):
            decoder.decode(piece)
            if not TEXT_CONTROLS.isdisjoint(piece):
                return _broken(kind)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return Problem(
            code="text_encoding",
            message=N_("This text file is not in UTF-8, so its letters cannot be told for certain."),
            cure=N_('Save it again and choose "UTF-8" (in Excel: "CSV UTF-8").'),
        )
    return None


def _problem_with_rows(head: bytes, *, kind: Kind) -> Problem | None:
    """Not something else by its first bytes; its reader tells encoding and rows, and says what is wrong with each."""
    begins = head.removeprefix(codecs.BOM_UTF8)
    if _is_foreign(begins) or (kind is Kind.JSON and begins.lstrip()[:1] not in (b"{", b"[")):
        return _broken(kind)
    return None


def _is_foreign(begins: bytes) -> bool:
    foreign = (*PROGRAMS, *ARCHIVES, OLD_OFFICE, PNG_BEGINS, b"\xff\xd8\xff", b"%PDF-")
    return begins.startswith(foreign) or MARKUP.match(begins) is not None


def _broken(kind: Kind) -> Problem:
    return Problem(code="file_content", message=BROKEN, cure=SAVE_ANEW, params={"kind": kind.value.label})


def _pieces(file: IO[bytes], *, overlap: int = 0) -> Iterator[bytes]:
    """The whole file piece by piece; each begins with the last bytes of the one before."""
    file.seek(0)
    tail = b""
    while piece := file.read(PIECE):
        yield tail + piece
        tail = piece[-overlap:] if overlap else b""
