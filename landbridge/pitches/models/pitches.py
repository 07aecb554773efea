"""A call for pitches, and the pitches handed in to it."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from landbridge.events.models import Event, Session
from landbridge.foundation.fields import MoneyField
from landbridge.foundation.files.models import StoredFile
from landbridge.foundation.models import Rows, Table
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.roles import Role
from landbridge.organisations.models import Organisation
from landbridge.pitches.states import AFTER_OPENING, IN_THE_DEAL_ROOM, OrderBy, Pitched, S, Stage
from landbridge.programmes.models import Programme, organised_by


class PitchCallRows(Rows["PitchCall"]):
    def kept_by(self, actor: Actor) -> Self:
        """Those whose organiser somebody is: office and organiser of its programme or of the whole network."""
        return self.filter(organised_by(actor))

    def overseen_by(self, actor: Actor) -> Self:
        """Those of which somebody may read everything: its organisers, and the auditors of its programme."""
        if actor.role is not Role.AUDITOR:
            return self.kept_by(actor)
        if actor.programme_id is None:
            return self.all()
        return self.filter(Q(programme_id=actor.programme_id) | Q(programme__isnull=True))

    def visible_to(self, actor: Actor) -> Self:
        """Once opened, everyone's; before, its organisers' and auditors'."""
        overseen = PitchCall.objects.overseen_by(actor).values("pk")
        return self.filter(~Q(state=S.DRAFT) | Q(pk__in=overseen))


