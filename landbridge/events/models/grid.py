"""When and where: rooms, sessions of the programme, slots of the one-to-one meetings."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from landbridge.events.models.event import Event
from landbridge.events.states import SessionKind
from landbridge.foundation.models import Rows, Table


class Room(Table):
    """A room of the venue, or a virtual one."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="rooms")
    name = models.CharField(max_length=60)
    places = models.PositiveIntegerField(null=True, blank=True)
    is_step_free = models.BooleanField(default=True)
    number = models.PositiveSmallIntegerField(default=1)

    objects = Rows["Room"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "name"], name="a_room_has_a_name_of_its_own"),
        ]

    def __str__(self) -> str:
        return self.name


class Session(Table):
    """A stretch of the programme. For some, one signs up; while one is in it, one has no meetings."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="sessions")
    kind = models.CharField(max_length=20, default=SessionKind.PLENARY)
    title = models.CharField(max_length=150)
    text = models.TextField(max_length=3000, blank=True)
    speakers = models.CharField(max_length=300, blank=True)
    room = models.ForeignKey(Room, null=True, blank=True, on_delete=models.SET_NULL, related_name="sessions")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    needs_sign_up = models.BooleanField(default=False)
    capacity = models.PositiveIntegerField(null=True, blank=True)
    link = models.URLField(max_length=300, blank=True, help_text="For those who have a place.")

    objects = Rows["Session"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=list(SessionKind)), name="a_session_has_a_known_kind"
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="a_session_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def shown_kind(self) -> SessionKind:
        return SessionKind(self.kind)


class Slot(Table):
    """One stretch of time for one meeting each. A part is a stretch without a break in it (morning, afternoon)."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="slots")
    number = models.PositiveSmallIntegerField(help_text="Counts from 1 through the whole event.")
    part = models.PositiveSmallIntegerField(default=1)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    objects = Rows["Slot"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "number"], name="a_slot_has_a_number_of_its_own"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="a_slot_of_an_event_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}"
