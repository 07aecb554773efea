"""Applications: one company's request for one voucher, with everything that was frozen about it."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from landbridge.access.models import Request
from landbridge.applications import rules
from landbridge.applications.states import S
from landbridge.calls.models import Call, Offer
from landbridge.foundation.fields import MoneyField
from landbridge.foundation.files.models import StoredFile
from landbridge.foundation.models import Rows, Table
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.roles import Role
from landbridge.meetings.models import Meeting
from landbridge.organisations.models import Organisation
from landbridge.programmes.models import Partner, Phase


class ApplicationRows(Rows["Application"]):
    def visible_to(self, actor: Actor) -> Self:
        """The applicant's people always; the named provider's once it was shared with them; the applicant's broker
        from the draft on, the provider's broker, the paying partner's finance and the programme's office and auditor
        from the first submission on.
        """
        if actor.sees_everything:
            return self.all()
        handed_in = Q(first_submitted_at__isnull=False)
        if actor.role is Role.SME:
            return self.filter(applicant_id=actor.organisation_id)
        if actor.role is Role.PROVIDER:
            return self.filter(provider_id=actor.organisation_id, shared_at__isnull=False)
        if actor.role is Role.BROKER:
            ours = Organisation.objects.filter(region_id=actor.region_id or 0).values("pk")
            return self.filter(Q(applicant__in=ours) | (handed_in & Q(provider__in=ours)))
        if actor.role is Role.FINANCE:
            return self.filter(handed_in, partner_id=actor.partner_id)
        if actor.role in (Role.OFFICE, Role.AUDITOR):
            phases = Phase.objects.filter(programme_id=actor.programme_id or 0).values("pk")
            return self.filter(handed_in, call__in=Call.objects.filter(phase__in=phases).values("pk"))
        return self.none()

    def running_for(self, organisation_id: int) -> Self:
        """Not decided and not withdrawn: its own, and those shared with it as the provider."""
        as_provider = Q(provider_id=organisation_id, shared_at__isnull=False)
        return self.filter(Q(applicant_id=organisation_id) | as_provider, state__in=[S.DRAFT, S.SUBMITTED])


class Application(Table):
    """A request for one voucher: by a company, with a provider in another region, to its region's partner."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="applications")
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="applications")
    applicant = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="applications")
    provider = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="applications_as_provider"
    )
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="applications")
    access_request = models.ForeignKey(
        Request, null=True, blank=True, on_delete=models.PROTECT, related_name="applications"
    )
    meeting = models.ForeignKey(
        Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="applications"
    )
    title = models.CharField(max_length=150, blank=True)
    answers = models.JSONField(default=dict)
    requested_eur = MoneyField(null=True, blank=True)
    version = models.PositiveIntegerField(
        default=1, help_text="Counts the edits; a stale one is shown, never lost."
    )
    state = models.CharField(max_length=20, default=S.DRAFT)
    number = models.CharField(max_length=30, blank=True)
    started_at = models.DateTimeField()
    shared_at = models.DateTimeField(null=True)
    first_submitted_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)

    objects = ApplicationRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["number"], condition=~Q(number=""), name="an_application_number_is_given_once"
            ),
            models.UniqueConstraint(
                fields=["offer", "applicant", "provider"],
                condition=Q(state__in=[S.SUBMITTED, S.AWARDED]),
                name="a_company_asks_once_for_the_same_thing",
            ),
            models.CheckConstraint(condition=Q(state__in=list(S)), name="an_application_has_a_known_state"),
            models.CheckConstraint(
                condition=Q(state__in=[S.DRAFT, S.WITHDRAWN])
                | (
                    Q(submitted_at__isnull=False)
                    & Q(provider__isnull=False)
                    & Q(requested_eur__gt=0)
                    & ~Q(number="")
                ),
                name="a_submitted_application_is_complete",
            ),
            models.CheckConstraint(
                condition=Q(provider__isnull=True) | ~Q(provider=models.F("applicant")),
                name="nobody_is_their_own_provider",
            ),
        ]
        indexes = [
            models.Index(fields=["call", "state", "submitted_at"], name="application_by_call_and_state")
        ]

    def __str__(self) -> str:
        return self.number or self.title or f"Draft {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("applications:application", args=[self.pk])

    @property
    def shown_state(self) -> S:
        """The state with the name that people read."""
        return S(self.state)

    def draft(self) -> rules.Draft:
        """What people wrote on it, for merging."""
        return rules.Draft(title=self.title, answers=self.answers, requested_eur=self.requested_eur)

    def content(self) -> dict[str, Any]:
        """What the provider confirms: who asks whom for what, in which words."""
        return {
            "offer": self.offer_id,
            "applicant": self.applicant_id,
            "provider": self.provider_id,
            "title": self.title,
            "answers": self.answers,
            "requested_cents": self.requested_eur.cents if self.requested_eur else None,
        }

    def content_hash(self) -> str:
        """The hash of the text as it stands; any edit changes it."""
        return rules.fingerprint(self.content())


