"""Invented values for the charts on the page that shows all components."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from landbridge.foundation.money import euro
from landbridge.foundation.ui import formatting
from landbridge.foundation.ui.charts import (
    Bar,
    Columns,
    Goal,
    Goals,
    Heat,
    Lines,
    Multiples,
    Number,
    Outlook,
    Series,
    Spread,
    Spreads,
)


def context() -> dict[str, Any]:
    """One shape of each kind."""
    months = [f"2014-{n:02}" for n in range(1, 13)]
    quarters = [f"2013 Q{n}" for n in (1, 2, 3, 4)] + [f"2014 Q{n}" for n in (1, 2, 3, 4)]
    return {
        "lines": Lines(
            months,
            [
                Series(_("Enquiries"), (4, 7, 9, 8, 12, 15, 9, 6, 14, 18, 17, 11)),
                Series(_("Introductions"), (1, 3, 4, 6, 6, 9, 7, 3, 8, 11, 12, 9)),
                Series(_("Collaborations"), (None, None, 1, 1, 3, 2, 4, None, 3, 5, 6, 4)),
            ],
            column=_("Month"),
        ),
        "outlook": Outlook(
            months, (20_000, 35_000, 41_000, 66_000, 90_000, 104_000, 131_000),
            (140_000, 155_000, 168_000, 180_000, 188_000), (149_000, 171_000, 192_000, 214_000, 232_000),
            (161_000, 190_000, 219_000, 248_000, 250_000),
            limit=250_000, limit_label=_("Budget"), known_label=_("Committed"), column=_("Month"), write=in_euro,
        ),
        "goals": Goals(
            [Goal(_("Companies supported"), 53, 82), Goal(_("Vouchers granted"), 167, 150, 20), Goal(_("New jobs"), None, 40)],
            column=_("Indicator"),
        ),
        "spreads": Spreads(
            [Spread(q, 6 + n % 3, 11 + n % 4, 19 + 2 * (n % 5), 14 + n) for n, q in enumerate(quarters)], column=_("Quarter")
        ),
        "columns": Columns([Bar(label, n) for label, n in (("0–7", 8), ("8–30", 21), ("31–90", 13), ("90+", 4))], column=_("Days"), value_label=_("Enquiries")),
        "multiples": Multiples(
            months[:6],
            [Series("Stuttgart", (1, 3, 4, 6, 8, 9)), Series("Liège", (0, 1, 2, 2, 3, 5)), Series("Oxford", (2, 4, 4, 7, 11, 12))],
            column=_("Region"),
        ),
        "heat": Heat(["Stuttgart", "Liège", "Oxford"], [Series("Stuttgart", (None, 4, 9)), Series("Liège", (2, None, 5)), Series("Oxford", (7, 1, None))], column=_("From")),
    }  # fmt: skip


def in_euro(value: Number) -> str:
    """An amount in whole euro, as the reader's language writes it."""
    return formatting.money(euro(round(value)))
