"""Vouchers: the award, its letter, how long it holds, and what remains when it ends."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from landbridge.applications.models import Application
from landbridge.budgets.models import Line
from landbridge.foundation.fields import MoneyField
from landbridge.foundation.files.models import StoredFile
from landbridge.foundation.models import Rows, Table
from landbridge.foundation.permissions.actor import Actor
from landbridge.programmes.models import LegalBasis
from landbridge.vouchers.states import S


class VoucherRows(Rows["Voucher"]):
    def visible_to(self, actor: Actor) -> Self:
        """Whoever sees the application sees the voucher."""
        return self.filter(application__in=Application.objects.visible_to(actor).values("pk"))

    def running_for(self, organisation_id: int) -> Self:
        """Awarded or in use, with their claims: for the company, and for the provider who does the work."""
        theirs = Q(applicant_id=organisation_id) | Q(provider_id=organisation_id)
        return self.filter(
            application__in=Application.objects.filter(theirs).values("pk"),
            state__in=[S.AWARDED, S.ACTIVE],
        )


class Voucher(Table):
    """So much public money for one company, for one purpose, until one day.

    `granted_on` is the day the legal right is conferred: the date of the aid (Regulation (EU) 2023/2831, Article 3(3)).
    """

    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="voucher")
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="vouchers")
    number = models.CharField(max_length=30, unique=True)
    amount_eur = MoneyField()
    legal_basis = models.CharField(max_length=20, choices=LegalBasis.choices)
    granted_on = models.DateField()
    valid_until = models.DateField()
    state = models.CharField(max_length=20, default=S.AWARDED)
    awarded_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    letter = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")

    objects = VoucherRows.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_eur__gt=0), name="a_voucher_is_worth_something"),
            models.CheckConstraint(
                condition=Q(valid_until__gte=models.F("granted_on")), name="a_voucher_is_valid"
            ),
            models.CheckConstraint(condition=Q(state__in=list(S)), name="a_voucher_has_a_known_state"),
        ]
        indexes = [models.Index(fields=["state", "valid_until"], name="voucher_by_state_and_end")]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("vouchers:voucher", args=[self.pk])

    @property
    def shown_state(self) -> S:
        """The state with the name that people read."""
        return S(self.state)


class Extension(Table):
    """More time for a voucher whose work has begun; there is one at most (rules of the field, section 2)."""

    voucher = models.OneToOneField(Voucher, on_delete=models.PROTECT, related_name="extension")
    was_valid_until = models.DateField()
    valid_until = models.DateField()
    began_on = models.DateField(help_text="The day on which the work under the voucher began.")
    reason = models.TextField(max_length=1000)
    person_name = models.CharField(max_length=150)
    at = models.DateTimeField()

    objects = Rows["Extension"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__gt=models.F("was_valid_until")), name="a_voucher_is_extended_forward"
            ),
        ]

    def __str__(self) -> str:
        return f"Until {self.valid_until}"
