"""Where an organisation stands on its way from being registered to being paid, and the one step that comes next."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from landbridge.foundation.ui.parts import Next, Step
from landbridge.organisations.models import Organisation
from landbridge.organisations.queries import Readiness


def way(found: Organisation, ready: Readiness) -> list[Step]:
    """The way from being registered to being paid."""
    reached = [
        (_("Registered"), True, found.registered_at, ""),
        (_("Region found"), ready.has_region, None, found.region.name if found.region else ""),
        (_("Number entered"), ready.has_number, None, ""),
        (_("Address complete"), ready.has_address, None, ""),
        (
            _("Account approved"),
            ready.has_account,
            None,
            _("Waits for a second person") if ready.account_waits else "",
        ),
    ]
    first_open = next((place for place, step in enumerate(reached) if not step[1]), None)
    return [
        Step(
            label, at=at, note=note, state="done" if done else "current" if place == first_open else "coming"
        )
        for place, (label, done, at, note) in enumerate(reached)
    ]


def next_step(found: Organisation, ready: Readiness, *, may_edit: bool) -> Next | None:
    """The one next step of its people: what is missing to apply, then to be paid; nothing for other readers."""
    if not may_edit:
        return None
    edit, account = (
        reverse(f"organisations:{name}", args=[found.pk]) for name in ("edit", "new_bank_account")
    )
    if not ready.has_number:
        return Next(
            _("Enter the number of the register"),
            _("Without it the organisation cannot apply: partners check it against the register."),
            action=_("Complete the facts"),
            href=edit,
        )
    if not ready.has_address:
        return Next(
            _("Complete the address"),
            _("Banks pay only to a complete address with street and postcode."),
            action=_("Complete the facts"),
            href=edit,
        )
    if ready.account_waits:
        return Next(
            _("The account waits for a second person"),
            _("A finance officer of your partner organisation decides on it. You need not do anything."),
            who=_("The finance team of your region's partner"),
        )
    if not ready.has_account:
        return Next(
            _("Name the account to be paid on"),
            _("You can apply without it. A second person approves it before the first payment."),
            action=_("Name an account"),
            href=account,
        )
    return Next(_("Everything is here"), _("The organisation can apply, claim and be paid."))
