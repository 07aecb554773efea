"""Records of the catalogue: one table for all five kinds, since all are kept, found and confirmed alike."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.lookups import Exact
from django.urls import reverse

from landbridge.catalogue.models.terms import Competence
from landbridge.catalogue.states import Kind, S
from landbridge.foundation.fields import MoneyField
from landbridge.foundation.models import Rows, Table
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.roles import Role
from landbridge.foundation.sqlite.plans import Unindexed
from landbridge.organisations.models import Organisation
from landbridge.programmes.models import Incentive, Region


class RecordRows(Rows["Record"]):
    def public(self) -> Self:
        """Published, confirmed and, for experts, consented: what page, list, search, feed, API and export may show."""
        published = Exact(Unindexed("state", output_field=models.CharField()), S.PUBLISHED)  # nearly all are
        return self.filter(published, consented_at__isnull=False)

    def visible_to(self, actor: Actor) -> Self:
        """What is public for everyone; besides it one's own organisation's, one's region's, or all for the office."""
        if actor.sees_everything or actor.role in (Role.OFFICE, Role.AUDITOR):
            return self.all()
        public = Q(state=S.PUBLISHED, consented_at__isnull=False)
        if actor.role is Role.BROKER:
            return self.filter(public | Q(region_id=actor.region_id))
        if actor.role is Role.PROVIDER:
            return self.filter(public | Q(organisation_id=actor.organisation_id))
        return self.public()

    def kept_by(self, actor: Actor) -> Self:
        """Records that the actor may edit: a facility's people their own, a broker those of the region, the office all."""
        if actor.sees_everything or actor.role is Role.OFFICE:
            return self.all()
        if actor.role is Role.BROKER:
            return self.filter(region_id=actor.region_id)
        if actor.role is Role.PROVIDER:
            return self.filter(organisation_id=actor.organisation_id)
        return self.none()


