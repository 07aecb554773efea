"""Every movement of money: the line is locked, what it holds is summed and checked, one entry is appended.

The line's row is the lock; the entry's number, one more than the last, is the backstop: a posting that was checked
against an old sum would carry a number that is taken. `reserve`, `commit` and the like are called by the words
that know why (applications, vouchers, claims); those have checked who may.
"""

from __future__ import annotations

from datetime import datetime

from django.db import models, transaction

from landbridge.budgets import queries, rules
from landbridge.budgets.models import Entry, Line, Transfer
from landbridge.budgets.states import WAYS, WORKFLOW, Account, Kind, M, Side
from landbridge.foundation.audit.record import record
from landbridge.foundation.money import Money
from landbridge.foundation.outbox.tell import tell
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.permissions.roles import Role
from landbridge.foundation.problems import N_, NotAllowed, Problem, refuse_if
from landbridge.memberships.queries import finance_of, recipients
from landbridge.programmes.models import Incentive, Partner, Phase

EVENT_OF = {
    Kind.ALLOCATE: "budget.allocated",
    Kind.WITHDRAW: "budget.taken_back",
    Kind.RESERVE: "budget.reserved",
    Kind.FREE: "budget.unreserved",
    Kind.COMMIT: "budget.committed",
    Kind.RELEASE: "budget.released",
    Kind.PAY: "budget.paid",
    Kind.RECOVER: "budget.recovered",
    Kind.MOVE_OUT: "budget.moved_out",
    Kind.MOVE_IN: "budget.moved_in",
}


@transaction.atomic
def open_line(
    *, partner: Partner, phase: Phase, incentive: Incentive | None = None, by: Actor, at: datetime
) -> Line:
    """Open a partner's line for one incentive, or for every incentive without a line of its own.

    Opening it again returns the same line. Refused where partner, phase and incentive do not belong together.
    """
    _require(by, P.BUDGET_ALLOCATE)
    refuse_if(_line_problems(partner=partner, phase=phase, incentive=incentive))
    Partner.objects.for_update().get(pk=partner.pk)
    line = Line.objects.filter(partner=partner, phase=phase, incentive=incentive).first()
    if line is None:
        line = Line.objects.create(partner=partner, phase=phase, incentive=incentive)
        record("budget.line_opened", line, by=by, at=at, partner=str(partner), phase=str(phase))
    return line


@transaction.atomic
def allocate(*, line: Line, amount: Money, reason: str, by: Actor, at: datetime) -> Entry:
    """Bring money into the line."""
    _require(by, P.BUDGET_ALLOCATE)
    own = Line.objects.visible_to(by).get(pk=line.pk)
    return _post(own, Kind.ALLOCATE, amount=amount, reason=reason, by=by, at=at)


@transaction.atomic
def take_back(*, line: Line, amount: Money, reason: str, by: Actor, at: datetime) -> Entry:
    """Take money that is still free out of the line."""
    _require(by, P.BUDGET_ALLOCATE)
    own = Line.objects.visible_to(by).get(pk=line.pk)
    return _post(own, Kind.WITHDRAW, amount=amount, reason=reason, by=by, at=at)


@transaction.atomic
def reserve(*, line: Line, amount: Money, about: models.Model, reason: str, by: Actor, at: datetime) -> Entry:
    """Keep free money for one subject, such as a shortlisted application."""
    return _post(line, Kind.RESERVE, amount=amount, about=about, reason=reason, by=by, at=at)


@transaction.atomic
def unreserve(
    *, line: Line, amount: Money, about: models.Model, reason: str, by: Actor, at: datetime
) -> Entry:
    """End a reservation, or a part of it; never more than is reserved for this subject."""
    return _post(line, Kind.FREE, amount=amount, about=about, reason=reason, by=by, at=at)


@transaction.atomic
def commit(
    *,
    line: Line,
    amount: Money,
    about: models.Model,
    reason: str,
    by: Actor,
    at: datetime,
    from_reserved: bool = False,
) -> Entry:
    """Commit money to one subject, such as a voucher: from what is free, or from what is reserved for that subject.

    Where something else is reserved (the application behind the voucher), `unreserve` it first, in one transaction.
    """
    source = Account.RESERVED if from_reserved else Account.FREE
    return _post(line, Kind.COMMIT, amount=amount, about=about, reason=reason, by=by, at=at, source=source)


@transaction.atomic
def release(*, line: Line, amount: Money, about: models.Model, reason: str, by: Actor, at: datetime) -> Entry:
    """Set committed money free again, at most what is still committed for this subject."""
    return _post(line, Kind.RELEASE, amount=amount, about=about, reason=reason, by=by, at=at)


@transaction.atomic
def pay(*, line: Line, amount: Money, about: models.Model, reason: str, by: Actor, at: datetime) -> Entry:
    """Write down a payment out of what is committed for this subject, at most that much."""
    return _post(line, Kind.PAY, amount=amount, about=about, reason=reason, by=by, at=at)


