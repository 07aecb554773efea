"""What a report says, before it becomes a Word file or a PDF: texts, tables and drawings in the active language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from landbridge.foundation.money import Money
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.foundation.ui import formatting
from landbridge.foundation.ui.charts import Chart, Goal, Goals, on_paper
from landbridge.indicators import drawings
from landbridge.indicators.models import Period
from landbridge.indicators.queries import reporting
from landbridge.indicators.queries.dashboards import Look
from landbridge.indicators.queries.reporting import Figured, Granted


@dataclass(frozen=True, slots=True)
class Table:
    """A table of texts; columns named in `right` hold numbers."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: tuple[int, ...] = ()
    total: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart with its title, what it says for who does not see it, and the SVG file."""

    title: str
    said: str
    svg: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """Everything in the order in which it stands."""

    title: str
    programme: str
    language: str
    at: datetime
    facts: tuple[tuple[str, str], ...]
    draft: str
    narrative: tuple[str, ...]
    figures: Table
    targets: Table
    definitions: tuple[tuple[str, str], ...]
    drawings: tuple[Drawing, ...]
    vouchers: Table
    closing: str
    sha256: str
    signature: str
    demonstration: str


def report_of(period: Period, *, language: str, at: datetime) -> Report:
    """The report of a period, which is loaded with its phase, programme and partner. Frozen, it says what was frozen.

    Its words are in the active language, which `language` names.
    """
    figures = reporting.figures_of(period)
    vouchers = reporting.vouchers_of(period)
    programme = period.phase.programme
    return Report(
        title=_("Report: %(period)s") % {"period": period.name},
        programme=programme.name,
        language=language,
        at=period.frozen_at or at,
        facts=_facts(period, at=at),
        draft=""
        if period.frozen_at
        else _("Draft: nothing in it is frozen yet, and its figures may still change."),
        narrative=tuple(part.strip() for part in period.narrative.split("\n\n") if part.strip()),
        figures=_figures(figures),
        targets=_targets(figures),
        definitions=tuple((one.name, one.definition) for one in figures),
        drawings=tuple(_drawings(period, figures)),
        vouchers=_vouchers(vouchers),
        closing=_closing(period),
        sha256=period.sha256,
        signature=period.signature,
        demonstration=_("Demonstration data: companies, people and amounts are invented.")
        if programme.is_demonstration
        else "",
    )


def _facts(period: Period, *, at: datetime) -> tuple[tuple[str, str], ...]:
    days = _("%(first)s to %(last)s") % {
        "first": formatting.day(period.begins_on), "last": formatting.day(period.ends_on)
    }  # fmt: skip
    found = [(_("Programme"), period.phase.programme.name), (_("Phase"), period.phase.name)]
    if period.partner:
        found.append((_("Partner"), period.partner.name))
    found.append((_("Period"), days))
    if period.frozen_at:
        found += [(_("Frozen on"), formatting.day(period.frozen_at)), (_("Frozen by"), period.frozen_by_name)]
    else:
        found.append((_("Drawn up on"), formatting.day(at)))
    return tuple(found)


def _figures(found: Sequence[Figured]) -> Table:
    header = (_("Indicator"), _("Unit"), _("In the period"), _("Up to its end"))
    return Table(header, tuple((one.name, one.unit, one.within, one.whole) for one in found), right=(2, 3))


def _targets(found: Sequence[Figured]) -> Table:
    header = (_("Indicator"), _("Where it began"), _("Reached"), _("Target"), _("Of the way"))
    rows = []
    for one in found:
        if one.target is None:
            continue
        way = one.target - one.baseline
        share = (
            formatting.percent((one.value - one.baseline) / way) if one.value is not None and way > 0 else "–"
        )
        rows.append(
            (one.name, formatting.number(one.baseline), one.whole, formatting.number(one.target), share)
        )
    return Table(header, tuple(rows), right=(1, 2, 3, 4))


def _vouchers(found: Sequence[Granted]) -> Table:
    header = (_("Number"), _("Granted on"), _("Company"), _("Provider"), _("Incentive"), _("Amount"))
    rows = tuple(
        (one.number, formatting.day(one.granted_on), one.company, one.provider, one.incentive, formatting.money(one.amount))
        for one in found
    )  # fmt: skip
    many = ngettext("%(count)s voucher", "%(count)s vouchers", len(found)) % {
        "count": formatting.number(len(found))
    }
    total = (many, "", "", "", "", formatting.money(sum((one.amount for one in found), Money(0))))
    return Table(header, rows, right=(5,), total=total if rows else ())


def _drawings(period: Period, figures: Sequence[Figured]) -> list[Drawing]:
    look = Look(reporting.scope_of(period), period.phase.programme, period.phase, period.partner)
    goals = [Goal(one.name, one.value, one.target, one.baseline) for one in figures if one.target is not None]
    found = [_drawing(_("Progress against targets"), Goals(goals))] if goals else []
    more = [*drawings.of_money(look, SYSTEM), *drawings.of_time(look, SYSTEM)]
    return found + [_drawing(one.title, one.shape, one.note) for one in more]


def _drawing(title: str, shape: Chart, note: str = "") -> Drawing:
    said = shape.sheet().said()
    return Drawing(
        title,
        said if len(said) <= LONGEST_SAID else f"{said[:LONGEST_SAID]} …",
        on_paper(shape.drawn(title), key=shape.key()),
        note,
    )


LONGEST_SAID = 1500


def _closing(period: Period) -> str:
    if period.frozen_at:
        return _(
            "The figures are those that were frozen with their rows. The hash below covers them; the signature is the "
            "network's. Charts show the records as they stood when this document was made."
        )
    return _("The figures were counted in the records when this document was made.")
