"""The report of a partner and period: the same content as a Word file and as a PDF, kept once the period is frozen."""

from __future__ import annotations

from landbridge.indicators.report.content import Report, report_of
from landbridge.indicators.report.keeping import kept_report
from landbridge.indicators.report.printed import as_pdf
from landbridge.indicators.report.word import as_word

__all__ = ["Report", "as_pdf", "as_word", "kept_report", "report_of"]
