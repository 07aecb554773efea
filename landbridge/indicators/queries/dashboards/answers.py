"""What people said when asked, by months after the support: the mean, how the marks spread, and how many were asked."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Case, Count, F, Q, TextField, Value, When
from django.db.models.fields import DecimalField
from django.db.models.functions import Cast

from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.roles import Role
from landbridge.indicators.queries.scopes import Scope, end_of, in_regions
from landbridge.surveys.models import Answer, Sheet
from landbridge.surveys.queries.measures import YES, sheets_that_count
from landbridge.surveys.queries.rates import Rate, counted
from landbridge.surveys.states import Measure, Sheeted

SCALES = (Measure.SATISFACTION, Measure.RECOMMENDS, Measure.WITHOUT_HELP)
SHOWN = (*SCALES, Measure.CONTINUES)
FEWEST = 5  # answers below which nobody outside the office reads a figure


@dataclass(frozen=True, slots=True)
class Marked:
    """One measure so many months after: the answers by value, and how many sheets asked for it."""

    measure: Measure
    months: int
    spread: tuple[tuple[Decimal, int], ...]
    asked: int

    @property
    def count(self) -> int:
        return sum(count for _value, count in self.spread)

    @property
    def mean(self) -> Decimal | None:
        """Of a scale its mean; of a yes or no the share of yes, 0 to 1."""
        return (
            sum((value * count for value, count in self.spread), Decimal(0)) / self.count
            if self.count
            else None
        )


def marks(scope: Scope, *, actor: Actor) -> list[Marked]:
    """Every shown measure with answers, by months. Figures of few answers are left out for all but office and auditor.

    Two queries.
    """
    worth = Case(
        When(number__isnull=False, then=F("number")),
        When(words__contains=f'"{YES}"', then=Value(1, output_field=DecimalField())),
        default=Value(0, output_field=DecimalField()),
        output_field=DecimalField(max_digits=14, decimal_places=2),
    )
    answers = Answer.objects.filter(
        sheets_that_count(prefix="sheet__"), sheets_in(scope, "sheet__"),
        question__measure__in=SHOWN, answered_at__lt=end_of(scope.as_of),
    ).exclude(sheet__state=Sheeted.DECLINED)  # fmt: skip
    rows = (
        answers.annotate(words=Cast("chosen", TextField()))
        .annotate(worth=worth)
        .order_by()
        .values_list("question__measure", "sheet__months", "worth")
        .annotate(Count("pk"))
    )
    spread: dict[tuple[str, int], list[tuple[Decimal, int]]] = defaultdict(list)
    for measure, months, value, count in rows:
        spread[measure, months].append((Decimal(str(value)), count))
    asked = _asked(scope)
    found = [
        Marked(Measure(measure), months, tuple(sorted(values)), asked.get((measure, months), 0))
        for (measure, months), values in sorted(
            spread.items(), key=lambda one: (SHOWN.index(Measure(one[0][0])), one[0][1])
        )
    ]
    sees_all = actor.role in (Role.OFFICE, Role.AUDITOR, Role.SYSTEM)
    return [one for one in found if sees_all or one.count >= FEWEST]


def rates_by_months(scope: Scope) -> list[tuple[int, Rate]]:
    """How many were asked, answered, declined or fell silent, by months after. One query."""
    rows = Sheet.objects.filter(sheets_that_count(), sheets_in(scope), sent_at__lt=end_of(scope.as_of))
    counts = counted(scope.as_of)
    found = rows.order_by().values_list("months").annotate(**counts).order_by("months")
    return [(months, Rate(*numbers)) for months, *numbers in found]


def sheets_in(scope: Scope, prefix: str = "") -> Q:
    """Asked about something of the programme, or about something of no programme in its regions; in its days."""
    found = Q()
    if scope.programme_id:
        of_none = Q(**{f"{prefix}programme__isnull": True}) & in_regions(scope, f"{prefix}region")
        found = Q(**{f"{prefix}programme_id": scope.programme_id}) | of_none
    if scope.partner_id or scope.region_id is not None:
        found &= in_regions(scope, f"{prefix}region")
    if scope.begins_on and scope.ends_on:
        found &= Q(**{f"{prefix}happened_on__range": (scope.begins_on, scope.ends_on)})
    return found


def _asked(scope: Scope) -> dict[tuple[str, int], int]:
    rows = (
        Sheet.objects.filter(
            sheets_that_count(),
            sheets_in(scope),
            sent_at__lt=end_of(scope.as_of),
            of__questions__measure__in=SHOWN,
        )
        .order_by()
        .values_list("of__questions__measure", "months")
        .annotate(Count("pk", distinct=True))
    )
    return {(measure, months): count for measure, months, count in rows}
