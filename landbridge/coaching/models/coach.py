"""Coaches, and the hours in which they are free."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from landbridge.catalogue.models import Competence
from landbridge.foundation.models import Rows, Table
from landbridge.foundation.people.models import Person
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.roles import Role
from landbridge.organisations.models import Organisation


class CoachRows(Rows["Coach"]):
    def active(self) -> Self:
        """Those who take cases."""
        return self.filter(is_active=True)

    def visible_to(self, actor: Actor) -> Self:
        """Desks, office and auditor all; a company those proposed to it; a coach themselves."""
        if actor.sees_everything or actor.role in (Role.OFFICE, Role.AUDITOR, Role.BROKER):
            return self.all()
        if actor.role is Role.PROVIDER:
            return self.filter(person_id=actor.person_id or 0)
        if actor.role is Role.SME:
            proposed = Coach.objects.filter(offers__case__company_id=actor.organisation_id or 0)
            return self.filter(pk__in=proposed.values("pk"))
        return self.none()


class Coach(Table):
    """An expert who coaches companies of the network."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="coach")
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="coaches"
    )
    name = models.CharField(max_length=120)
    headline = models.CharField(max_length=150, blank=True)
    about = models.TextField(max_length=3000, blank=True)
    competences = models.ManyToManyField(Competence, blank=True, related_name="coaches")
    languages = models.JSONField(default=list)
    country = models.CharField(max_length=2, blank=True)
    time_zone = models.CharField(max_length=40, default="Europe/Brussels")
    meeting_link = models.URLField(max_length=300, blank=True, help_text="Of sessions online.")
    most_cases = models.PositiveSmallIntegerField(default=3, help_text="Cases at a time.")
    calendar_key = models.CharField(max_length=43, unique=True, help_text="Of the private calendar address.")
    is_active = models.BooleanField(default=False, help_text="Takes cases.")
    activated_at = models.DateTimeField(null=True, help_text="None: a desk or office has not looked yet.")
    activated_by_name = models.CharField(max_length=150, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    is_demonstration = models.BooleanField(default=False)

    objects = CoachRows.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_active=False) | Q(activated_at__isnull=False),
                name="an_active_coach_was_activated",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("coaching:coach", args=[self.pk])


class FreeTime(Table):
    """A stretch of time in which a coach can be booked. Those of one coach never overlap (see `never_overlap`)."""

    coach = models.ForeignKey(Coach, on_delete=models.CASCADE, related_name="free_times")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    objects = Rows["FreeTime"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["coach", "starts_at"], name="free_time_of_a_coach_begins_once"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="free_time_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M}"
