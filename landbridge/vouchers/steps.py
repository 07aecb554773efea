"""Where a voucher stands on its way, and the one step that comes next."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.ui.addresses import address
from landbridge.foundation.ui.formatting import day
from landbridge.foundation.ui.parts import Next, Step
from landbridge.vouchers.models import Voucher
from landbridge.vouchers.queries import claimable_until
from landbridge.vouchers.states import NAME_OF, S


def way(voucher: Voucher) -> list[Step]:
    """Awarded, accepted, used, ended; with the dates."""
    steps = [Step(_("Awarded"), voucher.awarded_at, "done")]
    if voucher.state == S.AWARDED:
        return [
            *steps,
            Step(_("Accepted by the company"), None, "current"),
            Step(_("Used and claimed")),
            Step(_("Closed")),
        ]
    if voucher.accepted_at:
        steps.append(Step(_("Accepted by the company"), voucher.accepted_at, "done"))
    if voucher.state == S.ACTIVE:
        until = _("until %(day)s") % {"day": day(voucher.valid_until)}
        return [*steps, Step(_("Used and claimed"), None, "current", until), Step(_("Closed"))]
    if voucher.state == S.CLOSED:
        return [
            *steps,
            Step(_("Used and claimed"), None, "done"),
            Step(_("Closed"), voucher.ended_at, "done"),
        ]
    return [*steps, Step(_(NAME_OF[S(voucher.state)]), voucher.ended_at, "off")]


def next_step(voucher: Voucher, *, actor: Actor, today: date) -> Next | None:
    """Who has the ball; the button only for whoever holds it."""
    company = voucher.application.applicant.name
    if voucher.state == S.AWARDED and today > voucher.valid_until:
        return Next(
            title=_("It was never accepted"),
            text=_("Its validity has passed. It lapses, and its money is free for others."),
            who=_("Landbridge, by itself"),
        )
    if voucher.state == S.AWARDED:
        may = actor.may(P.VOUCHER_ACCEPT)
        return Next(
            title=_("Accept the voucher"),
            text=_("Read the award letter first. From the acceptance on, costs can be made and claimed."),
            who=company,
            until=voucher.valid_until,
            action=_("Accept the voucher") if may else "",
            post=reverse("vouchers:acceptance", args=[voucher.pk]) if may else "",
        )
    if voucher.state == S.ACTIVE:
        may = actor.may(P.CLAIM_EDIT) and today <= claimable_until(voucher)
        return Next(
            title=_("Do the work, then claim"),
            text=_(
                "Costs count until the end of validity. Each needs its invoice and the proof that it was paid."
            ),
            who=company,
            until=claimable_until(voucher),
            action=_("Write the claim") if may else "",
            post=address("claims:new", voucher.pk) if may else "",
        )
    return None