@transaction.atomic
def recover(*, line: Line, amount: Money, about: models.Model, reason: str, by: Actor, at: datetime) -> Entry:
    """Money that was paid for this subject has come back; it is free again."""
    return _post(line, Kind.RECOVER, amount=amount, about=about, reason=reason, by=by, at=at)


@transaction.atomic
def propose_transfer(
    *,
    giver: Line,
    receiver: Line,
    amount: Money,
    reason: str,
    by: Actor,
    at: datetime,
    side: Side = Side.GIVER,
) -> Transfer:
    """Propose that one partner gives money to another, and agree for one side with it.

    A finance officer always agrees for their own partner; the office says for which side it stands in.
    """
    _require(by, P.BUDGET_MOVE)
    refuse_if(rules.transfer_problems(_lines(giver, receiver), amount=amount, reason=reason))
    if by.role is Role.FINANCE:
        side = Side.GIVER if giver.partner_id == by.partner_id else Side.RECEIVER
    _require_side(by, giver if side is Side.GIVER else receiver)
    if side is Side.GIVER:
        refuse_if(rules.not_enough(Account.FREE, asked=amount, left=queries.balances(giver).free))
    transfer = Transfer(
        giver=giver,
        receiver=receiver,
        amount_eur=amount,
        reason=reason[:300],
        proposed_by_id=by.person_id,
        proposed_by_name=by.name[:150],
        proposed_by_giver=side is Side.GIVER,
        proposed_at=at,
    )
    _sign(transfer, side, by=by, at=at)
    transfer.save()
    record("transfer.proposed", transfer, by=by, at=at, amount=amount, side=side, reason=transfer.reason)
    _tell("proposed", transfer, to=side.other, by=by, at=at, reason=transfer.reason)
    return transfer


@transaction.atomic
def agree(*, transfer_id: int, by: Actor, at: datetime) -> Transfer:
    """Agree for the other side: the money leaves one line and enters the other at once, or nothing happens."""
    transfer = _locked(transfer_id, by=by)
    transfer.state = WORKFLOW.target(M.AGREE, of=transfer, by=by)
    proposed = _proposing(transfer)
    _require_side(by, _line_of(transfer, proposed.other))
    mine = rules.Agreement(person_id=by.person_id, role=by.role or "")
    refuse_if(rules.agreement_problems(mine, other=_agreement_of(transfer, proposed)))
    # Both lines in the order of their ids, so that two transfers never wait for each other.
    both = Line.objects.filter(pk__in=[transfer.giver_id, transfer.receiver_id]).order_by("pk").for_update()
    lines = {line.pk: line for line in both}
    amount, reason = transfer.amount_eur, transfer.reason
    for kind, line_id in ((Kind.MOVE_OUT, transfer.giver_id), (Kind.MOVE_IN, transfer.receiver_id)):
        _append(lines[line_id], kind, amount=amount, reason=reason, by=by, at=at, about=transfer)
    _sign(transfer, proposed.other, by=by, at=at)
    return _decide(transfer, "posted", to=proposed, by=by, at=at, reason=transfer.reason)


@transaction.atomic
def refuse(*, transfer_id: int, reason: str, by: Actor, at: datetime) -> Transfer:
    """Say no for the other side, with the reason; nothing moves."""
    transfer = _locked(transfer_id, by=by)
    transfer.state = WORKFLOW.target(M.REFUSE, of=transfer, by=by)
    proposed = _proposing(transfer)
    _require_side(by, _line_of(transfer, proposed.other))
    refuse_if(rules.reason_problems(reason))
    transfer.refusal = reason[:300]
    return _decide(transfer, "refused", to=proposed, by=by, at=at, reason=transfer.refusal)


@transaction.atomic
def withdraw(*, transfer_id: int, by: Actor, at: datetime) -> Transfer:
    """Take a proposal back, for the side that made it; nothing moves."""
    transfer = _locked(transfer_id, by=by)
    transfer.state = WORKFLOW.target(M.WITHDRAW, of=transfer, by=by)
    proposed = _proposing(transfer)
    _require_side(by, _line_of(transfer, proposed))
    return _decide(transfer, "withdrawn", to=proposed.other, by=by, at=at, reason=transfer.reason)


def _post(
    line: Line,
    kind: Kind,
    *,
    amount: Money,
    reason: str,
    by: Actor,
    at: datetime,
    about: models.Model | None = None,
    source: Account | None = None,
) -> Entry:
    """Lock the line, check, append one entry, record it; inside the caller's transaction."""
    locked = Line.objects.for_update().get(pk=line.pk)
    return _append(locked, kind, amount=amount, reason=reason, by=by, at=at, about=about, source=source)


