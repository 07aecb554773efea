"""What several pages of claims need: the row or a 404, the trail, one form that leads to one action."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from landbridge.claims.models import Claim, CostLine, PaymentFile
from landbridge.foundation.operations.once import once
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.guards import Request
from landbridge.foundation.problems import Refused
from landbridge.foundation.ui.forms import Form
from landbridge.foundation.ui.parts import Crumb
from landbridge.vouchers.models import Voucher


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


def crumbs(claim: Claim, here: str = "") -> list[Crumb]:
    """The trail above a claim's title."""
    trail = [Crumb(_("Claims"), reverse("claims:claims"))]
    if not here:
        return [*trail, Crumb(claim.number)]
    return [*trail, Crumb(claim.number, claim.get_absolute_url()), Crumb(here)]


def payment_crumbs(here: str, file: PaymentFile | None = None) -> list[Crumb]:
    """The trail above a payment file's title."""
    trail = [
        Crumb(_("Claims"), reverse("claims:claims")),
        Crumb(_("Payments"), reverse("claims:payment_files")),
    ]
    if file:
        trail.append(Crumb(file.message_id, file.get_absolute_url()))
    return [*trail, Crumb(here)]


def posted(request: Request) -> Any:
    """The fields of a posted form; None for a page that is only opened."""
    return request.POST if request.method == "POST" else None


def form_page(
    request: Request,
    form: Form,
    *,
    title: str,
    lead: str,
    back: str,
    trail: list[Crumb],
    act: Callable[[dict[str, Any]], Claim | CostLine | PaymentFile | Voucher],
    done: str = "",
    template: str = "claims/form.html",
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    """One form that leads to one action, and back to the page of what it changed."""
    if request.method == "POST" and form.is_valid():
        try:
            changed = once(request, lambda: act(form.cleaned_data))
            if done:
                messages.success(request, done)
            return redirect(changed)
        except Refused as refused:
            form.refuse(refused)
    context = {
        "form": form,
        "heading": title,
        "lead": lead,
        "back": back,
        "breadcrumbs": trail,
        **(more or {}),
    }
    return render(request, template, context, status=form.http_status)
