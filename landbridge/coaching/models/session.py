"""The sessions of a case, booked in the coach's free time."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from landbridge.coaching.models.case import Case
from landbridge.coaching.models.coach import Coach, FreeTime
from landbridge.coaching.states import SPENT, SessionState
from landbridge.foundation.models import Rows, Table


class Session(Table):
    """One session of a case, booked in the coach's free time; its hours count once the company approved them."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="sessions")
    coach = models.ForeignKey(Coach, on_delete=models.PROTECT, related_name="sessions")
    free_time = models.ForeignKey(
        FreeTime, null=True, blank=True, on_delete=models.SET_NULL, related_name="sessions"
    )
    code = models.CharField(max_length=12, unique=True, help_text="In its calendar entry.")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    link = models.URLField(max_length=300, blank=True)
    topic = models.CharField(max_length=200, blank=True)
    notes = models.TextField(max_length=5000, blank=True, help_text="Of the coach; the company reads them.")
    hours = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    state = models.CharField(max_length=20, default=SessionState.BOOKED)
    reason = models.CharField(max_length=500, blank=True)
    cancelled_late = models.BooleanField(default=False, help_text="Within a day of its beginning.")
    reminded_at = models.DateTimeField(null=True)
    sequence = models.PositiveIntegerField(default=0)
    booked_by_name = models.CharField(max_length=150)
    booked_at = models.DateTimeField()
    changed_at = models.DateTimeField(help_text="When its calendar entry changed last.")
    approved_by_name = models.CharField(max_length=150, blank=True)
    approved_at = models.DateTimeField(null=True)

    objects = Rows["Session"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=list(SessionState)), name="a_coaching_session_has_a_known_state"
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="a_coaching_session_ends_after_it_begins"
            ),
            models.UniqueConstraint(
                fields=["coach", "starts_at"],
                condition=~Q(state__in=[SessionState.CANCELLED]),
                name="a_coach_is_booked_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=SPENT) | Q(hours__isnull=False),
                name="a_session_that_was_held_has_its_hours",
            ),
            models.CheckConstraint(
                condition=Q(hours__isnull=True) | Q(hours__gt=0, hours__lte=12),
                name="a_coaching_session_takes_a_sensible_time",
            ),
        ]

    def __str__(self) -> str:
        return self.topic or self.code

    def get_absolute_url(self) -> str:
        return reverse("coaching:session", args=[self.pk])

    @property
    def shown_state(self) -> SessionState:
        return SessionState(self.state)
