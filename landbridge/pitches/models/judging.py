"""The jury: who sits on it, who stays out of what, and the marks."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from landbridge.foundation.models import Rows, Table
from landbridge.foundation.people.models import Person
from landbridge.foundation.permissions.actor import Actor
from landbridge.pitches.models.pitches import Pitch, PitchCall


class JurorRows(Rows["Juror"]):
    def visible_to(self, actor: Actor) -> Self:
        """One's own seats; those of their calls for organisers and auditors."""
        own = Q(person_id=actor.person_id or 0)
        return self.filter(own | Q(call__in=PitchCall.objects.overseen_by(actor).values("pk")))


class Juror(Table):
    """A person on the jury of one call. Blind until they have marked: others' marks show after one's own."""

    call = models.ForeignKey(PitchCall, on_delete=models.CASCADE, related_name="jurors")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="juries")
    name = models.CharField(max_length=150)
    declared_at = models.DateTimeField(
        null=True, help_text="When they had declared their conflicts, or none."
    )
    is_audience = models.BooleanField(default=False, help_text="Marks on stage alone, counted apart.")
    invited_at = models.DateTimeField()

    objects = JurorRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call", "person"], name="one_sits_on_a_jury_once"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("pitches:marks", args=[self.call_id])


class Conflict(Table):
    """Why a juror does not mark one pitch: declared by them, or found (own organisation, own region)."""

    juror = models.ForeignKey(Juror, on_delete=models.CASCADE, related_name="conflicts")
    pitch = models.ForeignKey(Pitch, on_delete=models.CASCADE, related_name="conflicts")
    reason = models.CharField(max_length=300)
    is_declared = models.BooleanField(default=True, help_text="False: found by Landbridge.")
    noted_at = models.DateTimeField()

    objects = Rows["Conflict"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["juror", "pitch"], name="a_conflict_is_noted_once"),
        ]

    def __str__(self) -> str:
        return self.reason


class Score(Table):
    """The marks of one juror for one pitch: once to select it, once on stage."""

    juror = models.ForeignKey(Juror, on_delete=models.CASCADE, related_name="scores")
    pitch = models.ForeignKey(Pitch, on_delete=models.CASCADE, related_name="scores")
    is_live = models.BooleanField(default=False)
    marks = models.JSONField(default=dict, help_text="By the key of the criterion, 0 to 5 in halves.")
    remark = models.TextField(max_length=1500, blank=True)
    scored_at = models.DateTimeField()

    objects = Rows["Score"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["juror", "pitch", "is_live"], name="a_juror_marks_a_pitch_once_each_time"
            ),
        ]

    def __str__(self) -> str:
        return f"Marks of {self.juror_id} for {self.pitch_id}"
