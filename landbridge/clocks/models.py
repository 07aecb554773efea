"""The duties that run against time, and the clocks that measure each of them."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.urls import NoReverseMatch

from landbridge.clocks.rules import Facts
from landbridge.clocks.states import Ending
from landbridge.foundation.models import Rows, Table
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.roles import Role
from landbridge.foundation.ui.addresses import address
from landbridge.programmes.models import Region


class Duty(Table):
    """One kind of duty: how long it may take, when its holder is reminded, and who is told when it is late.

    The office edits these rows; a clock that runs keeps what it was started with.
    """

    key = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    explanation = models.CharField(max_length=300, blank=True)
    working_days = models.PositiveSmallIntegerField()
    remind_after = models.JSONField(default=list, help_text="Working days after the start, in order.")
    tells_supervisor = models.BooleanField(default=True)
    tells_client_after = models.PositiveSmallIntegerField(
        null=True, help_text="Working days after the start on which the client is told; none: never."
    )

    objects = Rows["Duty"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(working_days__gte=0, working_days__lte=250), name="a_duty_has_a_sensible_length"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ClockRows(Rows["Clock"]):
    def visible_to(self, actor: Actor) -> Self:
        """A region's desk sees its own clocks; the office and the auditor see all."""
        if actor.sees_everything or actor.role in (Role.OFFICE, Role.AUDITOR):
            return self.all()
        if actor.role is Role.BROKER:
            return self.filter(region_id=actor.region_id)
        return self.none()

    def running(self) -> Self:
        """Neither ended nor paused."""
        return self.filter(ended_at__isnull=True, paused_at__isnull=True)

    def open(self) -> Self:
        """Not ended; it may be paused."""
        return self.filter(ended_at__isnull=True)

    def about(self, row: models.Model) -> Self:
        """The clocks of one object."""
        return self.filter(about_table=row._meta.label_lower, about_id=row.pk)


class Clock(Table):
    """One duty towards one object, held by one region's desk: since when, until when, and how it ended."""

    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="clocks")
    about_table = models.CharField(max_length=80)
    about_id = models.BigIntegerField()
    about_name = models.CharField(max_length=150, help_text="What people call the object: its number.")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="clocks")
    membership_id = models.BigIntegerField(null=True, help_text="Who holds it at the desk; none: the desk.")
    working_days = models.PositiveSmallIntegerField(help_text="How many it was started with.")
    remind_after = models.JSONField(default=list)
    tells_supervisor = models.BooleanField(default=True)
    tells_client_after = models.PositiveSmallIntegerField(null=True)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True)
    days_left = models.PositiveSmallIntegerField(null=True, help_text="Working days left when it was paused.")
    reminders_sent = models.PositiveSmallIntegerField(default=0)
    supervisor_told_at = models.DateTimeField(null=True)
    client_told_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ending = models.CharField(max_length=20, blank=True)

    objects = ClockRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["duty", "about_table", "about_id"],
                condition=Q(ended_at__isnull=True),
                name="a_duty_towards_an_object_runs_once",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ending="")
                | Q(ended_at__isnull=False, ending__in=list(Ending)),
                name="an_ended_clock_says_how_it_ended",
            ),
            models.CheckConstraint(
                condition=Q(paused_at__isnull=True, days_left__isnull=True)
                | Q(paused_at__isnull=False, days_left__isnull=False),
                name="a_paused_clock_knows_what_is_left",
            ),
            models.CheckConstraint(
                condition=Q(due_at__gte=models.F("started_at")), name="a_clock_is_due_after_its_start"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=models.F("started_at")),
                name="a_clock_ends_after_its_start",
            ),
        ]
        indexes = [
            models.Index(fields=["about_table", "about_id"], name="clock_by_object"),
            models.Index(
                fields=["region", "due_at"], condition=Q(ended_at__isnull=True), name="clock_by_desk"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.duty.name}: {self.about_name}"

    def get_absolute_url(self) -> str:
        """The page of what it is about; its table is known by name alone, for it lies above this word."""
        try:
            row: Any = apps.get_model(self.about_table)(pk=self.about_id)
            return str(row.get_absolute_url())
        except (LookupError, AttributeError, NoReverseMatch):
            return ""

    def facts(self) -> Facts:
        """What the rules want to know of it."""
        return Facts(
            due_at=self.due_at,
            working_days=self.working_days,
            remind_after=tuple(self.remind_after),
            reminders_sent=self.reminders_sent,
            tells_supervisor=self.tells_supervisor,
            is_supervisor_told=self.supervisor_told_at is not None,
            tells_client_after=self.tells_client_after,
            is_client_told=self.client_told_at is not None,
        )


class AbsenceRows(Rows["Absence"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those of one's own desk; all for the office and the auditor."""
        if actor.sees_everything or actor.role in (Role.OFFICE, Role.AUDITOR):
            return self.all()
        if actor.role is Role.BROKER:
            return self.filter(region_id=actor.region_id)
        return self.none()

    def on(self, day: date) -> Self:
        """Absences that cover a day."""
        return self.filter(first_day__lte=day, last_day__gte=day)


class Absence(Table):
    """Days on which a broker is away, and the colleague at the same desk who takes their cases meanwhile."""

    membership_id = models.BigIntegerField()
    person_name = models.CharField(max_length=150)
    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="absences")
    first_day = models.DateField()
    last_day = models.DateField()
    stand_in_id = models.BigIntegerField(
        null=True, help_text="The membership of the colleague; none: the desk."
    )
    stand_in_name = models.CharField(max_length=150, blank=True)
    entered_at = models.DateTimeField()

    objects = AbsenceRows.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=models.F("first_day")), name="an_absence_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_name}, {self.first_day} to {self.last_day}"

    def get_absolute_url(self) -> str:
        """The desk's work list, where its cases are; it belongs to a word above."""
        return address("enquiries:desk")
