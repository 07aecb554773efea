"""Indicators for lists and pages: their words, last readings, targets, and what else counts the same thing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F, Q

from landbridge.foundation.permissions.actor import Actor
from landbridge.indicators.models import Indicator, Reading
from landbridge.indicators.queries.guarding import course_shown_to, hides, shown_to
from landbridge.indicators.queries.readings import read, series
from landbridge.indicators.queries.scopes import Scope, placed
from landbridge.indicators.queries.sources import SOURCES, Source
from landbridge.indicators.queries.wording import Words, figure_text, words_of
from landbridge.indicators.rules import Counted, last_of_month, months_later
from landbridge.indicators.states import Came
from landbridge.programmes.models import Phase, PublishedFigure, Target

MONTHS = 24
LONGEST_LIST = 200


@dataclass(frozen=True, slots=True)
class Listed:
    """One indicator of a list, with the last reading of the whole network."""

    indicator: Indicator
    words: Words
    source: Source | None
    reading: Reading | None

    @property
    def text(self) -> str:
        """The last figure in the reader's language; empty where there is none."""
        return figure_text(self.reading.value, self.indicator.decimals) if self.reading else ""


@dataclass(frozen=True, slots=True)
class Aimed:
    """A target with what the records give for its place by the day, and how far that is from the baseline."""

    target: Target
    value: Decimal | None
    decimals: int = 0

    @property
    def text(self) -> str:
        """What the records give, in the reader's language."""
        return figure_text(self.value, self.decimals)

    @property
    def share(self) -> Decimal | None:
        """Of the way from the baseline to the target; over 1 where it was passed."""
        way = self.target.value - self.target.baseline
        if self.value is None or way <= 0:
            return None
        return (self.value - self.target.baseline) / way


@dataclass(frozen=True, slots=True)
class Beside:
    """A figure for the same thing: how it came, as of when, by which definition."""

    name: str
    value: Decimal | None
    decimals: int
    said: str
    came: Came
    as_of: date
    definition: str
    source_text: str = ""
    href: str = ""

    @property
    def text(self) -> str:
        """The figure in the reader's language."""
        return figure_text(self.value, self.decimals)


def listed(actor: Actor, *, kind: str = "", programme: str = "", text: str = "") -> list[Listed]:
    """The indicators that somebody may read about: two queries, whatever their number."""
    rows = Indicator.objects.visible_to(actor).select_related("programme")
    if kind:
        rows = rows.filter(kind=kind)
    if programme:
        rows = rows.filter(Q(programme_id=programme) | Q(programme__isnull=True))
    found = list(rows.order_by("position", "code", "pk")[:LONGEST_LIST])
    last = {row.indicator_id: row for row in last_readings(found).values() if not hides(actor, row)}
    every = [Listed(one, words_of(one), SOURCES.get(one.source), last.get(one.pk)) for one in found]
    sought = text.casefold()
    return [one for one in every if sought in f"{one.indicator.code} {one.words.name}".casefold()]


def last_readings(indicators: Sequence[Indicator]) -> dict[int, Reading]:
    """The last reading of the whole network for each; one query, without the rows behind them."""
    ids = [one.pk for one in indicators]
    rows = Reading.objects.filter(
        indicator__in=ids, phase__isnull=True, partner__isnull=True, region__isnull=True, period__isnull=True
    ).defer("rows", "definition")
    last = rows.order_by("indicator_id", "-as_of", "-read_at", "-pk")
    of = {one.pk: one for one in indicators}
    kept: dict[int, Reading] = {}
    for row in last[: 60 * max(len(ids), 1)]:
        row.indicator = of[row.indicator_id]
        kept.setdefault(row.indicator_id, row)
    return kept


def readings_of(indicator: Indicator, scope: Scope, *, actor: Actor) -> list[Reading]:
    """The readings kept for a place, the newest day first; without their rows."""
    rows = Reading.objects.filter(
        Q(phase_id=scope.phase_id), Q(partner_id=scope.partner_id), indicator=indicator, since__isnull=True
    ).select_related("indicator", "phase__programme", "partner", "period")
    found = rows.defer("rows").order_by("-as_of", "-read_at", "-pk")[:MONTHS]
    return [row for row in found if not hides(actor, row)]


def months_until(day: date, *, months: int = MONTHS) -> list[date]:
    """The last days of so many months, and the day itself, in ascending order."""
    days = [day]
    while len(days) <= months:
        last = last_of_month(days[-1])
        days.append(last if last < days[-1] else last_of_month(last.replace(day=1)))
    return sorted(set(days))


def _days_of_course(scope: Scope) -> list[date]:
    """The last two years; of a phase its own time and the two years in which answers still come, by quarter."""
    if scope.begins_on is None or scope.ends_on is None:
        return months_until(scope.as_of)
    last = min(scope.as_of, months_later(scope.ends_on, MONTHS))
    months = max((last.year - scope.begins_on.year) * 12 + last.month - scope.begins_on.month, 0)
    days = months_until(last, months=months)
    step = 1 if months <= 2 * MONTHS else 3
    return sorted(days[::-1][::step])


def course_of(indicator: Indicator, scope: Scope, *, actor: Actor) -> list[tuple[date, Decimal | None]]:
    """The figure at the end of each month up to the day; entered by hand, what was entered."""
    if not indicator.source:
        rows = reversed(readings_of(indicator, scope, actor=actor))
        return [(row.as_of, row.value) for row in rows]
    days = _days_of_course(scope)
    course = list(zip(days, series(indicator, scope, days), strict=True))
    return course_shown_to(actor, indicator, scope, course)


# ── Targets ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def codes_of_targets(indicator: Indicator) -> list[str]:
    """The codes under which phases and partners set their targets for it."""
    return [indicator.code, *indicator.links.get("targets", [])]


