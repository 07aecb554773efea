"""What the pages of enquiries share."""

from __future__ import annotations

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from landbridge.enquiries.models import Enquiry
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.ui.parts import Crumb


def seen_by(actor: Actor, pk: int) -> Enquiry:
    """The enquiry with its company and regions; 404 for whoever does not see it."""
    rows = Enquiry.objects.visible_to(actor).select_related("company", "region", "duplicate_of")
    return get_object_or_404(rows, pk=pk)


def crumbs_of(found: Enquiry) -> list[Crumb]:
    """The trail to the enquiry."""
    return [
        Crumb(_("Enquiries"), reverse("enquiries:enquiries")),
        Crumb(found.number, found.get_absolute_url()),
    ]
