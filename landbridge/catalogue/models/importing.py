"""Importing: where records come from, what a file would change, and what each source said of each record."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from landbridge.catalogue.models.records import Record
from landbridge.catalogue.states import Read
from landbridge.foundation.files.models import StoredFile
from landbridge.foundation.models import Rows, Table
from landbridge.programmes.models import Region


class Source(Table):
    """Where records come from: a national directory, a university's list, ROR."""

    key = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=150)
    format = models.CharField(max_length=20, help_text="uniquip, table, json or ror.")
    licence = models.CharField(max_length=120, blank=True)
    website = models.URLField(max_length=300, blank=True)
    columns = models.JSONField(default=dict, help_text="Column of the file for each field; plain tables.")
    region = models.ForeignKey(Region, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    publishes = models.BooleanField(default=True, help_text="What comes in is published at once.")
    rows_last_time = models.PositiveIntegerField(null=True)

    objects = Rows["Source"].as_manager()

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("catalogue:source", args=[self.pk])


class Import(Table):
    """One file of one source: read, shown with its differences, taken over in parts, with its progress."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="imports")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, default=Read.READING)
    rows = models.PositiveIntegerField(default=0)
    done_rows = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict, help_text="Rows by what happens to them.")
    problem = models.CharField(max_length=500, blank=True)
    person_id = models.BigIntegerField(null=True)
    person_name = models.CharField(max_length=150)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = Rows["Import"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(Read)), name="an_import_has_a_known_state"),
            models.UniqueConstraint(
                fields=["source"],
                condition=Q(state__in=[Read.READING, Read.PREVIEW, Read.ALARM, Read.RUNNING]),
                name="a_source_is_read_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("catalogue:import", args=[self.pk])

    @property
    def shown_state(self) -> Read:
        return Read(self.state)


class Change(Table):
    """What one row of a file would bring: new, changed, the same, gone from the file, doubtful or unreadable."""

    of_import = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="changes")
    row = models.PositiveIntegerField()
    key = models.CharField(max_length=200)
    what = models.CharField(max_length=20)
    values = models.JSONField(default=dict)
    differences = models.JSONField(default=dict, help_text="Field, with its value before and after.")
    problem = models.CharField(max_length=300, blank=True)
    record = models.ForeignKey(Record, null=True, on_delete=models.SET_NULL, related_name="+")
    candidates = models.JSONField(default=list, help_text="Organisations that it may be, for doubtful rows.")
    decision = models.CharField(max_length=20, blank=True)
    done_at = models.DateTimeField(null=True)

    objects = Rows["Change"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["of_import", "row"], name="a_row_is_read_once"),
        ]
        indexes = [models.Index(fields=["of_import", "what"], name="change_by_import_and_kind")]

    def __str__(self) -> str:
        return f"Row {self.row}: {self.what}"


class Provenance(Table):
    """What one source said of one record, and when it was last seen there."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="provenances")
    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="provenances")
    key = models.CharField(max_length=200, help_text="The record's key within the source.")
    row_hash = models.CharField(max_length=64)
    values = models.JSONField(default=dict)
    first_seen_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    missing_since = models.DateTimeField(null=True)

    objects = Rows["Provenance"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "key"], name="a_source_knows_a_key_once"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id}:{self.key}"
