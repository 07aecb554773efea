"""Access under common rules: rule sets and who signed them, requests with quotes and slots, feedback, complaints."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from landbridge.access.states import AFTER_AGREEMENT, ENDED, Feasibility, RulesState, S
from landbridge.catalogue.models import Record
from landbridge.enquiries.models import Enquiry
from landbridge.foundation.fields import MoneyField
from landbridge.foundation.files.models import StoredFile
from landbridge.foundation.models import Rows, Table
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.roles import Role
from landbridge.introductions.models import Introduction
from landbridge.introductions.states import Side
from landbridge.organisations.models import Organisation


class RuleSetRows(Rows["RuleSet"]):
    def visible_to(self, actor: Actor) -> Self:
        """What is published is everyone's; a draft is the office's."""
        if actor.sees_everything or actor.role in (Role.OFFICE, Role.AUDITOR):
            return self.all()
        return self.filter(published_at__isnull=False)

    def in_force_on(self, day: object) -> Self:
        """Published and valid on a day."""
        return self.filter(published_at__isnull=False, valid_from__lte=day).filter(
            Q(valid_until__isnull=True) | Q(valid_until__gte=day)
        )


class RuleSet(Table):
    """A version of the network's common rules of access. Published, it never changes again."""

    version = models.CharField(max_length=20, unique=True)
    title = models.CharField(max_length=150)
    text = models.TextField(max_length=30_000)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    published_at = models.DateTimeField(null=True)
    fingerprint = models.CharField(max_length=64, blank=True, help_text="SHA-256 of what was published.")

    objects = RuleSetRows.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=models.F("valid_from")),
                name="a_rule_set_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True, fingerprint="")
                | (Q(published_at__isnull=False) & ~Q(fingerprint="")),
                name="a_published_rule_set_has_its_fingerprint",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.version}"

    def get_absolute_url(self) -> str:
        return reverse("access:rule_set", args=[self.pk])

    @property
    def shown_state(self) -> RulesState:
        """The state with the name that people read."""
        return RulesState.PUBLISHED if self.published_at else RulesState.DRAFT


class Signature(Table):
    """A facility's signature under a rule set; where it deviates, everyone can read it."""

    rule_set = models.ForeignKey(RuleSet, on_delete=models.PROTECT, related_name="signatures")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="access_signatures")
    deviations = models.TextField(max_length=3000, blank=True)
    signed_by_id = models.BigIntegerField(null=True)
    signed_by_name = models.CharField(max_length=150)
    signed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = Rows["Signature"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["rule_set", "organisation"],
                condition=Q(ended_at__isnull=True),
                name="a_facility_signs_a_rule_set_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} signed {self.rule_set_id}"


class RequestRows(Rows["Request"]):
    def visible_to(self, actor: Actor) -> Self:
        """The company always; the facility and its desk once handed in; the company's desk; office and auditor."""
        if actor.sees_everything or actor.role in (Role.OFFICE, Role.AUDITOR):
            return self.all()
        handed_in = Q(submitted_at__isnull=False)
        if actor.role is Role.SME:
            return self.filter(company_id=actor.organisation_id)
        if actor.role is Role.PROVIDER:
            return self.filter(handed_in, provider_id=actor.organisation_id)
        if actor.role is Role.BROKER:
            ours = Organisation.objects.filter(region_id=actor.region_id or 0).values("pk")
            return self.filter(Q(company__in=ours) | (handed_in & Q(provider__in=ours)))
        return self.none()


class Request(Table):
    """One company's request to use one facility's service, under the version of the rules it was made under."""

    number = models.CharField(max_length=30, blank=True)
    rule_set = models.ForeignKey(RuleSet, on_delete=models.PROTECT, related_name="requests")
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="access_requests")
    company = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="access_requests")
    provider = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="access_requests_as_provider"
    )
    introduction = models.ForeignKey(
        Introduction, null=True, blank=True, on_delete=models.PROTECT, related_name="access_requests"
    )
    enquiry = models.ForeignKey(
        Enquiry, null=True, blank=True, on_delete=models.PROTECT, related_name="access_requests"
    )
    title = models.CharField(max_length=150, blank=True)
    purpose = models.TextField(max_length=5000, blank=True)
    samples = models.TextField(max_length=1000, blank=True)
    access_mode = models.CharField(max_length=30, blank=True)
    units = models.PositiveIntegerField(null=True, blank=True)
    wanted_from = models.DateField(null=True, blank=True)
    wanted_until = models.DateField(null=True, blank=True)
    confidential = models.BooleanField(default=False)
    state = models.CharField(max_length=20, default=S.DRAFT)
    feasibility = models.CharField(max_length=20, blank=True)
    changes_asked = models.TextField(max_length=2000, blank=True)
    reason = models.TextField(
        max_length=1000,
        blank=True,
        help_text="Why it was returned, declined, refused, withdrawn or cancelled.",
    )
    contract = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    agreement = models.ForeignKey(
        StoredFile,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The summary that we drew.",
    )
    edited_by_name = models.CharField(max_length=150, blank=True)
    version = models.PositiveIntegerField(default=1)
    is_demonstration = models.BooleanField(default=False)
    started_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    eligible_at = models.DateTimeField(null=True)
    feasible_at = models.DateTimeField(null=True)
    quoted_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    agreed_at = models.DateTimeField(null=True)
    begun_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = RequestRows.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(S)), name="a_request_has_a_known_state"),
            models.CheckConstraint(
                condition=Q(feasibility="") | Q(feasibility__in=list(Feasibility)),
                name="a_request_has_a_known_feasibility",
            ),
            models.UniqueConstraint(
                fields=["number"], condition=~Q(number=""), name="a_request_number_is_given_once"
            ),
            models.CheckConstraint(
                condition=~Q(company=models.F("provider")), name="nobody_asks_themselves_for_access"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=AFTER_AGREEMENT)
                | Q(agreed_at__isnull=False, starts_on__isnull=False, ends_on__isnull=False),
                name="what_was_agreed_has_its_dates",
            ),
            models.CheckConstraint(
                condition=Q(state__in=ENDED, ended_at__isnull=False)
                | (~Q(state__in=ENDED) & Q(ended_at__isnull=True)),
                name="an_ended_request_has_its_moment",
            ),
        ]
        indexes = [models.Index(fields=["provider", "state"], name="request_by_provider_and_state")]

    def __str__(self) -> str:
        return self.number or self.title or f"Draft {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("access:request", args=[self.pk])

    @property
    def shown_state(self) -> S:
        """The state with the name that people read."""
        return S(self.state)


