"""Money by months: set aside, committed and paid; and where each partner stands."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet, Sum

from landbridge.budgets.models import Entry
from landbridge.budgets.states import Account, Kind
from landbridge.foundation.money import Money
from landbridge.indicators.queries.dashboards.sql import Month
from landbridge.indicators.queries.scopes import Scope, end_of, in_phase
from landbridge.programmes.models import Phase

ALLOCATED = {Kind.ALLOCATE: 1, Kind.MOVE_IN: 1, Kind.WITHDRAW: -1, Kind.MOVE_OUT: -1}
COMMITTED = {Kind.COMMIT: 1, Kind.RELEASE: -1, Kind.RECOVER: -1}
PAID = {Kind.PAY: 1, Kind.RECOVER: -1}
# How much longer than this a phase is not drawn: thirty years.
MOST_MONTHS = 360


@dataclass(frozen=True, slots=True)
class Absorption:
    """What each month added, in cents; the first month of all, and how many are still to come in the phase."""

    first: date
    allocated: tuple[int, ...]
    committed: tuple[int, ...]
    paid: tuple[int, ...]
    ahead: int
    earlier: tuple[tuple[int, tuple[int, ...]], ...] = ()

    @property
    def months(self) -> list[date]:
        """The first day of each known month and of those to come."""
        return [month_after(self.first, n) for n in range(len(self.committed) + self.ahead)]


@dataclass(frozen=True, slots=True)
class Held:
    """Where one partner's money stands, in cents."""

    partner: str
    free: int
    reserved: int
    committed: int
    paid: int


def absorption(scope: Scope) -> Absorption | None:
    """The money of a placed scope, month by month until the day; None where none was ever set aside.

    Two queries: the entries by month and kind, and those of the same programme's other phases, for their seasons.
    """
    rows = _entries(scope).annotate(month=Month("at")).order_by().values_list("month", "kind")
    found = {(month, kind): _cents(amount) for month, kind, amount in rows.annotate(Sum("amount_eur"))}
    if not found:
        return None
    first = _day(min(month for month, _ in found))
    if scope.begins_on:
        first = min(first, scope.begins_on.replace(day=1))
    many = min(months_between(first, scope.as_of) + 1, MOST_MONTHS)
    names = [f"{month_after(first, n):%Y-%m}" for n in range(many)]

    def added(signs: dict[Kind, int]) -> tuple[int, ...]:
        return tuple(sum(sign * found.get((name, kind), 0) for kind, sign in signs.items()) for name in names)

    ahead = months_between(scope.as_of, scope.ends_on) if scope.phase_id and scope.ends_on else 0
    return Absorption(
        first,
        added(ALLOCATED),
        added(COMMITTED),
        added(PAID),
        max(ahead, 0),
        _earlier(scope) if ahead > 0 else (),
    )


def held_by_partner(scope: Scope) -> list[Held]:
    """Each partner's money by account as of the day: one query."""
    rows = (
        _entries(scope)
        .order_by()
        .values_list("line__partner__short_name", "source", "target")
        .annotate(Sum("amount_eur"))
    )
    held: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for partner, source, target, amount in rows:
        held[partner][source] -= _cents(amount)
        held[partner][target] += _cents(amount)
    return [
        Held(partner, of[Account.FREE], of[Account.RESERVED], of[Account.COMMITTED], of[Account.PAID])
        for partner, of in sorted(held.items())
    ]


def month_after(first: date, number: int) -> date:
    """The first day of the month so many months later."""
    year, month = divmod(first.year * 12 + first.month - 1 + number, 12)
    return date(year, month + 1, 1)


def months_between(one: date, other: date) -> int:
    """How many months the second day's month lies after the first one's."""
    return (other.year - one.year) * 12 + other.month - one.month


def _entries(scope: Scope) -> QuerySet[Entry]:
    place = in_phase(scope, phase="line__phase", partner="line__partner", region="line__partner__region")
    return Entry.objects.filter(place, at__lt=end_of(scope.as_of))


def _earlier(scope: Scope) -> tuple[tuple[int, tuple[int, ...]], ...]:
    """What the phases before this one committed, month by month, each from its first month on."""
    before = Phase.objects.filter(programme_id=scope.programme_id or 0, ends_on__lt=scope.begins_on)
    rows = (
        Entry.objects.filter(Q(line__phase__in=before.values("pk")), kind__in=list(COMMITTED))
        .annotate(month=Month("at"))
        .order_by()
        .values_list("line__phase", "month", "kind")
        .annotate(Sum("amount_eur"))
    )
    found: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for phase, month, kind, amount in rows:
        found[phase][month] += COMMITTED[Kind(kind)] * _cents(amount)
    kept = []
    for months in found.values():
        first, last = _day(min(months)), _day(max(months))
        many = min(months_between(first, last) + 1, MOST_MONTHS)
        kept.append((first.month, tuple(months[f"{month_after(first, n):%Y-%m}"] for n in range(many))))
    return tuple(kept)


def _day(month: str) -> date:
    return date(int(month[:4]), int(month[5:7]), 1)


def _cents(amount: Money | None) -> int:
    return amount.cents if amount is not None else 0
