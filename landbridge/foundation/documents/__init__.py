"""Documents as accessible PDF (PDF/UA-1 and PDF/A-2a in one file): a template, plain data, the same bytes each time."""

from __future__ import annotations

from landbridge.foundation.documents.render import pdf

__all__ = ["pdf"]
