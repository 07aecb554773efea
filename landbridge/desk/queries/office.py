"""A programme office's desk: decisions, calls, vouchers that end, and money between partners."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from landbridge.applications.models import Application
from landbridge.applications.states import S
from landbridge.budgets.models import Transfer
from landbridge.budgets.states import S as TransferState
from landbridge.calls.models import Call
from landbridge.calls.queries import in_preparation, to_be_finished
from landbridge.calls.states import S as CallState
from landbridge.claims.models import Claim
from landbridge.claims.states import S as ClaimState
from landbridge.desk.queries import catalogue, coaching, events, stories
from landbridge.desk.queries.desks import overdue_by_desk
from landbridge.desk.queries.parts import MOST, Home, Tile, by_deadline
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.ui.formatting import day, money, number
from landbridge.foundation.ui.parts import Task
from landbridge.vouchers.models import Voucher
from landbridge.vouchers.states import S as VoucherState

DAYS_AHEAD = 60


@dataclass(frozen=True, slots=True)
class Waiting:
    """The applications of one call that wait for the office."""

    call: int
    title: str
    closes_at: datetime
    count: int
    first_at: datetime
    first: int


def home(actor: Actor, *, at: datetime) -> Home:
    """At most twenty-one queries, whatever the rows."""
    waiting = _to_decide(actor)
    in_hand = {one.call for one in waiting}
    tasks = [
        *overdue_by_desk(actor, at=at),
        *(_decide(one, at=at) for one in waiting),
        *(
            Task(
                _("Complete and publish: %(call)s") % {"call": call.title},
                reverse("calls:call", args=[call.pk]),
                _("opens then, if it is published; %(programme)s") % {"programme": call.phase.programme.name},
                call.opens_at,
                call.time_zone,
            )
            for call in in_preparation(actor)[:MOST]
        ),
        *(
            Task(
                _("Finish the call: %(call)s") % {"call": call.title},
                reverse("calls:call", args=[call.pk]),
                _("closed on %(day)s; every application is decided") % {"day": day(call.closes_at)},
            )
            for call in to_be_finished(actor, at=at)[:MOST]
            if call.pk not in in_hand
        ),
        *catalogue.terms_to_decide(),
        *coaching.to_do(actor),
        *events.to_do(actor, at=at),
        *stories.to_do(actor),
    ]
    watched = [*_open_calls(actor, at=at), *_ending(actor, at=at), *_transfers(actor)]
    return Home(by_deadline(tasks), watched, _tiles(actor))


def _to_decide(actor: Actor) -> list[Waiting]:
    """The applications that wait, counted by call."""
    rows = Application.objects.visible_to(actor).filter(state=S.SUBMITTED)
    columns = ("call", "call__title", "call__closes_at")
    counted = rows.values_list(*columns).annotate(
        count=Count("pk"), first_at=Min("submitted_at"), first=Min("pk")
    )
    return [Waiting(*row) for row in counted.order_by("call__closes_at", "call")]


def _decide(one: Waiting, *, at: datetime) -> Task:
    text = ngettext("Decide on %(count)s application", "Decide on %(count)s applications", one.count)
    note = (
        _("%(call)s is open until %(day)s; the first came on %(first)s")
        if at < one.closes_at
        else _("%(call)s closed on %(day)s; the first came on %(first)s")
    )
    href = (
        reverse("applications:application", args=[one.first])
        if one.count == 1
        else f"{reverse('applications:applications')}?state={S.SUBMITTED}&call={one.call}"
    )
    named = {"call": one.title, "day": day(one.closes_at), "first": day(one.first_at)}
    return Task(text % {"count": one.count}, href, note % named)


def _open_calls(actor: Actor, *, at: datetime) -> list[Task]:
    rows = Call.objects.edited_by(actor).filter(state=CallState.PUBLISHED, closes_at__gt=at)
    found = list(rows.order_by("closes_at", "pk")[:MOST])
    drafts, handed_in = _counts(found)
    return [
        Task(
            call.title,
            call.get_absolute_url(),
            _("%(handed_in)s handed in, %(drafts)s in draft")
            % {"handed_in": number(handed_in.get(call.pk, 0)), "drafts": number(drafts.get(call.pk, 0))},
            call.closes_at if call.is_open(at) else call.opens_at,
            call.time_zone,
            _("Open") if call.is_open(at) else _("Opens then"),
            "good" if call.is_open(at) else "info",
        )
        for call in found
    ]


def _counts(calls: list[Call]) -> tuple[dict[int, int], dict[int, int]]:
    """How many drafts and how many applications handed in each call has."""
    drafts: dict[int, int] = {}
    handed_in: dict[int, int] = {}
    rows = Application.objects.filter(call__in=[call.pk for call in calls]).values_list("call", "state")
    for call_id, state, count in rows.annotate(count=Count("pk")).order_by("call", "state"):
        sums = drafts if state == S.DRAFT else handed_in
        sums[call_id] = sums.get(call_id, 0) + count
    return drafts, handed_in


def _ending(actor: Actor, *, at: datetime) -> list[Task]:
    rows = Voucher.objects.visible_to(actor).filter(
        state__in=[VoucherState.AWARDED, VoucherState.ACTIVE],
        valid_until__range=(at.date(), at.date() + timedelta(days=DAYS_AHEAD)),
    )
    return [
        Task(
            _("Voucher %(number)s ends") % {"number": one.number},
            one.get_absolute_url(),
            _("%(company)s, %(amount)s")
            % {"company": one.application.applicant.name, "amount": money(one.amount_eur)},
            one.valid_until,
        )
        for one in rows.select_related("application__applicant").order_by("valid_until", "pk")[:MOST]
    ]


def _transfers(actor: Actor) -> list[Task]:
    rows = Transfer.objects.visible_to(actor).filter(state=TransferState.PROPOSED)
    return [
        Task(
            _("%(amount)s from %(giver)s to %(receiver)s")
            % {
                "amount": money(one.amount_eur),
                "giver": one.giver.partner.short_name,
                "receiver": one.receiver.partner.short_name,
            },
            one.get_absolute_url(),
            _("waits for the other side since %(day)s") % {"day": day(one.proposed_at)},
        )
        for one in rows.select_related("giver__partner", "receiver__partner").order_by("proposed_at", "pk")[
            :MOST
        ]
    ]


def _tiles(actor: Actor) -> list[Tile]:
    vouchers = Voucher.objects.visible_to(actor).filter(state__in=[VoucherState.AWARDED, VoucherState.ACTIVE])
    claims = Claim.objects.visible_to(actor).filter(
        state__in=[ClaimState.SUBMITTED, ClaimState.VERIFIED, ClaimState.APPROVED, ClaimState.IN_PAYMENT]
    )
    held, running = vouchers.count(), claims.count()
    return [
        Tile(
            number(held),
            ngettext("voucher in use or to be accepted", "vouchers in use or to be accepted", held),
            reverse("vouchers:vouchers"),
        ),
        Tile(
            number(running),
            ngettext("claim being checked and paid", "claims being checked and paid", running),
            reverse("claims:claims"),
        ),
    ]
