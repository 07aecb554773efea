"""The keys of forms already carried out, with what each brought about."""

from __future__ import annotations

from django.db import models

from landbridge.foundation.models import Rows


class Operation(models.Model):
    """One form that one person sent to one place: its key, and the object that answered it."""

    key = models.UUIDField()
    person_id = models.BigIntegerField(default=0)
    place = models.CharField(max_length=200)
    result_table = models.CharField(max_length=80, default="")
    result_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()

    objects = Rows["Operation"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "person_id", "place"], name="a_form_is_carried_out_once"),
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.key}"