def targets_of(indicator: Indicator, scope: Scope, *, actor: Actor) -> list[Aimed]:
    """The targets of the phases, the newest first; of one phase also those of its partners. Each is counted."""
    rows = Target.objects.filter(code__in=codes_of_targets(indicator)).select_related(
        "phase__programme", "partner"
    )
    if indicator.programme_id:
        rows = rows.filter(phase__programme_id=indicator.programme_id)
    if scope.phase_id:
        rows = rows.filter(phase_id=scope.phase_id)
        rows = rows.filter(partner_id=scope.partner_id) if scope.partner_id else rows
    else:
        rows = rows.filter(partner__isnull=True)
    as_of = scope.as_of
    found = rows.order_by(
        "-phase__starts_on", "phase_id", F("partner__short_name").asc(nulls_first=True), "pk"
    )[:50]
    phases: dict[int, Scope] = {}
    aimed = []
    for target in found:
        phase = target.phase
        if phase.pk not in phases:
            day = max(min(as_of, phase.ends_on), phase.starts_on)
            phases[phase.pk] = placed(Scope(as_of=day, programme_id=phase.programme_id, phase_id=phase.pk))
        place = replace(phases[phase.pk], partner_id=target.partner_id)
        counted = shown_to(actor, indicator, read(indicator, place, with_rows=False))
        aimed.append(Aimed(target, counted.value, indicator.decimals))
    return aimed


# ── The same thing, counted otherwise ────────────────────────────────────────────────────────────────────────────────
def beside_of(indicator: Indicator, scope: Scope, counted: Counted, *, actor: Actor) -> list[Beside]:
    """This figure, those that count the same otherwise, and what was published: each with its definition."""
    others = Indicator.objects.visible_to(actor).filter(code__in=indicator.links.get("beside", []))
    others = others.filter(
        Q(programme__isnull=True) | Q(programme_id=indicator.programme_id or scope.programme_id)
    )
    found = []
    if indicator.source:
        found.append(_computed(indicator, counted, scope))
    every = [indicator, *others.order_by("position", "pk")]
    counted_too = (other for other in every[1:] if other.source)
    found.extend(
        _computed(other, shown_to(actor, other, read(other, scope, with_rows=False)), scope)
        for other in counted_too
    )
    found.extend(_told(every, scope))
    return found


def _computed(indicator: Indicator, counted: Counted, scope: Scope) -> Beside:
    words = words_of(indicator)
    return Beside(
        name=words.name, value=counted.value, decimals=indicator.decimals, said="", came=Came.COMPUTED,
        as_of=scope.as_of, definition=words.definition, href=indicator.get_absolute_url(),
    )  # fmt: skip


def _told(indicators: Sequence[Indicator], scope: Scope) -> Iterator[Beside]:
    """Published figures and those entered by hand, for the same place, by the day."""
    rows = Reading.objects.filter(
        Q(partner_id=scope.partner_id), indicator__in=indicators, came__in=[Came.PUBLISHED, Came.ENTERED],
        as_of__lte=scope.as_of,
    ).select_related("indicator", "phase__programme")  # fmt: skip
    if scope.phase_id:
        rows = rows.filter(phase_id=scope.phase_id)
    elif scope.programme_id:
        rows = rows.filter(phase__programme_id=scope.programme_id)
    for row in rows.defer("rows").order_by("as_of", "pk")[:50]:
        phase = f" ({row.phase})" if row.phase else ""
        yield Beside(
            name=words_of(row.indicator).name + phase, value=row.value, decimals=row.indicator.decimals,
            said=row.said, came=Came(row.came), as_of=row.as_of, definition=row.definition,
            source_text=row.source_text, href=row.get_absolute_url(),
        )  # fmt: skip


def indicator_of_published(figure: PublishedFigure) -> Indicator | None:
    """The indicator that means the same as a published figure: by its code, or by one it is linked to."""
    rows = Indicator.objects.filter(Q(programme__isnull=True) | Q(programme_id=figure.programme_id))
    for one in rows.order_by("programme_id", "position", "pk"):
        if figure.code in (one.code, *one.links.get("published", [])):
            return one
    return None


def published_figures() -> list[int]:
    """The ids of what programmes published, the oldest phase first."""
    rows = PublishedFigure.objects.order_by("phase__starts_on", "pk")
    return list(rows.values_list("pk", flat=True))


def places_of(indicator: Indicator) -> list[tuple[str, str]]:
    """Phases for the choice of a place, the newest first."""
    rows = Phase.objects.select_related("programme").order_by("-starts_on", "pk")
    if indicator.programme_id:
        rows = rows.filter(programme_id=indicator.programme_id)
    return [(str(one.pk), str(one)) for one in rows[:LONGEST_LIST]]


def table_of(actor: Actor, scope: Scope) -> Iterator[list[Any]]:
    """Every indicator that somebody may read about, counted for a place: for a download."""
    scope = placed(scope)
    for one in listed(actor):
        counted = shown_to(actor, one.indicator, read(one.indicator, scope, with_rows=False))
        yield [
            one.indicator.code, one.words.name, one.words.unit, counted.value, counted.part, counted.whole,
            counted.asked, scope.since, scope.as_of, one.words.definition, one.indicator.version,
        ]  # fmt: skip


def to_read(day: date) -> list[int]:
    """The active indicators that are counted and have no reading of the day yet."""
    there = Reading.objects.filter(as_of=day, came=Came.COMPUTED, period__isnull=True, since__isnull=True)
    rows = (
        Indicator.objects.filter(is_active=True)
        .exclude(source="")
        .exclude(pk__in=there.values("indicator_id"))
    )
    return list(rows.order_by("position", "pk").values_list("pk", flat=True))
