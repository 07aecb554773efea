"""From the figures of the dashboards to their charts: the same on the page, in its download and in the report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from itertools import accumulate

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from landbridge.algorithms.forecast import forecast
from landbridge.foundation.money import Money
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.permissions.roles import Role
from landbridge.foundation.ui import formatting
from landbridge.foundation.ui.charts import (
    Bar,
    Chart,
    Columns,
    Goal,
    Goals,
    Heat,
    Lines,
    Number,
    Outlook,
    Ranking,
    Series,
    Spread,
    Spreads,
    Stack,
    Wholes,
)
from landbridge.foundation.ui.map import Flow, RegionMark
from landbridge.indicators.models import Indicator
from landbridge.indicators.queries import dashboards
from landbridge.indicators.queries.dashboards import Absorption, Look, Marked, Progress
from landbridge.indicators.queries.sources import SOURCES
from landbridge.surveys.queries.rates import Rate
from landbridge.surveys.states import Measure

MOST_FLOWS = 40


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart with its title; where it shows ways between regions also the map; and where its rows are."""

    key: str
    title: str
    shape: Chart
    note: str = ""
    href: str = ""
    href_label: str = ""
    marks: Sequence[RegionMark] = ()
    flows: Sequence[Flow] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """One tile: the figure as it is written, what it is, and the indicator behind it."""

    figure: str
    label: str
    href: str = ""


def tiles_of(found: Sequence[tuple[str, Decimal | None, Indicator | None]]) -> list[Figure]:
    """The headline figures; one that is not known is left out."""
    return [
        Figure(
            in_euro(value) if SOURCES[key].is_euro else formatting.number(value, places=0),
            _(SOURCES[key].name),
            indicator.get_absolute_url() if indicator else "",
        )
        for key, value, indicator in found
        if value is not None
    ]


# ── Progress ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def of_progress(found: Sequence[Progress]) -> list[Drawn]:
    """Every target that has one, as a bar towards it."""
    if not found:
        return []
    goals = [Goal(one.name, one.value, one.target, one.baseline) for one in found]
    return [Drawn("targets", _("Progress against targets"), Goals(goals, column=_("Indicator")))]


# ── Money ────────────────────────────────────────────────────────────────────────────────────────────────────────────
def of_money(look: Look, actor: Actor) -> list[Drawn]:
    """Absorption with its forecast and where each partner stands; without budgets for who may not see them."""
    found = dashboards.absorption(look.scope)
    if found is None:
        return []
    sees_budgets = actor.may(P.BUDGET_SEE)
    drawn = [committed_ahead(found, look, with_limit=sees_budgets)] if sees_budgets else []
    drawn.append(money_so_far(found))
    if sees_budgets and look.partner is None:
        drawn.append(money_by_partner(look))
    return drawn


def committed_ahead(found: Absorption, look: Look, *, with_limit: bool = True) -> Drawn:
    """What was committed, and what may be by the end of the phase."""
    is_whole = (look.scope.as_of + timedelta(days=1)).day == 1
    committed = found.committed if is_whole else found.committed[:-1]
    ahead = (
        found.ahead + (0 if is_whole else 1) if found.ahead or (not is_whole and look.phase) else found.ahead
    )
    limit = sum(found.allocated)
    coming = forecast(
        committed, first_month=found.first.month, ahead=ahead, limit=limit if limit > 0 else None, earlier=found.earlier
    )  # fmt: skip
    months = found.months[: len(committed) + (ahead if coming.is_known else 0)]
    shape = Outlook(
        [month_label(day) for day in months], _euro(accumulate(committed)),
        _euro(coming.low), _euro(coming.middle), _euro(coming.high),
        limit=limit / 100 if with_limit and limit > 0 else None, limit_label=_("Set aside"),
        known_label=_("Committed"), column=_("Month"), write=in_euro,
    )  # fmt: skip
    note = _("Whole months are drawn. The band holds what eight of ten futures would bring, if the phase goes on as it has gone and as earlier phases went.")  # fmt: skip
    if not coming.is_known and look.phase is None:
        note = _("A forecast is one of a phase: choose one that is not over.")
    elif not coming.is_known:
        note = _(
            "There is no forecast: it needs six whole months, four of them with commitments, and a phase that is not over."
        )
    return Drawn("absorption", _("Money committed, and its forecast"), shape, note)


