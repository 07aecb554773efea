"""The meetings as people live them: published, moved, held or not, and what each side says came of it."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from landbridge.events.models import Event, MeetingTable, Registration, Slot
from landbridge.foundation.models import Rows, Table
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.roles import Role
from landbridge.introductions.models import Introduction
from landbridge.meetings.models.asking import Request
from landbridge.meetings.models.timetable import Run
from landbridge.meetings.states import MeetingState


class MeetingRows(Rows["Meeting"]):
    def standing(self) -> Self:
        """Not cancelled."""
        return self.exclude(state=MeetingState.CANCELLED)

    def visible_to(self, actor: Actor) -> Self:
        """Both people; the organisers of the event; the auditor. A broker: where one side is of their region."""
        if actor.role is Role.SYSTEM or actor.role is Role.AUDITOR:
            return self.all()
        own = Registration.objects.of_person(actor).values("pk")
        mine = Q(first__in=own) | Q(second__in=own)
        if actor.role in (Role.OFFICE, Role.ORGANISER):
            return self.filter(mine | Q(event__in=Event.objects.kept_by(actor).values("pk")))
        if actor.role is Role.BROKER and actor.region_id:
            return self.filter(
                mine | Q(first__region_id=actor.region_id) | Q(second__region_id=actor.region_id)
            )
        return self.filter(mine)


class Meeting(Table):
    """Two people in one slot. Moved, it stays the same meeting: its calendar entry gets the next sequence."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="meetings")
    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="meetings")
    run = models.ForeignKey(
        Run,
        null=True,
        on_delete=models.PROTECT,
        related_name="meetings",
        help_text="The newest version that placed it; null: booked by oneself.",
    )
    first = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="meetings_as_first")
    second = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="meetings_as_second")
    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, related_name="meetings")
    table = models.ForeignKey(
        MeetingTable, null=True, blank=True, on_delete=models.PROTECT, related_name="meetings"
    )
    code = models.CharField(max_length=12, unique=True, help_text="In its calendar entry and online link.")
    link = models.URLField(max_length=300, blank=True)
    state = models.CharField(max_length=20, default=MeetingState.PLANNED)
    is_locked = models.BooleanField(default=False, help_text="No run and no repair moves it.")
    sequence = models.PositiveIntegerField(default=0)
    reason = models.CharField(max_length=300, blank=True, help_text="Why it was cancelled or moved by hand.")
    placed_at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True, help_text="Held, missed or cancelled.")

    objects = MeetingRows.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=list(MeetingState)), name="a_meeting_has_a_known_state"
            ),
            models.CheckConstraint(condition=~Q(first=F("second")), name="nobody_meets_themselves"),
            models.UniqueConstraint(
                fields=["slot", "table"],
                condition=Q(table__isnull=False) & ~Q(state=MeetingState.CANCELLED),
                name="a_table_seats_one_meeting_in_a_slot",
            ),
            models.UniqueConstraint(
                fields=["request"],
                condition=~Q(state=MeetingState.CANCELLED),
                name="a_request_leads_to_one_meeting",
            ),
        ]
        indexes = [models.Index(fields=["event", "state"], name="meeting_by_event_and_state")]

    def __str__(self) -> str:
        return f"Meeting {self.code}"

    def get_absolute_url(self) -> str:
        return reverse("meetings:meeting", args=[self.pk])

    @property
    def shown_state(self) -> MeetingState:
        return MeetingState(self.state)


class Seat(Table):
    """One person's part of a meeting. Taken seats keep the law: never two meetings for one person in a slot."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="seats")
    registration = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="seats")
    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, related_name="+")
    is_taken = models.BooleanField(default=True, help_text="False once the meeting is cancelled.")
    came = models.BooleanField(null=True, help_text="What the organiser decided after a 'did not happen'.")

    objects = Rows["Seat"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "registration"], name="one_has_one_seat_in_a_meeting"),
            models.UniqueConstraint(
                fields=["registration", "slot"],
                condition=Q(is_taken=True),
                name="nobody_sits_in_two_meetings_in_one_slot",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.registration_id} in {self.slot_id}"


class Outcome(Table):
    """What one side says of a meeting, on the spot or later; the other side never reads it."""

    seat = models.OneToOneField(Seat, on_delete=models.CASCADE, related_name="outcome")
    was_held = models.BooleanField()
    worth = models.PositiveSmallIntegerField(null=True, blank=True, help_text="1 to 5.")
    note = models.TextField(max_length=2000, blank=True, help_text="For oneself alone.")
    next_step = models.CharField(max_length=300, blank=True)
    next_step_by_me = models.BooleanField(default=True, help_text="False: the other side promised it.")
    next_step_on = models.DateField(null=True, blank=True)
    next_step_done_at = models.DateTimeField(null=True)
    wants_introduction = models.BooleanField(default=False)
    introduction = models.ForeignKey(
        Introduction, null=True, blank=True, on_delete=models.PROTECT, related_name="outcomes"
    )
    reminders = models.PositiveSmallIntegerField(default=0, help_text="Of 3: after 3, 14 and 90 days.")
    said_at = models.DateTimeField()

    objects = Rows["Outcome"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(worth__isnull=True) | Q(worth__gte=1, worth__lte=5),
                name="a_meeting_is_worth_one_to_five",
            ),
            models.CheckConstraint(
                condition=Q(was_held=True) | Q(worth__isnull=True), name="what_was_not_held_is_not_rated"
            ),
        ]

    def __str__(self) -> str:
        return f"Outcome of seat {self.seat_id}"
