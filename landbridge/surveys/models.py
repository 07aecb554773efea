"""Questionnaires in versions, the rules that send them, the sheets that were sent, answers, and baselines."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from landbridge.calls.models import Call
from landbridge.foundation.models import Rows, Table
from landbridge.foundation.people.models import EMAIL_LENGTH, NAME_LENGTH
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.roles import Role
from landbridge.organisations.models import Organisation
from landbridge.programmes.models import Programme, Region, organised_by
from landbridge.surveys.states import Asks, Measure, S, Sheeted, Side, Trigger


class QuestionnaireRows(Rows["Questionnaire"]):
    def kept_by(self, actor: Actor) -> Self:
        """Those of one's programme, and the network's own."""
        return self.filter(organised_by(actor))

    def visible_to(self, actor: Actor) -> Self:
        """Questions are no secret: desks, offices and auditors read them all."""
        if actor.sees_everything or actor.role in (Role.OFFICE, Role.AUDITOR, Role.BROKER):
            return self.all()
        return self.none()


class Questionnaire(Table):
    """A set of questions under one name; what is asked stands in its versions."""

    slug = models.SlugField(max_length=80, unique=True)
    programme = models.ForeignKey(
        Programme, null=True, blank=True, on_delete=models.PROTECT, related_name="questionnaires"
    )
    name = models.CharField(max_length=120)
    created_by_name = models.CharField(max_length=150)
    created_at = models.DateTimeField()
    is_demonstration = models.BooleanField(default=False)

    objects = QuestionnaireRows.as_manager()

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("surveys:questionnaire", args=[self.slug])


class Version(Table):
    """One wording of a questionnaire; frozen once it is in use."""

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=20, default=S.DRAFT)
    language = models.CharField(max_length=10, default="en-gb")
    title = models.CharField(max_length=150)
    lead = models.TextField(max_length=1000, blank=True)
    thanks = models.TextField(max_length=1000, blank=True)
    texts = models.JSONField(default=dict, help_text="Title, lead and thanks in further languages.")
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)

    objects = Rows["Version"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "number"], name="a_version_has_one_number"),
            models.UniqueConstraint(
                fields=["questionnaire"],
                condition=Q(state=S.PUBLISHED),
                name="one_version_of_a_questionnaire_is_in_use",
            ),
            models.CheckConstraint(condition=Q(state__in=list(S)), name="a_version_has_a_known_state"),
            models.CheckConstraint(
                condition=Q(state=S.DRAFT) | Q(published_at__isnull=False),
                name="a_version_in_use_has_its_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"

    @property
    def shown_state(self) -> S:
        return S(self.state)


class Question(Table):
    """One question of a version."""

    of = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="questions")
    key = models.SlugField(max_length=40)
    position = models.PositiveSmallIntegerField()
    asks = models.CharField(max_length=20)
    measure = models.CharField(max_length=20, blank=True)
    text = models.CharField(max_length=300)
    help = models.CharField(max_length=300, blank=True)
    low = models.CharField(max_length=60, blank=True, help_text="What 1 means on a scale.")
    high = models.CharField(max_length=60, blank=True, help_text="What 5 means on a scale.")
    unit = models.CharField(max_length=30, blank=True)
    choices = models.JSONField(default=list, help_text='[{"key": "yes", "text": "Yes"}]')
    texts = models.JSONField(
        default=dict, help_text="Text, help, low, high and choices in further languages."
    )
    condition = models.JSONField(default=dict, help_text='{"question": "continues", "is": ["yes"]}')

    objects = Rows["Question"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["of", "key"], name="a_question_has_one_key"),
            models.CheckConstraint(
                condition=Q(asks__in=list(Asks)), name="a_question_asks_for_something_known"
            ),
            models.CheckConstraint(
                condition=Q(measure="") | Q(measure__in=list(Measure)), name="a_question_has_a_known_measure"
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def shown_asks(self) -> str:
        return _(Asks(self.asks).label)

    @property
    def shown_measure(self) -> str:
        return _(Measure(self.measure).label) if self.measure else ""


class Rule(Table):
    """When a questionnaire goes out, to whom, about what: so long after something happened."""

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.CASCADE, related_name="rules")
    trigger = models.CharField(max_length=30)
    side = models.CharField(max_length=20)
    after_months = models.PositiveSmallIntegerField(default=0)
    after_hours = models.PositiveSmallIntegerField(default=0)
    open_days = models.PositiveSmallIntegerField(default=60, help_text="How long an answer is taken.")
    programme = models.ForeignKey(
        Programme, null=True, blank=True, on_delete=models.PROTECT, related_name="survey_rules"
    )
    call = models.ForeignKey(
        Call, null=True, blank=True, on_delete=models.PROTECT, related_name="survey_rules",
        help_text="Only this call's: of a comparison group.",
    )  # fmt: skip
    since = models.DateField(help_text="What happened before this day is not asked about.")
    is_active = models.BooleanField(default=True)
    created_by_name = models.CharField(max_length=150)
    created_at = models.DateTimeField()

    objects = Rows["Rule"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(trigger__in=list(Trigger)), name="a_rule_has_a_known_trigger"),
            models.CheckConstraint(condition=Q(side__in=list(Side)), name="a_rule_asks_a_known_side"),
        ]

    def __str__(self) -> str:
        return f"{self.trigger} +{self.after_months}"


class SheetRows(Rows["Sheet"]):
    def visible_to(self, actor: Actor) -> Self:
        """Whether it was answered: the asked side's desk, office, auditor. What was answered: see `queries`."""
        if actor.sees_everything:
            return self.all()
        if actor.role in (Role.OFFICE, Role.AUDITOR):
            return self.filter(Q(programme_id=actor.programme_id) | Q(programme__isnull=True))
        if actor.role is Role.BROKER:
            return self.filter(region_id=actor.region_id or 0)
        if actor.role in (Role.SME, Role.PROVIDER):
            return self.filter(organisation_id=actor.organisation_id or 0)
        return self.none()


