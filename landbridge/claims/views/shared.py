"""What several pages of claims need: the row or a 404, the trail."""

from __future__ import annotations

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from landbridge.claims.models import Claim, PaymentFile
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.ui.parts import Crumb


def seen_by(actor: Actor, pk: int) -> Claim:
    """The claim with its parts; a 404 for whoever may not see it."""
    rows = Claim.objects.visible_to(actor).select_related(
        "voucher__line",
        "voucher__application__offer",
        "voucher__application__applicant",
        "voucher__application__provider",
        "voucher__application__partner",
        "voucher__application__call__phase__programme",
    )
    return get_object_or_404(rows, pk=pk)


def file_seen_by(actor: Actor, pk: int) -> PaymentFile:
    """The payment file with its partner; a 404 for whoever may not see it."""
    return get_object_or_404(
        PaymentFile.objects.visible_to(actor).select_related("partner__programme", "partner__region"), pk=pk
    )


def crumbs_of(claim: Claim) -> list[Crumb]:
    """The trail to a claim."""
    return [Crumb(_("Claims"), reverse("claims:claims")), Crumb(claim.number, claim.get_absolute_url())]


def payment_crumbs(file: PaymentFile | None = None) -> list[Crumb]:
    """The trail to a payment file, or to their list."""
    trail = [
        Crumb(_("Claims"), reverse("claims:claims")),
        Crumb(_("Payments"), reverse("claims:payment_files")),
    ]
    return [*trail, Crumb(file.message_id, file.get_absolute_url())] if file else trail
