"""Who leads an enquiry, desk by desk, and which other desks may see its summary."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from landbridge.enquiries.models.enquiry import Enquiry, Summary
from landbridge.enquiries.states import LeadState
from landbridge.foundation.models import Rows, Table
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.roles import Role
from landbridge.programmes.models import Region


class LeadRows(Rows["Lead"]):
    def accepted(self) -> Self:
        return self.filter(state=LeadState.ACCEPTED)

    def offered(self) -> Self:
        return self.filter(state=LeadState.OFFERED)

    def visible_to(self, actor: Actor) -> Self:
        """Those of the enquiries one sees, and those offered to one's own desk."""
        if actor.role is Role.BROKER:
            seen = Enquiry.objects.visible_to(actor).values("pk")
            return self.filter(Q(enquiry__in=seen) | Q(region_id=actor.region_id))
        return self.filter(enquiry__in=Enquiry.objects.visible_to(actor).values("pk"))


class Lead(Table):
    """One desk's lead of one enquiry. At any moment exactly one is accepted; a hand-over offers the next."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="leads")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="leads")
    membership_id = models.BigIntegerField(
        null=True, help_text="The broker who works on it; none yet: the desk."
    )
    person_name = models.CharField(max_length=150, blank=True)
    state = models.CharField(max_length=20)
    offered_at = models.DateTimeField()
    offered_by_name = models.CharField(max_length=150, blank=True)
    offer_remark = models.TextField(max_length=1000, blank=True)
    expires_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    reason = models.TextField(max_length=1000, blank=True)
    ended_at = models.DateTimeField(null=True)

    objects = LeadRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enquiry"],
                condition=Q(state=LeadState.ACCEPTED),
                name="an_enquiry_has_one_accepted_lead",
            ),
            models.UniqueConstraint(
                fields=["enquiry"],
                condition=Q(state=LeadState.OFFERED),
                name="an_enquiry_is_offered_to_one_desk",
            ),
            models.CheckConstraint(condition=Q(state__in=list(LeadState)), name="a_lead_has_a_known_state"),
            models.CheckConstraint(
                condition=~Q(state=LeadState.REFUSED) | ~Q(reason=""), name="a_lead_is_refused_with_a_reason"
            ),
        ]
        indexes = [models.Index(fields=["region", "state"], name="lead_by_region_and_state")]

    def __str__(self) -> str:
        return f"{self.enquiry.number}, {self.region.name}"

    def get_absolute_url(self) -> str:
        """Where the desk that was asked reads the summary and answers."""
        return reverse("enquiries:offer", args=[self.pk])

    @property
    def shown_state(self) -> LeadState:
        return LeadState(self.state)


class SightRows(Rows["Sight"]):
    def open_at(self, at: datetime) -> Self:
        """Granted and neither ended nor run out at this moment."""
        return self.filter(granted_at__lte=at, until__gt=at, ended_at__isnull=True)

    def visible_to(self, actor: Actor) -> Self:
        """A desk's own, and those granted on the enquiries that it sees."""
        seen = Enquiry.objects.visible_to(actor).values("pk")
        if actor.role is Role.BROKER:
            return self.filter(Q(region_id=actor.region_id) | Q(enquiry__in=seen))
        return self.filter(enquiry__in=seen)


class Sight(Table):
    """Another desk may read one approved summary, as scout, until a moment; each grant ends."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="sights")
    summary = models.ForeignKey(Summary, on_delete=models.PROTECT, related_name="+")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    granted_by_name = models.CharField(max_length=150)
    granted_at = models.DateTimeField()
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = SightRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enquiry", "region"],
                condition=Q(ended_at__isnull=True),
                name="a_desk_sees_a_summary_once",
            ),
            models.CheckConstraint(
                condition=Q(until__gt=models.F("granted_at")), name="every_grant_of_sight_ends"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enquiry.number}, {self.region.name}"

    def get_absolute_url(self) -> str:
        """Where the scout reads the summary."""
        return reverse("enquiries:sight", args=[self.pk])
