"""The rules of an event's meetings, requests for meetings, and pairs that shall not meet."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from landbridge.events.models import Event, Registration
from landbridge.foundation.models import Rows, Table
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.roles import Role
from landbridge.meetings.states import OPEN_REQUEST, Asked, Priority


class MeetingRules(Table):
    """How the meetings of one event are asked for and weighed; every weight is shown to those who ask."""

    event = models.OneToOneField(Event, on_delete=models.CASCADE, related_name="meeting_rules")
    requests_open_at = models.DateTimeField()
    requests_close_at = models.DateTimeField()
    most_requests = models.PositiveSmallIntegerField(default=20, help_text="Open requests one may have sent.")
    most_meetings = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="For one person; empty: as slots go."
    )
    high_share_percent = models.PositiveSmallIntegerField(
        default=25, help_text="Of one's requests, high at most."
    )
    days_to_answer = models.PositiveSmallIntegerField(default=7, help_text="Then a request expires.")
    weight_high = models.PositiveSmallIntegerField(default=3)
    weight_medium = models.PositiveSmallIntegerField(default=2)
    weight_low = models.PositiveSmallIntegerField(default=1)
    weight_must = models.PositiveSmallIntegerField(default=8)
    weight_mutual = models.PositiveSmallIntegerField(default=2, help_text="Added when both asked.")
    weight_cross_border = models.PositiveSmallIntegerField(default=0, help_text="Added across a border.")
    may_book_oneself = models.BooleanField(
        default=False, help_text="An accepted request takes a free slot and table at once."
    )
    link_pattern = models.CharField(
        max_length=300,
        blank=True,
        help_text="Of online meetings, such as https://meet.example/{event}-{code}.",
    )
    silent_are_there = models.BooleanField(
        default=False, help_text="Who has not ticked any slot counts as there all day."
    )
    screen_key = models.CharField(
        max_length=43, blank=True, help_text="Opens the screens of the rooms without signing in; empty: shut."
    )

    objects = Rows["MeetingRules"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(requests_close_at__gt=F("requests_open_at")), name="asking_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(weight_low__gte=1)
                & Q(weight_medium__gte=F("weight_low"))
                & Q(weight_high__gte=F("weight_medium"))
                & Q(weight_must__gte=F("weight_high")),
                name="a_stronger_wish_never_weighs_less",
            ),
            models.UniqueConstraint(
                fields=["screen_key"], condition=~Q(screen_key=""), name="a_screen_key_opens_one_event"
            ),
        ]

    def __str__(self) -> str:
        return f"Meetings of event {self.event_id}"


class MeetingRequestRows(Rows["Request"]):
    def open(self) -> Self:
        """Waiting or accepted."""
        return self.filter(state__in=OPEN_REQUEST)

    def visible_to(self, actor: Actor) -> Self:
        """Both people; the organisers of the event; the auditor."""
        if actor.role is Role.SYSTEM or actor.role is Role.AUDITOR:
            return self.all()
        own = Registration.objects.of_person(actor).values("pk")
        mine = Q(sender__in=own) | Q(receiver__in=own)
        if actor.role in (Role.OFFICE, Role.ORGANISER):
            return self.filter(mine | Q(event__in=Event.objects.kept_by(actor).values("pk")))
        return self.filter(mine)


class Request(Table):
    """One person asks another for a meeting. It never holds a slot; two that cross are accepted by both."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="meeting_requests")
    sender = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="requests_sent")
    receiver = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="requests_received")
    sentence = models.CharField(max_length=400, help_text="Why, for the one who is asked.")
    priority = models.CharField(max_length=10, default=Priority.MEDIUM)
    answer_priority = models.CharField(
        max_length=10,
        blank=True,
        help_text="How much the one who was asked wants it; empty: they only said yes.",
    )
    state = models.CharField(max_length=20, default=Asked.SENT)
    reason = models.CharField(
        max_length=300, blank=True, help_text="Of a no or a withdrawal; the organiser reads it."
    )
    reason_is_shown = models.BooleanField(default=False, help_text="To the other side, too.")
    origin = models.CharField(
        max_length=20, default="asked", help_text="asked, matched, at the bar, interest in a pitch."
    )
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()
    sender_told_at = models.DateTimeField(null=True, help_text="Null: news for the next letter to them.")
    receiver_told_at = models.DateTimeField(null=True, help_text="Null: news for the next letter to them.")

    objects = MeetingRequestRows.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=list(Asked)), name="a_meeting_request_has_a_known_state"
            ),
            models.CheckConstraint(
                condition=Q(priority__in=list(Priority)), name="a_meeting_request_has_a_known_priority"
            ),
            models.CheckConstraint(condition=~Q(sender=F("receiver")), name="nobody_asks_to_meet_themselves"),
            models.UniqueConstraint(
                fields=["sender", "receiver"],
                condition=Q(state__in=OPEN_REQUEST),
                name="one_asks_another_once_at_a_time",
            ),
        ]
        indexes = [
            models.Index(fields=["event", "state"], name="request_by_event_and_state"),
            models.Index(fields=["receiver", "state"], name="request_by_receiver_and_state"),
            models.Index(
                fields=["sender"], condition=Q(sender_told_at__isnull=True), name="request_sender_to_tell"
            ),
            models.Index(
                fields=["receiver"],
                condition=Q(receiver_told_at__isnull=True),
                name="request_receiver_to_tell",
            ),
        ]

    def __str__(self) -> str:
        return f"Request {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("meetings:request", args=[self.pk])

    @property
    def shown_state(self) -> Asked:
        return Asked(self.state)

    @property
    def shown_priority(self) -> Priority:
        return Priority(self.priority)


class Block(Table):
    """Two who shall not meet: one of them said so, or the organiser did. The other side never learns of it."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="blocks")
    first = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="+")
    set_by = models.ForeignKey(
        Registration,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="blocks",
        help_text="Null: the organiser.",
    )
    reason = models.CharField(max_length=300, blank=True)
    set_at = models.DateTimeField()

    objects = Rows["Block"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(first__lt=F("second")), name="a_blocked_pair_is_written_in_order"
            ),
            models.UniqueConstraint(
                fields=["first", "second", "set_by"], name="a_pair_is_blocked_once_by_each"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} and {self.second_id}"
