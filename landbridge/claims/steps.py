"""Where a claim and a payment file stand on their way, and the one step that comes next."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from django.urls import reverse
from django.utils.translation import gettext as _

from landbridge.claims.models import Claim, PaymentFile
from landbridge.claims.states import FileState, S
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.ui.parts import Next, Step, way_of


def way(claim: Claim) -> list[Step]:
    """Begun, handed in, verified, approved, paid; with the dates."""
    reached: list[tuple[str, datetime | date | None]] = [
        (_("Begun"), claim.started_at),
        (_("Handed in"), claim.submitted_at if claim.state != S.DRAFT else None),
        (_("Verified"), claim.verified_at),
        (_("Approved by a second person"), claim.approved_at),
        (_("Paid"), claim.paid_on),
    ]
    return way_of(reached, ended=_("Refused") if claim.state == S.REFUSED else "")


def next_step(claim: Claim, *, actor: Actor, is_clear: bool) -> Next | None:
    """Who has the ball; the button only for whoever holds it."""
    company, partner = claim.voucher.application.applicant.name, claim.voucher.application.partner.name
    finance = _("Finance officer of %(partner)s") % {"partner": partner}
    if claim.state == S.DRAFT:
        return _next_of_draft(claim, company, actor=actor, is_clear=is_clear)
    if claim.state == S.SUBMITTED:
        may = actor.may(P.CLAIM_VERIFY)
        return Next(
            _("Verify the costs"),
            _("Each cost is compared with its evidence; what counts is accepted."),
            who=finance,
            action=_("Verify") if may else "",
            href=reverse("claims:verification", args=[claim.pk]) if may else "",
        )
    if claim.state == S.VERIFIED:
        may = actor.may(P.CLAIM_APPROVE) and actor.person_id not in (
            claim.verified_by_id,
            claim.submitted_by_id,
        )
        return Next(
            _("A second person approves"),
            _("Whoever verified the costs cannot approve them."),
            who=finance,
            action=_("Approve the payment") if may else "",
            post=reverse("claims:approval", args=[claim.pk]) if may else "",
        )
    if claim.state == S.APPROVED:
        may = actor.may(P.CLAIM_PAY)
        return Next(
            _("Pay it"),
            _("It goes into the next payment file of the partner."),
            who=finance,
            action=_("Make a payment file") if may else "",
            href=reverse("claims:payment_file_new") if may else "",
        )
    if claim.state == S.IN_PAYMENT:
        return Next(
            _("The bank transfers the money"), _("The claim is paid when the bank has answered."), who=finance
        )
    return None


def _next_of_draft(claim: Claim, company: str, *, actor: Actor, is_clear: bool) -> Next:
    may = actor.may(P.CLAIM_EDIT)
    if is_clear:
        return Next(
            _("Hand it in"),
            _("Everything is complete."),
            who=company,
            action=_("Hand in the claim") if may else "",
            post=reverse("claims:submission", args=[claim.pk]) if may else "",
        )
    return Next(
        _("Complete the claim"),
        _("Add each cost with its evidence, and the report. What is missing stands below."),
        who=company,
        action=_("Add a cost") if may else "",
        href=reverse("claims:cost", args=[claim.pk]) if may else "",
    )


def file_way(file: PaymentFile, *, answered_on: date | None) -> list[Step]:
    """Made, released, answered; with the dates."""
    made = Step(_("Made"), file.made_at, "done", file.made_by_name)
    if file.state == FileState.CANCELLED:
        return [made, Step(_("Cancelled"), None, "off")]
    released = Step(
        _("Released by a second person"),
        file.released_at,
        "done" if file.released_at else "current",
        file.released_by_name,
    )
    answered: Literal["done", "current", "coming"] = (
        "done" if file.state == FileState.ANSWERED else "current" if file.released_at else "coming"
    )
    return [made, released, Step(_("Answered by the bank"), answered_on, answered)]


def next_of_file(file: PaymentFile, *, actor: Actor) -> Next | None:
    """What a payment file waits for."""
    who = _("Finance officer of %(partner)s") % {"partner": file.partner.name}
    if not actor.may(P.CLAIM_PAY):
        return None
    if file.state == FileState.MADE:
        may = actor.person_id != file.made_by_id
        return Next(
            _("A second person releases it"),
            _("Compare the payees and amounts, then release the file; whoever made it cannot."),
            who=who,
            action=_("Release the file") if may else "",
            post=reverse("claims:payment_release", args=[file.pk]) if may else "",
        )
    if file.state == FileState.RELEASED:
        return Next(
            _("Enter the bank's answer"),
            _("Send the file to the bank; when it has answered, enter the result of each payment."),
            who=who,
            action=_("Enter the answer"),
            href=reverse("claims:payment_answer", args=[file.pk]),
        )
    return None