class PitchCall(Table):
    """An invitation to pitch: until when, by which criteria a jury selects, how many minutes each has on stage."""

    programme = models.ForeignKey(
        Programme, null=True, blank=True, on_delete=models.PROTECT, related_name="pitch_calls"
    )
    event = models.ForeignKey(
        Event, null=True, blank=True, on_delete=models.PROTECT, related_name="pitch_calls"
    )
    session = models.ForeignKey(
        Session, null=True, blank=True, on_delete=models.SET_NULL, related_name="pitch_calls"
    )
    title = models.CharField(max_length=150)
    text = models.TextField(max_length=5000, blank=True)
    time_zone = models.CharField(max_length=40, default="Europe/Brussels")
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    stage_starts_at = models.DateTimeField(
        null=True, blank=True, help_text="When the first one goes on stage."
    )
    minutes_to_pitch = models.PositiveSmallIntegerField(default=5)
    minutes_of_questions = models.PositiveSmallIntegerField(default=5)
    minutes_between = models.PositiveSmallIntegerField(default=2)
    places = models.PositiveSmallIntegerField(default=8, help_text="Pitches on stage.")
    criteria = models.JSONField(default=list, help_text="Key, name, weight; each is marked 0 to 5.")
    has_audience = models.BooleanField(
        default=False, help_text="Whoever is in the room marks on a telephone, apart from the jury."
    )
    draw_value = models.CharField(max_length=120, blank=True, help_text="The public value of the draw.")
    draw_seed = models.CharField(
        max_length=80, blank=True, help_text="Made of call and public value at the opening, before any pitch."
    )
    order_by = models.CharField(max_length=20, blank=True, help_text="How the running order came about.")
    ordered_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=20, default=S.DRAFT)
    version = models.PositiveIntegerField(default=1)
    created_by_name = models.CharField(max_length=150)
    created_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    judged_at = models.DateTimeField(null=True, help_text="Handed to the jury.")
    selected_at = models.DateTimeField(null=True)
    selected_by_name = models.CharField(max_length=150, blank=True)
    closed_at = models.DateTimeField(null=True)
    followed_up_at = models.DateTimeField(null=True, help_text="Investors were asked with whom they go on.")
    is_demonstration = models.BooleanField(default=False)

    objects = PitchCallRows.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=list(S)), name="a_call_for_pitches_has_a_known_state"
            ),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")), name="a_call_for_pitches_closes_after_it_opens"
            ),
            models.CheckConstraint(
                condition=Q(state=S.DRAFT) | ~Q(draw_seed=""), name="the_draw_is_fixed_before_the_first_pitch"
            ),
            models.CheckConstraint(
                condition=Q(order_by="") | Q(order_by__in=list(OrderBy)), name="an_order_came_about_somehow"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("pitches:call", args=[self.pk])

    @property
    def shown_state(self) -> S:
        return S(self.state)


class PitchRows(Rows["Pitch"]):
    def before_juror(self, person_id: int | None) -> Self:
        """What lies before a juror: handed in to their call, once they declared their conflicts, without those."""
        handed_in = self.exclude(state__in=[Pitched.DRAFT, Pitched.WITHDRAWN]).filter(
            call__state__in=AFTER_OPENING
        )
        seats = Q(
            call__jurors__person_id=person_id or 0,
            call__jurors__is_audience=False,
            call__jurors__declared_at__isnull=False,
        )
        return handed_in.filter(seats).exclude(conflicts__juror__person_id=person_id or 0)

    def in_the_deal_room(self) -> Self:
        """Selected or pitched, and the company consents that investors read it."""
        return self.filter(state__in=IN_THE_DEAL_ROOM, consents_to_investors_at__isnull=False)

    def visible_to(self, actor: Actor) -> Self:
        """The company's own; handed in ones for organisers; what lies before a juror; the deal room for investors."""
        if actor.role is Role.SYSTEM:
            return self.all()
        if actor.role is Role.SME:
            return self.filter(organisation_id=actor.organisation_id)
        judged = Q(pk__in=Pitch.objects.before_juror(actor.person_id).values("pk"))
        handed_in = ~Q(state=Pitched.DRAFT) & Q(submitted_at__isnull=False)
        if actor.role in (Role.OFFICE, Role.ORGANISER, Role.AUDITOR):
            ours = Q(call__in=PitchCall.objects.overseen_by(actor).values("pk"))
            return self.filter(handed_in & ours | judged)
        if actor.role is Role.BROKER:
            return self.filter(handed_in & Q(organisation__region_id=actor.region_id or 0) | judged)
        if actor.role is Role.INVESTOR:
            shown = Pitch.objects.in_the_deal_room().exclude(organisation_id=actor.organisation_id or 0)
            return self.filter(Q(pk__in=shown.values("pk")) | judged)
        return self.filter(judged)


class Pitch(Table):
    """What one company wants to say in its minutes, to whom, and for how much money; its deck is a PDF."""

    call = models.ForeignKey(PitchCall, on_delete=models.PROTECT, related_name="pitches")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="pitches")
    title = models.CharField(max_length=120, blank=True)
    one_line = models.CharField(max_length=200, blank=True)
    problem = models.TextField(max_length=1500, blank=True)
    solution = models.TextField(max_length=1500, blank=True)
    advantage = models.TextField(max_length=1500, blank=True)
    team = models.TextField(max_length=1500, blank=True)
    markets = models.JSONField(default=list)
    stage = models.CharField(max_length=20, blank=True)
    countries = models.JSONField(default=list, help_text="Where it sells or wants to.")
    asks_eur = MoneyField(null=True, blank=True)
    raised_eur = MoneyField(null=True, blank=True, help_text="So far, as the company says.")
    use_of_money = models.TextField(max_length=1000, blank=True)
    presenter_name = models.CharField(max_length=120, blank=True)
    presenter_email = models.EmailField(max_length=254, blank=True)
    deck = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    consents_to_investors_at = models.DateTimeField(
        null=True, help_text="Its profile and deck may be shown to the investors of the network."
    )
    state = models.CharField(max_length=20, default=Pitched.DRAFT)
    reason = models.TextField(max_length=1000, blank=True)
    rank = models.PositiveSmallIntegerField(null=True, help_text="As the jury's marks gave it.")
    number = models.PositiveSmallIntegerField(null=True, help_text="On stage, from 1.")
    version = models.PositiveIntegerField(default=1)
    edited_by_name = models.CharField(max_length=150, blank=True)
    begun_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    on_stage_at = models.DateTimeField(null=True)
    pitched_at = models.DateTimeField(null=True)
    is_demonstration = models.BooleanField(default=False)

    objects = PitchRows.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(Pitched)), name="a_pitch_has_a_known_state"),
            models.CheckConstraint(
                condition=Q(stage="") | Q(stage__in=list(Stage)), name="a_pitch_has_a_known_stage"
            ),
            models.UniqueConstraint(
                fields=["call", "organisation"],
                condition=~Q(state=Pitched.WITHDRAWN),
                name="a_company_pitches_once_in_a_call",
            ),
            models.UniqueConstraint(
                fields=["call", "number"],
                condition=Q(number__isnull=False),
                name="two_pitches_are_never_on_stage_together",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[Pitched.DRAFT, Pitched.WITHDRAWN]) | Q(submitted_at__isnull=False),
                name="a_pitch_with_the_jury_was_handed_in",
            ),
        ]

    def __str__(self) -> str:
        return self.title or f"Draft {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("pitches:pitch", args=[self.pk])

    @property
    def shown_state(self) -> Pitched:
        return Pitched(self.state)