class Record(Table):
    """One organisation, facility, service, piece of equipment or expert, as the catalogue shows it.

    `consented_at` is when whoever is shown agreed to it; for an expert a person's own consent (Article 6(1)(a) of
    Regulation (EU) 2016/679), for the others the publication itself. The contact is never public: questions go
    through the desks.
    """

    kind = models.CharField(max_length=20)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="records")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts",
        help_text="The facility that it belongs to.",
    )  # fmt: skip
    region = models.ForeignKey(
        Region, null=True, blank=True, on_delete=models.PROTECT, related_name="records"
    )
    name = models.CharField(max_length=200)
    summary = models.CharField(max_length=300, blank=True)
    description = models.TextField(max_length=5000, blank=True)
    texts = models.JSONField(default=dict, help_text="Name, summary, description in further languages.")
    competences = models.ManyToManyField(Competence, blank=True, related_name="records")
    techniques = models.JSONField(default=list)
    languages = models.JSONField(default=list, help_text="Spoken with visitors, as codes.")
    website = models.URLField(max_length=300, blank=True)
    country = models.CharField(max_length=2)
    town = models.CharField(max_length=80, blank=True)
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    contact_name = models.CharField(max_length=120, blank=True)
    contact_email = models.EmailField(blank=True)

    state = models.CharField(max_length=20, default=S.DRAFT)
    consented_at = models.DateTimeField(null=True)
    confirmed_on = models.DateField(null=True)
    due_on = models.DateField(null=True, help_text="By when it must be confirmed again.")
    link_broken_since = models.DateField(null=True)
    reminded_on = models.DateField(null=True)
    successor = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="predecessors"
    )
    locked_fields = models.JSONField(default=list, help_text="Fields that an import may not change.")
    version = models.PositiveIntegerField(default=1, help_text="Counts the edits; a stale one is shown.")
    is_demonstration = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)

    objects = RecordRows.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(Kind)), name="a_record_has_a_known_kind"),
            models.CheckConstraint(condition=Q(state__in=list(S)), name="a_record_has_a_known_state"),
            models.CheckConstraint(
                condition=~Q(state=S.PUBLISHED)
                | Q(published_at__isnull=False, confirmed_on__isnull=False, due_on__isnull=False),
                name="a_published_record_was_confirmed",
            ),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | Q(state=S.WITHDRAWN),
                name="a_record_with_a_successor_is_withdrawn",
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__gte=-90,
                    latitude__lte=90,
                    longitude__gte=-180,
                    longitude__lte=180,
                ),
                name="a_record_is_on_the_map",
            ),
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(kind=Kind.ORGANISATION) & ~Q(state=S.WITHDRAWN),
                name="an_organisation_stands_once_in_the_catalogue",
            ),
        ]
        indexes = [
            models.Index(fields=["region", "state", "kind"], name="record_by_region_and_state"),
            models.Index(fields=["state", "due_on"], name="record_by_due_day"),
            models.Index(fields=["changed_at", "id"], name="record_by_change"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("catalogue:record", args=[self.pk])

    @property
    def shown_state(self) -> S:
        """The state with the name that people read."""
        return S(self.state)

    @property
    def shown_kind(self) -> Kind:
        return Kind(self.kind)

    @property
    def is_public(self) -> bool:
        """The same as `RecordRows.public`, for a row in hand."""
        return self.state == S.PUBLISHED and self.consented_at is not None


class Service(Table):
    """What can be asked for: how, in which unit, how soon, under which conditions."""

    record = models.OneToOneField(Record, on_delete=models.CASCADE, related_name="service")
    access_modes = models.JSONField(default=list)
    inputs = models.CharField(
        max_length=500, blank=True, help_text="What goes in: a sample, a file, a question."
    )
    outputs = models.CharField(max_length=500, blank=True)
    unit = models.CharField(
        max_length=40, blank=True, help_text="Unit of access, such as hour, day or sample."
    )
    lead_time_days = models.PositiveSmallIntegerField(null=True, blank=True)
    capacity = models.CharField(max_length=200, blank=True)
    is_full_until = models.DateField(null=True, blank=True, help_text="No capacity before this day.")
    biosafety_level = models.PositiveSmallIntegerField(null=True, blank=True)
    restrictions = models.CharField(max_length=500, blank=True)
    must_bring = models.CharField(max_length=500, blank=True, help_text="What the company must bring.")
    incentives = models.ManyToManyField(Incentive, blank=True, related_name="services")

    objects = Rows["Service"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(biosafety_level__isnull=True) | Q(biosafety_level__gte=1, biosafety_level__lte=4),
                name="a_biosafety_level_is_one_to_four",
            ),
        ]

    def __str__(self) -> str:
        return f"Service {self.record_id}"


class Equipment(Table):
    """What a piece of equipment is, beyond its record."""

    record = models.OneToOneField(Record, on_delete=models.CASCADE, related_name="equipment")
    maker = models.CharField(max_length=120, blank=True)
    model_name = models.CharField(max_length=120, blank=True)
    bought_in = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Year.")

    objects = Rows["Equipment"].as_manager()

    def __str__(self) -> str:
        return f"{self.maker} {self.model_name}".strip()


class Price(Table):
    """What a unit costs a class of customers, and until when that holds."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="prices")
    customer = models.CharField(max_length=20, help_text="sme, academic or industry.")
    amount_eur = MoneyField()
    unit = models.CharField(max_length=40)
    note = models.CharField(max_length=200, blank=True)
    holds_until = models.DateField()

    objects = Rows["Price"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_eur__gte=0), name="a_price_is_not_negative"),
            models.UniqueConstraint(
                fields=["record", "customer", "unit"], name="a_class_of_customers_has_one_price_a_unit"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount_eur} a {self.unit}"


class Certificate(Table):
    """A certificate or practice under which work is done: GLP, GMP, GCP, ISO 13485, 15189, 17025."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="certificates")
    scheme = models.CharField(max_length=20)
    scope = models.CharField(max_length=300, blank=True)
    number = models.CharField(max_length=60, blank=True)
    expires_on = models.DateField(null=True, blank=True)

    objects = Rows["Certificate"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["record", "scheme", "scope"], name="a_record_names_a_certificate_once"
            ),
        ]

    def __str__(self) -> str:
        return self.scheme


class Identifier(Table):
    """A name under which others know the record: ROR, ORCID, RRID, DOI, a company number, the key of a source."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="identifiers")
    scheme = models.CharField(max_length=20)
    value = models.CharField(max_length=200)

    objects = Rows["Identifier"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["record", "scheme", "value"], name="a_record_has_an_identifier_once"
            ),
        ]
        indexes = [models.Index(fields=["scheme", "value"], name="identifier_by_value")]

    def __str__(self) -> str:
        return f"{self.scheme}:{self.value}"
