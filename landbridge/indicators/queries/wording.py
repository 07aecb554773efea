"""The words and figures of an indicator in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from landbridge.foundation.ui import formatting
from landbridge.indicators.models import Indicator


@dataclass(frozen=True, slots=True)
class Words:
    """What an indicator is called, in the reader's language where somebody wrote or translated it."""

    name: str
    unit: str
    definition: str


def figure_text(value: Decimal | None, decimals: int) -> str:
    """A figure in the reader's language; "not known" where nothing is known, which is never zero."""
    return _("not known") if value is None else formatting.number(value, places=decimals)


def words_of(indicator: Indicator) -> Words:
    """The reader's language where the office wrote it, else the translation of the product, else as it was written."""
    own = indicator.texts.get(get_language() or "", {})

    def text(name: str) -> str:
        written: str = getattr(indicator, name)
        return own.get(name) or (_(written) if written else "")

    return Words(name=text("name"), unit=text("unit"), definition=text("definition"))
