"""A company's desk: drafts to finish, awards to accept, costs to claim, and facts that are missing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from landbridge.applications.models import Application
from landbridge.applications.states import S as ApplicationState
from landbridge.claims.models import Claim
from landbridge.claims.states import S as ClaimState
from landbridge.desk.queries import (
    access,
    coaching,
    enquiries,
    following,
    introductions,
    pitches,
    stories,
    surveys,
)
from landbridge.desk.queries.drafts import OpenDraft, open_drafts
from landbridge.desk.queries.parts import MOST, Home, Tile, by_deadline
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.ui.formatting import money, number
from landbridge.foundation.ui.parts import Task
from landbridge.organisations.models import Organisation
from landbridge.organisations.queries import Readiness, readiness_of
from landbridge.vouchers.models import Voucher
from landbridge.vouchers.queries import claimable_until
from landbridge.vouchers.states import S as VoucherState

RUNNING_CLAIMS = (ClaimState.SUBMITTED, ClaimState.VERIFIED, ClaimState.APPROVED, ClaimState.IN_PAYMENT)


def home(actor: Actor, *, at: datetime) -> Home:
    """At most twenty-one queries, whatever the rows."""
    drafts = open_drafts(actor, at=at)
    vouchers = list(
        Voucher.objects.visible_to(actor)
        .filter(state__in=[VoucherState.AWARDED, VoucherState.ACTIVE])
        .select_related("application")
        .order_by("valid_until", "pk")[:MOST]
    )
    claims = list(
        Claim.objects.visible_to(actor)
        .exclude(state__in=[ClaimState.PAID, ClaimState.REFUSED])
        .select_related("voucher")
        .order_by("started_at", "pk")[:MOST]
    )
    submitted = list(
        Application.objects.visible_to(actor)
        .filter(state=ApplicationState.SUBMITTED)
        .select_related("call")
        .order_by("submitted_at", "pk")[:MOST]
    )
    organisation = Organisation.objects.get(pk=actor.organisation_id or 0)
    ready = readiness_of(organisation)
    tasks = [
        *introductions.to_answer(actor),
        *enquiries.of_company(actor),
        *access.to_do(actor),
        *pitches.of_company(actor, at=at),
        *coaching.to_do(actor),
        *following.to_do(actor, at=at),
        *stories.to_do(actor),
        *(_draft(draft) for draft in drafts if not draft.waits_for_provider),
        *_vouchers(vouchers, claims),
        *(_claim(claim) for claim in claims if claim.state == ClaimState.DRAFT),
        *surveys.baseline_missing(actor, asks_for_money=bool(drafts or submitted)),
        *_profile(organisation, ready, has_voucher=bool(vouchers)),
    ]
    watched = [
        *(_waiting_draft(draft) for draft in drafts if draft.waits_for_provider),
        *(_handed_in(one) for one in submitted),
        *(_checked(one) for one in claims if one.state in RUNNING_CLAIMS),
    ]
    return Home(by_deadline(tasks), watched, _tiles(vouchers))


def _tiles(vouchers: list[Voucher]) -> list[Tile]:
    if not vouchers:
        return []
    held = vouchers[0].amount_eur
    for voucher in vouchers[1:]:
        held += voucher.amount_eur
    label = ngettext("voucher in your hands", "vouchers in your hands", len(vouchers))
    worth = _("worth together") if len(vouchers) > 1 else _("worth at most")
    return [
        Tile(number(len(vouchers)), label, reverse("vouchers:vouchers")),
        Tile(money(held), worth, reverse("vouchers:vouchers")),
    ]


def _draft(draft: OpenDraft) -> Task:
    application = draft.application
    was_returned = application.first_submitted_at is not None
    label = (
        _("Correct and hand in again: %(name)s") if was_returned else _("Finish the application: %(name)s")
    )
    return Task(
        label % {"name": draft.name},
        application.get_absolute_url(),
        f"{application.offer.name}, {application.call.title}: {draft.says}",
        application.call.closes_at,
        application.call.time_zone,
    )


def _waiting_draft(draft: OpenDraft) -> Task:
    application = draft.application
    provider = application.provider.name if application.provider else ""
    return Task(
        draft.name,
        application.get_absolute_url(),
        _("%(provider)s has to confirm the text before you can hand it in") % {"provider": provider},
        application.call.closes_at,
        application.call.time_zone,
    )


def _handed_in(application: Application) -> Task:
    return Task(
        application.title or str(application),
        application.get_absolute_url(),
        _("%(number)s waits for the programme's decision") % {"number": application.number},
        state=_("Submitted"),
        tone="info",
    )


def _checked(claim: Claim) -> Task:
    return Task(
        str(claim),
        claim.get_absolute_url(),
        _("your claim is being checked and paid"),
        state=claim.shown_state.label,
        tone="info",
    )


def _vouchers(vouchers: list[Voucher], claims: list[Claim]) -> Iterator[Task]:
    claimed = {claim.voucher_id for claim in claims}
    for voucher in vouchers:
        worth = _("%(amount)s for “%(title)s”") % {
            "amount": money(voucher.amount_eur),
            "title": voucher.application.title,
        }
        if voucher.state == VoucherState.AWARDED:
            label = _("Accept the voucher %(number)s") % {"number": voucher.number}
            yield Task(label, voucher.get_absolute_url(), worth, voucher.valid_until)
        elif voucher.pk not in claimed:
            label = _("Claim what you spent under %(number)s") % {"number": voucher.number}
            yield Task(label, voucher.get_absolute_url(), worth, claimable_until(voucher))


def _claim(claim: Claim) -> Task:
    was_returned = claim.first_submitted_at is not None
    label = _("Correct the claim %(number)s") if was_returned else _("Finish the claim %(number)s")
    note = (
        claim.finding
        if was_returned and claim.finding
        else _("for voucher %(number)s") % {"number": claim.voucher.number}
    )
    return Task(
        label % {"number": claim.number}, claim.get_absolute_url(), note, claimable_until(claim.voucher)
    )


def _profile(organisation: Organisation, ready: Readiness, *, has_voucher: bool) -> Iterator[Task]:
    edit = reverse("organisations:edit", args=[organisation.pk])
    if not ready.has_region:
        yield Task(
            _("Correct your company's place"),
            edit,
            _("It lies in none of the network's regions, so it cannot apply."),
        )
    if not ready.has_number:
        yield Task(
            _("Add your company's register number"), edit, _("Without it no application can be handed in.")
        )
    if not ready.has_address:
        yield Task(_("Complete your company's address"), edit, _("Payments need street, postcode and town."))
    if has_voucher and not ready.has_account and not ready.account_waits:
        yield Task(
            _("Name the bank account to be paid on"),
            reverse("organisations:new_bank_account", args=[organisation.pk]),
            _("A second person approves it before the first payment."),
        )
