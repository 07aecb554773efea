"""What a phase offers and what it set out to reach: incentives, targets, published figures."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _l

from landbridge.foundation.fields import MoneyField
from landbridge.foundation.models import Rows, Table
from landbridge.foundation.permissions.actor import Actor
from landbridge.programmes.models.network import Partner, Phase, Programme
from landbridge.programmes.rules.facts import FigureFacts, IncentiveFacts, TargetFacts


class Basis(models.TextChoices):
    """How an incentive's amount comes about."""

    FIXED = "fixed", _l("Fixed amount")
    REAL_COST = "real_cost", _l("Real cost up to the cap")


class LegalBasis(models.TextChoices):
    """Under which rule the money is given; see the section on public aid in the rules of the field."""

    NONE = "none", _l("No state aid")
    DE_MINIMIS = "de_minimis", _l("De minimis, Regulation (EU) 2023/2831")
    GBER_20A = "gber_20a", _l("Regulation (EU) No 651/2014, Article 20a")
    UK_MFA = "uk_mfa", _l("Minimal Financial Assistance (UK)")


class IncentiveRows(Rows["Incentive"]):
    def visible_to(self, actor: Actor) -> Self:
        """Incentives are public: a company must be able to read what it could ask for."""
        return self.all()

    def edited_by(self, actor: Actor) -> Self:
        return self.filter(phase__in=Phase.objects.edited_by(actor).values("pk"))


class Incentive(Table):
    """What a phase offers a company: its cap, what it is for, which evidence it wants, under which law."""

    phase = models.ForeignKey(Phase, on_delete=models.PROTECT, related_name="incentives")
    key = models.SlugField(max_length=40)
    name = models.CharField(max_length=80)
    purpose = models.TextField(max_length=1000)
    cap_eur = MoneyField()
    basis = models.CharField(max_length=20, choices=Basis.choices, default=Basis.REAL_COST)
    legal_basis = models.CharField(max_length=20, choices=LegalBasis.choices, default=LegalBasis.DE_MINIMIS)
    evidence = models.JSONField(default=list, help_text="What a claim must show, one sentence each.")
    validity_months = models.PositiveSmallIntegerField(default=12)
    extension_months = models.PositiveSmallIntegerField(default=6)
    on_offer = models.PositiveIntegerField(null=True, blank=True)

    objects = IncentiveRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["phase", "key"], name="an_incentive_stands_once_in_a_phase"),
            models.CheckConstraint(condition=models.Q(cap_eur__gt=0), name="a_cap_is_more_than_nothing"),
            models.CheckConstraint(
                condition=models.Q(validity_months__gte=1), name="a_voucher_holds_for_a_month_at_least"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("programmes:incentive", args=[self.pk])

    def facts(self) -> IncentiveFacts:
        return IncentiveFacts(
            key=self.key,
            name=self.name,
            purpose=self.purpose,
            cap_eur=self.cap_eur,
            basis=self.basis,
            legal_basis=self.legal_basis,
            evidence=tuple(self.evidence),
            validity_months=self.validity_months,
            extension_months=self.extension_months,
            on_offer=self.on_offer,
        )


class TargetRows(Rows["Target"]):
    def visible_to(self, actor: Actor) -> Self:
        """Targets are public."""
        return self.all()

    def edited_by(self, actor: Actor) -> Self:
        return self.filter(phase__in=Phase.objects.edited_by(actor).values("pk"))


class Target(Table):
    """A figure that a phase, or one partner in it, set out to reach."""

    phase = models.ForeignKey(Phase, on_delete=models.CASCADE, related_name="targets")
    partner = models.ForeignKey(
        Partner, null=True, blank=True, on_delete=models.CASCADE, related_name="targets"
    )
    code = models.SlugField(max_length=40)
    name = models.CharField(max_length=150)
    unit = models.CharField(max_length=40)
    value = models.PositiveIntegerField()
    baseline = models.PositiveIntegerField(default=0, help_text="Where the phase or the partner began.")

    objects = TargetRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("phase", Coalesce("partner", 0), "code", name="a_target_stands_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.value}"

    def facts(self) -> TargetFacts:
        return TargetFacts(code=self.code, name=self.name, unit=self.unit, value=self.value)


class PublishedFigureRows(Rows["PublishedFigure"]):
    def visible_to(self, actor: Actor) -> Self:
        """What was published stays public."""
        return self.all()

    def edited_by(self, actor: Actor) -> Self:
        return self.filter(programme__in=Programme.objects.edited_by(actor).values("pk"))


class PublishedFigure(Table):
    """A result as the programme itself published it: quoted, dated, never computed."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="published_figures")
    phase = models.ForeignKey(
        Phase, null=True, blank=True, on_delete=models.CASCADE, related_name="published_figures"
    )
    code = models.SlugField(max_length=60)
    name = models.CharField(max_length=150)
    value = models.CharField(max_length=60)
    as_of = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True, help_text="Where it was published.")

    objects = PublishedFigureRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "programme", Coalesce("phase", 0), "code", name="a_figure_was_published_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.value}"

    def facts(self) -> FigureFacts:
        return FigureFacts(
            code=self.code, name=self.name, value=self.value, as_of=self.as_of, source=self.source
        )