class Quote(Table):
    """A version of what the facility asks for the work, until when that holds."""

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="quotes")
    version = models.PositiveSmallIntegerField()
    amount_eur = MoneyField()
    text = models.TextField(max_length=3000)
    holds_until = models.DateField()
    quoted_by_name = models.CharField(max_length=150)
    quoted_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)

    objects = Rows["Quote"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "version"], name="a_quote_has_a_version_of_its_own"),
            models.CheckConstraint(condition=Q(amount_eur__gte=0), name="a_quote_is_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.amount_eur}, version {self.version}"


class Slot(Table):
    """A stretch of time of one record's capacity, held by one request at most. Slots of a record never overlap."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="slots")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    held_by = models.ForeignKey(Request, null=True, on_delete=models.PROTECT, related_name="slots")
    held_at = models.DateTimeField(null=True)

    objects = Rows["Slot"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["record", "starts_at"], name="a_slot_begins_once"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=models.F("starts_at")), name="a_slot_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(held_by__isnull=True, held_at__isnull=True)
                | Q(held_by__isnull=False, held_at__isnull=False),
                name="a_held_slot_says_since_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M}"


class Feedback(Table):
    """What one side says after the work was delivered; the other reads it once both have spoken, or it is closed."""

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="feedback")
    side = models.CharField(max_length=20)
    rating = models.PositiveSmallIntegerField()
    text = models.TextField(max_length=2000, blank=True)
    person_name = models.CharField(max_length=150)
    at = models.DateTimeField()

    objects = Rows["Feedback"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "side"], name="each_side_gives_feedback_once"),
            models.CheckConstraint(condition=Q(rating__gte=1, rating__lte=5), name="a_rating_is_one_to_five"),
            models.CheckConstraint(condition=Q(side__in=list(Side)), name="feedback_comes_from_a_side"),
        ]

    def __str__(self) -> str:
        return f"{self.side}: {self.rating}"


class Complaint(Table):
    """A complaint about a request, read by the office, and its answer."""

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="complaints")
    side = models.CharField(max_length=20)
    text = models.TextField(max_length=3000)
    person_name = models.CharField(max_length=150)
    complained_at = models.DateTimeField()
    answer = models.TextField(max_length=3000, blank=True)
    answered_by_name = models.CharField(max_length=150, blank=True)
    answered_at = models.DateTimeField(null=True)

    objects = Rows["Complaint"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(side__in=list(Side)), name="a_complaint_comes_from_a_side"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | ~Q(answer=""),
                name="an_answered_complaint_has_its_answer",
            ),
        ]

    def __str__(self) -> str:
        return f"Complaint {self.pk}"
