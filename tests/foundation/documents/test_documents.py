"""Documents are accessible, say in their language what they were given, and are the same bytes each time."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

import pypdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from landbridge.foundation.documents import glyphs, pdf, render
from landbridge.foundation.documents.render import template_path as find_template
from landbridge.foundation.money import euro

pytestmark = pytest.mark.once

AT = datetime(2014, 5, 4, 14, 59, 59, tzinfo=UTC)
EXAMPLE = Path(render.__file__).parent / "typst" / "example.typ"
DATA = {
    "sender": ["Programme office", "BioRegio STERN Management GmbH"],
    "recipient": ["Nordic Enzymes ApS", "2200 København N"],
    "reference": [{"label": "Submitted", "value": AT}],
    "programme": "IN2LifeSciences",
    "number": "IN2-4-0017",
    "greeting": "Dear Ms Berg,",
    "text": "we have received your application.",
    "figure": {"label": "Asked for", "value": euro(7000)},
    "facts": [["Project", "Bioavailability"]],
    "heading": "Costs",
    "header": ["Cost", "Category", "Amount"],
    "rows": [["Assay", "Laboratory", euro(1000)]],
    "total": ["Total", "", euro(1000)],
    "hash": "0123456789abcdef" * 4,
    "signed_by": "Klaus Eichenberg",
    "signed_as": "Programme office",
}


@pytest.fixture(autouse=True, scope="module")
def _the_example():
    """The example of the letterhead, which no word owns."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(render, "template_path", lambda name: EXAMPLE)
        yield


def drawn(language: str = "en-gb", title: str = "Receipt for your application", **changes: object) -> bytes:
    return pdf("tests/example.typ", DATA | changes, title=title, at=AT, language=language)


def read(document: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(document))


def text_of(document: bytes) -> str:
    text = "\n".join(page.extract_text() for page in read(document).pages)
    return " ".join(text.replace("\ufb01", "fi").replace("\ufb02", "fl").split())


def tags_of(document: bytes) -> list[str]:
    """The names of the structure elements, in reading order."""

    def walk(element: object) -> list[str]:
        element = element.get_object() if hasattr(element, "get_object") else element
        if isinstance(element, list):
            return [name for part in element for name in walk(part)]
        if not isinstance(element, dict):
            return []
        own = [element["/S"]] if "/S" in element else []
        return own + (walk(element["/K"]) if "/K" in element else [])

    return walk(read(document).trailer["/Root"]["/StructTreeRoot"])


def test_a_document_is_tagged_titled_and_in_its_language() -> None:
    document = drawn()
    root = read(document).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert read(document).metadata.title == "Receipt for your application"
    tags = tags_of(document)
    assert tags.count("/H1") == 1
    assert tags.index("/H1") < tags.index("/H2") < tags.index("/Table") < tags.index("/TH")
    assert tags.count("/TH") == 3


def test_it_says_that_it_is_made_for_everyone_and_for_the_archive() -> None:
    metadata = read(drawn()).trailer["/Root"]["/Metadata"].get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert "<pdfaid:part>2</pdfaid:part>" in metadata
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in metadata


def test_all_fonts_are_inside() -> None:
    for page in read(drawn()).pages:
        for font in page["/Resources"]["/Font"].values():
            descendant = font.get_object()["/DescendantFonts"][0].get_object()
            assert {"/FontFile2", "/FontFile3"} & set(descendant["/FontDescriptor"].get_object())


def test_the_same_data_give_the_same_bytes_and_other_data_others() -> None:
    assert drawn() == drawn()
    assert drawn() != drawn(text="Something else.")
    assert read(drawn()).metadata.creation_date == AT


def test_without_a_date_it_still_is_the_same() -> None:
    assert pdf("tests/example.typ", DATA) == pdf("tests/example.typ", DATA)
    assert read(pdf("tests/example.typ", DATA | {"at": AT})).metadata.creation_date == AT


def test_amounts_and_moments_are_written_in_the_language() -> None:
    english, german = text_of(drawn()), text_of(drawn(language="de"))
    assert "€7,000" in english
    assert "4 May 2014" in english
    assert "Page 1 of 1" in english
    assert "7.000 €" in german
    assert read(drawn(language="de")).trailer["/Root"]["/Lang"] == "de"


@pytest.mark.parametrize(
    "hostile",
    [
        '#panic("executed")',
        "#let data = 1",
        '#read("/config/settings.py")',
        '"] #panic() [',
        "$ x^2 $ *bold* _it_ = Heading <label> @label \\ // comment /* x */ `raw` ~ --- ...",
        '{"document": {"title": "other"}}',
        "https://example.org/#frag",
    ],
)
def test_code_among_the_data_stays_text(hostile: str) -> None:
    document = drawn(
        text=hostile, facts=[[hostile, hostile]], rows=[[hostile] * 3], title=hostile, number=hostile
    )
    assert text_of(document).replace(" ", "").count(hostile.replace(" ", "")) >= 4
    assert read(document).metadata.title == hostile
    assert tags_of(document).count("/H1") == 1


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Zażółć gęślą jaźń, Ærø, Łódź, Πάτρα, София", "Zażółć gęślą jaźń, Ærø, Łódź, Πάτρα, София"),
        ("中文 and 🙂", "□□ and □"),
        ("a\x00b\x07c\u202ed\u200be", "abcde"),
        ("e\u0301 and fi", "é and fi"),
        ("\ue000 private", "□ private"),
    ],
)
def test_what_the_fonts_lack_is_shown_as_a_box(text: str, shown: str) -> None:
    assert shown in text_of(drawn(text=text))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some.text(max_size=60))
def test_no_text_whatever_breaks_a_document(text: str) -> None:
    assert drawn(text=text, title=f"x {text}", recipient=[text, text]).startswith(b"%PDF-1.7")


def test_every_letter_called_drawable_is_drawn() -> None:
    letters = [chr(code) for first, last in glyphs._RUNS for code in range(first, last + 1)]
    for start in range(0, len(letters), 500):
        render._compile(
            EXAMPLE,
            render._drawable(_values(" ".join(letters[start : start + 500])), only_plain=False),
            at=AT,
        )


def _values(text: str) -> dict[str, object]:
    about = {"title": "x", "language": "en", "region": None, "accent": "#000000", "page": "Page", "of": "of"}
    plain_figures = {
        "figure": {"label": "x", "value": "x"},
        "reference": [],
        "rows": [],
        "total": ["", "", ""],
    }
    return DATA | plain_figures | {"text": text, "document": about}


def test_long_tables_repeat_their_head_and_number_their_pages() -> None:
    document = drawn(rows=[[f"Assay {number}", "Laboratory", euro(number)] for number in range(120)])
    pages = read(document).pages
    assert len(pages) > 2
    assert "Page 2 of" in " ".join(pages[1].extract_text().split())
    assert "Amount" in pages[1].extract_text()
    assert "IN2-4-0017" in pages[1].extract_text()


def test_objects_are_refused() -> None:
    with pytest.raises(TypeError, match="Path"):
        drawn(text=EXAMPLE)


@pytest.mark.parametrize(
    "name",
    ["applications/unknown.typ", "../config/settings.typ", "a/b/c.typ", "/etc/passwd", "foundation/typst/x"],
)
def test_a_template_that_does_not_exist_is_not_looked_for_elsewhere(name: str) -> None:
    with pytest.raises(FileNotFoundError):
        find_template(name)
