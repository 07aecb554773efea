"""An Access Broker's desk: the region's companies, and where each of them could use help in time."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from landbridge.applications.models import Application
from landbridge.applications.states import S
from landbridge.claims.models import Claim
from landbridge.desk.queries import access, catalogue, coaching, enquiries, following, introductions
from landbridge.desk.queries.desks import due_today
from landbridge.desk.queries.drafts import open_drafts
from landbridge.desk.queries.parts import MOST, Home, Tile, by_deadline
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.ui.formatting import number
from landbridge.foundation.ui.parts import Task
from landbridge.organisations.models import Organisation
from landbridge.vouchers.models import Voucher
from landbridge.vouchers.queries import claimable_until
from landbridge.vouchers.rules import DAYS_TO_CLAIM
from landbridge.vouchers.states import S as VoucherState

DAYS_AHEAD = 60


def home(actor: Actor, *, at: datetime) -> Home:
    """At most twenty-one queries, whatever the rows."""
    here = actor.region_id
    tasks = [
        Task(
            _("Help %(company)s to finish: %(name)s")
            % {"company": draft.application.applicant.name, "name": draft.name},
            draft.application.get_absolute_url(),
            draft.says,
            draft.application.call.closes_at,
            draft.application.call.time_zone,
        )
        for draft in open_drafts(actor, at=at)
    ]
    tasks += catalogue.to_decide(actor)
    tasks += access.to_do(actor)
    tasks += coaching.to_do(actor)
    tasks += coaching.coaches_to_look_at(actor)
    tasks += following.to_do(actor, at=at)
    tasks += introductions.to_carry_on(actor)
    tasks += enquiries.of_desk(actor)
    tasks += [
        _ending(voucher)
        for voucher in _vouchers_ending(actor, at=at)
        if voucher.application.applicant.region_id == here
    ]
    without_number = Organisation.objects.visible_to(actor).filter(
        kind="company", is_closed=False, company_numbers__isnull=True, is_demonstration=False
    )
    tasks += [
        Task(
            _("Ask %(company)s for its register number") % {"company": one.name},
            one.get_absolute_url(),
            _("Without it no application can be handed in."),
        )
        for one in without_number.order_by("-registered_at", "pk")[:MOST]
    ]
    submitted = Application.objects.visible_to(actor).filter(state=S.SUBMITTED)
    watched = [
        Task(
            one.title or str(one),
            one.get_absolute_url(),
            _("%(company)s, number %(number)s") % {"company": one.applicant.name, "number": one.number},
            state=_("Submitted"),
            tone="info",
        )
        for one in submitted.select_related("applicant").order_by("submitted_at", "pk")[:MOST]
    ]
    return Home(
        by_deadline([*due_today(actor, at=at), *tasks]), watched, _tiles(actor, waiting=submitted.count())
    )


def _tiles(actor: Actor, *, waiting: int) -> list[Tile]:
    members = Organisation.objects.visible_to(actor).filter(is_closed=False).count()
    return [
        Tile(
            number(members),
            ngettext("organisation in your region", "organisations in your region", members),
            reverse("organisations:organisations"),
        ),
        Tile(
            number(waiting),
            ngettext(
                "application that waits for a decision", "applications that wait for a decision", waiting
            ),
            f"{reverse('applications:applications')}?state={S.SUBMITTED}",
        ),
    ]


def _vouchers_ending(actor: Actor, *, at: datetime) -> list[Voucher]:
    """Vouchers in use whose time runs out soon, without any claim."""
    today = at.date()
    rows = Voucher.objects.visible_to(actor).filter(
        state__in=[VoucherState.AWARDED, VoucherState.ACTIVE],
        valid_until__gte=today - timedelta(days=DAYS_TO_CLAIM),
        valid_until__lte=today + timedelta(days=DAYS_AHEAD),
    )
    rows = rows.exclude(pk__in=Claim.objects.exclude(first_submitted_at=None).values("voucher"))
    return list(rows.select_related("application__applicant").order_by("valid_until", "pk")[:MOST])


def _ending(voucher: Voucher) -> Task:
    return Task(
        _("Remind %(company)s to claim") % {"company": voucher.application.applicant.name},
        voucher.get_absolute_url(),
        _("voucher %(number)s, “%(title)s”") % {"number": voucher.number, "title": voucher.application.title},
        claimable_until(voucher),
    )
