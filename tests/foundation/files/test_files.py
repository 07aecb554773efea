"""Uploads are kept by content, are what they say, and leave as harmless downloads."""

from __future__ import annotations

import hashlib
import io
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.db import IntegrityError, transaction
from django.http import Http404
from hypothesis import given
from hypothesis import strategies as some
from pytest_django.fixtures import Settings

from landbridge.foundation.files import archives, forms, inspection, kinds
from landbridge.foundation.files.attachment import attachment
from landbridge.foundation.files.kinds import DOCUMENTS, IMAGES, Kind, clean_name
from landbridge.foundation.files.models import StoredFile, path_of
from landbridge.foundation.files.queries import findings
from landbridge.foundation.files.store import Received, receive, store
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.problems import Refused
from landbridge.foundation.ui.forms import Form
from tests.foundation.files import makers
from tests.foundation.files.makers import HONEST, upload

AT = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
ANNA = Actor(person_id=7, name="Anna Berg")


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.LANDBRIDGE_FILES = tmp_path / "files"
    return tmp_path / "files"


def on_disk(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def code_of(content: bytes, name: str, **options: object) -> str:
    with pytest.raises(Refused) as refusal:
        receive(upload(content, name), **options)  # type: ignore[arg-type]
    (problem,) = refusal.value.problems
    assert problem.message % dict(problem.params)
    assert problem.cure % dict(problem.params)
    assert problem.field == options.get("field", "file")
    return problem.code


# ── What is kept ─────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(("name", "content"), HONEST.items())
def test_every_kind_is_kept_under_the_hash_of_its_content(name: str, content: bytes, folder: Path) -> None:
    received = receive(upload(content, name))
    assert received.sha256 == hashlib.sha256(content).hexdigest()
    assert received.size == len(content)
    assert name.lower().endswith(received.kind.value.extensions)
    assert on_disk(folder) == [path_of(received.sha256)]
    assert path_of(received.sha256).read_bytes() == content


@pytest.mark.django_db
def test_an_upload_becomes_a_row_that_says_who_brought_it_and_when() -> None:
    stored = store(upload(makers.PDF, "Offer 3.pdf"), by=ANNA, at=AT)
    stored.refresh_from_db()
    assert (stored.name, stored.content_type, stored.size) == (
        "Offer 3.pdf",
        "application/pdf",
        len(makers.PDF),
    )
    assert (stored.uploaded_by_id, stored.uploaded_by_name, stored.uploaded_at) == (7, "Anna Berg", AT)


@pytest.mark.django_db
def test_the_same_content_lies_on_the_disk_once(folder: Path) -> None:
    first = store(upload(makers.PDF, "a.pdf"), by=ANNA, at=AT)
    second = store(upload(makers.PDF, "b.pdf"), by=ANNA, at=AT)
    assert first.pk != second.pk
    assert first.sha256 == second.sha256
    assert len(on_disk(folder)) == 1


def test_the_same_content_at_the_same_moment_is_kept_whole(folder: Path) -> None:
    content = makers.PDF + b"% padding\n" * 200_000 + b"%%EOF"
    raised: list[Exception] = []

    def bring() -> None:
        try:
            receive(upload(content))
        except Exception as error:  # noqa: BLE001 - the test names it
            raised.append(error)

    threads = [threading.Thread(target=bring) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert raised == []
    (path,) = on_disk(folder)
    assert path.read_bytes() == content


def test_a_damaged_copy_of_another_size_is_mended_by_the_next_upload() -> None:
    received = receive(upload(makers.PDF))
    path_of(received.sha256).write_bytes(b"half")
    receive(upload(makers.PDF))
    assert path_of(received.sha256).read_bytes() == makers.PDF


def test_large_uploads_are_streamed(folder: Path) -> None:
    file = TemporaryUploadedFile("big.txt", "text/plain", 0, None)
    for _ in range(9):
        file.write(b"a" * 100_000)
    file.seek(0)
    assert receive(file).size == 900_000
    file.close()


# ── What is refused ──────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("name", HONEST)
def test_nothing_is_empty(name: str, folder: Path) -> None:
    assert code_of(b"", name) == "file_empty"
    assert on_disk(folder) == []


@pytest.mark.parametrize(("name", "kind"), [("a.txt", Kind.TXT), ("a.pdf", Kind.PDF), ("a.png", Kind.PNG)])
def test_nothing_is_larger_than_its_kind_may_be(name: str, kind: Kind, folder: Path) -> None:
    class Endless:
        def __init__(self) -> None:
            self.name: str | None = name
            self.read = 0

        def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
            while True:
                self.read += 1_000_000
                yield b"a" * 1_000_000

    endless = Endless()
    with pytest.raises(Refused) as refusal:
        receive(endless)
    assert refusal.value.problems[0].code == "file_too_large"
    assert endless.read <= kind.value.most_bytes + 1_000_000, "it stops reading at once"
    assert on_disk(folder) == []


@pytest.mark.parametrize("claimed", HONEST)
@pytest.mark.parametrize("actual", HONEST)
def test_a_file_is_what_its_name_says(claimed: str, actual: str, folder: Path) -> None:
    if kinds.kind_named(claimed) is kinds.kind_named(actual) or {claimed[-3:], actual[-3:]} == {"csv", "txt"}:
        return
    assert code_of(HONEST[actual], claimed) == "file_content"
    assert on_disk(folder) == []


@pytest.mark.parametrize(
    "name",
    [
        "a.exe",
        "a.docm",
        "a.xlsm",
        "a.svg",
        "a.html",
        "a.pdf.exe",
        "a",
        "pdf",
        ".pdf",
        "a.pdf.",
        "a.zip",
        "",
        "a.pdf\x00.exe",
        "a.doc",
        "a.p\u200bdx",
    ],
)
def test_other_endings_are_refused_with_those_that_are_welcome(name: str) -> None:
    if name == "a.pdf.":
        assert receive(upload(makers.PDF, name)).name == "a.pdf"
        return
    assert code_of(makers.PDF, name) == "file_kind"


def test_each_place_accepts_its_own_kinds_and_names_them() -> None:
    with pytest.raises(Refused) as refusal:
        receive(upload(makers.PDF, "a.pdf"), kinds=IMAGES, field="logo")
    (problem,) = refusal.value.problems
    assert (problem.field, problem.params["kinds"]) == ("logo", "PNG, JPEG")


def encrypted(content: bytes) -> bytes:
    """The archive with the flag "encrypted" on every entry."""
    out = bytearray(content)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = out.find(signature)
        while place >= 0:
            out[place + offset] |= 1
            place = out.find(signature, place + 4)
    return bytes(out)


def lying(content: bytes) -> bytes:
    """The archive whose last entry declares one byte instead of what it holds."""
    out = bytearray(content)
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = out.rfind(signature)
        out[place + offset : place + offset + 4] = b"\x01\x00\x00\x00"
    return bytes(out)


HOSTILE = {
    "a program called pdf": ("x.pdf", b"MZ\x90\x00" + makers.PDF, "file_content"),
    "a page called pdf": ("x.pdf", b"<html><script>alert(1)</script></html>", "file_content"),
    "a pdf that begins late": ("x.pdf", b"junk\n" + makers.PDF, "file_content"),
    "a pdf cut short": ("x.pdf", makers.PDF[:30], "file_content"),
    "a pdf that is an archive as well": ("x.pdf", makers.PDF + makers.docx() + b"", "file_content"),
    "a pdf with a script": ("x.pdf", makers.PDF.replace(b"/Type", b"/OpenAction <</S /JavaScript /JS (x)>> /Type"), "file_active"),
    "a pdf that starts a program": ("x.pdf", makers.PDF.replace(b"/Type", b"/S /Launch /Type"), "file_active"),
    "a script across two pieces": ("x.pdf", b"%PDF-1.7\n" + b" " * (inspection.PIECE - 9 - 6) + b"/JavaScript " + b"\n%%EOF", "file_active"),
    "a png with something behind it": ("x.png", makers.png() + b"<script>", "file_content"),
    "a png cut short": ("x.png", makers.png()[:-1], "file_content"),
    "a png of one byte": ("x.png", b"\x89", "file_content"),
    "a png bomb": ("x.png", makers.png(100_000, 100_000), "image_too_large"),
    "a png of nothing": ("x.png", makers.png(0, 5), "file_content"),
    "a jpeg that is an archive as well": ("x.jpg", makers.JPEG + makers.docx(), "file_content"),
    "a jpeg without its end": ("x.jpg", makers.JPEG[:-2], "file_content"),
    "a jpeg of its beginning": ("x.jpg", b"\xff\xd8\xff\xe0", "file_content"),
    "a jpeg bomb": ("x.jpg", makers.JPEG.replace(b"\x08\x00\x10\x00\x20", b"\x08\xff\xff\xff\xff"), "image_too_large"),
    "a document with macros": ("x.docx", makers.docx(("word/vbaProject.bin", b"x")), "file_active"),
    "a document that says it has macros": ("x.docx", makers.archive(("[Content_Types].xml", makers.TYPES % b"ms-word.document.macroEnabled"), ("word/document.xml", b"")), "file_active"),
    "a document with a program inside": ("x.docx", makers.docx(("word/embeddings/setup.EXE", b"MZ")), "file_active"),
    "an odt with macros": ("x.odt", makers.odt(("Basic/Standard/Module1.xml", b"x")), "file_active"),
    "an odt whose type comes later": ("x.odt", makers.archive(("content.xml", b""), ("mimetype", b"application/vnd.oasis.opendocument.text")), "file_content"),
    "an odt of another type": ("x.odt", makers.archive(("mimetype", b"application/vnd.oasis.opendocument.presentation"), ("content.xml", b"")), "file_content"),
    "a document without its main part": ("x.docx", makers.archive(("[Content_Types].xml", makers.TYPES)), "file_content"),
    "a document behind something else": ("x.docx", b"PK\x03\x04 junk " + makers.docx(), "file_content"),
    "a document before something else": ("x.docx", makers.docx() + b"junk", "file_content"),
    "a document that leaves its folder": ("x.docx", makers.docx(("../../etc/cron.d/x", b"x")), "file_content"),
    "a document with an absolute path": ("x.docx", makers.docx(("/etc/passwd", b"x")), "file_content"),
    "a document that unpacks to 300 MB": ("x.docx", makers.docx(("word/media/a.bin", b"\x00" * 300_000_000)), "file_bomb"),
    "a document packed 500 times": ("x.docx", makers.docx(("word/media/a.bin", b"\x00" * 3_000_000)), "file_bomb"),
    "a document that lies about its size": ("x.docx", lying(makers.docx(("word/media/a.bin", b"\x00" * 500_000))), "file_content"),
    "a document with a password": ("x.docx", encrypted(makers.docx()), "file_encrypted"),
    "a document cut short": ("x.docx", makers.docx()[:-40], "file_content"),
    "a workbook called document": ("x.docx", makers.xlsx(), "file_content"),
    "an old office file called document": ("x.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "file_content"),
    "a text in Latin-1": ("x.csv", "Liège".encode("latin-1"), "text_encoding"),
    "a text in UTF-16": ("x.txt", "Liège".encode("utf-16"), "text_encoding"),
    "a text cut inside a letter": ("x.txt", "Liè".encode()[:-1], "text_encoding"),
    "a text with a null": ("x.txt", b"a\x00b", "file_content"),
    "a text that is a page": ("x.txt", b"\n <!DOCTYPE html><script>1</script>", "file_content"),
    "a text that is a picture of XML": ("x.csv", b'<?xml version="1.0"?><svg/>', "file_content"),
    "a text that is a script": ("x.txt", b"#!/bin/sh\nrm -rf /", "file_content"),
}  # fmt: skip


@pytest.mark.parametrize("situation", HOSTILE)
def test_hostile_files_are_refused_in_words(situation: str, folder: Path) -> None:
    name, content, code = HOSTILE[situation]
    assert code_of(content, name) == code
    assert on_disk(folder) == [], "nothing stays behind"


def test_too_many_entries_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MOST_ENTRIES", 3)
    assert code_of(makers.docx(("a", b""), ("b", b"")), "x.docx") == "file_bomb"


def test_what_unpacks_beyond_the_limit_is_refused_whatever_it_declares(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(archives, "_check_entries", lambda archive: None)
    monkeypatch.setattr(archives, "MOST_UNPACKED", 1_000)
    assert code_of(makers.docx(("a", b"x" * 2_000)), "x.docx") == "file_bomb"


@given(content=some.binary(max_size=400), name=some.sampled_from(sorted(HONEST)), honest=some.booleans())
def test_whatever_the_bytes_the_answer_is_a_problem_or_none(content: bytes, name: str, honest: bool) -> None:
    kind = kinds.kind_named(name)
    assert kind is not None
    body = HONEST[name][: len(content)] + content if honest else content
    inspection.problem_with(io.BytesIO(body), kind=kind)


# ── Names ────────────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Offer 3.pdf", "Offer 3.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\anna\\x.pdf", "x.pdf"),
        ("a\r\nContent-Type: x.pdf", "a Content-Type_ x.pdf"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("a\u200b\ufeff\u2066b.pdf", "ab.pdf"),
        ("...hidden.pdf", "hidden.pdf"),
        ("con.pdf", "_con.pdf"),
        ("nul", "_nul"),
        ("  a   b .pdf ", "a b.pdf"),
        ('a"b<c>|?*.pdf', "a_b_c____.pdf"),
        ("e\u0301.pdf", "é.pdf"),
        ("x" * 300 + ".docx", "x" * 145 + ".docx"),
        ("x." + "y" * 300, "x." + "y" * 148),
        ("Größe ÅÄÖ 文.pdf", "Größe ÅÄÖ 文.pdf"),
    ],
)
def test_a_name_is_cleaned(typed: str, kept: str) -> None:
    assert clean_name(typed) == kept


@given(some.text(max_size=400))
def test_no_name_whatever_is_dangerous(typed: str) -> None:
    name = clean_name(typed)
    assert len(name) <= 150
    assert not set(name) & set('/\\<>:"|?*\r\n\x00\u202e\u200b')
    assert not name.startswith(".")
    assert name == name.strip()
    assert clean_name(name) == name


# ── The way out ──────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.django_db
@pytest.mark.parametrize(("name", "content"), HONEST.items())
def test_a_file_leaves_as_a_download_that_nothing_opens_by_itself(name: str, content: bytes) -> None:
    response = attachment(store(upload(content, name), by=ANNA, at=AT))
    assert b"".join(response) == content
    response.close()
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert "no-store" in response["Cache-Control"]
    assert response["Content-Length"] == str(len(content))
    assert "html" not in response["Content-Type"]


@pytest.mark.django_db
def test_a_name_with_other_letters_is_written_as_the_standard_says() -> None:
    response = attachment(store(upload(makers.PDF, 'Größe "1" 文.pdf'), by=ANNA, at=AT))
    response.close()
    assert (
        response["Content-Disposition"]
        == "attachment; filename*=utf-8''Gr%C3%B6%C3%9Fe%20_1_%20%E6%96%87.pdf"
    )


@pytest.mark.django_db
def test_a_missing_content_is_not_found_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    stored = store(upload(makers.PDF), by=ANNA, at=AT)
    stored.path.unlink()
    with pytest.raises(Http404):
        attachment(stored)
    assert "is missing" in caplog.text


# ── Verification ─────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.django_db
def test_verification_finds_what_is_missing_or_altered() -> None:
    for number, content in enumerate([makers.PDF, makers.png(), makers.JPEG]):
        store(upload(content, f"{number}.{['pdf', 'png', 'jpg'][number]}"), by=ANNA, at=AT)
    twin = store(upload(makers.PDF, "twin.pdf"), by=ANNA, at=AT)
    assert list(findings()) == []
    twin.path.write_bytes(makers.PDF.replace(b"Catalog", b"Catalug"))
    StoredFile.objects.get(name="1.png").path.unlink()
    found = list(findings())
    assert sorted(finding.split('"')[1] for finding in found) == ["0.pdf", "1.png", "twin.pdf"]
    assert sum("was altered" in finding for finding in found) == 2
    assert sum("is missing" in finding for finding in found) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("column", "value"), [("sha256", "../../etc/passwd"), ("sha256", "A" * 64), ("size", 0)]
)
def test_the_database_keeps_only_rows_that_can_be_true(column: str, value: object) -> None:
    stored = store(upload(makers.PDF), by=ANNA, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        StoredFile.objects.filter(pk=stored.pk).update(**{column: value})


# ── In a form ────────────────────────────────────────────────────────────────────────────────────────────────────────
class Evidence(Form):
    invoice = forms.ReceivedFileField(kinds=DOCUMENTS)
    photo = forms.ReceivedFileField(kinds=IMAGES, required=False)


def test_a_form_receives_files_and_says_beside_the_field_what_is_wrong() -> None:
    good = Evidence({}, {"invoice": upload(makers.PDF, "a.pdf")})
    assert good.is_valid(), good.errors
    assert isinstance(good.cleaned_data["invoice"], Received)
    assert good.cleaned_data["photo"] is None
    bad = Evidence({}, {"invoice": upload(b"", "a.pdf"), "photo": upload(makers.PDF, "b.pdf")})
    assert not bad.is_valid()
    assert bad.http_status == 422
    assert bad.errors["invoice"] == [
        "This file is empty. Choose the file again; it may not have been saved yet."
    ]
    assert "PNG, JPEG" in bad.errors["photo"][0]
    assert 'accept=".png,.jpg,.jpeg"' in str(good["photo"])
