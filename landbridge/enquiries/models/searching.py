"""The broker's shortlist of an enquiry: offers found for it, why, and what the company thinks of each."""

from __future__ import annotations

from django.db import models

from landbridge.catalogue.models import Record
from landbridge.enquiries.models.enquiry import Enquiry
from landbridge.foundation.models import Rows, Table


class Candidate(Table):
    """One offer on an enquiry's shortlist; `reasons` is what the match said, `remark` what the broker adds."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="candidates")
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    score = models.FloatField(default=0)
    reasons = models.JSONField(default=list)
    remark = models.CharField(max_length=500, blank=True)
    found_by_name = models.CharField(max_length=150)
    found_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    is_wanted = models.BooleanField(null=True, help_text="What the company answered; none yet.")
    answered_at = models.DateTimeField(null=True)
    answer_remark = models.CharField(max_length=500, blank=True)
    dropped_at = models.DateTimeField(null=True)

    objects = Rows["Candidate"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enquiry", "record"], name="an_offer_stands_once_on_a_shortlist"),
        ]

    def __str__(self) -> str:
        return f"{self.record_id} for {self.enquiry_id}"
