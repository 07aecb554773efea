"""A finance officer's desk: accounts, claims, payment files and transfers, and what only a second person may do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from landbridge.budgets.models import Line
from landbridge.budgets.queries import Balances, balances_of, transfers_waiting_for
from landbridge.claims.models import Claim, PaymentFile
from landbridge.claims.states import FileState, S
from landbridge.desk.queries.parts import MOST, Home, Tile, by_deadline
from landbridge.foundation.money import total
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.ui.formatting import day, money
from landbridge.foundation.ui.parts import Task
from landbridge.organisations.models import BankAccount


def home(actor: Actor, *, at: datetime) -> Home:  # noqa: ARG001 - every desk is asked at a moment
    """Seven queries, whatever the rows."""
    claims = list(
        Claim.objects.visible_to(actor)
        .filter(state__in=[S.SUBMITTED, S.VERIFIED, S.APPROVED])
        .select_related("voucher__application__applicant")
        .order_by("submitted_at", "pk")[: 3 * MOST]
    )
    files = list(
        PaymentFile.objects.visible_to(actor)
        .filter(state__in=[FileState.MADE, FileState.RELEASED])
        .order_by("execute_on", "pk")[:MOST]
    )
    tasks = [
        *_accounts(actor),
        *(_verify(claim) for claim in claims if _may_verify(claim, actor)),
        *(_approve(claim) for claim in claims if _may_approve(claim, actor)),
        *_pay([claim for claim in claims if claim.state == S.APPROVED]),
        *(_file(file) for file in files if _is_mine_to_move(file, actor)),
        *(
            Task(
                _("Agree to a transfer of %(amount)s") % {"amount": money(one.amount_eur)},
                one.get_absolute_url(),
                f"{one.giver.partner.short_name} → {one.receiver.partner.short_name}",
            )
            for one in transfers_waiting_for(actor)[:MOST]
        ),
    ]
    watched = [
        *(_verified(one) for one in claims if one.state == S.VERIFIED and not _may_approve(one, actor)),
        *(_made(file) for file in files if not _is_mine_to_move(file, actor)),
    ]
    return Home(by_deadline(tasks), watched, _tiles(actor))


def _accounts(actor: Actor) -> Iterator[Task]:
    rows = BankAccount.objects.visible_to(actor).waiting().select_related("organisation")
    for account in rows.order_by("proposed_at", "pk")[:MOST]:
        if account.proposed_by_id is None or account.proposed_by_id != actor.person_id:
            yield Task(
                _("Check the bank account of %(company)s") % {"company": account.organisation.name},
                account.get_absolute_url(),
                _("%(iban)s, named on %(day)s") % {"iban": account.masked, "day": day(account.proposed_at)},
            )


def _may_verify(claim: Claim, actor: Actor) -> bool:
    return claim.state == S.SUBMITTED and claim.submitted_by_id != actor.person_id


def _may_approve(claim: Claim, actor: Actor) -> bool:
    """A second person: neither who verified nor who handed it in."""
    return claim.state == S.VERIFIED and actor.person_id not in (claim.verified_by_id, claim.submitted_by_id)


def _verify(claim: Claim) -> Task:
    return Task(
        _("Verify the claim %(number)s") % {"number": claim.number},
        claim.get_absolute_url(),
        _("%(company)s, handed in on %(day)s") % {"company": _company(claim), "day": day(claim.submitted_at)},
    )


def _approve(claim: Claim) -> Task:
    return Task(
        _("Approve the claim %(number)s") % {"number": claim.number},
        claim.get_absolute_url(),
        _("%(company)s, %(amount)s verified by %(person)s")
        % {"company": _company(claim), "amount": money(claim.accepted_eur), "person": claim.verified_by_name},
    )


def _verified(claim: Claim) -> Task:
    note = _("you verified it; a second person approves")
    return Task(str(claim), claim.get_absolute_url(), note, state=_("Verified"), tone="wait")


def _made(file: PaymentFile) -> Task:
    note = _("you made it; a second person releases it")
    return Task(str(file), file.get_absolute_url(), note, file.execute_on)


def _company(claim: Claim) -> str:
    return claim.voucher.application.applicant.name


def _pay(approved: list[Claim]) -> Iterator[Task]:
    if approved:
        count = len(approved)
        sum_of_all = total(claim.accepted_eur for claim in approved if claim.accepted_eur)
        text = ngettext("Pay %(count)s approved claim", "Pay %(count)s approved claims", count)
        yield Task(
            text % {"count": count},
            reverse("claims:payment_file_new"),
            _("%(amount)s together, in one payment file") % {"amount": money(sum_of_all)},
        )


def _is_mine_to_move(file: PaymentFile, actor: Actor) -> bool:
    return file.state == FileState.RELEASED or file.made_by_id is None or file.made_by_id != actor.person_id


def _file(file: PaymentFile) -> Task:
    if file.state == FileState.MADE:
        label = _("Release the payment file %(id)s")
        note = _("%(amount)s, made by %(person)s") % {
            "amount": money(file.total_eur),
            "person": file.made_by_name,
        }
    else:
        label = _("Enter the bank's answer to %(id)s")
        note = _("%(amount)s, released by %(person)s") % {
            "amount": money(file.total_eur),
            "person": file.released_by_name,
        }
    return Task(label % {"id": file.message_id}, file.get_absolute_url(), note, file.execute_on)


def _tiles(actor: Actor) -> list[Tile]:
    lines = list(Line.objects.visible_to(actor).order_by("pk"))
    held = sum(balances_of(lines).values(), Balances())
    overview = reverse("budgets:overview")
    return [
        Tile(money(held.free), _("free for vouchers"), overview),
        Tile(money(held.committed), _("committed, not yet paid"), overview),
        Tile(money(held.paid), _("paid"), overview),
    ]
