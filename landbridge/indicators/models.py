"""Indicators as data, their dated readings with the rows behind them, and frozen reporting periods."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.urls import reverse

from landbridge.foundation.files.models import StoredFile
from landbridge.foundation.models import Rows, Table
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.permissions.roles import Role
from landbridge.indicators.states import Came, Kind
from landbridge.programmes.models import Partner, Phase, Programme, Region


class IndicatorRows(Rows["Indicator"]):
    def kept_by(self, actor: Actor) -> Self:
        """All for the network's office; those of its own programme for a programme's: common ones are not its own."""
        if actor.role is Role.SYSTEM:
            return self.all()
        if actor.role is not Role.OFFICE:
            return self.none()
        return self.all() if actor.programme_id is None else self.filter(programme_id=actor.programme_id)

    def used_by(self, actor: Actor) -> Self:
        """Those for which an office sets targets and enters figures of its own phases: common ones, and its own."""
        return self.filter(
            Q(programme__isnull=True) | Q(pk__in=Indicator.objects.kept_by(actor).values("pk"))
        )

    def visible_to(self, actor: Actor) -> Self:
        """What is counted, and how, is public, unless it is kept for those who may see indicators."""
        if actor.may(P.INDICATOR_SEE):
            return self.all()
        return self.filter(is_public=True, is_active=True)


class Indicator(Table):
    """What is counted: a code, a name, a definition, and the named source with its parameters.

    The targets of a phase and its partners stand in `programmes.Target` under the same code.
    """

    code = models.SlugField(max_length=40)
    programme = models.ForeignKey(
        Programme, null=True, blank=True, on_delete=models.CASCADE, related_name="indicators",
        help_text="None: a common one, of every programme.",
    )  # fmt: skip
    name = models.CharField(max_length=150)
    unit = models.CharField(max_length=40)
    definition = models.TextField(max_length=2000)
    texts = models.JSONField(default=dict, help_text="Name, unit and definition in further languages.")
    kind = models.CharField(max_length=20, default=Kind.OUTPUT)
    source = models.SlugField(
        max_length=60, help_text="The named query that counts it; empty: entered by hand."
    )
    parameters = models.JSONField(default=dict)
    links = models.JSONField(
        default=dict,
        help_text="Codes under which targets and published figures mean it; codes of what counts the same otherwise.",
    )
    decimals = models.PositiveSmallIntegerField(default=0)
    is_public = models.BooleanField(default=True)
    is_active = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1, help_text="Counts the changes of the definition.")
    earlier = models.JSONField(
        default=list, help_text="Earlier wordings, each with the day until which it held."
    )
    changed_at = models.DateTimeField()

    objects = IndicatorRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(Coalesce("programme", 0), "code", name="an_indicator_has_one_code"),
            models.CheckConstraint(condition=Q(kind__in=list(Kind)), name="an_indicator_has_a_known_kind"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("indicators:indicator", args=[self.pk])

    @property
    def shown_kind(self) -> Kind:
        return Kind(self.kind)


class PeriodRows(Rows["Period"]):
    def visible_to(self, actor: Actor) -> Self:
        """The programme's people; a partner's own for its finance officers; brokers those of their partner's region."""
        if actor.sees_everything:
            return self.all()
        if actor.role in (Role.OFFICE, Role.AUDITOR):
            return self.filter(phase__programme_id=actor.programme_id or 0)
        if actor.role is Role.FINANCE:
            return self.filter(Q(partner_id=actor.partner_id or 0))
        if actor.role is Role.BROKER:
            return self.filter(partner__region_id=actor.region_id or 0)
        return self.none()


class Period(Table):
    """A reporting period of a phase, or of one partner in it: frozen once, signed, with a hash over its readings."""

    phase = models.ForeignKey(Phase, on_delete=models.PROTECT, related_name="periods")
    partner = models.ForeignKey(
        Partner, null=True, blank=True, on_delete=models.PROTECT, related_name="periods"
    )
    name = models.CharField(max_length=60)
    begins_on = models.DateField()
    ends_on = models.DateField()
    narrative = models.TextField(max_length=10000, blank=True, help_text="What the report says in words.")
    version = models.PositiveIntegerField(default=1)
    frozen_at = models.DateTimeField(null=True)
    frozen_by_name = models.CharField(max_length=150, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    signature = models.CharField(
        max_length=200, blank=True, help_text="Over the hash, with the network's key."
    )
    word = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    pdf = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")

    objects = PeriodRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "phase", Coalesce("partner", 0), "begins_on", "ends_on", name="a_period_stands_once"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=models.F("begins_on")), name="a_period_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(frozen_at__isnull=True) | ~Q(sha256=""), name="a_frozen_period_has_its_hash"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("indicators:period", args=[self.pk])

    @property
    def is_frozen(self) -> bool:
        return self.frozen_at is not None


class ReadingRows(Rows["Reading"]):
    def visible_to(self, actor: Actor) -> Self:
        """Readings of public indicators are public; all others are for who may see indicators."""
        if actor.may(P.INDICATOR_SEE):
            return self.all()
        return self.filter(indicator__is_public=True, indicator__is_active=True)


class Reading(Table):
    """One value of one indicator as of one day, within one place; with what it was counted from; append-only.

    `value` is None where nothing is known: missing is never zero. For shares, `part` of `whole` and the number of
    those `asked` stand beside it, so that a response rate is never lost.
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="readings")
    as_of = models.DateField()
    since = models.DateField(null=True, help_text="What came earlier does not count.")
    phase = models.ForeignKey(Phase, null=True, blank=True, on_delete=models.PROTECT, related_name="readings")
    partner = models.ForeignKey(
        Partner, null=True, blank=True, on_delete=models.PROTECT, related_name="readings"
    )
    region = models.ForeignKey(
        Region, null=True, blank=True, on_delete=models.PROTECT, related_name="readings"
    )
    period = models.ForeignKey(
        Period, null=True, blank=True, on_delete=models.PROTECT, related_name="readings"
    )
    came = models.CharField(max_length=20)
    value = models.DecimalField(max_digits=16, decimal_places=2, null=True)
    said = models.CharField(max_length=60, blank=True, help_text="As it was published: more than 400.")
    part = models.PositiveIntegerField(null=True)
    whole = models.PositiveIntegerField(null=True)
    asked = models.PositiveIntegerField(null=True)
    definition = models.TextField(max_length=2000, help_text="As it was when this was read.")
    source_text = models.CharField(
        max_length=300, blank=True, help_text="Where it was published, who said it."
    )
    rows = models.JSONField(
        default=dict, help_text="By table: the id of every row behind it, or its id and share."
    )
    rows_sha256 = models.CharField(max_length=64, blank=True)
    read_at = models.DateTimeField()
    read_by_name = models.CharField(max_length=150)
    is_demonstration = models.BooleanField(default=False)

    objects = ReadingRows.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(came__in=list(Came)), name="a_reading_came_from_somewhere"),
            models.CheckConstraint(
                condition=Q(came=Came.COMPUTED) | ~Q(source_text=""),
                name="what_was_not_counted_has_its_source",
            ),
        ]
        indexes = [models.Index(fields=["indicator", "as_of"], name="reading_by_indicator_and_day")]

    def __str__(self) -> str:
        return f"{self.indicator_id}, {self.as_of}"

    def get_absolute_url(self) -> str:
        return reverse("indicators:reading", args=[self.pk])

    @property
    def shown_came(self) -> Came:
        return Came(self.came)
