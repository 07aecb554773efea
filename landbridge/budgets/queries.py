"""What the lines hold: balances, statements, the line that pays for an incentive."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, groupby

from django.db.models import Case, Max, Q, QuerySet, Sum, When
from django.utils.translation import gettext as _

from landbridge.budgets.models import Entry, Line, Transfer
from landbridge.budgets.states import EARMARKED, NAME_OF_KIND, WAYS, Account, Kind, S
from landbridge.foundation.money import Money
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.permissions.roles import Role
from landbridge.programmes.models import Incentive, Partner, Phase, Programme
from landbridge.programmes.states import S as PhaseState

NOTHING = Money(0)


@dataclass(frozen=True, slots=True)
class Balances:
    """What one line, or several together, hold in each account."""

    free: Money = NOTHING
    reserved: Money = NOTHING
    committed: Money = NOTHING
    paid: Money = NOTHING

    @property
    def allocated(self) -> Money:
        """Everything that came into the line and was not taken out of it again."""
        return self.free + self.reserved + self.committed + self.paid

    def __add__(self, other: Balances) -> Balances:
        return Balances(
            free=self.free + other.free,
            reserved=self.reserved + other.reserved,
            committed=self.committed + other.committed,
            paid=self.paid + other.paid,
        )

    def of(self, account: Account) -> Money:
        return {
            Account.OUTSIDE: -self.allocated,
            Account.FREE: self.free,
            Account.RESERVED: self.reserved,
            Account.COMMITTED: self.committed,
            Account.PAID: self.paid,
        }[account]


@dataclass(frozen=True, slots=True)
class Position:
    """Where a line stands for the next posting: its last number, its balances, and those of one subject in it."""

    last_number: int
    balances: Mapping[Account, Money]
    held: Mapping[Account, Money]


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One entry of a statement with what the line held after it."""

    number: int
    at: datetime
    kind: Kind
    label: str
    amount: Money
    reason: str
    about: str
    person: str
    after: Balances


@dataclass(frozen=True, slots=True)
class Row:
    """One line in the table of a phase."""

    line_id: int
    partner: str
    incentive: str
    held: Balances


def phases_for(actor: Actor) -> QuerySet[Phase]:
    """Phases whose budgets this actor sees or may begin: those that run first, then the newest."""
    with_lines = Q(pk__in=Line.objects.visible_to(actor).values("phase_id"))
    own = (
        Q(programme__in=Programme.objects.edited_by(actor).values("pk"))
        if actor.may(P.BUDGET_ALLOCATE)
        else Q()
    )
    running = Case(When(state=PhaseState.RUNNING, then=0), default=1)
    rows = Phase.objects.filter(with_lines | own if own else with_lines).select_related("programme")
    return rows.order_by(running, "-starts_on", "-pk")


def table_of(phase: Phase, *, actor: Actor) -> list[Row]:
    """Every line of the phase that the actor sees, by partner; two queries whatever the lines."""
    lines = Line.objects.visible_to(actor).filter(phase=phase).select_related("partner", "incentive")
    found = list(lines.order_by("partner__name", "incentive__name", "pk"))
    held = balances_of(found)
    return [
        Row(
            line_id=line.pk,
            partner=line.partner.name,
            incentive=line.incentive.name if line.incentive else "",
            held=held[line.pk],
        )
        for line in found
    ]


def total_of(rows: Iterable[Row]) -> Balances:
    """What all rows hold together."""
    return sum((row.held for row in rows), Balances())


def name_of(line: Line) -> str:
    """The line as people call it; load it with partner and incentive."""
    return f"{line.partner.name}, {line.incentive.name}" if line.incentive else line.partner.name


def balances(line: Line) -> Balances:
    """What the line holds now."""
    return balances_of([line])[line.pk]


