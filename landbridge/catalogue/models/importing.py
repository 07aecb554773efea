"""Importing: where records come from, what a file would change, and what each source said of each record."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from landbridge.catalogue.models.records import Record
from landbridge.catalogue.states import Format, Read, What
from landbridge.foundation.files.models import StoredFile
from landbridge.foundation.models import Rows, Table
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.permissions.roles import Role
from landbridge.organisations.models import Organisation
from landbridge.programmes.models import Region


class SourceRows(Rows["Source"]):
    def visible_to(self, actor: Actor) -> Self:
        """All for the office, those of one's own region for its broker."""
        if not actor.may(P.RECORD_IMPORT):
            return self.none()
        return self.filter(region_id=actor.region_id) if actor.role is Role.BROKER else self.all()


class Source(Table):
    """Where records come from: a national directory, a university's list, ROR.

    A source of a region brings records of that region alone; `organisation` and `country` hold where a file says none.
    """

    key = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=150)
    format = models.CharField(max_length=20, help_text="uniquip, table, json or ror.")
    licence = models.CharField(max_length=120, blank=True)
    website = models.URLField(max_length=300, blank=True)
    columns = models.JSONField(default=dict, help_text="Column of the file for each field; plain tables.")
    region = models.ForeignKey(Region, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    country = models.CharField(max_length=2, blank=True)
    publishes = models.BooleanField(default=True, help_text="What comes in is published at once.")
    rows_last_time = models.PositiveIntegerField(null=True)

    objects = SourceRows.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(format__in=list(Format)), name="a_source_has_a_known_format"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("catalogue:source", args=[self.pk])

    @property
    def shown_format(self) -> Format:
        return Format(self.format)


class ImportRows(Rows["Import"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those of the sources one sees."""
        return self.filter(source__in=Source.objects.visible_to(actor).values("pk"))


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

    objects = ImportRows.as_manager()

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
    kind = models.CharField(max_length=20, blank=True)
    what = models.CharField(max_length=20)
    values = models.JSONField(default=dict)
    differences = models.JSONField(default=dict, help_text="Field, with its value before and after.")
    problem = models.CharField(max_length=300, blank=True)
    record = models.ForeignKey(Record, null=True, on_delete=models.SET_NULL, related_name="+")
    owner_key = models.CharField(
        max_length=200, blank=True, help_text="Country and plain name of the organisation that it belongs to."
    )
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.SET_NULL, related_name="+")
    candidates = models.JSONField(default=list, help_text="Organisations that it may be, for doubtful rows.")
    decision = models.CharField(max_length=20, blank=True)
    done_at = models.DateTimeField(null=True)

    objects = Rows["Change"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["of_import", "row"], name="a_row_is_read_once"),
            models.CheckConstraint(condition=Q(what__in=list(What)), name="a_row_brings_something_known"),
        ]
        indexes = [models.Index(fields=["of_import", "what"], name="change_by_import_and_kind")]

    def __str__(self) -> str:
        return f"Row {self.row}: {self.what}"

    @property
    def shown_what(self) -> What:
        return What(self.what)


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
        indexes = [models.Index(fields=["record", "source"], name="provenance_by_record")]

    def __str__(self) -> str:
        return f"{self.source_id}:{self.key}"
