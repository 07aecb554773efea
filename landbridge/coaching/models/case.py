"""A coaching case: needs, proposed coaches, plan, report with partnerships, feedback."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from landbridge.catalogue.models import Competence
from landbridge.coaching.models.coach import Coach
from landbridge.coaching.states import CHOSEN, Offered, Party, Reached, S
from landbridge.foundation.models import Rows, Table
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.roles import Role
from landbridge.organisations.models import Organisation
from landbridge.programmes.models import Region


class CaseRows(Rows["Case"]):
    def visible_to(self, actor: Actor) -> Self:
        """The company; its region's desk; a coach once they were chosen; office and auditor."""
        if actor.sees_everything or actor.role in (Role.OFFICE, Role.AUDITOR):
            return self.all()
        if actor.role is Role.SME:
            return self.filter(company_id=actor.organisation_id or 0)
        if actor.role is Role.BROKER:
            return self.filter(region_id=actor.region_id or 0)
        if actor.role is Role.PROVIDER:
            chosen = Offer.objects.filter(coach__person_id=actor.person_id or 0, state__in=CHOSEN)
            return self.filter(pk__in=chosen.values("case_id"))
        return self.none()


class Case(Table):
    """One company's coaching, from its question to the report."""

    number = models.CharField(max_length=20, unique=True)
    company = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="coaching_cases")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="coaching_cases")
    title = models.CharField(max_length=150)
    wish = models.TextField(max_length=3000, help_text="What the company wants to get better at.")
    competences = models.ManyToManyField(Competence, blank=True, related_name="coaching_cases")
    languages = models.JSONField(default=list)
    state = models.CharField(max_length=20, default=S.ASKED)
    adviser_id = models.BigIntegerField(
        null=True, help_text="The person of the desk who answers for the case."
    )
    adviser_name = models.CharField(max_length=150, blank=True)
    hours_at_most = models.PositiveSmallIntegerField(
        default=24, help_text="Of coaching, paid by the network."
    )
    first_talk_on = models.DateField(null=True)
    first_talk = models.TextField(max_length=3000, blank=True, help_text="Notes of the desk.")
    reason = models.TextField(max_length=1000, blank=True)
    asked_by_name = models.CharField(max_length=150)
    asked_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True)
    reported_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    calendar_key = models.CharField(
        max_length=43, unique=True, help_text="Of the company's calendar address."
    )
    is_demonstration = models.BooleanField(default=False)

    objects = CaseRows.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(S)), name="a_case_has_a_known_state"),
            models.CheckConstraint(
                condition=~Q(state__in=[S.CLOSED, S.ENDED]) | Q(ended_at__isnull=False),
                name="an_ended_case_has_its_moment",
            ),
            models.CheckConstraint(condition=Q(hours_at_most__gt=0), name="a_case_has_hours_to_give"),
        ]
        indexes = [models.Index(fields=["region", "state"], name="case_by_region_and_state")]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("coaching:case", args=[self.pk])

    @property
    def shown_state(self) -> S:
        return S(self.state)


class Analysis(Table):
    """The needs: challenges, context now and next, facts of the firm that somebody checked."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="analysis")
    challenges = models.TextField(max_length=3000)
    context_now = models.TextField(max_length=3000)
    context_next = models.TextField(max_length=3000)
    jobs = models.DecimalField(
        max_digits=8, decimal_places=1, null=True, blank=True, help_text="Full-time equivalents."
    )
    turnover_eur = models.BigIntegerField(null=True, blank=True, help_text="Whole euro of the last year.")
    markets = models.CharField(max_length=300, blank=True)
    facts_checked_against = models.CharField(
        max_length=300, blank=True, help_text="Register, accounts, website."
    )
    facts_checked_by_name = models.CharField(max_length=150, blank=True)
    written_by_name = models.CharField(max_length=150)
    written_at = models.DateTimeField()

    objects = Rows["Analysis"].as_manager()

    def __str__(self) -> str:
        return f"Needs of {self.case_id}"


class Offer(Table):
    """One coach proposed for one case, with reasons; the company chooses, then the coach accepts."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="offers")
    coach = models.ForeignKey(Coach, on_delete=models.PROTECT, related_name="offers")
    reasons = models.JSONField(default=list, help_text="Why this coach: codes and values.")
    conflict = models.CharField(
        max_length=300, blank=True, help_text="What speaks against it, as declared or found."
    )
    has_no_conflict_at = models.DateTimeField(null=True, help_text="When the coach declared to have none.")
    state = models.CharField(max_length=20, default=Offered.PROPOSED)
    reason = models.CharField(max_length=500, blank=True)
    proposed_by_name = models.CharField(max_length=150)
    proposed_at = models.DateTimeField()
    chosen_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)

    objects = Rows["Offer"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(Offered)), name="an_offer_has_a_known_state"),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(state__in=[Offered.CHOSEN, Offered.ACCEPTED]),
                name="a_case_has_one_coach",
            ),
            models.UniqueConstraint(
                fields=["case", "coach"],
                condition=Q(state__in=[Offered.PROPOSED, Offered.CHOSEN, Offered.ACCEPTED]),
                name="a_coach_is_proposed_once_for_a_case",
            ),
            models.CheckConstraint(
                condition=~Q(state=Offered.ACCEPTED) | Q(has_no_conflict_at__isnull=False),
                name="an_accepted_coach_declared_no_conflict",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.coach_id} for {self.case_id}"

    @property
    def shown_state(self) -> Offered:
        return Offered(self.state)


