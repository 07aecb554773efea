"""Investors, what they say to a pitch, what became of it, and the money raised."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from landbridge.foundation.fields import MoneyField
from landbridge.foundation.models import Rows, Table
from landbridge.foundation.people.models import Person
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.roles import Role
from landbridge.meetings.models import Request
from landbridge.organisations.models import Organisation
from landbridge.pitches.models.pitches import Pitch, PitchCall
from landbridge.pitches.states import Became, InvestorType, NoMeeting
from landbridge.pitches.states import Reaction as Said


class InvestorRows(Rows["Investor"]):
    def visible_to(self, actor: Actor) -> Self:
        """One's own; organisers, brokers and auditors all; companies those that want to be seen."""
        if actor.sees_everything or actor.role in (Role.OFFICE, Role.ORGANISER, Role.AUDITOR, Role.BROKER):
            return self.all()
        if actor.role is Role.INVESTOR:
            return self.filter(person_id=actor.person_id or 0)
        if actor.role is Role.SME:
            return self.filter(is_visible=True)
        return self.none()

    def consenting(self) -> Self:
        """Those whose consent stands."""
        return self.filter(consented_at__isnull=False)


class Investor(Table):
    """What one investor looks for. Source of the fields: rules of the field, section 2."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="investor")
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="investors"
    )
    name = models.CharField(max_length=120)
    firm = models.CharField(max_length=150, blank=True)
    type = models.CharField(max_length=20)
    about = models.TextField(max_length=1500, blank=True)
    ticket_from_eur = MoneyField(null=True, blank=True)
    ticket_to_eur = MoneyField(null=True, blank=True)
    markets = models.JSONField(default=list)
    stages = models.JSONField(default=list)
    countries = models.JSONField(default=list, help_text="Where they invest; empty: anywhere.")
    is_visible = models.BooleanField(
        default=False, help_text="Companies may see the profile and ask for a meeting."
    )
    consented_at = models.DateTimeField(
        null=True, help_text="A consent of its own, apart from the network's."
    )
    calls = models.ManyToManyField(
        PitchCall, blank=True, related_name="investors", help_text="The pitch sessions they chose."
    )
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    is_demonstration = models.BooleanField(default=False)

    objects = InvestorRows.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(type__in=list(InvestorType)), name="an_investor_has_a_known_type"
            ),
            models.CheckConstraint(
                condition=Q(ticket_from_eur__isnull=True)
                | Q(ticket_to_eur__isnull=True)
                | Q(ticket_to_eur__gte=F("ticket_from_eur")),
                name="a_ticket_ends_above_its_beginning",
            ),
            models.CheckConstraint(
                condition=Q(is_visible=False) | Q(consented_at__isnull=False),
                name="a_visible_investor_has_consented",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.firm}" if self.firm else self.name

    def get_absolute_url(self) -> str:
        return reverse("pitches:investor", args=[self.pk])

    @property
    def shown_type(self) -> InvestorType:
        return InvestorType(self.type)


class ReactionRows(Rows["Reaction"]):
    def visible_to(self, actor: Actor) -> Self:
        """The investor's own; those of their calls for organisers and auditors; a company that somebody is interested."""
        if actor.role is Role.SYSTEM:
            return self.all()
        if actor.role is Role.INVESTOR:
            return self.filter(investor__person_id=actor.person_id or 0)
        if actor.role in (Role.OFFICE, Role.ORGANISER, Role.AUDITOR):
            calls = PitchCall.objects.overseen_by(actor).values("pk")
            return self.filter(pitch__call__in=calls)
        if actor.role is Role.SME:
            for_them = Q(said__in=[Said.MEET, Said.INTERESTED]) | Q(why_is_for_company=True)
            return self.filter(
                for_them,
                pitch__organisation_id=actor.organisation_id or 0,
                investor__consented_at__isnull=False,
            )
        return self.none()


class Reaction(Table):
    """What one investor says to one pitch, why, and what became of it afterwards."""

    pitch = models.ForeignKey(Pitch, on_delete=models.CASCADE, related_name="reactions")
    investor = models.ForeignKey(Investor, on_delete=models.CASCADE, related_name="reactions")
    said = models.CharField(max_length=20)
    why = models.CharField(
        max_length=500, blank=True, help_text="For the organiser; to the company only if allowed."
    )
    why_is_for_company = models.BooleanField(default=False)
    request = models.ForeignKey(
        Request,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="reactions",
        help_text="The meeting asked for.",
    )
    no_meeting = models.CharField(max_length=20, blank=True, help_text="Why no meeting could be asked for.")
    said_at = models.DateTimeField()
    follows_up = models.BooleanField(null=True, help_text="Null: not asked or not answered yet.")
    became = models.CharField(max_length=20, blank=True)
    became_text = models.TextField(max_length=1000, blank=True)
    followed_up_at = models.DateTimeField(null=True)
    reminded_months = models.PositiveSmallIntegerField(
        default=0, help_text="So many months after the session the investor was last asked what became of it."
    )

    objects = ReactionRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pitch", "investor"], name="an_investor_says_one_thing_to_a_pitch"
            ),
            models.CheckConstraint(condition=Q(said__in=list(Said)), name="a_reaction_is_a_known_one"),
            models.CheckConstraint(
                condition=Q(became="") | Q(became__in=list(Became)), name="what_became_is_a_known_one"
            ),
            models.CheckConstraint(
                condition=Q(no_meeting="") | Q(no_meeting__in=list(NoMeeting)),
                name="a_meeting_not_asked_for_has_a_known_reason",
            ),
            models.CheckConstraint(
                condition=Q(request__isnull=True) | Q(said=Said.MEET),
                name="who_asked_for_a_meeting_wants_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.investor_id}: {self.said}"

    def get_absolute_url(self) -> str:
        return reverse("pitches:pitch", args=[self.pitch_id])

    @property
    def shown(self) -> Said:
        return Said(self.said)

    @property
    def shown_became(self) -> Became | None:
        return Became(self.became) if self.became else None

    @property
    def shown_no_meeting(self) -> NoMeeting | None:
        return NoMeeting(self.no_meeting) if self.no_meeting else None


class Download(Table):
    """A deck that somebody downloaded; the company sees how many investors did."""

    pitch = models.ForeignKey(Pitch, on_delete=models.CASCADE, related_name="downloads")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=150)
    role = models.CharField(max_length=20)
    downloaded_at = models.DateTimeField()

    objects = Rows["Download"].as_manager()

    def __str__(self) -> str:
        return f"{self.name}: {self.pitch_id}"


class MoneyRaised(Table):
    """Money a company raised after its pitch, as it says or as the investor does."""

    pitch = models.ForeignKey(Pitch, on_delete=models.PROTECT, related_name="money_raised")
    amount_eur = MoneyField()
    raised_on = models.DateField()
    source = models.CharField(max_length=200, help_text="Who gave it, or in which round.")
    evidence = models.CharField(
        max_length=300, blank=True, help_text="Such as the address of the announcement."
    )
    told_by_name = models.CharField(max_length=150)
    told_at = models.DateTimeField()

    objects = Rows["MoneyRaised"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_eur__gt=0), name="money_raised_is_more_than_nothing"),
        ]

    def __str__(self) -> str:
        return f"{self.amount_eur}"

    def get_absolute_url(self) -> str:
        return reverse("pitches:pitch", args=[self.pitch_id])
