"""Indicators of the demonstration: the common ones, targets, what was published, a month's readings, a frozen period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.indicators import actions
from landbridge.indicators.models import Indicator, Period
from landbridge.indicators.queries.listing import published_figures
from landbridge.indicators.queries.scopes import day_of
from landbridge.indicators.rules import last_of_month
from landbridge.programmes.models import Partner, Phase, PublishedFigure

KEY = "bridging-regions"
# code, target of the phase, target of each partner
TARGETS = (("rco87", 60, 0), ("rcr01", 25, 0), ("vouchers-granted", 60, 15), ("introductions", 80, 20))


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Another value that a programme published for the same thing."""

    programme: str
    code: str
    value: str
    source: str


# Source: the programmes' own publications, as the rules of the field quote them (section 1, table of the lineage).
ELSEWHERE = (
    Elsewhere("fasilis", "collaborations-initiated", "68", "Published elsewhere by the programme itself"),
    Elsewhere("boost4health", "vouchers-granted", "167", "The programme's own press text"),
)


def is_there() -> bool:
    """Whether it was played."""
    return Period.objects.exists()


def play(*, at: datetime) -> None:
    """What the office of the network would have done by the end of last month."""
    actions.add_all_common(by=SYSTEM, at=at)
    _published(at)
    phase = Phase.objects.filter(programme__key=KEY).order_by("-number", "pk")[0]
    _targets(phase, at)
    last = last_of_month(day_of(at))
    for indicator in Indicator.objects.exclude(source="").order_by("position", "pk"):
        actions.take(indicator_id=indicator.pk, as_of=last, by=SYSTEM, at=at)
    _period(phase, last, at)


def _published(at: datetime) -> None:
    for figure_id in published_figures():
        actions.take_published(figure_id=figure_id, by=SYSTEM, at=at)
    for one in ELSEWHERE:
        figure = (
            PublishedFigure.objects.filter(programme__key=one.programme, code=one.code).order_by("pk").first()
        )
        if figure is not None:
            actions.take_published(
                figure_id=figure.pk, value=one.value, source_text=one.source, by=SYSTEM, at=at
            )


def _targets(phase: Phase, at: datetime) -> None:
    partners = list(Partner.objects.filter(programme_id=phase.programme_id).order_by("pk"))
    for code, whole, each in TARGETS:
        indicator = Indicator.objects.get(code=code, programme__isnull=True)
        places: list[tuple[int | None, int]] = [(None, whole)]
        places += [(partner.pk, each) for partner in partners if each]
        for partner_id, value in places:
            actions.set_target(
                indicator_id=indicator.pk, phase_id=phase.pk, partner_id=partner_id, value=value, baseline=0,
                by=SYSTEM, at=at,
            )  # fmt: skip


def _period(phase: Phase, last: date, at: datetime) -> Period:
    """The half year up to the end of last month, frozen; and the next one, open."""
    begins = last_of_month(last - timedelta(days=155)) + timedelta(days=1)
    found = actions.begin_period(
        phase_id=phase.pk, partner_id=None, name="Period 1", begins_on=begins, ends_on=last, by=SYSTEM, at=at
    )
    actions.write(
        period_id=found.pk,
        version=found.version,
        name=found.name,
        narrative=(
            "The first call was published and decided in this period; the desks took up the first enquiries. Fewer "
            "companies applied than planned, because the call was open in summer. (Invented for the demonstration.)"
        ),
        by=SYSTEM,
        at=at,
    )
    frozen = actions.freeze(period_id=found.pk, by=SYSTEM, at=at)
    actions.begin_period(
        phase_id=phase.pk, partner_id=None, name="Period 2", begins_on=last + timedelta(days=1),
        ends_on=last + timedelta(days=181), by=SYSTEM, at=at,
    )  # fmt: skip
    return frozen
