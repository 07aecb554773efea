"""Claims: cost lines with evidence, the two persons who looked at them, and the payment that followed."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _l

from landbridge.claims.states import FileState, S
from landbridge.foundation.fields import MoneyField
from landbridge.foundation.files.models import StoredFile
from landbridge.foundation.models import Rows, Table
from landbridge.foundation.money import Money
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.roles import Role
from landbridge.organisations.models import Organisation
from landbridge.programmes.models import Partner
from landbridge.vouchers.models import Voucher


class ClaimRows(Rows["Claim"]):
    def visible_to(self, actor: Actor) -> Self:
        """Whoever sees the voucher sees its claims from their first submission on; the company always.

        What a company spends is neither the provider's business nor that of the desk in the provider's region.
        """
        if actor.role is Role.PROVIDER:
            return self.none()
        rows = self.filter(voucher__in=Voucher.objects.visible_to(actor).values("pk"))
        if actor.sees_everything or actor.role is Role.SME:
            return rows
        if actor.role is Role.BROKER:
            ours = Organisation.objects.filter(region_id=actor.region_id or 0).values("pk")
            rows = rows.filter(
                voucher__in=Voucher.objects.filter(application__applicant__in=ours).values("pk")
            )
        return rows.filter(first_submitted_at__isnull=False)


class Claim(Table):
    """A company asks to be paid for what it spent under one voucher."""

    voucher = models.ForeignKey(Voucher, on_delete=models.PROTECT, related_name="claims")
    number = models.CharField(max_length=40, unique=True)
    report = models.TextField(max_length=5000, blank=True)
    is_final = models.BooleanField(default=True)
    state = models.CharField(max_length=20, default=S.DRAFT)
    started_at = models.DateTimeField()
    first_submitted_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)
    submitted_by_id = models.BigIntegerField(null=True)
    verified_at = models.DateTimeField(null=True)
    verified_by_id = models.BigIntegerField(null=True)
    verified_by_name = models.CharField(max_length=150, blank=True)
    accepted_eur = MoneyField(null=True, blank=True)
    finding = models.TextField(max_length=2000, blank=True)
    approved_at = models.DateTimeField(null=True)
    approved_by_id = models.BigIntegerField(null=True)
    approved_by_name = models.CharField(max_length=150, blank=True)
    paid_on = models.DateField(null=True, blank=True)

    objects = ClaimRows.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(S)), name="a_claim_has_a_known_state"),
            models.CheckConstraint(
                condition=Q(approved_by_id__isnull=True)
                | (~Q(approved_by_id=F("verified_by_id")) & ~Q(approved_by_id=F("submitted_by_id"))),
                name="a_claim_is_approved_by_a_second_person",
            ),
            models.UniqueConstraint(
                fields=["voucher"],
                condition=Q(is_final=True) & ~Q(state=S.REFUSED),
                name="a_voucher_has_one_final_claim",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("claims:claim", args=[self.pk])

    @property
    def shown_state(self) -> S:
        """The state with the name that people read."""
        return S(self.state)


class CostLine(Table):
    """One cost: what for, on which invoice, when paid, how much, with its evidence."""

    class Category(models.TextChoices):
        TRAVEL = "travel", _l("Travel and stay")
        SERVICE = "service", _l("Service of the provider")
        ACCESS = "access", _l("Use of a facility")
        TRAINING = "training", _l("Training")
        MATERIAL = "material", _l("Material and shipping")
        OTHER = "other", _l("Other")

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="cost_lines")
    category = models.CharField(max_length=20, choices=Category.choices)
    description = models.CharField(max_length=200)
    supplier = models.CharField(max_length=150)
    invoice_number = models.CharField(max_length=60)
    invoice_key = models.CharField(
        max_length=60,
        help_text="The number's letters and figures alone, to find it again however it is typed.",
    )
    invoiced_on = models.DateField()
    paid_on = models.DateField()
    currency = models.CharField(max_length=3, default="EUR")
    net_cents = models.BigIntegerField()
    vat_cents = models.BigIntegerField(default=0)
    rate = models.DecimalField(max_digits=12, decimal_places=6, default=1, help_text="Euro for one unit.")
    rated_on = models.DateField(null=True, blank=True)
    net_eur = MoneyField()
    accepted_eur = MoneyField(null=True, blank=True)
    remark = models.CharField(max_length=300, blank=True)
    evidence = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")

    objects = Rows["CostLine"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(net_cents__gt=0, vat_cents__gte=0), name="a_cost_is_a_positive_amount"
            ),
            models.CheckConstraint(
                condition=Q(accepted_eur__isnull=True)
                | Q(accepted_eur__gte=0, accepted_eur__lte=F("net_eur")),
                name="no_more_is_accepted_than_was_spent",
            ),
        ]
        indexes = [models.Index(fields=["invoice_key"], name="cost_line_by_invoice")]

    def __str__(self) -> str:
        return f"{self.description} ({self.invoice_number})"

    def get_absolute_url(self) -> str:
        return reverse("claims:claim", args=[self.claim_id])

    @property
    def net(self) -> Money:
        """The amount in the currency of the invoice."""
        return Money(self.net_cents, self.currency)


class PaymentFileRows(Rows["PaymentFile"]):
    def visible_to(self, actor: Actor) -> Self:
        if actor.sees_everything:
            return self.all()
        if actor.role is Role.FINANCE:
            return self.filter(partner_id=actor.partner_id)
        if actor.role in (Role.OFFICE, Role.AUDITOR):
            return self.filter(
                partner__in=Partner.objects.filter(programme_id=actor.programme_id or 0).values("pk")
            )
        return self.none()


class PaymentFile(Table):
    """One SEPA credit transfer file (pain.001.001.09) of one partner; made by one person, released by another."""

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="payment_files")
    message_id = models.CharField(max_length=35, unique=True)
    state = models.CharField(max_length=20, default=FileState.MADE)
    total_eur = MoneyField()
    execute_on = models.DateField()
    made_at = models.DateTimeField()
    made_by_id = models.BigIntegerField(null=True)
    made_by_name = models.CharField(max_length=150)
    released_at = models.DateTimeField(null=True)
    released_by_id = models.BigIntegerField(null=True)
    released_by_name = models.CharField(max_length=150, blank=True)
    xml = models.TextField(blank=True)
    xml_hash = models.CharField(max_length=64, blank=True)

    objects = PaymentFileRows.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=list(FileState)), name="a_payment_file_has_a_known_state"
            ),
            models.CheckConstraint(
                condition=Q(released_by_id__isnull=True) | ~Q(released_by_id=F("made_by_id")),
                name="a_payment_file_is_released_by_a_second_person",
            ),
        ]

    def __str__(self) -> str:
        return self.message_id

    def get_absolute_url(self) -> str:
        return reverse("claims:payment_file", args=[self.pk])

    @property
    def shown_state(self) -> FileState:
        """The state with the name that people read."""
        return FileState(self.state)


class Payment(Table):
    """One transfer within a payment file: to whom, on which account, with which result at the bank."""

    class Result(models.TextChoices):
        WAITING = "waiting", _l("No answer yet")
        EXECUTED = "executed", _l("Executed")
        REJECTED = "rejected", _l("Rejected by the bank")

    payment_file = models.ForeignKey(PaymentFile, on_delete=models.PROTECT, related_name="payments")
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="payments")
    end_to_end_id = models.CharField(max_length=35, unique=True)
    amount_eur = MoneyField()
    holder = models.CharField(max_length=70)
    iban = models.CharField(max_length=34)
    bic = models.CharField(max_length=11, blank=True)
    result = models.CharField(max_length=20, choices=Result.choices, default=Result.WAITING)
    answered_on = models.DateField(null=True)
    answer = models.CharField(max_length=200, blank=True)

    objects = Rows["Payment"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_eur__gt=0), name="a_payment_pays_something"),
            models.UniqueConstraint(
                fields=["claim"], condition=~Q(result="rejected"), name="a_claim_is_paid_once"
            ),
        ]

    def __str__(self) -> str:
        return self.end_to_end_id
