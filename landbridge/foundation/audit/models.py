"""The record of everything that happened: text and ids, no foreign keys, so that nothing can take it away."""

from __future__ import annotations

from django.db import models

from landbridge.foundation.models import Rows


class Entry(models.Model):
    """One thing that happened. The database refuses to change or delete it (see the triggers in the migration)."""

    at = models.DateTimeField()
    event = models.CharField(max_length=80)
    subject_table = models.CharField(max_length=80)
    subject_id = models.BigIntegerField()
    subject_name = models.CharField(max_length=200)
    person_id = models.BigIntegerField(null=True)
    person_name = models.CharField(max_length=150)
    role = models.CharField(max_length=20)
    details = models.JSONField(default=dict)

    objects = Rows["Entry"].as_manager()

    class Meta:
        indexes = [models.Index(fields=["subject_table", "subject_id"], name="audit_entry_by_subject")]

    def __str__(self) -> str:
        return f"{self.event} {self.subject_name}"


class Seal(models.Model):
    """One link of the hash chain: it seals all entries up to `last_entry_id`, and the seal before it.

    Made by one job, never inside a request: concurrent appends would collide on a chain of single entries.
    """

    first_entry_id = models.BigIntegerField(unique=True)
    last_entry_id = models.BigIntegerField(unique=True)
    entries = models.PositiveIntegerField()
    hash = models.CharField(max_length=64, unique=True)
    previous = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField()

    objects = Rows["Seal"].as_manager()

    def __str__(self) -> str:
        return f"{self.first_entry_id} to {self.last_entry_id}"
