"""Companies and institutes, the numbers they are known by, and the accounts they are paid on."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _l

from landbridge.foundation.models import Rows, Table
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.roles import Role
from landbridge.organisations.states import S
from landbridge.programmes.models import Partner, Region


class Kind(models.TextChoices):
    COMPANY = "company", _l("Company")
    UNIVERSITY = "university", _l("University")
    INSTITUTE = "institute", _l("Research institute")
    HOSPITAL = "hospital", _l("Hospital")
    AGENCY = "agency", _l("Cluster or agency")
    OTHER = "other", _l("Other enterprise")


class OrganisationRows(Rows["Organisation"]):
    def visible_to(self, actor: Actor) -> Self:
        """One's own organisation; a broker's region; the partner's region for finance; all for office and auditor.

        An office or auditor of one programme sees all organisations: a company belongs to the network.
        """
        if actor.sees_everything or actor.role in (Role.OFFICE, Role.AUDITOR):
            return self.all()
        if actor.role is Role.BROKER:
            return self.filter(region_id=actor.region_id)
        if actor.role is Role.FINANCE:
            regions = Partner.objects.filter(pk=actor.partner_id or 0).values("region_id")
            return self.filter(region_id__in=regions)
        if actor.organisation_id:
            return self.filter(pk=actor.organisation_id)
        return self.none()

    def offering_access(self) -> Self:
        """Organisations that a company may name as its partner; their names are public."""
        return self.filter(offers_access=True, is_closed=False)


class Organisation(Table):
    """A company or institute of the network."""

    name = models.CharField(max_length=150)
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.COMPANY)
    country = models.CharField(max_length=2)
    region = models.ForeignKey(
        Region, null=True, blank=True, on_delete=models.PROTECT, related_name="organisations"
    )
    street = models.CharField(max_length=70, blank=True)
    building_number = models.CharField(max_length=16, blank=True)
    postcode = models.CharField(max_length=16, blank=True)
    town = models.CharField(max_length=35)
    website = models.URLField(max_length=200, blank=True)
    vat_number = models.CharField(max_length=20, blank=True)
    about = models.TextField(max_length=2000, blank=True)
    offers_access = models.BooleanField(
        default=False, help_text="Takes questions and visitors from companies abroad."
    )
    is_sole_trader = models.BooleanField(
        default=False, help_text="Its name is a person's; it is not published."
    )
    is_closed = models.BooleanField(default=False)
    is_demonstration = models.BooleanField(default=False)
    version = models.PositiveIntegerField(
        default=1, help_text="Counts the edits; a stale one is shown, never lost."
    )
    registered_at = models.DateTimeField()

    objects = OrganisationRows.as_manager()

    class Meta:
        indexes = [models.Index(fields=["region", "name"], name="organisation_by_region")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("organisations:organisation", args=[self.pk])


class CompanyNumber(Table):
    """A number under which a register knows the organisation, such as KVK 12345678."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="company_numbers")
    scheme = models.CharField(max_length=20)
    number = models.CharField(max_length=40)

    objects = Rows["CompanyNumber"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "number"], name="a_company_number_belongs_to_one_organisation"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme} {self.number}"


class BankAccountRows(Rows["BankAccount"]):
    def waiting(self) -> Self:
        """Proposed accounts on which nobody has decided."""
        return self.filter(state=S.PROPOSED)

    def in_use(self) -> Self:
        """The account on which an organisation is paid; at most one each."""
        return self.filter(state=S.APPROVED)

    def visible_to(self, actor: Actor) -> Self:
        """Those of the organisations one sees; not for the Access Broker, who needs none of them."""
        if actor.role is Role.BROKER:
            return self.none()
        return self.filter(organisation__in=Organisation.objects.visible_to(actor).values("pk"))


class BankAccount(Table):
    """An account to pay on. A second person, at the paying partner, approves it before the first payment."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="bank_accounts")
    holder = models.CharField(max_length=70)
    iban = models.CharField(max_length=34)
    bic = models.CharField(max_length=11, blank=True)
    state = models.CharField(max_length=20, default=S.PROPOSED)
    proposed_by_id = models.BigIntegerField(null=True)
    proposed_at = models.DateTimeField()
    decided_by_id = models.BigIntegerField(null=True)
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)

    objects = BankAccountRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"],
                condition=models.Q(state=S.APPROVED),
                name="an_organisation_is_paid_on_one_account",
            ),
            models.UniqueConstraint(
                fields=["organisation"],
                condition=models.Q(state=S.PROPOSED),
                name="one_account_of_an_organisation_waits",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=list(S)), name="a_bank_account_has_a_known_state"
            ),
            models.CheckConstraint(
                condition=~models.Q(state=S.APPROVED)
                | models.Q(proposed_by_id__isnull=True)
                | ~models.Q(decided_by_id=models.F("proposed_by_id")),
                name="a_bank_account_is_approved_by_a_second_person",
            ),
        ]

    def __str__(self) -> str:
        return self.masked

    def get_absolute_url(self) -> str:
        return reverse("organisations:bank_account", args=[self.pk])

    @property
    def masked(self) -> str:
        """The country, the check digits and the last four: enough to recognise it, too little to use it."""
        return f"{self.iban[:4]} … {self.iban[-4:]}"
