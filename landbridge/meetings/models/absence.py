"""Who is not there on the day: did not come, comes later, left early. What they had ticked stays as it was."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from landbridge.events.models import Event, Registration
from landbridge.foundation.models import Rows, Table
from landbridge.meetings.states import Missing


class Absence(Table):
    """Somebody is away from one moment to another; lifted when they turn up after all."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="absences")
    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="absences")
    kind = models.CharField(max_length=20, default=Missing.NO_SHOW)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    said_at = models.DateTimeField()
    said_by_name = models.CharField(max_length=150)
    lifted_at = models.DateTimeField(null=True, help_text="They are there after all.")

    objects = Rows["Absence"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=list(Missing)), name="somebody_missing_is_so_in_a_known_way"
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="who_is_missing_is_so_from_a_moment_to_a_later_one",
            ),
        ]
        indexes = [models.Index(fields=["event", "lifted_at"], name="absence_by_event_and_end")]

    def __str__(self) -> str:
        return f"{self.registration_id} from {self.starts_at:%H:%M}"

    @property
    def shown_kind(self) -> Missing:
        return Missing(self.kind)
