"""Reporting periods: what is read for one, what its hash covers, and whether it still fits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from landbridge.indicators import rules, signing
from landbridge.indicators.models import Indicator, Period, Reading
from landbridge.indicators.queries.readings import read
from landbridge.indicators.queries.scopes import Scope, placed
from landbridge.indicators.queries.wording import figure_text
from landbridge.indicators.rules import Counted


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator of a period: up to its end, and within it alone."""

    indicator: Indicator
    whole: Counted
    within: Counted

    @property
    def texts(self) -> tuple[str, str]:
        """Both figures in the reader's language."""
        decimals = self.indicator.decimals
        return figure_text(self.within.value, decimals), figure_text(self.whole.value, decimals)


@dataclass(frozen=True, slots=True)
class Kept:
    """One indicator of a frozen period: what was frozen, and what it would be if it were counted today."""

    indicator: Indicator
    whole: Reading | None
    within: Reading | None
    again: Decimal | None

    @property
    def texts(self) -> tuple[str, str, str]:
        """Within the period, up to its end, and counted again today, in the reader's language."""
        values = (
            self.within.value if self.within else None,
            self.whole.value if self.whole else None,
            self.again,
        )
        within, whole, again = (figure_text(value, self.indicator.decimals) for value in values)
        return within, whole, again

    @property
    def differs(self) -> bool:
        return bool(self.whole and self.indicator.source and self.whole.value != self.again)


@dataclass(frozen=True, slots=True)
class Verified:
    """Whether a frozen period is what was frozen, and who signed it."""

    hash_fits: bool
    signature: signing.Checked

    @property
    def all_well(self) -> bool:
        return self.hash_fits and self.signature.fits and self.signature.is_ours


def indicators_of(programme_id: int) -> QuerySet[Indicator]:
    """The common indicators in use, and the programme's own."""
    rows = Indicator.objects.filter(Q(programme__isnull=True) | Q(programme_id=programme_id), is_active=True)
    return rows.order_by("position", "code", "pk")


def scopes_of(period: Period) -> tuple[Scope, Scope]:
    """Up to the end of the period, and within it; load it with its phase."""
    whole = placed(
        Scope(
            as_of=period.ends_on,
            programme_id=period.phase.programme_id,
            phase_id=period.phase_id,
            partner_id=period.partner_id,
        )
    )
    within = Scope(
        as_of=whole.as_of,
        since=period.begins_on,
        programme_id=whole.programme_id,
        phase_id=whole.phase_id,
        partner_id=whole.partner_id,
        begins_on=whole.begins_on,
        ends_on=whole.ends_on,
        is_placed=True,
    )
    return whole, within


def lines_of(period: Period, *, with_rows: bool = False) -> list[Line]:
    """Every indicator as it would be frozen now; what is entered by hand, as it was entered last."""
    whole, within = scopes_of(period)
    found = []
    by_hand = entered_by(period)
    for indicator in indicators_of(period.phase.programme_id):
        if indicator.source:
            both = (read(indicator, scope, with_rows=with_rows) for scope in (whole, within))
            found.append(Line(indicator, *both))
        elif indicator.pk in by_hand:
            found.append(Line(indicator, Counted(by_hand[indicator.pk].value), Counted(None)))
    return found


def entered_by(period: Period) -> dict[int, Reading]:
    """The last figures entered by hand or published for the phase or partner, by the end of the period."""
    rows = Reading.objects.filter(
        Q(partner_id=period.partner_id), phase_id=period.phase_id, period__isnull=True,
        indicator__source="", as_of__lte=period.ends_on,
    )  # fmt: skip
    return {row.indicator_id: row for row in rows.order_by("as_of", "read_at", "pk")}


def readings_of(period: Period) -> QuerySet[Reading]:
    """What was frozen, in the order of the indicators."""
    rows = Reading.objects.filter(period_id=period.pk).select_related("indicator")
    return rows.order_by("indicator__position", "indicator__code", "indicator_id", "since", "pk")


def kept_of(period: Period) -> list[Kept]:
    """Each frozen indicator beside what it would be today."""
    whole: dict[int, Reading] = {}
    within: dict[int, Reading] = {}
    indicators: dict[int, Indicator] = {}
    for row in readings_of(period):
        indicators[row.indicator_id] = row.indicator
        (whole if row.since is None else within)[row.indicator_id] = row
    scope, _ = scopes_of(period)
    return [
        Kept(
            indicator,
            whole.get(pk),
            within.get(pk),
            read(indicator, scope, with_rows=False).value if indicator.source else None,
        )
        for pk, indicator in indicators.items()
    ]


def content_of(period: Period, readings: Iterable[Reading]) -> dict[str, Any]:
    """Everything that a frozen period says: its place, days and text, and each reading with the hash of its rows."""
    lines = [_line(row) for row in readings]
    return {
        "phase": period.phase_id,
        "partner": period.partner_id,
        "name": period.name,
        "begins_on": period.begins_on.isoformat(),
        "ends_on": period.ends_on.isoformat(),
        "narrative": period.narrative,
        "readings": sorted(lines, key=lambda line: (str(line["code"]), str(line["since"] or ""))),
    }


def hashed(period: Period, readings: Iterable[Reading]) -> str:
    """The SHA-256 over the canonical text of what it says."""
    return rules.sha256_of(content_of(period, readings))


def verified(period: Period) -> Verified:
    """Counted again from what is kept: the hash, and the signature over it."""
    rows = list(Reading.objects.filter(period_id=period.pk).select_related("indicator"))
    fits = hashed(period, rows) == period.sha256 and all(
        rules.sha256_of_rows(row.rows) == row.rows_sha256 for row in rows
    )
    return Verified(hash_fits=fits, signature=signing.check(period.sha256, period.signature))


def _line(row: Reading) -> dict[str, Any]:
    return {
        "indicator": row.indicator_id,
        "code": row.indicator.code,
        "definition": row.definition,
        "as_of": _day(row.as_of),
        "since": _day(row.since),
        "value": None if row.value is None else f"{row.value:.2f}",
        "part": row.part,
        "whole": row.whole,
        "asked": row.asked,
        "rows_sha256": row.rows_sha256,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