class Plan(Table):
    """A version of the coaching plan; the one the company accepted counts."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="plans")
    version = models.PositiveSmallIntegerField()
    summary = models.TextField(max_length=3000)
    written_by_name = models.CharField(max_length=150)
    written_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    accepted_by_name = models.CharField(max_length=150, blank=True)
    returned_because = models.CharField(max_length=500, blank=True)

    objects = Rows["Plan"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "version"], name="a_plan_has_a_version_of_its_own"),
            models.UniqueConstraint(
                fields=["case"], condition=Q(accepted_at__isnull=False), name="a_case_has_one_accepted_plan"
            ),
        ]

    def __str__(self) -> str:
        return f"Plan {self.version} of {self.case_id}"


class Objective(Table):
    """One objective of a plan with its task and hours, and whether it was reached."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="objectives")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    task = models.TextField(max_length=1500, blank=True)
    hours = models.DecimalField(max_digits=5, decimal_places=1)
    reached = models.CharField(max_length=20, blank=True, help_text="The report says.")

    objects = Rows["Objective"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="an_objective_has_a_number_of_its_own"),
            models.CheckConstraint(condition=Q(hours__gt=0), name="an_objective_takes_some_time"),
            models.CheckConstraint(
                condition=Q(reached="") | Q(reached__in=list(Reached)), name="an_objective_was_reached_or_not"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Report(Table):
    """What the coaching achieved and how it goes on; written by the coach, checked by the desk."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="report")
    text = models.TextField(max_length=6000)
    continuation = models.TextField(max_length=3000, blank=True, help_text="How it goes on.")
    returned_because = models.CharField(max_length=500, blank=True)
    written_by_name = models.CharField(max_length=150)
    written_at = models.DateTimeField()
    checked_by_id = models.BigIntegerField(null=True, help_text="Whoever checked it does not approve it.")
    checked_by_name = models.CharField(max_length=150, blank=True)
    checked_at = models.DateTimeField(null=True)
    approved_by_name = models.CharField(max_length=150, blank=True)
    approved_at = models.DateTimeField(null=True)

    objects = Rows["Report"].as_manager()

    def __str__(self) -> str:
        return f"Report of {self.case_id}"


class Partnership(Table):
    """A partnership that the coaching led to. Source: rules of the field, section 2 (coaching)."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="partnerships")
    name = models.CharField(max_length=150)
    country = models.CharField(max_length=2)
    region = models.CharField(max_length=100, blank=True)
    role = models.CharField(max_length=150, help_text="Distributor, laboratory, investor …")

    objects = Rows["Partnership"].as_manager()

    def __str__(self) -> str:
        return self.name


class Feedback(Table):
    """What one side thought: seven statements from 1 to 5, and words. Source: rules of the field, section 2."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="feedback")
    party = models.CharField(max_length=20)
    marks = models.JSONField(default=dict, help_text="By the key of the statement, 1 to 5.")
    text = models.TextField(max_length=3000, blank=True)
    person_name = models.CharField(max_length=150)
    given_at = models.DateTimeField()

    objects = Rows["Feedback"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "party"], name="each_party_of_a_case_gives_feedback_once"
            ),
            models.CheckConstraint(
                condition=Q(party__in=list(Party)), name="feedback_on_coaching_has_its_party"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party} on {self.case_id}"
