"""The press kit's figures: public indicators as of a day, read from the rows and not from memory."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from landbridge.foundation.ui.formatting import day, number
from landbridge.indicators.models import Indicator
from landbridge.indicators.queries import Scope, read, words_of
from landbridge.programmes.models import Programme

MOST_FIGURES = 24


@dataclass(frozen=True, slots=True)
class PressFigure:
    """One figure with what it counts."""

    name: str
    unit: str
    definition: str
    value: Decimal
    shown: str
    address: str
    code: str


def figures(*, as_of: date, programme: Programme | None = None) -> list[PressFigure]:
    """The public indicators of the network, or of one programme, that are known and more than nothing."""
    scope = Scope(as_of=as_of, programme_id=programme.pk if programme else None)
    rows = Indicator.objects.filter(is_public=True, is_active=True, programme=None)
    found = []
    for indicator in rows.order_by("position", "code", "pk")[:MOST_FIGURES]:
        value = read(indicator, scope, with_rows=False).value
        if value is None or value == 0:
            continue
        words = words_of(indicator)
        shown = number(value, places=indicator.decimals)
        found.append(
            PressFigure(
                words.name,
                words.unit,
                words.definition,
                value,
                shown,
                indicator.get_absolute_url(),
                indicator.code,
            )
        )
    return found


def facts(shown: list[PressFigure], *, as_of: date, name: str, funder: str, contact: str) -> dict[str, Any]:
    """What the fact sheet is drawn from."""
    return {
        "name": name,
        "lead": _("A network of regions that helps its life-science companies work across borders."),
        "as_of": _("Figures as of %(day)s") % {"day": day(as_of)},
        "funder": funder,
        "note": _("A demonstration: these figures count invented things too.")
        if settings.LANDBRIDGE_DEMONSTRATION
        else "",
        "facts_title": _("In figures"),
        "header": [_("What"), _("How much")],
        "rows": [[f"{one.name}", f"{one.shown} {one.unit}".strip()] for one in shown],
        "definitions_title": _("What is counted"),
        "definitions": [[one.name, one.definition] for one in shown],
        "contact": _("Questions: %(contact)s") % {"contact": contact} if contact else "",
    }
