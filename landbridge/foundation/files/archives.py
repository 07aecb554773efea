"""Office documents are archives: their structure is checked, macros and bombs are refused, all is read within bounds."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from typing import IO

from landbridge.foundation.files.kinds import Kind
from landbridge.foundation.problems import N_, Problem

MOST_ENTRIES = 5_000
MOST_UNPACKED = 200_000_000
MOST_RATIO = 200
RATIO_COUNTS_FROM = 2_000_000
PIECE = 256 * 1024
ENCRYPTED = 0x1
ENTRY_BEGINS, DIRECTORY_ENDS, DIRECTORY_END_LENGTH = b"PK\x03\x04", b"PK\x05\x06", 22
MAIN_PART = {
    Kind.DOCX: ("word/document.xml", b"wordprocessingml.document.main+xml"),
    Kind.XLSX: ("xl/workbook.xml", b"spreadsheetml.sheet.main+xml"),
}
ACTIVE = re.compile(
    r"(^|/)(vbaProject[^/]*|vbaData\.xml|Basic/.*|Scripts/.*|activeX/.*|[^/]+\.(exe|dll|com|bat|cmd|scr|js|vbs|ps1|jar|msi))$",
    re.IGNORECASE,
)

BROKEN = N_("This file is damaged, or it is not the %(kind)s file that its name says.")
SAVE_ANEW = N_("Open it in the program it was made with, save or export it again, and choose that file.")


class _Refusal(Exception):
    """What is wrong with the archive."""

    def __init__(self, code: str, message: str, cure: str) -> None:
        self.code, self.message, self.cure = code, message, cure
        super().__init__(code)


def problem_with_archive(file: IO[bytes], *, kind: Kind) -> Problem | None:
    """Why this is not a harmless ODT, DOCX or XLSX file; None when it is."""
    try:
        _check_ends(file)
        with zipfile.ZipFile(file) as archive:
            _check_entries(archive)
            _check_structure(archive, kind=kind)
            _unpack(archive)
    except _Refusal as refusal:
        return Problem(
            code=refusal.code, message=refusal.message, cure=refusal.cure, params={"kind": kind.value.label}
        )
    except (
        zipfile.BadZipFile,
        zlib.error,
        struct.error,
        OSError,
        EOFError,
        ValueError,
        RuntimeError,
        KeyError,
    ):
        return Problem(code="file_content", message=BROKEN, cure=SAVE_ANEW, params={"kind": kind.value.label})
    return None


def _check_ends(file: IO[bytes]) -> None:
    """The archive is the whole file: nothing stands before its first entry or behind its directory."""
    size = file.seek(0, 2)
    file.seek(0)
    begins = file.read(len(ENTRY_BEGINS))
    file.seek(max(0, size - DIRECTORY_END_LENGTH))
    ends = file.read()
    if begins != ENTRY_BEGINS or not ends.startswith(DIRECTORY_ENDS):
        raise _broken()


def _check_entries(archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise _bomb()
    if archive.comment or len(set(names)) != len(names):
        raise _broken()
    if min((entry.header_offset for entry in entries), default=1) != 0:
        raise _broken()
    for entry in entries:
        if entry.flag_bits & ENCRYPTED:
            raise _Refusal(
                "file_encrypted",
                N_("This file is protected by a password."),
                N_("Save it without a password, and choose that file."),
            )
        if entry.filename.startswith("/") or ".." in entry.filename.split("/") or "\\" in entry.filename:
            raise _broken()
        if entry.file_size > RATIO_COUNTS_FROM and entry.file_size > MOST_RATIO * max(entry.compress_size, 1):
            raise _bomb()
        if ACTIVE.search(entry.filename):
            raise _active()


def _check_structure(archive: zipfile.ZipFile, *, kind: Kind) -> None:
    if kind is Kind.ODT:
        first = archive.infolist()[0]
        if first.filename != "mimetype" or first.compress_type != zipfile.ZIP_STORED:
            raise _broken()
        if _beginning(archive, "mimetype") != kind.value.content_type.encode():
            raise _broken()
        archive.getinfo("content.xml")
        return
    part, content_type = MAIN_PART[kind]
    archive.getinfo(part)
    types = _beginning(archive, "[Content_Types].xml")
    if b"macroEnabled" in types or b"vbaProject" in types:
        raise _active()
    if content_type not in types:
        raise _broken()


def _beginning(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        return part.read(1_000_000)


def _unpack(archive: zipfile.ZipFile) -> None:
    """Read every entry once, within bounds: declared sizes may lie, and the check sums are verified on the way."""
    left = MOST_UNPACKED
    for entry in archive.infolist():
        with archive.open(entry) as part:
            while piece := part.read(PIECE):
                left -= len(piece)
                if left < 0:
                    raise _bomb()


def _broken() -> _Refusal:
    return _Refusal("file_content", BROKEN, SAVE_ANEW)


def _bomb() -> _Refusal:
    return _Refusal(
        "file_bomb",
        N_("This file would unpack to far more than it weighs, and is not opened."),
        N_("Save it without its large pictures, or as a PDF, and choose that file."),
    )


def _active() -> _Refusal:
    return _Refusal(
        "file_active",
        N_("This file holds macros or programs."),
        N_("Save it without macros, or as a PDF, and choose that file."),
    )
