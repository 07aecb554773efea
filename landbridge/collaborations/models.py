"""Who works with whom, since when, under which instrument, and where it came from."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext

from landbridge.access.models import Request
from landbridge.collaborations.states import Origin
from landbridge.enquiries.models import Enquiry
from landbridge.foundation.models import Rows, Table
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.roles import Role
from landbridge.introductions.models import Introduction
from landbridge.organisations.models import Organisation
from landbridge.vouchers.models import Voucher


class CollaborationRows(Rows["Collaboration"]):
    def visible_to(self, actor: Actor) -> Self:
        """Both sides, both regions' desks, office and auditor."""
        if actor.sees_everything or actor.role in (Role.OFFICE, Role.AUDITOR):
            return self.all()
        if actor.role in (Role.SME, Role.PROVIDER):
            return self.filter(Q(company_id=actor.organisation_id) | Q(provider_id=actor.organisation_id))
        if actor.role is Role.BROKER:
            ours = Organisation.objects.filter(region_id=actor.region_id or 0).values("pk")
            return self.filter(Q(company__in=ours) | Q(provider__in=ours))
        return self.none()


class Collaboration(Table):
    """One row says that two organisations work together, whatever brought them together."""

    number = models.CharField(max_length=20, unique=True)
    company = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="collaborations")
    provider = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="collaborations_as_provider"
    )
    title = models.CharField(max_length=150)
    text = models.TextField(max_length=3000, blank=True)
    instrument = models.CharField(max_length=120, blank=True, help_text="Voucher, contract, joint project …")
    origin = models.CharField(max_length=20)
    enquiry = models.ForeignKey(
        Enquiry, null=True, blank=True, on_delete=models.PROTECT, related_name="collaborations"
    )
    introduction = models.OneToOneField(
        Introduction, null=True, blank=True, on_delete=models.PROTECT, related_name="collaboration"
    )
    access_request = models.OneToOneField(
        Request, null=True, blank=True, on_delete=models.PROTECT, related_name="collaboration"
    )
    voucher = models.OneToOneField(
        Voucher, null=True, blank=True, on_delete=models.PROTECT, related_name="collaboration"
    )
    since = models.DateField()
    recorded_by_name = models.CharField(max_length=150)
    recorded_at = models.DateTimeField()
    is_demonstration = models.BooleanField(default=False)

    objects = CollaborationRows.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(origin__in=list(Origin)), name="a_collaboration_has_a_known_origin"
            ),
            models.CheckConstraint(
                condition=~Q(company=models.F("provider")), name="nobody_collaborates_with_themselves"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("collaborations:collaboration", args=[self.pk])

    @property
    def shown_origin(self) -> str:
        """What brought them together, in words."""
        return gettext(Origin(self.origin).label)