def money_so_far(found: Absorption) -> Drawn:
    """Committed and paid, added up month by month."""
    shape = Lines(
        [month_label(day) for day in found.months[: len(found.committed)]],
        [Series(_("Committed"), _euro(accumulate(found.committed))), Series(_("Paid"), _euro(accumulate(found.paid)))],
        column=_("Month"), write=in_euro,
    )  # fmt: skip
    return Drawn("committed", _("Committed and paid"), shape)


def money_by_partner(look: Look) -> Drawn:
    """Where each partner's money stands."""

    def stack(held: dashboards.Held) -> Stack:
        parts = (
            (_("Paid"), held.paid), (_("Committed"), held.committed), (_("Reserved"), held.reserved), (_("Free"), held.free),
        )  # fmt: skip
        bars = [Bar(name, Money(max(cents, 0)).decimal, in_euro(cents / 100)) for name, cents in parts]
        return Stack(held.partner, bars, shown=_("%(free)s free") % {"free": bars[-1].shown})

    stacks = [stack(held) for held in dashboards.held_by_partner(look.scope)]
    return Drawn("partners", _("Money by partner"), Wholes(stacks, column=_("Partner"), write=in_euro))


# ── Time ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
def of_time(look: Look, actor: Actor) -> list[Drawn]:  # noqa: ARG001 - every part is asked alike
    """How long each stretch of the way took, by quarter."""
    drawn = []
    for stretch in dashboards.STRETCHES:
        quarters = dashboards.by_quarter(stretch, look.scope)
        if quarters:
            spreads = [
                Spread(
                    _("Q%(quarter)s %(year)s") % {"quarter": q.number, "year": q.year},
                    q.low,
                    q.middle,
                    q.high,
                    q.count,
                )
                for q in quarters
            ]
            shape = Spreads(spreads, column=_("Quarter"))
            drawn.append(Drawn(stretch.key, _(stretch.name), shape, _(stretch.explanation)))
    return drawn


# ── Between regions ──────────────────────────────────────────────────────────────────────────────────────────────────
def of_flows(look: Look, actor: Actor, *, way: str = "") -> list[Drawn]:  # noqa: ARG001 - every part is asked alike
    """What went from region to region: a map with arrows, and a table from and to."""
    chosen = next((one for one in dashboards.WAYS if one.key == way), dashboards.WAYS[0])
    found = dashboards.ways(chosen, look.scope)
    if not found:
        return []
    regions = dashboards.ways_with_regions(found)
    inside = dict.fromkeys((region.name for region in regions), 0)
    for origin, _target, count in found:
        inside[origin] = inside.get(origin, 0) + count
    marks = [
        RegionMark(one.name, float(one.latitude), float(one.longitude), "", inside[one.name])
        for one in regions
    ]
    across = [Flow(origin, target, count) for origin, target, count in found if origin != target]
    targets = sorted({target for _origin, target, _count in found})
    counts = {(origin, target): count for origin, target, count in found}
    rows = [
        Series(origin, [counts.get((origin, target)) for target in targets])
        for origin in sorted({origin for origin, _target, _count in found})
    ]
    note = _(
        "From the region of the company to the region of the provider; what stayed inside a region is in the table."
    )
    return [
        Drawn(
            "ways",
            _(chosen.heading),
            Heat(targets, rows, column=_("From")),
            note,
            marks=marks,
            flows=across[:MOST_FLOWS],
        )
    ]