def _append(
    locked: Line,
    kind: Kind,
    *,
    amount: Money,
    reason: str,
    by: Actor,
    at: datetime,
    about: models.Model | None = None,
    source: Account | None = None,
) -> Entry:
    """Check and append one entry to a line that is locked already."""
    table, subject_id, name = _subject(about)
    stands = queries.position(locked, about_table=table, about_id=subject_id)
    way = next(way for way in WAYS[kind] if source is None or way[0] is source)
    posting = rules.Posting(
        kind=kind,
        source=way[0],
        target=way[1],
        amount=amount,
        reason=reason,
        balances=stands.balances,
        subject=name,
        held=stands.held,
    )
    refuse_if(rules.problems_with(posting))
    entry = Entry.objects.create(
        line=locked,
        number=stands.last_number + 1,
        kind=kind,
        source=posting.source,
        target=posting.target,
        amount_eur=amount,
        reason=reason[:300],
        about_table=table,
        about_id=subject_id,
        about_name=name,
        person_id=by.person_id,
        person_name=by.name[:150],
        at=at,
    )
    _record(entry, locked, by=by)
    return entry


def _record(entry: Entry, line: Line, *, by: Actor) -> None:
    event, amount = EVENT_OF[Kind(entry.kind)], entry.amount_eur
    about, reason = entry.about_name, entry.reason
    record(event, line, by=by, at=entry.at, number=entry.number, amount=amount, about=about, reason=reason)


def _subject(about: models.Model | None) -> tuple[str, int | None, str]:
    if about is None:
        return "", None, ""
    return about._meta.label_lower, about.pk, str(about)[:200]


def _require(by: Actor, permission: P) -> None:
    if not by.may(permission):
        raise NotAllowed(permission)


def _line_problems(*, partner: Partner, phase: Phase, incentive: Incentive | None) -> list[Problem]:
    if partner.programme_id != phase.programme_id or (incentive and incentive.phase_id != phase.pk):
        return [
            Problem(
                code="other_programme",
                message=N_("Partner, phase and incentive do not belong to the same programme."),
                cure=N_("Choose a partner and an incentive of this phase."),
                field="partner",
            )
        ]
    return []


def _locked(transfer_id: int, *, by: Actor) -> Transfer:
    rows = Transfer.objects.visible_to(by).select_related("giver", "receiver")
    return rows.for_update().get(pk=transfer_id)


def _lines(giver: Line, receiver: Line) -> rules.Lines:
    return rules.Lines(
        giver_id=giver.pk,
        receiver_id=receiver.pk,
        giver_partner_id=giver.partner_id,
        receiver_partner_id=receiver.partner_id,
        giver_phase_id=giver.phase_id,
        receiver_phase_id=receiver.phase_id,
    )


def _proposing(transfer: Transfer) -> Side:
    return Side.GIVER if transfer.proposed_by_giver else Side.RECEIVER


def _line_of(transfer: Transfer, side: Side) -> Line:
    return transfer.giver if side is Side.GIVER else transfer.receiver


def _require_side(by: Actor, line: Line) -> None:
    """Raise NotAllowed for anyone who does not speak for the line's partner."""
    speaks = rules.may_agree_for(line.partner_id, role=by.role, own_partner_id=by.partner_id)
    if not speaks or not Line.objects.visible_to(by).filter(pk=line.pk).exists():
        raise NotAllowed(P.BUDGET_MOVE)


def _agreement_of(transfer: Transfer, side: Side) -> rules.Agreement:
    if side is Side.GIVER:
        return rules.Agreement(person_id=transfer.giver_agreed_by_id, role=transfer.giver_agreed_as)
    return rules.Agreement(person_id=transfer.receiver_agreed_by_id, role=transfer.receiver_agreed_as)


def _sign(transfer: Transfer, side: Side, *, by: Actor, at: datetime) -> None:
    role = by.role or ""
    if side is Side.GIVER:
        transfer.giver_agreed_by_id, transfer.giver_agreed_by_name = by.person_id, by.name[:150]
        transfer.giver_agreed_as, transfer.giver_agreed_at = role, at
    else:
        transfer.receiver_agreed_by_id, transfer.receiver_agreed_by_name = by.person_id, by.name[:150]
        transfer.receiver_agreed_as, transfer.receiver_agreed_at = role, at


def _decide(transfer: Transfer, event: str, *, to: Side, by: Actor, at: datetime, reason: str) -> Transfer:
    transfer.decided_at, transfer.decided_by_name = at, by.name[:150]
    transfer.save()
    record(f"transfer.{event}", transfer, by=by, at=at, amount=transfer.amount_eur, reason=reason)
    _tell(event, transfer, to=to, by=by, at=at, reason=reason)
    return transfer


def _tell(event: str, transfer: Transfer, *, to: Side, by: Actor, at: datetime, reason: str) -> None:
    """Write to the finance officers of one side."""
    giver, receiver = transfer.giver.partner, transfer.receiver.partner
    tell(
        f"budgets/transfer_{event}",
        transfer,
        to=recipients(finance_of(_line_of(transfer, to).partner_id)),
        at=at,
        programme=giver.programme.key,
        context={
            "amount": transfer.amount_eur,
            "giver": giver.name,
            "receiver": receiver.name,
            "person": by.name,
            "reason": reason,
        },
    )
