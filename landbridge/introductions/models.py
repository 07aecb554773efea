"""Introductions: what each side is shown, what each side answered, and the agreement between them."""

from __future__ import annotations

from datetime import datetime
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
from landbridge.introductions.states import OPEN, Nda, Outcome, S, Side
from landbridge.organisations.models import Organisation
from landbridge.programmes.models import Region


class IntroductionRows(Rows["Introduction"]):
    def visible_to(self, actor: Actor) -> Self:
        """Each side once it was asked; the desk that leads it and, once asked, the desk of the provider.

        Seeing the row is not reading it: what of it a page, letter or answer may say, `queries.side_view` decides.
        """
        if actor.sees_everything or actor.role in (Role.OFFICE, Role.AUDITOR):
            return self.all()
        if actor.role in (Role.SME, Role.PROVIDER) and actor.organisation_id:
            sides = Q(company_id=actor.organisation_id) | Q(provider_id=actor.organisation_id)
            return self.filter(sides, asked_at__isnull=False)
        if actor.role is Role.BROKER:
            leads = Q(enquiry__in=Enquiry.objects.visible_to(actor).values("pk"))
            other = Q(provider_region_id=actor.region_id, asked_at__isnull=False)
            return self.filter(Q(region_id=actor.region_id) | leads | other)
        return self.none()

    def open_for_provider(self, organisation_id: int) -> Self:
        """Asked and not yet answered by everyone: what the provider's cap counts."""
        return self.filter(provider_id=organisation_id, state=S.ASKED)

    def lapsing_by(self, at: datetime) -> Self:
        """Asked, and the time to answer has passed."""
        return self.filter(state=S.ASKED, lapses_at__lte=at)

    def running_for(self, organisation_id: int) -> Self:
        """Asked and not yet answered by both: nobody closes an organisation meanwhile without knowing."""
        theirs = Q(company_id=organisation_id) | Q(provider_id=organisation_id)
        return self.filter(theirs, state=S.ASKED)


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
    released_at = models.DateTimeField(
        null=True, help_text="When the desk let the provider read the confidential text."
    )
    released_by_name = models.CharField(max_length=150, blank=True)
    prepared_by_name = models.CharField(max_length=150)
    prepared_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)
    lapses_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    reason = models.TextField(max_length=1000, blank=True, help_text="Why the desk withdrew it.")
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
            models.CheckConstraint(
                condition=~Q(state__in=[S.ASKED, S.MADE, S.OUTCOME_KNOWN])
                | Q(asked_at__isnull=False, lapses_at__isnull=False),
                name="an_introduction_asked_has_its_end",
            ),
            models.CheckConstraint(
                condition=Q(released_at__isnull=True)
                | (Q(made_at__isnull=False) & Q(nda__in=[Nda.NOT_NEEDED, Nda.SIGNED])),
                name="a_confidential_text_is_released_behind_its_agreement",
            ),
            models.CheckConstraint(
                condition=Q(state=S.OUTCOME_KNOWN, outcome__in=list(Outcome))
                | (~Q(state=S.OUTCOME_KNOWN) & Q(outcome="")),
                name="an_outcome_is_one_that_is_known",
            ),
            models.UniqueConstraint(
                fields=["enquiry", "provider"],
                condition=Q(state__in=OPEN),
                name="a_provider_is_asked_once_at_a_time_for_an_enquiry",
            ),
        ]
        indexes = [
            models.Index(fields=["provider", "state"], name="introduction_by_provider"),
            models.Index(fields=["state", "lapses_at"], name="introduction_by_end"),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("introductions:introduction", args=[self.pk])

    @property
    def shown_state(self) -> S:
        """The state with the name that people read."""
        return S(self.state)

    @property
    def shown_nda(self) -> Nda:
        return Nda(self.nda)

    @property
    def shown_outcome(self) -> Outcome | None:
        return Outcome(self.outcome) if self.outcome else None

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
    changed_at = models.DateTimeField()

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
    drawn = models.ForeignKey(
        StoredFile, null=True, on_delete=models.PROTECT, related_name="+", help_text="As it was sent."
    )
    file = models.ForeignKey(
        StoredFile, null=True, on_delete=models.PROTECT, related_name="+", help_text="As it was signed."
    )
    sent_at = models.DateTimeField(null=True)
    signed_on = models.DateField(null=True)

    objects = Rows["NdaPaper"].as_manager()

    def __str__(self) -> str:
        return f"Agreement of {self.introduction_id}"