class Sheet(Table):
    """One version before one side about one thing: sent, reminded twice, answered, declined or lapsed.

    Answers are each side's own: no side reads the other's. The link of the letter opens it without signing in.
    """

    rule = models.ForeignKey(Rule, null=True, on_delete=models.PROTECT, related_name="sheets")
    of = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="sheets")
    programme = models.ForeignKey(
        Programme, null=True, blank=True, on_delete=models.PROTECT, related_name="sheets"
    )
    region = models.ForeignKey(Region, null=True, blank=True, on_delete=models.PROTECT, related_name="sheets")
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="sheets"
    )
    side = models.CharField(max_length=20)
    trigger = models.CharField(max_length=30)
    about_table = models.CharField(max_length=60, help_text="The table of the thing that it is about.")
    about_id = models.BigIntegerField()
    about_name = models.CharField(max_length=200)
    happened_on = models.DateField()
    months = models.PositiveSmallIntegerField(default=0, help_text="After how many months it asks.")
    name = models.CharField(max_length=NAME_LENGTH)
    email = models.EmailField(max_length=EMAIL_LENGTH)
    language = models.CharField(max_length=10)
    state = models.CharField(max_length=20, default=Sheeted.WAITING)
    is_comparison = models.BooleanField(default=False)
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    closes_at = models.DateTimeField()
    reminders = models.PositiveSmallIntegerField(default=0)
    reminded_at = models.DateTimeField(null=True)
    begun_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    is_demonstration = models.BooleanField(default=False)

    objects = SheetRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "about_table", "about_id", "side", "email"], name="nobody_is_asked_twice"
            ),
            models.CheckConstraint(condition=Q(state__in=list(Sheeted)), name="a_sheet_has_a_known_state"),
            models.CheckConstraint(condition=Q(side__in=list(Side)), name="a_sheet_asks_a_known_side"),
            models.CheckConstraint(condition=Q(reminders__lte=2), name="nobody_is_reminded_a_third_time"),
            models.CheckConstraint(
                condition=Q(state=Sheeted.WAITING) | Q(sent_at__isnull=False),
                name="a_sent_sheet_has_its_moment",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "due_at"], name="sheet_by_due_moment"),
            models.Index(fields=["about_table", "about_id"], name="sheet_by_what_it_is_about"),
            models.Index(fields=["trigger", "months", "state"], name="sheet_by_trigger"),
            models.Index(fields=["email", "sent_at"], name="sheet_by_address"),
        ]

    def __str__(self) -> str:
        return f"{self.about_name}, {self.months}"

    def get_absolute_url(self) -> str:
        return reverse("surveys:sheet", args=[self.pk])

    @property
    def shown_state(self) -> Sheeted:
        return Sheeted(self.state)

    @property
    def shown_trigger(self) -> str:
        return _(Trigger(self.trigger).label)


class Answer(Table):
    """What one side said to one question; no row means that nothing was said, which is never zero."""

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    number = models.DecimalField(
        max_digits=14, decimal_places=2, null=True, help_text="Scales, numbers, euro."
    )
    chosen = models.JSONField(default=list, help_text="The keys of the choices.")
    text = models.TextField(max_length=3000, blank=True)
    answered_at = models.DateTimeField(help_text="When it was first answered: from then on it counts.")
    changed_at = models.DateTimeField(null=True, help_text="Corrected while the sheet was open.")

    objects = Rows["Answer"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "question"], name="a_question_is_answered_once"),
            models.CheckConstraint(
                condition=Q(number__isnull=False) | ~Q(chosen=[]) | ~Q(text=""),
                name="an_answer_says_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question_id} of {self.sheet_id}"


class Refusal(Table):
    """An address that never wants to be asked again; only its hash is kept."""

    address_hash = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the address.")
    refused_at = models.DateTimeField()

    objects = Rows["Refusal"].as_manager()

    def __str__(self) -> str:
        return self.address_hash[:12]


class BaselineRows(Rows["Baseline"]):
    def visible_to(self, actor: Actor) -> Self:
        """The company, its desk, office and auditor."""
        if actor.sees_everything or actor.role in (Role.OFFICE, Role.AUDITOR):
            return self.all()
        if actor.role is Role.BROKER:
            return self.filter(organisation__region_id=actor.region_id or 0)
        if actor.role is Role.SME:
            return self.filter(organisation_id=actor.organisation_id or 0)
        return self.none()


class Baseline(Table):
    """A company's figures on one day; a gain counts only from a baseline recorded before the support began."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="baselines")
    on = models.DateField(help_text="The day for which the figures hold.")
    jobs = models.DecimalField(max_digits=8, decimal_places=1, null=True, help_text="Full-time equivalents.")
    turnover_eur = models.BigIntegerField(null=True, help_text="Whole euro of the last closed year.")
    markets = models.PositiveSmallIntegerField(null=True, help_text="Countries sold to.")
    evidence = models.CharField(
        max_length=300, blank=True, help_text="Annual accounts, payroll, own statement."
    )
    recorded_by_name = models.CharField(max_length=150)
    recorded_at = models.DateTimeField()
    is_demonstration = models.BooleanField(default=False)

    objects = BaselineRows.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(jobs__isnull=False) | Q(turnover_eur__isnull=False) | Q(markets__isnull=False),
                name="a_baseline_says_something",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "recorded_at"], name="baseline_by_organisation")]

    def __str__(self) -> str:
        return f"{self.organisation_id}, {self.on}"

    def get_absolute_url(self) -> str:
        return reverse("surveys:baselines", args=[self.organisation_id])
