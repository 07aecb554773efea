"""Programmes and the lasting network under them: regions with their closed days, phases, partners."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.urls import reverse

from landbridge.foundation.models import Rows, Table
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.permissions.roles import Role
from landbridge.programmes.rules.facts import PartnerFacts, PhaseFacts, ProgrammeFacts, RegionFacts
from landbridge.programmes.states import S


def organised_by(actor: Actor) -> models.Q:
    """Which gatherings somebody organises, by their `programme`: an office or organiser those of its own programme
    and of the whole network; where it is the whole network's, all.
    """
    if actor.role is Role.SYSTEM:
        return models.Q()
    if actor.role not in (Role.OFFICE, Role.ORGANISER):
        return models.Q(pk__in=())
    if actor.programme_id is None:
        return models.Q()
    return models.Q(programme_id=actor.programme_id) | models.Q(programme__isnull=True)


class RegionRows(Rows["Region"]):
    def visible_to(self, actor: Actor) -> Self:
        """The regions of the network are public."""
        return self.all()

    def edited_by(self, actor: Actor) -> Self:
        """All for the network's office; for a programme's office those of its partners, and those that have none yet."""
        if not actor.may(P.PROGRAMME_EDIT):
            return self.none()
        if actor.sees_everything:
            return self.all()
        programmes = Programme.objects.edited_by(actor).values("pk")
        ours = Partner.objects.filter(programme__in=programmes, region__isnull=False).values("region")
        taken = Partner.objects.filter(region__isnull=False).values("region")
        return self.filter(models.Q(pk__in=ours) | ~models.Q(pk__in=taken))

    def active(self) -> Self:
        return self.filter(is_active=True)


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

    objects = RegionRows.as_manager()

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

    def facts(self) -> RegionFacts:
        return RegionFacts(
            key=self.key,
            name=self.name,
            country=self.country,
            languages=tuple(self.languages),
            time_zone=self.time_zone,
            latitude=float(self.latitude),
            longitude=float(self.longitude),
            subdivision=self.subdivision,
            postcode_prefixes=tuple(self.postcode_prefixes),
            desk_email=self.desk_email,
            is_active=self.is_active,
        )


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
        """All for the network's office, its own for a programme's; nobody else edits."""
        if not actor.may(P.PROGRAMME_EDIT):
            return self.none()
        return self.all() if actor.sees_everything else self.filter(pk=actor.programme_id)


class Programme(Table):
    """A programme that comes and goes on top of the lasting network."""

    key = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    funder = models.CharField(max_length=200, blank=True)
    aim = models.TextField(max_length=2000, blank=True)
    accent = models.CharField(max_length=20, default="sea")
    contact_email = models.EmailField(blank=True)
    is_demonstration = models.BooleanField(default=False)

    objects = ProgrammeRows.as_manager()

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("programmes:programme", args=[self.pk])

    def facts(self) -> ProgrammeFacts:
        return ProgrammeFacts(
            key=self.key,
            name=self.name,
            funder=self.funder,
            aim=self.aim,
            accent=self.accent,
            contact_email=self.contact_email,
            is_demonstration=self.is_demonstration,
        )


class PhaseRows(Rows["Phase"]):
    def visible_to(self, actor: Actor) -> Self:
        """Phases are public, as their programme is."""
        return self.all()

    def edited_by(self, actor: Actor) -> Self:
        return self.filter(programme__in=Programme.objects.edited_by(actor).values("pk"))


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

    objects = PhaseRows.as_manager()

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

    def facts(self) -> PhaseFacts:
        return PhaseFacts(name=self.name, starts_on=self.starts_on, ends_on=self.ends_on)


class PartnerRows(Rows["Partner"]):
    def visible_to(self, actor: Actor) -> Self:
        """Partners are public; their accounts are shown to those who edit them alone."""
        return self.all()

    def edited_by(self, actor: Actor) -> Self:
        return self.filter(programme__in=Programme.objects.edited_by(actor).values("pk"))

    def with_account_seen_by(self, actor: Actor) -> Self:
        """Whose bank account the actor may read: one's own partner's for finance, the programme's for an auditor."""
        if actor.role is Role.FINANCE:
            return self.filter(pk=actor.partner_id)
        if actor.role is Role.AUDITOR:
            return self.all() if actor.sees_everything else self.filter(programme_id=actor.programme_id)
        return self.edited_by(actor)


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

    objects = PartnerRows.as_manager()

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

    def facts(self) -> PartnerFacts:
        return PartnerFacts(
            name=self.name,
            short_name=self.short_name,
            country=self.country,
            region_id=self.region_id,
            is_lead=self.is_lead,
            street=self.street,
            building_number=self.building_number,
            postcode=self.postcode,
            town=self.town,
            iban=self.iban,
            bic=self.bic,
        )
