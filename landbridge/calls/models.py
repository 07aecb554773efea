"""Calls for proposals: window, incentives with caps, criteria and the form, frozen when the call is published."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _l

from landbridge.calls.states import S
from landbridge.events.models import Event
from landbridge.foundation.fields import MoneyField
from landbridge.foundation.models import Rows, Table
from landbridge.foundation.permissions.actor import Actor
from landbridge.programmes.models import Basis, Incentive, LegalBasis, Phase


class SelectionMode(models.TextChoices):
    """How a call chooses. Pure first come, first served is not among them (see the rules of the field, section 2)."""

    PANEL = "panel", _l("Decision by score")
    THRESHOLD = "threshold", _l("Everyone above the threshold, in order of receipt")
    DRAW = "draw", _l("Random draw among the eligible, with a published seed")


class CallRows(Rows["Call"]):
    def visible_to(self, actor: Actor) -> Self:
        """Published calls for everyone, also when cancelled later; drafts for those who prepare or audit them."""
        public = models.Q(published_at__isnull=False)
        if actor.sees_everything:
            return self.all()
        if actor.programme_id:
            return self.filter(
                public | models.Q(phase__in=Phase.objects.filter(programme_id=actor.programme_id))
            )
        return self.filter(public)

    def edited_by(self, actor: Actor) -> Self:
        if actor.sees_everything:
            return self.all()
        return self.filter(phase__in=Phase.objects.filter(programme_id=actor.programme_id or 0))

    def published(self) -> Self:
        return self.filter(state__in=[S.PUBLISHED, S.DECIDED])

    def open_at(self, at: datetime) -> Self:
        """Calls whose window contains the moment: the opening second belongs to it, the closing second does not."""
        return self.filter(state=S.PUBLISHED, opens_at__lte=at, closes_at__gt=at)


class Call(Table):
    """One call for proposals of a phase."""

    phase = models.ForeignKey(Phase, on_delete=models.PROTECT, related_name="calls")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=150)
    summary = models.TextField(max_length=1000)
    guidance = models.TextField(max_length=10000, blank=True)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    time_zone = models.CharField(max_length=40)
    selection_mode = models.CharField(
        max_length=20, choices=SelectionMode.choices, default=SelectionMode.PANEL
    )
    contact_email = models.EmailField(blank=True)
    asks_for_event = models.ForeignKey(
        Event,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="calls",
        help_text="Whoever applies must have been there.",
    )
    version = models.PositiveIntegerField(
        default=1, help_text="Counts the edits; a stale one is shown, never lost."
    )
    state = models.CharField(max_length=20, default=S.DRAFT.value)
    published_at = models.DateTimeField(null=True)
    terms = models.JSONField(
        default=dict, help_text="Everything an applicant could read when the call was published."
    )
    terms_hash = models.CharField(max_length=64, blank=True)
    ended_at = models.DateTimeField(null=True)
    cancellation = models.CharField(
        max_length=500, blank=True, help_text="Why it was cancelled; applicants read it."
    )

    objects = CallRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["phase", "number"], name="a_call_number_stands_once_in_a_phase"),
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at")), name="a_call_closes_after_it_opens"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=[state.value for state in S]), name="a_call_has_a_known_state"
            ),
            models.CheckConstraint(
                condition=~models.Q(state=S.PUBLISHED.value) | models.Q(published_at__isnull=False),
                name="a_published_call_says_when",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("public:call", args=[self.pk])

    def is_open(self, at: datetime) -> bool:
        """Whether an application could be handed in at this moment."""
        return self.state == S.PUBLISHED and self.opens_at <= at < self.closes_at


class Extension(Table):
    """More time for applicants: the only thing about a published call that may change."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="extensions")
    was_closing_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    reason = models.CharField(max_length=500)
    person_id = models.BigIntegerField(null=True)
    person_name = models.CharField(max_length=150)
    at = models.DateTimeField()

    objects = Rows["Extension"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("was_closing_at")),
                name="an_extension_gives_more_time",
            ),
        ]

    def __str__(self) -> str:
        return f"Until {self.closes_at:%Y-%m-%d %H:%M}"


class Offer(Table):
    """One incentive within one call: its terms, copied from the programme and frozen with the call."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="offers")
    incentive = models.ForeignKey(Incentive, on_delete=models.PROTECT, related_name="offers")
    name = models.CharField(max_length=80)
    purpose = models.TextField(max_length=1000)
    cap_eur = MoneyField()
    basis = models.CharField(max_length=20, choices=Basis.choices)
    legal_basis = models.CharField(max_length=20, choices=LegalBasis.choices)
    evidence = models.JSONField(default=list)
    validity_months = models.PositiveSmallIntegerField()
    extension_months = models.PositiveSmallIntegerField()

    objects = Rows["Offer"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["call", "incentive"], name="an_incentive_is_offered_once_in_a_call"
            ),
            models.CheckConstraint(condition=models.Q(cap_eur__gt=0), name="an_offer_has_a_cap"),
        ]

    def __str__(self) -> str:
        return self.name


class Criterion(Table):
    """What an application is judged by: so many points, of which so many are needed."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="criteria")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80)
    description = models.TextField(max_length=1000, blank=True)
    points = models.PositiveSmallIntegerField()
    threshold = models.PositiveSmallIntegerField(default=0)

    objects = Rows["Criterion"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call", "name"], name="a_criterion_stands_once_in_a_call"),
            models.CheckConstraint(
                condition=models.Q(threshold__lte=models.F("points"), points__gte=1),
                name="a_threshold_is_within_its_points",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Question(Table):
    """One question of the call's form."""

    class Kind(models.TextChoices):
        TEXT = "text", _l("One line")
        LONG_TEXT = "long_text", _l("Several paragraphs")
        NUMBER = "number", _l("Whole number")
        CHOICE = "choice", _l("One of several")
        DECLARATION = "declaration", _l("Declaration to be ticked")

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField()
    section = models.CharField(max_length=80)
    key = models.SlugField(max_length=40)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    label = models.CharField(max_length=300)
    help_text = models.CharField(max_length=500, blank=True)
    is_required = models.BooleanField(default=True)
    longest = models.PositiveIntegerField(default=2000, help_text="Characters, or the largest number.")
    choices = models.JSONField(default=list)

    objects = Rows["Question"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call", "key"], name="a_question_stands_once_in_a_call"),
        ]

    def __str__(self) -> str:
        return self.label
