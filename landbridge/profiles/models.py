"""Partner profiles and the interest that other regions express in them."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from landbridge.catalogue.models import Competence
from landbridge.foundation.models import Rows, Table
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.roles import Role
from landbridge.introductions.models import Introduction
from landbridge.organisations.models import Organisation
from landbridge.profiles.states import Interest as InterestState
from landbridge.profiles.states import Kind, S
from landbridge.programmes.models import Region


class ProfileRows(Rows["Profile"]):
    def public(self) -> Self:
        """Published; whose it is, no public page says."""
        return self.filter(state=S.PUBLISHED)

    def visible_to(self, actor: Actor) -> Self:
        """What is public for everyone; drafts for their desk, what waits for a check for the other desks."""
        if actor.sees_everything or actor.role in (Role.OFFICE, Role.AUDITOR):
            return self.all()
        if actor.role is Role.BROKER:
            return self.filter(Q(state__in=[S.PUBLISHED, S.CHECK]) | Q(region_id=actor.region_id))
        if actor.role in (Role.SME, Role.PROVIDER):
            return self.filter(Q(state=S.PUBLISHED) | Q(organisation_id=actor.organisation_id))
        return self.public()


class Profile(Table):
    """An anonymous offer or request of one organisation, written by its desk, checked by a second region."""

    number = models.CharField(max_length=30, unique=True, help_text="Such as RDR-NL-20260114-003.")
    kind = models.CharField(max_length=5)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="profiles")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="profiles")
    title = models.CharField(max_length=150)
    summary = models.CharField(max_length=500)
    description = models.TextField(max_length=4000)
    advantages = models.TextField(max_length=2000, blank=True)
    wanted_partner = models.TextField(max_length=2000, blank=True)
    stage = models.CharField(max_length=200, blank=True)
    rights = models.CharField(
        max_length=200, blank=True, help_text="State of intellectual property, without numbers."
    )
    languages = models.JSONField(default=list)
    competences = models.ManyToManyField(Competence, blank=True, related_name="profiles")
    state = models.CharField(max_length=20, default=S.DRAFT)
    valid_until = models.DateField(null=True)
    written_by_name = models.CharField(max_length=150)
    written_at = models.DateTimeField()
    checked_by_name = models.CharField(max_length=150, blank=True)
    checked_region = models.ForeignKey(
        Region, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    check_remark = models.TextField(max_length=1000, blank=True)
    published_at = models.DateTimeField(null=True)
    is_demonstration = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    objects = ProfileRows.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(Kind)), name="a_profile_has_a_known_kind"),
            models.CheckConstraint(condition=Q(state__in=list(S)), name="a_profile_has_a_known_state"),
            models.CheckConstraint(
                condition=~Q(state=S.PUBLISHED)
                | (
                    Q(valid_until__isnull=False, checked_region__isnull=False)
                    & ~Q(checked_region=models.F("region"))
                ),
                name="a_published_profile_was_checked_by_a_second_region",
            ),
        ]
        indexes = [models.Index(fields=["state", "valid_until"], name="profile_by_state_and_end")]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("profiles:profile", args=[self.pk])

    @property
    def shown_state(self) -> S:
        return S(self.state)

    @property
    def shown_kind(self) -> Kind:
        return Kind(self.kind)


class InterestRows(Rows["Interest"]):
    def visible_to(self, actor: Actor) -> Self:
        """The desk that sent it and the desk of the profile; the organisation that is interested its own."""
        if actor.sees_everything or actor.role in (Role.OFFICE, Role.AUDITOR):
            return self.all()
        if actor.role is Role.BROKER:
            return self.filter(Q(region_id=actor.region_id) | Q(profile__region_id=actor.region_id))
        if actor.organisation_id:
            return self.filter(organisation_id=actor.organisation_id)
        return self.none()


class Interest(Table):
    """An expression of interest in a profile: three standard questions, answered; it runs from desk to desk."""

    profile = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="interests")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="interests")
    answers = models.JSONField(default=dict, help_text="The three standard questions, by their key.")
    state = models.CharField(max_length=20, default=InterestState.SENT)
    sent_by_name = models.CharField(max_length=150)
    sent_at = models.DateTimeField()
    answered_by_name = models.CharField(max_length=150, blank=True)
    answered_at = models.DateTimeField(null=True)
    reason = models.TextField(max_length=1000, blank=True)
    introduction = models.OneToOneField(
        Introduction, null=True, blank=True, on_delete=models.PROTECT, related_name="interest"
    )

    objects = InterestRows.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=list(InterestState)), name="an_interest_has_a_known_state"
            ),
            models.UniqueConstraint(
                fields=["profile", "organisation"],
                condition=Q(state=InterestState.SENT),
                name="an_organisation_is_interested_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state=InterestState.DECLINED) | ~Q(reason=""),
                name="an_interest_is_declined_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"Interest {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("profiles:interest", args=[self.pk])

    @property
    def shown_state(self) -> InterestState:
        return InterestState(self.state)
