"""What became of the vouchers: used, paid and closed, declined, lapsed, or still running; and the ledger of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from landbridge.budgets import actions as budgets
from landbridge.budgets.models import Entry, Line
from landbridge.budgets.states import Account, Kind
from landbridge.demonstration.years.applying import Applied, day_in
from landbridge.demonstration.years.chance import moment
from landbridge.demonstration.years.ground import INSTALMENT, Ground
from landbridge.demonstration.years.writing import put
from landbridge.foundation.money import Money, euro
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.programmes.models import Phase
from landbridge.vouchers.models import Extension, Voucher
from landbridge.vouchers.rules import DAYS_TO_CLAIM, months_later, number_for
from landbridge.vouchers.states import S

DECLINED, NEVER_USED = 0.04, 0.11
UNDERSPENT = 0.22  # so much of its budget a partner does not commit
LABEL = Voucher._meta.label_lower


@dataclass(slots=True)
class Granted:
    """One voucher, and when and how much of it is claimed; what is None never is, or not yet."""

    row: Voucher
    applied: Applied
    claims_at: datetime | None = None
    paid: list[tuple[datetime, Money]] = field(default_factory=list)
    extended: bool = False

    @property
    def left(self) -> Money:
        """What is still committed after all payments."""
        rest = self.row.amount_eur
        for _at, amount in self.paid:
            rest -= amount
        return rest


def granted(ground: Ground, applications: list[Applied]) -> list[Granted]:
    """A voucher for each award, as far as the company's own choices bring it; its claims end it, then it is written."""
    return [_drawn(ground, one) for one in applications if one.awarded and one.decided_at]


def write(ground: Ground, vouchers: list[Granted]) -> None:
    """The vouchers as they stand, and the extensions of some."""
    extensions = [_extension(ground, one) for one in vouchers if one.extended]
    put(one.row for one in vouchers)
    put(extensions)


def _drawn(ground: Ground, one: Applied) -> Granted:
    chance, until = ground.chance, ground.span.until
    awarded_at = one.decided_at or until
    granted_on = day_in(one.call, awarded_at)
    row = Voucher(
        application=one.row,
        line=ground.lines[one.row.partner_id, one.call.phase_id],
        number=number_for(one.row.number),
        amount_eur=one.awarded or INSTALMENT,
        legal_basis=one.offer.legal_basis,
        granted_on=granted_on,
        valid_until=months_later(granted_on, one.offer.validity_months),
        awarded_at=awarded_at,
    )
    found = Granted(row, one)
    answered = awarded_at + chance.lasting(8, 0.5)
    lapses = moment(row.valid_until + timedelta(days=DAYS_TO_CLAIM + 1), hour=4)
    if answered > until:
        return found
    if chance.happens(DECLINED):
        row.state, row.ended_at = S.DECLINED, answered
        return found
    row.state, row.accepted_at = S.ACTIVE, answered
    if chance.happens(NEVER_USED):
        if lapses <= until:
            row.state, row.ended_at = S.LAPSED, lapses
        return found
    used_for = 0.35 + 0.72 * chance.draw.random()
    claims_at = answered + (moment(row.valid_until, hour=11) - answered) * used_for
    found.extended = used_for > 1 and claims_at < until
    found.claims_at = min(claims_at, lapses - timedelta(days=20))
    return found


def _extension(ground: Ground, one: Granted) -> Extension:
    """More time for those whose work had begun late."""
    was = one.row.valid_until
    one.row.valid_until = months_later(was, 3)
    return Extension(
        voucher=one.row,
        was_valid_until=was,
        valid_until=one.row.valid_until,
        began_on=was - timedelta(days=60),
        reason="The samples came later than planned.",
        person_name="The office",
        at=min(moment(was - timedelta(days=20)), ground.span.until),
    )


# ── The ledger ───────────────────────────────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True, slots=True)
class Posted:
    """One movement of a voucher's money, before it has its number in the line."""

    at: datetime
    kind: Kind
    source: Account
    target: Account
    amount: Money
    reason: str


def book(ground: Ground, vouchers: list[Granted]) -> int:
    """Allocate to each line more than it ever commits, and write every movement in its order; how many they are."""
    by_line: dict[int, list[tuple[Posted, Granted]]] = defaultdict(list)
    lines: dict[int, Line] = {}
    for one in vouchers:
        lines[one.row.line_id] = one.row.line
        by_line[one.row.line_id] += [(posted, one) for posted in _movements(one)]
    phases = {phase.pk: phase for phase in ground.phases}
    entries: list[Entry] = []
    for line_id, movements in sorted(by_line.items()):
        line = lines[line_id]
        first = _allocate(line, phases[line.phase_id], (posted for posted, _one in movements))
        movements.sort(key=lambda pair: (pair[0].at, pair[1].row.pk, pair[0].kind))
        entries += [
            _entry(line_id, number, posted, one)
            for number, (posted, one) in enumerate(movements, start=first)
        ]
    put(entries)
    return len(entries)


def _allocate(line: Line, phase: Phase, movements: Iterable[Posted]) -> int:
    """Bring in what is missing beside the first instalment; the number of the entry after it."""
    committed = sum(posted.amount.cents for posted in movements if posted.kind is Kind.COMMIT)
    amount = euro(round(committed / 100_000 / (1 - UNDERSPENT)) * 1000 + 1000) - INSTALMENT
    if amount.cents <= 0:
        return 2
    at = moment(phase.starts_on)
    budgets.allocate(line=line, amount=amount, reason="Voucher money of the phase", by=SYSTEM, at=at)
    return 3


def _movements(one: Granted) -> list[Posted]:
    row = one.row
    found = [
        Posted(
            row.awarded_at, Kind.COMMIT, Account.FREE, Account.COMMITTED, row.amount_eur, "A clear question."
        )
    ]
    found += [
        Posted(at, Kind.PAY, Account.COMMITTED, Account.PAID, amount, f"Payment for {row.number}")
        for at, amount in one.paid
    ]
    if row.ended_at and one.left.cents:
        left = one.left
        found.append(
            Posted(row.ended_at, Kind.RELEASE, Account.COMMITTED, Account.FREE, left, "Ended; not used")
        )
    return found


def _entry(line_id: int, number: int, posted: Posted, one: Granted) -> Entry:
    return Entry(
        line_id=line_id,
        number=number,
        kind=posted.kind,
        source=posted.source,
        target=posted.target,
        amount_eur=posted.amount,
        reason=posted.reason,
        about_table=LABEL,
        about_id=one.row.pk,
        about_name=one.row.number,
        person_name=SYSTEM.name,
        at=posted.at,
    )