class Series(Table):
    """The numbers of one call's applications: given in the order of receipt, without gaps."""

    call = models.OneToOneField(Call, on_delete=models.PROTECT, related_name="application_series")
    prefix = models.CharField(max_length=20, unique=True)
    last = models.PositiveIntegerField(default=0)

    objects = Rows["Series"].as_manager()

    def __str__(self) -> str:
        return self.prefix


class Edit(Table):
    """A draft as it stood at one version. Nothing that somebody wrote is lost, and two people's edits can be merged."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="edits")
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=150, blank=True)
    answers = models.JSONField(default=dict)
    requested_eur = MoneyField(null=True, blank=True)
    person_id = models.BigIntegerField(null=True)
    person_name = models.CharField(max_length=150)
    at = models.DateTimeField()

    objects = Rows["Edit"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "version"], name="a_version_of_a_draft_stands_once"
            ),
        ]

    def __str__(self) -> str:
        return f"Version {self.version}"

    def draft(self) -> rules.Draft:
        """What was written, for merging."""
        return rules.Draft(title=self.title, answers=self.answers, requested_eur=self.requested_eur)


class Confirmation(Table):
    """The provider says yes to this text. A later edit makes it count no more: the hash is of what was confirmed."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="confirmations")
    content_hash = models.CharField(max_length=64)
    person_id = models.BigIntegerField(null=True)
    person_name = models.CharField(max_length=150)
    at = models.DateTimeField()

    objects = Rows["Confirmation"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "content_hash"], name="a_text_is_confirmed_once"),
        ]

    def __str__(self) -> str:
        return f"Confirmed by {self.person_name}"

    def get_absolute_url(self) -> str:
        return reverse("applications:application", args=[self.application_id])


class Submission(Table):
    """What was handed in: a frozen copy, its hash, and the receipt. Handing in again makes another."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="submissions")
    at = models.DateTimeField()
    person_id = models.BigIntegerField(null=True)
    person_name = models.CharField(max_length=150)
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)
    receipt = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")

    objects = Rows["Submission"].as_manager()

    def __str__(self) -> str:
        return f"Submission of {self.at:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        return reverse("applications:application", args=[self.application_id])


class Return(Table):
    """An application handed back for correction, with what is wrong."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="returns")
    reason = models.TextField(max_length=2000)
    person_name = models.CharField(max_length=150)
    at = models.DateTimeField()

    objects = Rows["Return"].as_manager()

    def __str__(self) -> str:
        return f"Returned by {self.person_name}"

    def get_absolute_url(self) -> str:
        return reverse("applications:application", args=[self.application_id])


class Decision(Table):
    """Awarded or not, by whom, when and why. There is one for an application and it is never edited."""

    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="decision")
    awarded_eur = MoneyField(null=True, blank=True)
    reason = models.TextField(max_length=2000)
    person_id = models.BigIntegerField(null=True)
    person_name = models.CharField(max_length=150)
    at = models.DateTimeField()

    objects = Rows["Decision"].as_manager()

    def __str__(self) -> str:
        return "Awarded" if self.awarded_eur else "Not awarded"

    def get_absolute_url(self) -> str:
        return reverse("applications:application", args=[self.application_id])
