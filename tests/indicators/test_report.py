"""The report of a period: the same content in Word and PDF, exactly what was frozen, kept once."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.urls import reverse
from docx import Document
from docx.oxml.ns import qn

from landbridge.foundation import clock
from landbridge.foundation.files.kinds import Kind
from landbridge.foundation.files.store import path_of
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.indicators import actions, report
from landbridge.indicators.models import Period
from landbridge.programmes.models import Target
from tests.factories.indicators import a_period, an_indicator
from tests.factories.vouchers import a_voucher

pytestmark = pytest.mark.django_db
ENDS_ON = date(2026, 6, 30)
FROZEN = datetime(2026, 7, 20, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Any, monkeypatch: Any) -> None:
    settings.LANDBRIDGE_FILES = tmp_path
    settings.LANDBRIDGE_SECOND_FACTOR = "off"
    monkeypatch.setattr(clock, "now", lambda: FROZEN)


@pytest.fixture
def period(cast: Any) -> Period:
    """The first half of 2026 of the Danish partner: one voucher, its indicator with a target, two paragraphs."""
    an_indicator()
    Target.objects.create(
        phase=cast.phase,
        partner=cast.danish_partner,
        code="vouchers-granted",
        name="Vouchers",
        unit="vouchers",
        value=4,
    )
    a_voucher(cast)
    found = a_period(
        cast.phase, partner_id=cast.danish_partner.pk, name="First half", ends_on=ENDS_ON, at=FROZEN
    )
    told = "A good start <& more>.\n\nMoney follows.\x0b"
    return actions.write(
        period_id=found.pk, version=1, name="First half", narrative=told, by=SYSTEM, at=FROZEN
    )


def loaded(period: Period) -> Period:
    return Period.objects.select_related("phase__programme", "partner", "word", "pdf").get(pk=period.pk)


def drawn(period: Period) -> report.Report:
    return report.report_of(loaded(period), language="en-gb", at=FROZEN)


def test_it_says_figures_targets_and_vouchers(cast, period):
    found = drawn(period)
    assert found.figures.rows == (("Vouchers granted", "vouchers", "1", "1"),)
    assert found.targets.rows == (("Vouchers granted", "0", "1", "4", "25%"),)
    ((number, day, company, provider, _incentive, amount),) = found.vouchers.rows
    assert (company, provider, amount) == ("Danish Company ApS", "German Institute", "€6,000")
    assert number
    assert day == "20\xa0May\xa02026"
    assert found.vouchers.total[0] == "1 voucher"
    assert found.narrative == ("A good start <& more>.", "Money follows.")
    assert found.draft
    assert [one.title for one in found.drawings][:2] == [
        "Progress against targets",
        "Money committed, and its forecast",
    ]


def test_another_partner_has_its_own_report(cast, period):
    other = a_period(cast.phase, partner_id=cast.belgian_partner.pk, ends_on=ENDS_ON, at=FROZEN)
    found = drawn(other)
    assert found.vouchers.rows == ()
    assert found.figures.rows == (("Vouchers granted", "vouchers", "0", "0"),)
    assert report.as_pdf(found).startswith(b"%PDF")
    assert report.as_word(found)


def test_frozen_it_says_what_was_frozen_whatever_comes_later(cast, period):
    actions.freeze(period_id=period.pk, by=SYSTEM, at=FROZEN)
    before = drawn(period)
    a_voucher(cast, at=datetime(2026, 6, 2, 9, tzinfo=UTC))
    after = drawn(period)
    assert not before.draft
    assert (after.figures, after.vouchers, after.targets) == (before.figures, before.vouchers, before.targets)
    assert after.sha256 == loaded(period).sha256 != ""


def test_the_word_file_has_headings_heads_that_repeat_and_words_for_its_pictures(period):
    paper = Document(io.BytesIO(report.as_word(drawn(period))))
    headings = [one.text for one in paper.paragraphs if one.style.name == "Heading 1"]
    assert headings[:4] == ["In words", "Figures", "Progress against targets", "Charts"]
    assert "A good start <& more>." in [one.text for one in paper.paragraphs]
    assert all(table.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None for table in paper.tables[1:])
    pictures = [one._inline.docPr.get("descr") for one in paper.inline_shapes]
    assert len(pictures) >= 3
    assert "Vouchers granted" in pictures[0]
    assert paper.core_properties.title == "Report: First half"
    assert paper.core_properties.language == "en-gb"
    assert paper.core_properties.created == FROZEN
    assert "Danish Company ApS" in [cell.text for row in paper.tables[-1].rows for cell in row.cells]


def test_the_pdf_is_the_same_for_the_same_content(period):
    found = drawn(period)
    assert report.as_pdf(found) == report.as_pdf(found)


def test_drafts_are_for_whoever_sees_the_period(client, cast, period):
    pages = [reverse(f"indicators:{name}", args=[period.pk]) for name in ("period_word", "period_pdf")]
    for who, status in (
        ("office", 200),
        ("finance", 200),
        ("zealand_broker", 200),
        ("belgian_finance", 404),
        ("danish_sme", 403),
    ):
        client.force_login(getattr(cast, who))
        for page in pages:
            answer = client.get(page)
            assert answer.status_code == status, (who, page)
            if status == 200:
                assert 'filename="draft-report-' in answer["Content-Disposition"]
    assert loaded(period).word is None


def test_frozen_both_are_kept_once(client, cast, period):
    actions.freeze(period_id=period.pk, by=SYSTEM, at=FROZEN)
    client.force_login(cast.finance)
    octets = [
        b"".join(client.get(reverse("indicators:period_pdf", args=[period.pk])).streaming_content)
        for _ in range(2)
    ]
    kept = loaded(period)
    assert octets[0] == octets[1] == path_of(kept.pdf.sha256).read_bytes()
    assert kept.word is not None
    again = report.kept_report(kept, kind=Kind.DOCX, at=FROZEN)
    assert again.pk == kept.word_id


def test_the_page_of_the_period_leads_to_both(client, cast, period):
    client.force_login(cast.office)
    page = client.get(period.get_absolute_url()).content.decode()
    assert "Draft of the report (PDF)" in page
    assert reverse("indicators:period_word", args=[period.pk]) in page
