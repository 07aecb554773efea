"""Every change to a voucher: awarding it, and each way in which it ends. Money is committed and released with it."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from landbridge.applications import actions as applications
from landbridge.applications.models import Application
from landbridge.budgets import actions as budgets
from landbridge.budgets.queries import held_for, line_for
from landbridge.foundation.audit.record import record
from landbridge.foundation.files.store import Received, store
from landbridge.foundation.money import Money
from landbridge.foundation.outbox.recipient import Recipient
from landbridge.foundation.outbox.tell import tell
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.problems import N_, refuse, refuse_if
from landbridge.vouchers import queries, rules
from landbridge.vouchers.models import Extension, Voucher
from landbridge.vouchers.states import WORKFLOW, M, S


@transaction.atomic
def award(*, application_id: int, amount: Money, reason: str, by: Actor, at: datetime) -> Voucher:
    """Award an application: its decision, the voucher, and the partner's money are one change, or none.

    Refused where the partner's line does not hold the amount; nothing is ever committed beyond it. The day of the
    award, on the clock of the call, is the date of the aid (Regulation (EU) 2023/2831, Article 3(3)).
    """
    application = applications.mark_awarded(
        application_id=application_id, awarded_eur=amount, reason=reason, by=by, at=at
    )
    call, offer = application.call, application.offer
    line = line_for(partner=application.partner, phase=call.phase, incentive=offer.incentive)
    if line is None:
        refuse(
            "no_budget_line",
            N_("%(partner)s has no budget for this incentive."),
            cure=N_("Open a budget line and allocate money to it first."),
            partner=str(application.partner),
        )
    granted_on = at.astimezone(ZoneInfo(call.time_zone)).date()
    voucher = Voucher.objects.create(
        application=application,
        line=line,
        number=rules.number_for(application.number),
        amount_eur=amount,
        legal_basis=offer.legal_basis,
        granted_on=granted_on,
        valid_until=rules.months_later(granted_on, offer.validity_months),
        awarded_at=at,
    )
    budgets.commit(line=line, amount=amount, about=voucher, reason=reason, by=by, at=at)
    record("voucher.awarded", voucher, by=by, at=at, amount=amount, application=application.number)
    _tell("awarded", voucher, at=at)
    _tell("awarded_provider", voucher, at=at, to=queries.people_of_provider(voucher))
    return voucher


@transaction.atomic
def accept(*, voucher_id: int, by: Actor, at: datetime) -> Voucher:
    """The company accepts the terms of its award; from now on it may spend and claim."""
    voucher = _lock(voucher_id, by=by)
    target = WORKFLOW.target(M.ACCEPT, of=voucher, by=by)
    refuse_if(
        rules.problems_with_acceptance(
            valid_until=voucher.valid_until, today=queries.today_for(voucher, at=at)
        )
    )
    voucher.state, voucher.accepted_at = target, at
    voucher.save(update_fields=["state", "accepted_at"])
    record("voucher.accepted", voucher, by=by, at=at)
    _tell("accepted", voucher, at=at)
    return voucher


@transaction.atomic
def decline(*, voucher_id: int, reason: str, by: Actor, at: datetime) -> Voucher:
    """The company does not want the voucher; the money is free again for the next in line."""
    voucher = _lock(voucher_id, by=by)
    target = WORKFLOW.target(M.DECLINE, of=voucher, by=by)
    refuse_if(rules.problems_with_reason(reason))
    return _end(voucher, target, event="declined", reason=reason, by=by, at=at)


@transaction.atomic
def extend(*, voucher_id: int, until: date, began_on: date, reason: str, by: Actor, at: datetime) -> Voucher:
    """Give the company more time, once, for work that began on `began_on`."""
    voucher = _lock(voucher_id, by=by)
    voucher.state = WORKFLOW.target(M.EXTEND, of=voucher, by=by)
    refuse_if(
        rules.problems_with_extension(
            granted_on=voucher.granted_on,
            valid_until=voucher.valid_until,
            until=until,
            began_on=began_on,
            extension_months=voucher.application.offer.extension_months,
            was_extended=Extension.objects.filter(voucher=voucher).exists(),
            reason=reason,
            today=queries.today_for(voucher, at=at),
        )
    )
    Extension.objects.create(
        voucher=voucher,
        was_valid_until=voucher.valid_until,
        valid_until=until,
        began_on=began_on,
        reason=reason.strip(),
        person_name=by.name,
        at=at,
    )
    voucher.valid_until = until
    voucher.save(update_fields=["valid_until"])
    record("voucher.extended", voucher, by=by, at=at, valid_until=until, reason=reason.strip())
    _tell("extended", voucher, at=at)
    return voucher


@transaction.atomic
def close(*, voucher_id: int, reason: str, by: Actor, at: datetime) -> Voucher:
    """End a voucher after its claims were paid; what was not used is free again."""
    voucher = _lock(voucher_id, by=by)
    target = WORKFLOW.target(M.CLOSE, of=voucher, by=by)
    refuse_if(rules.problems_with_reason(reason))
    return _end(voucher, target, event="closed", reason=reason, by=by, at=at)


@transaction.atomic
def lapse(*, voucher_id: int, by: Actor, at: datetime) -> Voucher:
    """End a voucher under which nothing can be claimed any more; what was not used is free again."""
    voucher = _lock(voucher_id, by=by)
    target = WORKFLOW.target(M.LAPSE, of=voucher, by=by)
    refuse_if(
        rules.problems_with_lapse(valid_until=voucher.valid_until, today=queries.today_for(voucher, at=at))
    )
    return _end(voucher, target, event="lapsed", reason="Validity ended", by=by, at=at)


@transaction.atomic
def warn(*, voucher_id: int, days_left: int, at: datetime) -> None:
    """Remind the company that its voucher ends; once for each warning, however often the job runs."""
    voucher = Voucher.objects.for_update().get(pk=voucher_id)
    if voucher.state in (S.AWARDED, S.ACTIVE):
        _tell(
            "ends_soon",
            voucher,
            at=at,
            key=f"voucher.ends_soon:{voucher.pk}:{voucher.valid_until}:{days_left}",
        )


@transaction.atomic
def keep_letter(*, voucher_id: int, letter: Received, by: Actor, at: datetime) -> Voucher:
    """Keep the award letter that was drawn outside the transaction; the first one stays, a second is let go."""
    voucher = Voucher.objects.visible_to(by).for_update().get(pk=voucher_id)
    if voucher.letter_id is None:
        voucher.letter = store(letter, by=by, at=at)
        voucher.save(update_fields=["letter"])
        record("voucher.letter_kept", voucher, by=by, at=at, sha256=letter.sha256)
    return voucher


def _lock(voucher_id: int, *, by: Actor) -> Voucher:
    return (
        Voucher.objects.visible_to(by)
        .for_update()
        .select_related("application__offer", "application__call__phase__programme", "line")
        .get(pk=voucher_id)
    )


def _end(voucher: Voucher, target: str, *, event: str, reason: str, by: Actor, at: datetime) -> Voucher:
    """Set free what is still committed, and end the voucher."""
    held = held_for(voucher.line, about_table=voucher._meta.label_lower, about_id=voucher.pk)
    if held.committed:
        budgets.release(line=voucher.line, amount=held.committed, about=voucher, reason=reason, by=by, at=at)
    voucher.state, voucher.ended_at = target, at
    voucher.save(update_fields=["state", "ended_at"])
    record(f"voucher.{event}", voucher, by=by, at=at, released=held.committed, reason=reason.strip())
    _tell(event, voucher, at=at)
    return voucher


def _tell(
    event: str,
    voucher: Voucher,
    *,
    at: datetime,
    key: str | None = None,
    to: list[Recipient] | None = None,
) -> None:
    application: Application = voucher.application
    tell(
        f"vouchers/{event}",
        voucher,
        to=queries.people_of(voucher) if to is None else to,
        at=at,
        programme=application.call.phase.programme.key,
        key=key,
        context=queries.for_letters(voucher),
    )
