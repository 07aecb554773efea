"""Who works with whom, since when, under which instrument, and where it came from."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext

from landbridge.access.models import Request
from landbridge.coaching.models import Case, Partnership
from landbridge.collaborations.states import Followed, Origin, Owner, S, Stepped
from landbridge.enquiries.models import Enquiry
from landbridge.foundation.fields import MoneyField
from landbridge.foundation.models import Rows, Table
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.roles import Role
from landbridge.introductions.models import Introduction
from landbridge.meetings.models import Meeting
from landbridge.organisations.models import Organisation
from landbridge.vouchers.models import Voucher


class CollaborationRows(Rows["Collaboration"]):
    def visible_to(self, actor: Actor) -> Self:
        """Both sides, both regions' desks, office and auditor."""
        if actor.sees_everything or actor.role in (Role.OFFICE, Role.AUDITOR):
            return self.all()
        if actor.role in (Role.SME, Role.PROVIDER):
            return self.filter(Q(company_id=actor.organisation_id) | Q(provider_id=actor.organisation_id))
        if actor.role is Role.BROKER:
            ours = Organisation.objects.filter(region_id=actor.region_id or 0).values("pk")
            return self.filter(Q(company__in=ours) | Q(provider__in=ours))
        return self.none()


class Collaboration(Table):
    """One row says that two organisations work together, whatever brought them together."""

    number = models.CharField(max_length=20, unique=True)
    company = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="collaborations")
    provider = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="collaborations_as_provider"
    )
    title = models.CharField(max_length=150)
    text = models.TextField(max_length=3000, blank=True)
    instrument = models.CharField(max_length=120, blank=True, help_text="Voucher, contract, joint project …")
    origin = models.CharField(max_length=20)
    enquiry = models.ForeignKey(
        Enquiry, null=True, blank=True, on_delete=models.PROTECT, related_name="collaborations"
    )
    introduction = models.OneToOneField(
        Introduction, null=True, blank=True, on_delete=models.PROTECT, related_name="collaboration"
    )
    access_request = models.OneToOneField(
        Request, null=True, blank=True, on_delete=models.PROTECT, related_name="collaboration"
    )
    voucher = models.OneToOneField(
        Voucher, null=True, blank=True, on_delete=models.PROTECT, related_name="collaboration"
    )
    meeting = models.OneToOneField(
        Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="collaboration"
    )
    partnership = models.OneToOneField(
        Partnership,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="collaboration",
        help_text="Of a coaching's report.",
    )
    since = models.DateField()
    state = models.CharField(max_length=20, default=S.RUNNING)
    ended_on = models.DateField(null=True, help_text="The day on which it finished or stopped.")
    end = models.TextField(max_length=2000, blank=True, help_text="How it ended, in a sentence or two.")
    renewals = models.PositiveSmallIntegerField(default=0)
    recorded_by_name = models.CharField(max_length=150)
    recorded_at = models.DateTimeField()
    is_demonstration = models.BooleanField(default=False)

    objects = CollaborationRows.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(origin__in=list(Origin)), name="a_collaboration_has_a_known_origin"
            ),
            models.CheckConstraint(
                condition=~Q(company=models.F("provider")), name="nobody_collaborates_with_themselves"
            ),
            models.CheckConstraint(condition=Q(state__in=list(S)), name="a_collaboration_has_a_known_state"),
            models.CheckConstraint(
                condition=Q(state=S.RUNNING, ended_on__isnull=True)
                | (~Q(state=S.RUNNING) & Q(ended_on__isnull=False)),
                name="an_ended_collaboration_has_its_day",
            ),
        ]
        indexes = [models.Index(fields=["state", "since"], name="collaboration_by_state")]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("collaborations:collaboration", args=[self.pk])

    @property
    def shown_state(self) -> S:
        return S(self.state)

    @property
    def shown_origin(self) -> str:
        """What brought them together, in words."""
        return gettext(Origin(self.origin).label)


class Turn(Table):
    """One turn in its life: it finished, stopped, or was renewed; append-only."""

    collaboration = models.ForeignKey(Collaboration, on_delete=models.CASCADE, related_name="turns")
    state = models.CharField(max_length=20, help_text="The state that it reached.")
    on = models.DateField()
    reason = models.TextField(max_length=2000, blank=True)
    told_by_name = models.CharField(max_length=150)
    told_at = models.DateTimeField()

    objects = Rows["Turn"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(S)), name="a_turn_reaches_a_known_state"),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.on}"


