"""What the pages of those who keep records share."""

from __future__ import annotations

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from landbridge.catalogue import queries
from landbridge.catalogue.models import Record
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.ui.parts import Crumb


def kept_record(actor: Actor, pk: int) -> Record:
    """A record that the actor keeps, or reads as auditor; 404 for everyone else."""
    rows = queries.worked_on(actor).select_related("organisation", "region", "parent", "successor")
    return get_object_or_404(rows, pk=pk)


def page_of_kept(pk: int) -> str:
    """The address of the page for those who keep it; the record's own is the public one."""
    return reverse("catalogue:kept", args=[pk])


def crumbs_of(record: Record) -> list[Crumb]:
    """The trail to the record's page for those who keep it."""
    return [
        Crumb(_("Catalogue"), reverse("catalogue:kept_records")),
        Crumb(record.name, page_of_kept(record.pk)),
    ]
