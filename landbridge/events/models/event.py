"""The event itself: what, when, where, who may come; its quotas, challenges and last-minute notices."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from landbridge.events.states import Form, Kind, S
from landbridge.foundation.files.models import StoredFile
from landbridge.foundation.models import Rows, Table
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.roles import Role
from landbridge.organisations.models import Organisation
from landbridge.programmes.models import Programme, Region, organised_by

# What everybody may read: announced, over, or called off after it was announced.
PUBLIC = Q(published_at__isnull=False)


class EventRows(Rows["Event"]):
    def public(self) -> Self:
        """Published at some time; what was called off stays readable, and says so."""
        return self.filter(PUBLIC)

    def kept_by(self, actor: Actor) -> Self:
        """Those whose organiser somebody is: office and organiser of its programme or of the whole network."""
        return self.filter(organised_by(actor))

    def visible_to(self, actor: Actor) -> Self:
        """What is public for everyone; drafts for their organisers, for brokers and auditors."""
        if actor.sees_everything or actor.role in (Role.AUDITOR, Role.BROKER):
            return self.all()
        if actor.role in (Role.OFFICE, Role.ORGANISER):
            return self.filter(PUBLIC | Q(pk__in=Event.objects.kept_by(actor).values("pk")))
        return self.public()

    def coming(self, at: object) -> Self:
        """Not over at this moment, and not called off."""
        return self.filter(ends_at__gte=at).exclude(state=S.CANCELLED)


class Event(Table):
    """A gathering of the network: matchmaking, open innovation, workshop or pitches; on site, online or both."""

    slug = models.SlugField(max_length=80, unique=True)
    programme = models.ForeignKey(
        Programme, null=True, blank=True, on_delete=models.PROTECT, related_name="events"
    )
    kind = models.CharField(max_length=20)
    form = models.CharField(max_length=10, default=Form.ON_SITE)
    language = models.CharField(
        max_length=10, default="en", help_text="In which the columns here are written."
    )
    title = models.CharField(max_length=150)
    summary = models.CharField(max_length=300, blank=True)
    description = models.TextField(max_length=10_000, blank=True)
    texts = models.JSONField(
        default=dict, help_text="By further language: title, summary, description, directions, conditions."
    )
    picture = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    picture_text = models.CharField(max_length=200, blank=True, help_text="What the picture shows.")
    time_zone = models.CharField(max_length=40, default="Europe/Brussels")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    venue = models.CharField(max_length=150, blank=True)
    street = models.CharField(max_length=100, blank=True)
    postcode = models.CharField(max_length=16, blank=True)
    town = models.CharField(max_length=60, blank=True)
    country = models.CharField(max_length=2, blank=True)
    link = models.URLField(
        max_length=300, blank=True, help_text="To join online, for those who have a place."
    )
    directions = models.TextField(max_length=3000, blank=True, help_text="How to get there, step-free ways.")
    fair_name = models.CharField(max_length=150, blank=True, help_text="The fair on which the event hangs.")
    fair_website = models.URLField(max_length=200, blank=True)
    contact_email = models.EmailField(max_length=254)
    registration_opens_at = models.DateTimeField()
    registration_closes_at = models.DateTimeField()
    needs_approval = models.BooleanField(default=False)
    has_waiting_list = models.BooleanField(default=True)
    capacity = models.PositiveIntegerField(null=True, blank=True, help_text="Empty: no limit.")
    conditions = models.TextField(max_length=5000, blank=True, help_text="What those who register agree to.")
    questions = models.JSONField(
        default=list, help_text="The organiser's own questions of the registration form, with conditions."
    )
    has_meetings = models.BooleanField(default=False, help_text="One-to-one meetings with a timetable.")
    state = models.CharField(max_length=20, default=S.DRAFT)
    reason = models.TextField(max_length=1000, blank=True, help_text="Why it was called off.")
    copied_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="copies"
    )
    sequence = models.PositiveIntegerField(
        default=0, help_text="Counts the changes that calendars must hear of."
    )
    version = models.PositiveIntegerField(default=1)
    created_by_name = models.CharField(max_length=150)
    created_at = models.DateTimeField()
    edited_by_name = models.CharField(max_length=150)
    edited_at = models.DateTimeField(help_text="What stands in calendars is as of then.")
    published_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True, help_text="Ended or called off.")
    reminded_week_at = models.DateTimeField(null=True)
    reminded_day_at = models.DateTimeField(null=True)
    is_demonstration = models.BooleanField(default=False)

    objects = EventRows.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(S)), name="an_event_has_a_known_state"),
            models.CheckConstraint(condition=Q(kind__in=list(Kind)), name="an_event_has_a_known_kind"),
            models.CheckConstraint(condition=Q(form__in=list(Form)), name="an_event_has_a_known_form"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="an_event_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(registration_closes_at__gt=F("registration_opens_at")),
                name="registration_closes_after_it_opens",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[S.DRAFT, S.CANCELLED]) | Q(published_at__isnull=False),
                name="a_published_event_has_its_moment",
            ),
        ]
        indexes = [models.Index(fields=["state", "starts_at"], name="event_by_state_and_begin")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("events:event", args=[self.slug])

    @property
    def shown_state(self) -> S:
        return S(self.state)

    @property
    def shown_kind(self) -> Kind:
        return Kind(self.kind)

    @property
    def shown_form(self) -> Form:
        return Form(self.form)


class Quota(Table):
    """At most so many places for one region, or for those who come as one thing."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="quotas")
    region = models.ForeignKey(Region, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    attendee = models.CharField(max_length=20, blank=True)
    at_most = models.PositiveIntegerField()

    objects = Rows["Quota"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["event", "region"], condition=Q(region__isnull=False), name="a_region_has_one_quota"
            ),
            models.UniqueConstraint(
                fields=["event", "attendee"],
                condition=~Q(attendee=""),
                name="a_kind_of_attendee_has_one_quota",
            ),
            models.CheckConstraint(
                condition=Q(region__isnull=False, attendee="") | (Q(region__isnull=True) & ~Q(attendee="")),
                name="a_quota_is_for_a_region_or_a_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region_id or self.attendee}: {self.at_most}"


class Challenge(Table):
    """What a company sets before an open-innovation event: a problem that others may answer."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="challenges")
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="challenges"
    )
    organisation_name = models.CharField(max_length=150, help_text="As it is shown.")
    title = models.CharField(max_length=150)
    text = models.TextField(max_length=5000)
    offers = models.CharField(max_length=300, blank=True, help_text="What a good answer leads to.")
    number = models.PositiveSmallIntegerField(default=1)

    objects = Rows["Challenge"].as_manager()

    def __str__(self) -> str:
        return self.title


class Notice(Table):
    """A last-minute change told to everyone who comes."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="notices")
    subject = models.CharField(max_length=150)
    text = models.TextField(max_length=3000)
    told = models.PositiveIntegerField(default=0, help_text="How many people it was sent to.")
    sent_by_name = models.CharField(max_length=150)
    sent_at = models.DateTimeField()

    objects = Rows["Notice"].as_manager()

    def __str__(self) -> str:
        return self.subject