def balances_of(lines: Iterable[Line]) -> dict[int, Balances]:
    """What each line holds, by its id, in one query."""
    held = {line.pk: _nothing() for line in lines}
    moved = (
        Entry.objects.filter(line_id__in=list(held))
        .values_list("line_id", "source", "target")
        .annotate(Sum("amount_eur"))
    )
    for line_id, source, target, amount in moved:
        _move(held[line_id], amount, source=source, target=target)
    return {
        pk: Balances(**{name: of[Account(name)] for name in Balances.__slots__}) for pk, of in held.items()
    }


def position(line: Line, *, about_table: str = "", about_id: int | None = None) -> Position:
    """Everything the next posting is checked against, in one query; the line must be locked."""
    subject = Q(about_table=about_table, about_id=about_id)
    moved = (
        Entry.objects.filter(line=line)
        .values_list("source", "target")
        .annotate(last=Max("number"), all=Sum("amount_eur"), of_subject=Sum("amount_eur", filter=subject))
    )
    held, held_for_subject, last_number = _nothing(), _nothing(), 0
    for source, target, number, amount, of_subject in moved:
        _move(held, amount, source=source, target=target)
        _move(held_for_subject, of_subject or NOTHING, source=source, target=target)
        last_number = max(last_number, number)
    return Position(last_number=last_number, balances=held, held=held_for_subject if about_table else {})


def held_for(line: Line, *, about_table: str, about_id: int) -> Balances:
    """What the line holds for one subject, such as a voucher; FREE means nothing here."""
    held = _nothing()
    entries = Entry.objects.filter(line=line, about_table=about_table, about_id=about_id)
    for source, target, amount in entries.values_list("source", "target").annotate(Sum("amount_eur")):
        _move(held, amount, source=source, target=target)
    earmarked = (Account.RESERVED, Account.COMMITTED, Account.PAID)
    return Balances(**{str(account): held[account] for account in earmarked})


def entries_of(line: Line) -> QuerySet[Entry]:
    """The line's entries in their order."""
    return Entry.objects.filter(line=line).order_by("number")


def statement(line: Line) -> list[StatementRow]:
    """Every entry of the line, oldest first, with the balances after it."""
    held = _nothing()
    rows = []
    for entry in entries_of(line):
        _move(held, entry.amount_eur, source=entry.source, target=entry.target)
        rows.append(_row(entry, held))
    return rows


def line_for(partner: Partner, *, phase: Phase, incentive: Incentive | None = None) -> Line | None:
    """The line that pays: the partner's own line for the incentive, else its general line of the phase."""
    lines = Line.objects.filter(partner=partner, phase=phase)
    if incentive is not None:
        own = lines.filter(incentive=incentive).first()
        if own is not None:
            return own
    return lines.filter(incentive__isnull=True).first()


def free_for(phase: Phase, incentives: Iterable[Incentive]) -> dict[int, Money]:
    """For each incentive, by id: the money free in all lines of the phase that would pay for it."""
    lines = list(Line.objects.filter(phase=phase))
    held = balances_of(lines)
    own = {(line.partner_id, line.incentive_id) for line in lines}
    return {
        incentive.pk: sum(
            (
                held[line.pk].free
                for line in lines
                if line.incentive_id == incentive.pk
                or (line.incentive_id is None and (line.partner_id, incentive.pk) not in own)
            ),
            NOTHING,
        )
        for incentive in incentives
    }


def transfers_waiting_for(actor: Actor) -> QuerySet[Transfer]:
    """Transfers whose other side is this finance officer's partner, the longest waiting first."""
    waiting = Transfer.objects.none()
    if actor.role is Role.FINANCE:
        waiting = Transfer.objects.filter(
            Q(receiver__partner_id=actor.partner_id, receiver_agreed_at__isnull=True)
            | Q(giver__partner_id=actor.partner_id, giver_agreed_at__isnull=True),
            state=S.PROPOSED,
        )
    return waiting.select_related("giver__partner", "receiver__partner").order_by("proposed_at", "pk")


