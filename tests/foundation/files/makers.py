"""Small files of every kind, honest and hostile."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from django.core.files.uploadedfile import SimpleUploadedFile

PDF = b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n"
JPEG = (
    b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
    b"\xff\xc0\x00\x11\x08\x00\x10\x00\x20\x03\x01\x11\x00\x02\x11\x01\x03\x11\x01"
    b"\xff\xda\x00\x02data\xff\xd9"
)
TYPES = (
    b'<?xml version="1.0"?><Types><Override PartName="/x" '
    b'ContentType="application/vnd.openxmlformats-officedocument.%s.main+xml"/></Types>'
)


def png(width: int = 2, height: int = 2) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    pixels = zlib.compress(b"\x00" * 10)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def archive(*entries: tuple[str, bytes], stored: tuple[str, ...] = ("mimetype",)) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in entries:
            out.writestr(name, content, zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED)
    return file.getvalue()


def docx(*more: tuple[str, bytes]) -> bytes:
    types = TYPES % b"wordprocessingml.document"
    return archive(("[Content_Types].xml", types), ("word/document.xml", b"<w:document/>"), *more)


def xlsx(*more: tuple[str, bytes]) -> bytes:
    return archive(
        ("[Content_Types].xml", TYPES % b"spreadsheetml.sheet"), ("xl/workbook.xml", b"<workbook/>"), *more
    )


def odt(*more: tuple[str, bytes]) -> bytes:
    mime = b"application/vnd.oasis.opendocument.text"
    return archive(("mimetype", mime), ("content.xml", b"<office/>"), *more)


HONEST = {
    "report.pdf": PDF,
    "map.png": png(),
    "photo.jpg": JPEG,
    "photo.JPEG": JPEG,
    "letter.odt": odt(),
    "letter.docx": docx(),
    "costs.xlsx": xlsx(),
    "costs.csv": "\ufeffname;amount\nLiège;4.000,00\n".encode(),
    "notes.txt": "Grüße\r\nzweite Zeile\t.".encode(),
}


def upload(content: bytes, name: str = "file.pdf") -> SimpleUploadedFile:
    file = SimpleUploadedFile("x", content)
    file._name = name  # what a hostile browser sends, past Django's own cleaning
    return file
