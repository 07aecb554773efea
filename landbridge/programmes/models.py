"""Programmes and the lasting network under them: phases, regions, partners, incentives, targets."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models.functions import Coalesce
from django.urls import reverse

from landbridge.foundation.fields import MoneyField
from landbridge.foundation.models import Rows, Table
from landbridge.foundation.permissions.actor import Actor
from landbridge.programmes.states import S


class Basis(models.TextChoices):
    """How an incentive's amount comes about."""

    FIXED = "fixed", "Fixed amount"
    REAL_COST = "real_cost", "Real cost up to the cap"


class LegalBasis(models.TextChoices):
    """Under which rule the money is given; see the section on public aid in the rules of the field."""

    NONE = "none", "No state aid"
    DE_MINIMIS = "de_minimis", "De minimis, Regulation (EU) 2023/2831"
    GBER_20A = "gber_20a", "Regulation (EU) No 651/2014, Article 20a"
    UK_MFA = "uk_mfa", "Minimal Financial Assistance (UK)"


class Region(Table):
    """A region of the network, with one Access Broker desk and its own working calendar."""

    key = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    country = models.CharField(max_length=2)
    subdivision = models.CharField(
        max_length=10, blank=True, help_text="Code of its public holidays, such as BW."
    )
    languages = models.JSONField(default=list)
    time_zone = models.CharField(max_length=40)
    latitude = models.DecimalField(max_digits=7, decimal_places=4)
    longitude = models.DecimalField(max_digits=7, decimal_places=4)
    postcode_prefixes = models.JSONField(
        default=list, help_text="Beginnings of its postcodes; none: the whole country."
    )
    desk_email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)

    objects = Rows["Region"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180
                ),
                name="a_region_is_on_the_map",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("programmes:region", args=[self.pk])


class ClosedDay(Table):
    """A day on which a region's desk is closed besides weekends and its country's holidays."""

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="closed_days")
    day = models.DateField()
    reason = models.CharField(max_length=120)

    objects = Rows["ClosedDay"].as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["region", "day"], name="a_day_is_closed_once")]

    def __str__(self) -> str:
        return f"{self.day} {self.reason}"


class ProgrammeRows(Rows["Programme"]):
    def visible_to(self, actor: Actor) -> Self:
        """Programmes are public; which of them an office edits, `edited_by` says."""
        return self.all()

    def edited_by(self, actor: Actor) -> Self:
        if actor.sees_everything:
            return self.all()
        return self.filter(pk=actor.programme_id) if actor.programme_id else self.none()


class Programme(Table):
    """A programme that comes and goes on top of the lasting network."""

    key = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    funder = models.CharField(max_length=200, blank=True)
    aim = models.TextField(max_length=2000, blank=True)
    accent = models.CharField(max_length=20, default="lagoon")
    contact_email = models.EmailField(blank=True)
    is_demonstration = models.BooleanField(default=False)

    objects = ProgrammeRows.as_manager()

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("programmes:programme", args=[self.pk])


class Phase(Table):
    """One funding period of a programme; it hibernates when the money ends and is followed by the next."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="phases")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    starts_on = models.DateField()
    ends_on = models.DateField()
    follows = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="followed_by"
    )
    state = models.CharField(max_length=20, default=S.PLANNED)

    objects = Rows["Phase"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "number"], name="a_phase_number_stands_once_in_a_programme"
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="a_phase_ends_after_it_starts"
            ),
            models.CheckConstraint(condition=models.Q(state__in=list(S)), name="a_phase_has_a_known_state"),
        ]

    def __str__(self) -> str:
        return f"{self.programme.name}, {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("programmes:phase", args=[self.pk])


class Partner(Table):
    """An organisation that runs a programme for its region and pays vouchers from its own budget."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="partners")
    region = models.ForeignKey(
        Region, null=True, blank=True, on_delete=models.PROTECT, related_name="partners"
    )
    name = models.CharField(max_length=150)
    short_name = models.CharField(max_length=40)
    country = models.CharField(max_length=2)
    is_lead = models.BooleanField(default=False)
    street = models.CharField(max_length=70, blank=True)
    building_number = models.CharField(max_length=16, blank=True)
    postcode = models.CharField(max_length=16, blank=True)
    town = models.CharField(max_length=35, blank=True)
    iban = models.CharField(max_length=34, blank=True)
    bic = models.CharField(max_length=11, blank=True)

    objects = Rows["Partner"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "name"], name="a_partner_stands_once_in_a_programme"
            ),
            models.UniqueConstraint(
                fields=["programme"],
                condition=models.Q(is_lead=True),
                name="a_programme_has_one_lead_partner",
            ),
        ]

    def __str__(self) -> str:
        return self.short_name

    def get_absolute_url(self) -> str:
        return reverse("programmes:partner", args=[self.pk])


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

    objects = Rows["Incentive"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["phase", "key"], name="an_incentive_stands_once_in_a_phase"),
            models.CheckConstraint(condition=models.Q(cap_eur__gt=0), name="a_cap_is_more_than_nothing"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("programmes:incentive", args=[self.pk])


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

    objects = Rows["Target"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("phase", Coalesce("partner", 0), "code", name="a_target_stands_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.value}"


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

    objects = Rows["PublishedFigure"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "programme", Coalesce("phase", 0), "code", name="a_figure_was_published_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.value}"
