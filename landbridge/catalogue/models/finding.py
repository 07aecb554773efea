"""Finding: saved searches with their alerts, shortlists, what was looked for in vain, what the index must read again."""

from __future__ import annotations

from django.db import models
from django.urls import reverse

from landbridge.catalogue.models.records import Record
from landbridge.foundation.models import Rows, Table
from landbridge.foundation.people.models import Person
from landbridge.foundation.permissions.actor import Actor


class SavedSearchRows(Rows["SavedSearch"]):
    def visible_to(self, actor: Actor) -> SavedSearchRows:
        """One's own alone."""
        return self.filter(person_id=actor.person_id or 0)


class SavedSearch(Table):
    """A search that a person keeps; what is new since the watermark is sent to them, each hit once."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="saved_searches")
    name = models.CharField(max_length=120)
    text = models.CharField(max_length=300, blank=True)
    filters = models.JSONField(default=dict)
    every_days = models.PositiveSmallIntegerField(default=7, help_text="0: no alerts.")
    watermark = models.BigIntegerField(
        default=0, help_text="The last change of the index that was looked at."
    )
    unsubscribe_key = models.CharField(max_length=64, unique=True)
    saved_at = models.DateTimeField()
    looked_at = models.DateTimeField()
    unsubscribed_at = models.DateTimeField(null=True)

    objects = SavedSearchRows.as_manager()

    def __str__(self) -> str:
        return self.name


class Alert(Table):
    """One record that was announced to the owner of one saved search."""

    search = models.ForeignKey(SavedSearch, on_delete=models.CASCADE, related_name="alerts")
    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    objects = Rows["Alert"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["search", "record"], name="a_hit_is_announced_once"),
        ]

    def __str__(self) -> str:
        return f"{self.search_id}: {self.record_id}"


class ShortlistRows(Rows["Shortlist"]):
    def visible_to(self, actor: Actor) -> ShortlistRows:
        """One's own alone."""
        return self.filter(person_id=actor.person_id or 0)


class Shortlist(Table):
    """Records that a person put side by side."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="shortlists")
    name = models.CharField(max_length=120)
    made_at = models.DateTimeField()

    objects = ShortlistRows.as_manager()

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("catalogue:shortlist", args=[self.pk])


class ShortlistEntry(Table):
    """One record of a shortlist."""

    shortlist = models.ForeignKey(Shortlist, on_delete=models.CASCADE, related_name="entries")
    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="+")
    remark = models.CharField(max_length=300, blank=True)
    added_at = models.DateTimeField()

    objects = Rows["ShortlistEntry"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shortlist", "record"], name="a_shortlist_holds_a_record_once"),
        ]

    def __str__(self) -> str:
        return f"{self.shortlist_id}: {self.record_id}"


class UnmetDemand(Table):
    """What was looked for and not found, counted; nobody's name is kept with it."""

    text = models.CharField(max_length=300, unique=True)
    times = models.PositiveIntegerField(default=1)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()

    objects = Rows["UnmetDemand"].as_manager()

    def __str__(self) -> str:
        return self.text


class IndexChange(Table):
    """A record that the index must read again; its number is the index's stamp and the alerts' watermark."""

    record_id = models.BigIntegerField()
    at = models.DateTimeField()

    objects = Rows["IndexChange"].as_manager()

    def __str__(self) -> str:
        return f"{self.pk}: {self.record_id}"
