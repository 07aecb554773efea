"""The broker's shortlist of an enquiry: offers found for it, why, and what the company thinks of each."""

from __future__ import annotations

from typing import Self

from django.db import models

from landbridge.catalogue.models import Record
from landbridge.enquiries.models.enquiry import Enquiry
from landbridge.foundation.models import Rows, Table
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.roles import Role
from landbridge.programmes.models import Region


class CandidateRows(Rows["Candidate"]):
    def visible_to(self, actor: Actor) -> Self:
        """For the company what was sent to it; for everyone else who sees the enquiry all that was found."""
        rows = self.filter(enquiry__in=Enquiry.objects.visible_to(actor).values("pk"))
        return rows.filter(sent_at__isnull=False) if actor.role is Role.SME else rows

    def standing(self) -> Self:
        """Not dropped."""
        return self.filter(dropped_at__isnull=True)


class Candidate(Table):
    """One offer on an enquiry's shortlist; `reasons` is what the match said, `remark` what the broker adds."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="candidates")
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    score = models.FloatField(default=0)
    reasons = models.JSONField(default=list)
    remark = models.CharField(max_length=500, blank=True)
    found_by_name = models.CharField(max_length=150)
    found_by_region = models.ForeignKey(
        Region, null=True, on_delete=models.PROTECT, related_name="+", help_text="The desk that found it."
    )
    found_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    is_wanted = models.BooleanField(null=True, help_text="What the company answered; none yet.")
    answered_at = models.DateTimeField(null=True)
    answer_remark = models.CharField(max_length=500, blank=True)
    dropped_at = models.DateTimeField(null=True)

    objects = CandidateRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enquiry", "record"], name="an_offer_stands_once_on_a_shortlist"),
        ]

    def __str__(self) -> str:
        return f"{self.record_id} for {self.enquiry_id}"
