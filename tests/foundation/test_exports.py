"""Tables for other programs: complete, streamed, and without a text that becomes a formula."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils.translation import gettext_lazy
from hypothesis import given
from hypothesis import strategies as some

from landbridge.foundation import exports
from landbridge.foundation.exports import csv_lines, csv_response, write_xlsx, xlsx_response
from landbridge.foundation.money import Money, euro

MOMENT = datetime(2026, 11, 21, 12, 0, 5, tzinfo=UTC)


def read_csv(lines: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(lines.decode("utf-8-sig"), newline="")))


def written(*rows: list[object]) -> bytes:
    file = io.BytesIO()
    write_xlsx(file, ["a", "=b"], rows)
    return file.getvalue()


def sheet_of(book: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        return archive.read("xl/worksheets/sheet1.xml").decode()


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, ""),
        (True, "true"),
        (-3, "-3"),
        (Decimal("-1.50"), "-1.50"),
        (euro(4000), "4000.00"),
        (Money(-50), "-0.50"),
        (date(2014, 5, 4), "2014-05-04"),
        (MOMENT, "2026-11-21T12:00:05+00:00"),
        (gettext_lazy("Région"), "Région"),
        ('He said "no", twice\nand left', 'He said "no", twice\nand left'),
        ("=1+1", "'=1+1"),
        ("+49 711", "'+49 711"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("  =1", "'  =1"),
        ("\ufeff=1", "'\ufeff=1"),
    ],
)
def test_a_cell_says_what_it_holds_and_never_computes(value: object, cell: str) -> None:
    assert read_csv(b"".join(csv_lines(["x", "y"], [[value, "z"]])))[1] == [cell, "z"]


@given(
    some.lists(
        some.lists(
            some.text(some.characters(exclude_categories=["Cs"], exclude_characters="\x00")),
            min_size=1,
            max_size=4,
        ),
        max_size=5,
    )
)
def test_every_text_comes_back_and_none_begins_a_formula(rows: list[list[str]]) -> None:
    back = read_csv(b"".join(csv_lines(["header"], rows)))[1:]
    assert [[cell.removeprefix("'") for cell in row] for row in back] == [
        [cell.removeprefix("'") for cell in row] for row in rows
    ]
    assert not any(cell.startswith(exports.FORMULA_BEGINS) for row in back for cell in row)


def test_rows_are_streamed() -> None:
    taken = []

    def rows():
        for number in range(10_000):
            taken.append(number)
            yield [number]

    lines = csv_lines(["number"], rows())
    next(lines)
    assert len(taken) < 1_000
    assert sum(piece.count(b"\r\n") for piece in lines) + len(taken[:199]) >= 9_900


def test_excel_is_told_the_encoding_only_where_wanted() -> None:
    assert b"".join(csv_lines(["é"], [], bom=True)).startswith(b"\xef\xbb\xbf")
    assert b"".join(csv_lines(["é"], [])) == "é\r\n".encode()


def test_a_download_has_a_harmless_name() -> None:
    response = csv_response('aw"ards\r\nX: y/2014 Liège', ["a"], [])
    assert response["Content-Disposition"] == 'attachment; filename="2014 Li_ge.csv"'
    assert response["X-Content-Type-Options"] == "nosniff"


def test_in_a_sheet_texts_stay_texts_and_numbers_numbers() -> None:
    sheet = sheet_of(
        written(
            ["=1+1", -3],
            ["http://example.org", euro(4000)],
            [date(2014, 5, 4), MOMENT],
            [None, True],
            ["\x00\x0bx", Decimal("1.5")],
        )
    )
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
    assert "=1+1</t>" in sheet
    assert "<v>-3</v>" in sheet
    assert "<v>4000</v>" in sheet
    assert "<v>41763</v>" in sheet
    assert 't="b"' in sheet


def test_equal_tables_are_equal_files() -> None:
    assert written(["x", 1]) == written(["x", 1])


def test_a_sheet_that_would_not_hold_the_rows_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "MOST_ROWS", 3)
    with pytest.raises(exports.TooManyRows):
        written(["1"], ["2"], ["3"])


@pytest.mark.django_db  # a response that ends looks after the connection, where an earlier test left one open
def test_the_sheet_is_downloaded_under_its_name() -> None:
    response = xlsx_response("awards", ["a"], [["x"]], sheet="Awards [2014] / all of them together in one")
    content = b"".join(response)
    response.close()
    assert response["Content-Disposition"] == 'attachment; filename="awards.xlsx"'
    assert zipfile.is_zipfile(io.BytesIO(content))
