"""Where the indicators stand against the targets of a phase and its partner, and the few figures of every page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q

from landbridge.indicators.models import Indicator, Reading
from landbridge.indicators.queries.readings import counted, read
from landbridge.indicators.queries.scopes import Scope
from landbridge.indicators.queries.sources import SOURCES
from landbridge.programmes.models import Target

# The sources of the tiles, from the question to the money and what it led to.
HEADLINE = (
    "enquiries-received", "introductions-made", "enterprises-supported", "vouchers-granted", "money-committed",
    "money-paid", "collaborations-begun", "follow-on-money",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Progress:
    """One target with the indicator behind it, where there is one, and its value (None: not known)."""

    code: str
    name: str
    unit: str
    baseline: int
    target: int | None
    value: Decimal | None
    indicator: Indicator | None
    is_euro: bool = False
    asked: int | None = None
    answered: int | None = None

    @property
    def share(self) -> Decimal | None:
        """How much of the way from baseline to target was gone."""
        if self.value is None or not self.target or self.target == self.baseline:
            return None
        return (self.value - self.baseline) / (self.target - self.baseline)


def progress(scope: Scope, *, is_public: bool = False) -> list[Progress]:
    """Every target of the chosen phase (and partner), or of all phases of the programme, with what was reached.

    Targets of one code in several phases are added. Two queries, and those of each indicator.
    """
    targets = _targets(scope)
    indicators = _indicators(scope, is_public=is_public)
    return [_one(found, indicators, scope) for found in targets]


def headline(scope: Scope) -> list[tuple[str, Decimal | None, Indicator | None]]:
    """The figures of the tiles by their source's key, with the indicator that counts the same, where there is one."""
    by_source = {
        one.source: one
        for one in Indicator.objects.filter(is_active=True, source__in=HEADLINE, parameters={})
    }
    return [
        (key, counted(SOURCES[key], scope, with_rows=False).value, by_source.get(key))
        for key in HEADLINE
        if key in SOURCES
    ]


def _targets(scope: Scope) -> list[Target]:
    """One for each code, added over phases."""
    if not scope.programme_id:
        return []
    phases = Q(phase_id=scope.phase_id) if scope.phase_id else Q(phase__programme_id=scope.programme_id)
    rows = Target.objects.filter(phases, Q(("partner_id", scope.partner_id))).order_by(
        "phase__number", "name", "pk"
    )
    found: dict[str, Target] = {}
    for row in rows:
        if row.code in found:
            found[row.code].value += row.value
        else:
            found[row.code] = row
    return list(found.values())


def _indicators(scope: Scope, *, is_public: bool) -> dict[str, Indicator]:
    """By plain code; a programme's own hides the common one of the same code."""
    rows = Indicator.objects.filter(
        Q(programme__isnull=True) | Q(programme_id=scope.programme_id or 0), is_active=True
    )
    if is_public:
        rows = rows.filter(is_public=True)
    found: dict[str, Indicator] = {}
    for one in sorted(rows.order_by("position", "pk"), key=lambda one: one.programme_id is not None):
        for code in codes_of(one):
            found[code] = one
    return found


def codes_of(indicator: Indicator) -> Iterable[str]:
    """The code of an indicator and the other codes under which programmes set their targets for it."""
    other: Sequence[str] = indicator.links.get("targets") or ()
    return [plain_code(code) for code in (indicator.code, *other)]


def plain_code(code: object) -> str:
    """A code without what people write differently: "smes_supported" is "SMEs-supported"."""
    return str(code).lower().replace("_", "-")


def _one(target: Target, indicators: dict[str, Indicator], scope: Scope) -> Progress:
    indicator = indicators.get(plain_code(target.code))
    if indicator is None:
        return Progress(target.code, target.name, target.unit, target.baseline, target.value, None, None)
    source = SOURCES.get(indicator.source)
    if source is None:
        value, asked, answered = _entered(indicator, scope), None, None
    else:
        found = read(indicator, scope, with_rows=False)
        value, asked, answered = found.value, found.asked, found.whole
    return Progress(
        target.code, target.name, target.unit, target.baseline, target.value, value, indicator,
        is_euro=bool(source and source.is_euro), asked=asked, answered=answered,
    )  # fmt: skip


def _entered(indicator: Indicator, scope: Scope) -> Decimal | None:
    """The newest value entered by hand for just this place."""
    place = Q(("phase_id", scope.phase_id), ("partner_id", scope.partner_id))
    rows = Reading.objects.filter(place, indicator=indicator, as_of__lte=scope.as_of)
    return rows.order_by("-as_of", "-pk").values_list("value", flat=True).first()