class FollowOn(Table):
    """What a collaboration led to: a project, money, a spin-off, a product. Each side tells; nobody is asked twice."""

    collaboration = models.ForeignKey(Collaboration, on_delete=models.CASCADE, related_name="follow_ons")
    kind = models.CharField(max_length=20)
    title = models.CharField(max_length=150)
    text = models.TextField(max_length=2000, blank=True)
    amount_eur = MoneyField(null=True, blank=True, help_text="Of a project or of money: what came in.")
    funder = models.CharField(max_length=150, blank=True)
    jobs = models.DecimalField(max_digits=8, decimal_places=1, null=True, help_text="Full-time equivalents.")
    on = models.DateField()
    told_by = models.CharField(max_length=20, help_text="Which side told it.")
    told_by_name = models.CharField(max_length=150)
    told_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, help_text="Told by mistake.")

    objects = Rows["FollowOn"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=list(Followed)), name="what_followed_is_of_a_known_kind"
            ),
            models.CheckConstraint(
                condition=Q(told_by__in=list(Owner)), name="what_followed_is_told_by_a_side"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class NextStepRows(Rows["NextStep"]):
    def visible_to(self, actor: Actor) -> Self:
        """Both sides, the desks of both regions, office and auditor."""
        if actor.sees_everything or actor.role in (Role.OFFICE, Role.AUDITOR):
            return self.all()
        if actor.role in (Role.SME, Role.PROVIDER):
            return self.filter(Q(company_id=actor.organisation_id) | Q(provider_id=actor.organisation_id))
        if actor.role is Role.BROKER:
            ours = Organisation.objects.filter(region_id=actor.region_id or 0).values("pk")
            return self.filter(Q(company__in=ours) | Q(provider__in=ours))
        return self.none()


class NextStep(Table):
    """What is to be done after something closed, by whom, until when; exactly one thing stands behind it."""

    company = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="next_steps")
    provider = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="next_steps_as_provider"
    )
    collaboration = models.ForeignKey(
        Collaboration, null=True, blank=True, on_delete=models.PROTECT, related_name="next_steps"
    )
    voucher = models.ForeignKey(
        Voucher, null=True, blank=True, on_delete=models.PROTECT, related_name="next_steps"
    )
    introduction = models.ForeignKey(
        Introduction, null=True, blank=True, on_delete=models.PROTECT, related_name="next_steps"
    )
    meeting = models.ForeignKey(
        Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="next_steps"
    )
    coaching_case = models.ForeignKey(
        Case, null=True, blank=True, on_delete=models.PROTECT, related_name="next_steps"
    )
    text = models.CharField(max_length=300)
    owner = models.CharField(max_length=20)
    owner_name = models.CharField(max_length=150, blank=True)
    due_on = models.DateField()
    state = models.CharField(max_length=20, default=Stepped.PLANNED)
    ended_on = models.DateField(null=True)
    outcome = models.TextField(max_length=2000, blank=True)
    reminded_at = models.DateTimeField(null=True)
    planned_by_name = models.CharField(max_length=150)
    planned_at = models.DateTimeField()
    is_demonstration = models.BooleanField(default=False)

    objects = NextStepRows.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=list(Stepped)), name="a_next_step_has_a_known_state"
            ),
            models.CheckConstraint(condition=Q(owner__in=list(Owner)), name="a_next_step_has_an_owner"),
            models.CheckConstraint(
                condition=Q(collaboration__isnull=False)
                | Q(voucher__isnull=False)
                | Q(introduction__isnull=False)
                | Q(meeting__isnull=False)
                | Q(coaching_case__isnull=False),
                name="a_next_step_follows_from_something",
            ),
            models.CheckConstraint(
                condition=Q(state=Stepped.PLANNED) | Q(ended_on__isnull=False),
                name="an_ended_step_has_its_day",
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on"], name="next_step_by_due_day")]

    def __str__(self) -> str:
        return self.text or f"Next step {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("collaborations:next_step", args=[self.pk])

    @property
    def shown_state(self) -> Stepped:
        return Stepped(self.state)

    @property
    def shown_owner(self) -> str:
        """Whose turn it is, in words."""
        return gettext(Owner(self.owner).label)
