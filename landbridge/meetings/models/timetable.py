"""The versions of an event's timetable: a run never changes once it is finished."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from landbridge.events.models import Event, MeetingTable, Registration, Slot
from landbridge.foundation.models import Rows, Table
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.roles import Role
from landbridge.meetings.models.asking import Request
from landbridge.meetings.states import RunKind, RunState


class RunRows(Rows["Run"]):
    def visible_to(self, actor: Actor) -> Self:
        """The organisers of the event, and the auditor."""
        if actor.role is Role.SYSTEM or actor.role is Role.AUDITOR:
            return self.all()
        return self.filter(event__in=Event.objects.kept_by(actor).values("pk"))


class Run(Table):
    """One version of the timetable: what it was computed from, how good it is, how it differs from the last."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="runs")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, default=RunKind.PLAN)
    state = models.CharField(max_length=20, default=RunState.QUEUED)
    previous = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="next_runs"
    )
    seed = models.BigIntegerField(default=1)
    effort = models.CharField(max_length=20, blank=True)
    cause = models.CharField(max_length=300, blank=True, help_text="Of a repair: what happened.")
    input_hash = models.CharField(
        max_length=64, blank=True, help_text="SHA-256 of what it was computed from."
    )
    inputs = models.JSONField(
        default=dict, help_text="Hashes of the parts of that, to say later what has changed since."
    )
    attempt = models.PositiveSmallIntegerField(
        default=0, help_text="Counts the processes that took it; only the last one may finish it."
    )
    leased_until = models.DateTimeField(
        null=True, help_text="While it is computed: dead unless it is heard of before this."
    )
    code_version = models.CharField(max_length=40, blank=True)
    iterations = models.PositiveIntegerField(default=0)
    weight = models.BigIntegerField(null=True)
    bound = models.FloatField(null=True, help_text="No timetable can have more weight than this.")
    statistics = models.JSONField(default=dict)
    difference = models.JSONField(
        default=dict, help_text="Added, moved, cancelled against the previous version."
    )
    stage = models.CharField(max_length=40, blank=True)
    done_percent = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=500, blank=True, help_text="Why it failed.")
    asked_by_name = models.CharField(max_length=150)
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    published_by_name = models.CharField(max_length=150, blank=True)

    objects = RunRows.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(RunState)), name="a_run_has_a_known_state"),
            models.CheckConstraint(condition=Q(kind__in=list(RunKind)), name="a_run_has_a_known_kind"),
            models.UniqueConstraint(fields=["event", "number"], name="a_run_has_a_number_of_its_own"),
            models.UniqueConstraint(
                fields=["event"],
                condition=Q(state=RunState.PUBLISHED),
                name="an_event_has_one_published_timetable",
            ),
            models.UniqueConstraint(
                fields=["event"],
                condition=Q(state__in=[RunState.QUEUED, RunState.RUNNING]),
                name="an_event_computes_one_timetable_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"Version {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("meetings:run", args=[self.pk])

    @property
    def shown_state(self) -> RunState:
        return RunState(self.state)

    @property
    def shown_kind(self) -> RunKind:
        return RunKind(self.kind)

    @property
    def share(self) -> float | None:
        """How close it came to the bound, 0 to 1."""
        if self.weight is None or self.bound is None:
            return None
        return self.weight / self.bound if self.bound else 1.0


class Placement(Table):
    """One meeting of one version; written once. A plan has all of them, a repair only those it added or moved."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="placements")
    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="placements")
    first = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="+")
    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, related_name="+")
    table = models.ForeignKey(MeetingTable, null=True, on_delete=models.PROTECT, related_name="+")
    weight = models.PositiveIntegerField()
    is_locked = models.BooleanField(default=False)

    objects = Rows["Placement"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "request"], name="a_version_places_a_request_once"),
            models.UniqueConstraint(
                fields=["run", "first", "slot"], name="a_version_seats_the_first_once_in_a_slot"
            ),
            models.UniqueConstraint(
                fields=["run", "second", "slot"], name="a_version_seats_the_second_once_in_a_slot"
            ),
            models.UniqueConstraint(
                fields=["run", "slot", "table"],
                condition=Q(table__isnull=False),
                name="a_version_gives_a_table_once_in_a_slot",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request_id} in {self.slot_id}"


class Unplaced(Table):
    """A request that a version could not place, and why."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="unplaced")
    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=40)
    who = models.JSONField(default=list, help_text="Ids of the registrations that are full or have no slot.")
    counts = models.JSONField(default=list, help_text="Of each of these: meetings they have, and at most.")

    objects = Rows["Unplaced"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "request"], name="a_version_says_once_why_not"),
        ]

    def __str__(self) -> str:
        return f"{self.request_id}: {self.why}"