# ── What people said ─────────────────────────────────────────────────────────────────────────────────────────────────
def of_answers(look: Look, actor: Actor) -> list[Drawn]:
    """Who answered, and what they said; each mean with how many of how many answered."""
    rates = [(months, rate) for months, rate in dashboards.rates_by_months(look.scope) if rate.asked]
    drawn = []
    if rates:
        names = (_("Answered"), _("Declined"), _("Silent"), _("May still answer"))

        def stack(months: int, rate: Rate) -> Stack:
            numbers = (rate.answered, rate.declined, rate.lapsed, max(rate.open, 0))
            parts = [Bar(name, number) for name, number in zip(names, numbers, strict=True)]
            shown = _("%(answered)s of %(asked)s answered (%(share)s)") % {
                "answered": formatting.number(rate.answered), "asked": formatting.number(rate.asked),
                "share": formatting.percent(rate.answered / rate.asked),
            }  # fmt: skip
            return Stack(after(months), parts, shown=shown)

        shape = Wholes([stack(months, rate) for months, rate in rates], column=_("Asked"))
        drawn.append(Drawn("rates", _("How many answered"), shape))
    found = dashboards.marks(look.scope, actor=actor)
    measures = dict.fromkeys(one.measure for one in found)
    return drawn + [
        _marked(measure, [one for one in found if one.measure is measure]) for measure in measures
    ]


def _marked(measure: Measure, found: Sequence[Marked]) -> Drawn:
    is_share = measure is Measure.CONTINUES

    def write(value: Number) -> str:
        return (
            formatting.percent(Decimal(str(value)))
            if is_share
            else formatting.number(Decimal(str(value)), places=1)
        )

    bars = []
    for one in found:
        mean = one.mean or Decimal(0)
        shown = _("%(mean)s, from %(count)s of %(asked)s asked") % {
            "mean": write(mean), "count": formatting.number(one.count), "asked": formatting.number(one.asked)
        }  # fmt: skip
        bars.append(Bar(after(one.months), mean, shown))
    note = _("Who did not answer is not counted.")
    return Drawn(
        measure.value,
        _(measure.label),
        Ranking(bars, column=_("Asked"), value_label=_("Mean"), most=1 if is_share else 5, write=write),
        note,
    )


# ── What waits ───────────────────────────────────────────────────────────────────────────────────────────────────────
def of_waiting(look: Look, actor: Actor) -> list[Drawn]:
    """How old what is open is, and what was looked for in vain."""
    drawn = []
    for one in dashboards.WAITING:
        counts = dashboards.waiting(one, look.scope)
        bars = [Bar(age_label(n), count) for n, count in enumerate(counts)]
        shape = Columns(bars, column=_("Days"), value_label=_("How many"))
        total = sum(counts)
        note = ngettext("%(count)s waits.", "%(count)s wait.", total) % {"count": formatting.number(total)}
        drawn.append(Drawn(one.key, _(one.name), shape, note, reverse(one.page), _("Open the list")))
    if actor.role is not Role.FINANCE:
        wishes = dashboards.unmet(look.scope)
        if wishes:
            bars = [Bar(one.text, one.times) for one in wishes]
            wanted = Ranking(bars, column=_("Words"), value_label=_("Times"))
            note = _("What people looked for most often without finding anything, in the whole network.")
            drawn.append(Drawn("unmet", _("Unmet demand"), wanted, note))
    return drawn


# ── Shared ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def age_label(number: int) -> str:
    """The days of an age: "0–7", "> 180"."""
    first, end = dashboards.AGES[number]
    return f"> {first - 1}" if end is None else f"{first}–{end - 1}"


def after(months: int) -> str:
    """So many months after the support."""
    if not months:
        return _("Soon after")
    return ngettext("%(count)s month after", "%(count)s months after", months) % {"count": months}


def month_label(day: object) -> str:
    """A month in few letters: "May 2014"."""
    return date_format(day, "M Y")  # type: ignore[arg-type]


def in_euro(value: Number) -> str:
    """An amount in whole euro."""
    return formatting.money(Money(round(float(value)) * 100))


def _euro(cents: object) -> list[float]:
    return [value / 100 for value in cents]  # type: ignore[attr-defined]


Part = Callable[[Look, Actor], list[Drawn]]