# ── Every invariant, computed again ──────────────────────────────────────────────────────────────────────────────────
def findings() -> Iterator[str]:
    """Everything in which the ledger breaks its own laws, in words that name the line; nothing when all is well."""
    entries = Entry.objects.order_by("line_id", "number").iterator(chunk_size=2000)
    for line_id, rows in groupby(entries, key=lambda entry: entry.line_id):
        yield from _findings_in(line_id, rows)
    yield from _findings_in_transfers()


def _findings_in(line_id: int, entries: Iterable[Entry]) -> Iterator[str]:
    """Numbers without a gap; no account below zero after any entry, in the line and for each subject."""
    line = f"Budget line {line_id}"
    held: dict[Account, int] = dict.fromkeys(Account, 0)
    held_for_subject: dict[tuple[str, int | None, Account], int] = defaultdict(int)
    for expected, entry in enumerate(entries, start=1):
        if entry.number != expected:
            yield f"{line}: entry {entry.number} stands where {expected} should."
            return
        source, target, cents = Account(entry.source), Account(entry.target), entry.amount_eur.cents
        if (source, target) not in WAYS[Kind(entry.kind)]:
            yield f"{line}: entry {expected} ({entry.kind}) goes from {source} to {target}."
        held[source] -= cents
        held[target] += cents
        if source is not Account.OUTSIDE and held[source] < 0:
            yield f"{line}: after entry {expected} {source} stands at {Money(held[source])}."
        subject = (entry.about_table, entry.about_id)
        held_for_subject[(*subject, source)] -= cents
        held_for_subject[(*subject, target)] += cents
        left = held_for_subject[(*subject, source)]
        if source in EARMARKED and left < 0:
            name = f"{entry.about_table} {entry.about_id}"
            yield f"{line}: entry {expected} leaves {Money(left)} {source} for {name}."


def _findings_in_transfers() -> Iterator[str]:
    """Every posted transfer left one line and entered the other, once and whole; no other moved anything."""
    moved: dict[int, list[tuple[str, int, int]]] = defaultdict(list)
    moves = Entry.objects.filter(kind__in=[Kind.MOVE_OUT, Kind.MOVE_IN]).order_by("pk")
    for entry in moves.iterator(chunk_size=2000):
        subject = entry.about_id if entry.about_table == Transfer._meta.label_lower else None
        moved[subject or 0].append((entry.kind, entry.line_id, entry.amount_eur.cents))
    for transfer in Transfer.objects.order_by("pk").iterator(chunk_size=2000):
        cents = transfer.amount_eur.cents
        posted = [(Kind.MOVE_OUT, transfer.giver_id, cents), (Kind.MOVE_IN, transfer.receiver_id, cents)]
        if sorted(moved.pop(transfer.pk, [])) != sorted(posted if transfer.state == S.POSTED else []):
            lines = f"budget line {transfer.giver_id} to {transfer.receiver_id}"
            yield f"Transfer {transfer.pk} from {lines} ({transfer.state}) does not balance."
    for _kind, line_id, _cents in chain.from_iterable(moved.values()):
        yield f"Budget line {line_id}: money moved without a transfer."


def _nothing() -> dict[Account, Money]:
    return dict.fromkeys(Account, NOTHING)


def _move(held: dict[Account, Money], amount: Money, *, source: str, target: str) -> None:
    held[Account(source)] -= amount
    held[Account(target)] += amount


def _row(entry: Entry, held: Mapping[Account, Money]) -> StatementRow:
    kind = Kind(entry.kind)
    return StatementRow(
        number=entry.number,
        at=entry.at,
        kind=kind,
        label=_(NAME_OF_KIND[kind]),
        amount=entry.amount_eur,
        reason=entry.reason,
        about=entry.about_name,
        person=entry.person_name,
        after=Balances(**{name: held[Account(name)] for name in Balances.__slots__}),
    )
