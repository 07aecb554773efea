"""An R&D question of a company: its confidential text, its context, and the summaries that may leave the region."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from landbridge.catalogue.models import Competence
from landbridge.enquiries.states import Closing, LeadState, S
from landbridge.foundation.fields import MoneyField
from landbridge.foundation.models import Rows, Table
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.roles import Role
from landbridge.organisations.models import Organisation
from landbridge.programmes.models import Region


class EnquiryRows(Rows["Enquiry"]):
    def visible_to(self, actor: Actor) -> Self:
        """The company's people; the home desk; the desk that leads; the office and the auditor.

        A scout in another region sees summaries alone, through `Sight`; never this row.
        """
        if actor.sees_everything or actor.role in (Role.OFFICE, Role.AUDITOR):
            return self.all()
        if actor.role is Role.SME:
            return self.filter(company_id=actor.organisation_id)
        if actor.role is Role.BROKER:
            led = Q(leads__region_id=actor.region_id, leads__state=LeadState.ACCEPTED)
            return self.filter(
                pk__in=self.model.objects.filter(Q(region_id=actor.region_id) | led).values("pk")
            )
        return self.none()

    def led_by(self, region_id: int) -> Self:
        """Those whose accepted lead is this region's desk."""
        return self.filter(leads__region_id=region_id, leads__state=LeadState.ACCEPTED)


class Enquiry(Table):
    """One question of one company. What is confidential stays at the desks that lead it."""

    number = models.CharField(
        max_length=20, unique=True, help_text="Said on the telephone; with a check digit."
    )
    company = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="enquiries")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="enquiries")
    asked_by_id = models.BigIntegerField(null=True)
    asked_by_name = models.CharField(max_length=150)
    asked_by_email = models.EmailField(blank=True)
    title = models.CharField(max_length=150)
    confidential_text = models.TextField(max_length=10_000)
    readiness_now = models.PositiveSmallIntegerField(null=True, blank=True, help_text="1 to 9.")
    readiness_wanted = models.PositiveSmallIntegerField(null=True, blank=True, help_text="1 to 9.")
    sample = models.CharField(max_length=200, blank=True, help_text="Kind of sample or material.")
    regulation = models.CharField(max_length=200, blank=True)
    budget_eur = MoneyField(null=True, blank=True)
    needed_by = models.DateField(null=True, blank=True)
    languages = models.JSONField(default=list)
    access_modes = models.JSONField(default=list)
    also_inside = models.BooleanField(default=False, help_text="Offers in the company's own region as well.")

    state = models.CharField(max_length=20, default=S.NEW)
    stood_at = models.CharField(max_length=20, blank=True, help_text="Where it goes back to when it goes on.")
    hold_until = models.DateField(null=True)
    closing = models.CharField(max_length=20, blank=True)
    reason = models.TextField(
        max_length=1000, blank=True, help_text="Why it is on hold, declined or closed so."
    )
    duplicate_of = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="duplicates"
    )
    is_demonstration = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = EnquiryRows.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(S)), name="an_enquiry_has_a_known_state"),
            models.CheckConstraint(
                condition=(Q(state=S.CLOSED) & Q(closing__in=list(Closing)))
                | (~Q(state=S.CLOSED) & Q(closing="")),
                name="a_closed_enquiry_says_with_what",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[S.ON_HOLD, S.DECLINED]) | ~Q(reason=""),
                name="an_enquiry_is_held_or_declined_with_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(closing=Closing.DUPLICATE) | Q(duplicate_of__isnull=False),
                name="a_duplicate_says_of_which",
            ),
            models.CheckConstraint(
                condition=Q(readiness_now__isnull=True) | Q(readiness_now__gte=1, readiness_now__lte=9),
                name="readiness_now_is_one_to_nine",
            ),
            models.CheckConstraint(
                condition=Q(readiness_wanted__isnull=True)
                | Q(readiness_wanted__gte=1, readiness_wanted__lte=9),
                name="readiness_wanted_is_one_to_nine",
            ),
        ]
        indexes = [models.Index(fields=["region", "state", "asked_at"], name="enquiry_by_region_and_state")]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("enquiries:enquiry", args=[self.pk])

    @property
    def shown_state(self) -> S:
        """The state with the name that people read."""
        return S(self.state)


class Want(Table):
    """One competence that an enquiry asks for, and how much it matters: 1 helps, 2 matters, 3 is needed."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="wants")
    competence = models.ForeignKey(Competence, on_delete=models.PROTECT, related_name="+")
    weight = models.PositiveSmallIntegerField(default=2)

    objects = Rows["Want"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enquiry", "competence"], name="an_enquiry_wants_a_competence_once"
            ),
            models.CheckConstraint(
                condition=Q(weight__gte=1, weight__lte=3), name="a_want_weighs_one_to_three"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.competence_id} × {self.weight}"


class Summary(Table):
    """A version of the text without confidential matter; it leaves the region once the company approved it."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="summaries")
    version = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=150)
    text = models.TextField(max_length=3000)
    written_by_name = models.CharField(max_length=150)
    written_at = models.DateTimeField()
    approved_by_id = models.BigIntegerField(null=True)
    approved_by_name = models.CharField(max_length=150, blank=True)
    approved_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)
    remark = models.TextField(max_length=1000, blank=True, help_text="What the company wants changed.")

    objects = Rows["Summary"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enquiry", "version"], name="a_summary_has_a_version_of_its_own"),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True) | Q(refused_at__isnull=True),
                name="a_summary_is_approved_or_refused",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, version {self.version}"
