"""Keeping records right: confirmations, suggested edits, and claims of ownership."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from landbridge.catalogue.models.records import Record
from landbridge.catalogue.states import Claim
from landbridge.foundation.models import Rows, Table
from landbridge.organisations.models import Organisation


class Confirmation(Table):
    """Somebody, or a case that used it, said that a record, or its prices, are still right."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="confirmations")
    what = models.CharField(max_length=20, help_text="record or prices.")
    way = models.CharField(max_length=20, help_text="click, edit, case, import or broker.")
    person_name = models.CharField(max_length=150)
    at = models.DateTimeField()

    objects = Rows["Confirmation"].as_manager()

    def __str__(self) -> str:
        return f"{self.what} by {self.way}"


class Edit(Table):
    """What a record said after one edit, so that two people who write at once lose nothing."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="edits")
    version = models.PositiveIntegerField()
    values = models.JSONField(default=dict)
    person_id = models.BigIntegerField(null=True)
    person_name = models.CharField(max_length=150)
    at = models.DateTimeField()

    objects = Rows["Edit"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["record", "version"], name="a_record_has_a_version_once"),
        ]

    def __str__(self) -> str:
        return f"Version {self.version}"


class Suggestion(Table):
    """An edit that anyone proposed; whoever keeps the record accepts or declines it."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="suggestions")
    values = models.JSONField(default=dict, help_text="Field and proposed value.")
    remark = models.TextField(max_length=1000, blank=True)
    email = models.EmailField(blank=True)
    suggested_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    was_accepted = models.BooleanField(null=True)
    decided_by_name = models.CharField(max_length=150, blank=True)
    reason = models.CharField(max_length=500, blank=True)

    objects = Rows["Suggestion"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, was_accepted__isnull=True)
                | Q(decided_at__isnull=False, was_accepted__isnull=False),
                name="a_decided_suggestion_says_how",
            ),
        ]

    def __str__(self) -> str:
        return f"Suggestion {self.pk}"


class OwnershipClaim(Table):
    """A person says that they speak for an organisation; proved by mail domain, by a code, or by a broker.

    Of the code only a hash is kept. Proved, the person wears the facility's hat for the organisation.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="ownership_claims")
    person_id = models.BigIntegerField()
    person_name = models.CharField(max_length=150)
    email = models.EmailField()
    way = models.CharField(max_length=20, help_text="domain, code or broker.")
    code_hash = models.CharField(max_length=64, blank=True)
    code_expires_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    remark = models.TextField(max_length=1000, blank=True)
    state = models.CharField(max_length=20, default=Claim.OPEN)
    claimed_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by_name = models.CharField(max_length=150, blank=True)
    reason = models.CharField(max_length=500, blank=True)

    objects = Rows["OwnershipClaim"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=list(Claim)), name="an_ownership_claim_has_a_known_state"
            ),
            models.UniqueConstraint(
                fields=["organisation", "person_id"],
                condition=Q(state__in=[Claim.OPEN, Claim.CODE_SENT]),
                name="a_person_claims_an_organisation_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_name} for {self.organisation_id}"
