"""Introductions: what each side is shown, what each side answered, and the agreement between them."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from landbridge.catalogue.models import Record
from landbridge.enquiries.models import Enquiry, Summary
from landbridge.foundation.files.models import StoredFile
from landbridge.foundation.models import Rows, Table
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.roles import Role
from landbridge.introductions.states import OPEN, Nda, S, Side
from landbridge.organisations.models import Organisation
from landbridge.programmes.models import Region


class IntroductionRows(Rows["Introduction"]):
    def visible_to(self, actor: Actor) -> Self:
        """Both desks; each side once it was asked, and through pages that name the other only after both said yes."""
        if actor.sees_everything or actor.role in (Role.OFFICE, Role.AUDITOR):
            return self.all()
        asked = ~Q(state=S.PREPARED) & ~Q(asked_at__isnull=True)
        if actor.role is Role.SME:
            return self.filter(asked, company_id=actor.organisation_id)
        if actor.role is Role.PROVIDER:
            return self.filter(asked, provider_id=actor.organisation_id)
        if actor.role is Role.BROKER:
            return self.filter(Q(region_id=actor.region_id) | Q(provider_region_id=actor.region_id))
        return self.none()

    def open_for_provider(self, organisation_id: int) -> Self:
        """Asked and not yet answered by everyone: what the provider's cap counts."""
        return self.filter(provider_id=organisation_id, state__in=OPEN)


class Introduction(Table):
    """One company and one provider who may be named to each other, if both want it.

    `shown_to_provider` and `shown_to_company` are what each side read when it was asked: frozen, without name,
    address or number of the other.
    """

    number = models.CharField(max_length=20, unique=True)
    enquiry = models.ForeignKey(
        Enquiry, null=True, blank=True, on_delete=models.PROTECT, related_name="introductions"
    )
    summary = models.ForeignKey(Summary, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    record = models.ForeignKey(
        Record, null=True, blank=True, on_delete=models.PROTECT, related_name="introductions"
    )
    company = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="introductions")
    provider = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="introductions_as_provider"
    )
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="introductions")
    provider_region = models.ForeignKey(Region, null=True, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=150)
    shown_to_provider = models.TextField(max_length=5000)
    shown_to_company = models.TextField(max_length=5000)
    state = models.CharField(max_length=20, default=S.PREPARED)
    nda = models.CharField(max_length=20, default=Nda.NOT_NEEDED)
    prepared_by_name = models.CharField(max_length=150)
    prepared_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)
    lapses_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=30, blank=True)
    outcome_text = models.TextField(max_length=2000, blank=True)
    is_demonstration = models.BooleanField(default=False)

    objects = IntroductionRows.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(S)), name="an_introduction_has_a_known_state"),
            models.CheckConstraint(condition=Q(nda__in=list(Nda)), name="an_agreement_has_a_known_state"),
            models.CheckConstraint(
                condition=~Q(company=models.F("provider")), name="nobody_is_introduced_to_themselves"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[S.MADE, S.OUTCOME_KNOWN]) | Q(made_at__isnull=False),
                name="an_introduction_made_has_its_moment",
            ),
            models.UniqueConstraint(
                fields=["enquiry", "provider"],
                condition=Q(state__in=OPEN),
                name="a_provider_is_asked_once_at_a_time_for_an_enquiry",
            ),
        ]
        indexes = [models.Index(fields=["provider", "state"], name="introduction_by_provider")]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("introductions:introduction", args=[self.pk])

    @property
    def shown_state(self) -> S:
        """The state with the name that people read."""
        return S(self.state)

    @property
    def names_are_open(self) -> bool:
        """Whether the two sides may know each other's names: only after both said yes."""
        return self.made_at is not None


class Answer(Table):
    """What one side said: yes, or no with a reason that the other never reads."""

    introduction = models.ForeignKey(Introduction, on_delete=models.CASCADE, related_name="answers")
    side = models.CharField(max_length=20)
    said_yes = models.BooleanField()
    reason = models.TextField(max_length=1000, blank=True)
    person_id = models.BigIntegerField(null=True)
    person_name = models.CharField(max_length=150)
    person_email = models.EmailField(blank=True)
    at = models.DateTimeField()

    objects = Rows["Answer"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["introduction", "side"], name="each_side_answers_once"),
            models.CheckConstraint(condition=Q(side__in=list(Side)), name="an_answer_comes_from_a_side"),
            models.CheckConstraint(condition=Q(said_yes=True) | ~Q(reason=""), name="a_no_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.side}: {'yes' if self.said_yes else 'no'}"


class Limit(Table):
    """How many open introductions a provider takes at a time; without a row the network's usual number holds."""

    organisation = models.OneToOneField(
        Organisation, on_delete=models.CASCADE, related_name="introduction_limit"
    )
    most_open = models.PositiveSmallIntegerField()

    objects = Rows["Limit"].as_manager()

    def __str__(self) -> str:
        return str(self.most_open)


class NdaTemplate(Table):
    """A version of the network's confidentiality agreement."""

    version = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=150)
    text = models.TextField(max_length=20_000)
    holds_from = models.DateField()

    objects = Rows["NdaTemplate"].as_manager()

    def __str__(self) -> str:
        return f"{self.name}, {self.version}"


class NdaPaper(Table):
    """The agreement of one introduction: which version, and the signed file."""

    introduction = models.OneToOneField(Introduction, on_delete=models.CASCADE, related_name="nda_paper")
    template = models.ForeignKey(NdaTemplate, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(null=True)
    signed_on = models.DateField(null=True)

    objects = Rows["NdaPaper"].as_manager()

    def __str__(self) -> str:
        return f"Agreement of {self.introduction_id}"
