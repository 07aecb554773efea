"""Series and webinars, who speaks, who signed up, who was there for how long, questions and what people thought."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from landbridge.foundation.files.models import StoredFile
from landbridge.foundation.models import Rows, Table
from landbridge.foundation.people.models import EMAIL_LENGTH, NAME_LENGTH, Address, Person
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.roles import Role
from landbridge.organisations.models import Organisation
from landbridge.programmes.models import Programme, Region, organised_by
from landbridge.webinars.states import S, Signed, Source


class Series(Table):
    """Webinars that belong together."""

    slug = models.SlugField(max_length=80, unique=True)
    programme = models.ForeignKey(
        Programme, null=True, blank=True, on_delete=models.PROTECT, related_name="webinar_series"
    )
    title = models.CharField(max_length=150)
    text = models.TextField(max_length=5000, blank=True)
    created_by_name = models.CharField(max_length=150)
    created_at = models.DateTimeField()
    is_demonstration = models.BooleanField(default=False)

    objects = Rows["Series"].as_manager()

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("webinars:series", args=[self.slug])


class WebinarRows(Rows["Webinar"]):
    def public(self) -> Self:
        """Announced at some time; what was called off stays readable, and says so."""
        return self.filter(published_at__isnull=False)

    def kept_by(self, actor: Actor) -> Self:
        """Those whose organiser somebody is: office and organiser of its programme or of the whole network."""
        return self.filter(organised_by(actor))

    def visible_to(self, actor: Actor) -> Self:
        """What is public for everyone; drafts for their organisers, brokers and auditors."""
        if actor.sees_everything or actor.role in (Role.AUDITOR, Role.BROKER):
            return self.all()
        public = Q(published_at__isnull=False)
        if actor.role in (Role.OFFICE, Role.ORGANISER):
            return self.filter(public | Q(pk__in=Webinar.objects.kept_by(actor).values("pk")))
        return self.filter(public)


class Webinar(Table):
    """A talk online for which one signs up; afterwards its recording and slides, where the speakers agree."""

    slug = models.SlugField(max_length=80, unique=True)
    programme = models.ForeignKey(
        Programme, null=True, blank=True, on_delete=models.PROTECT, related_name="webinars"
    )
    series = models.ForeignKey(
        Series, null=True, blank=True, on_delete=models.PROTECT, related_name="webinars"
    )
    title = models.CharField(max_length=150)
    summary = models.CharField(max_length=300, blank=True)
    description = models.TextField(max_length=5000, blank=True)
    language = models.CharField(max_length=10, default="en")
    time_zone = models.CharField(max_length=40, default="Europe/Brussels")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    capacity = models.PositiveIntegerField(null=True, blank=True)
    join_link = models.URLField(
        max_length=300, blank=True, help_text="Shown to those who have signed up alone."
    )
    contact_email = models.EmailField(max_length=254)
    certificate_minutes = models.PositiveSmallIntegerField(
        default=30, help_text="Whoever was there this long gets a certificate."
    )
    will_be_recorded = models.BooleanField(default=False)
    recording_link = models.URLField(max_length=300, blank=True)
    slides = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    recording_is_public = models.BooleanField(default=False, help_text="Else for those who signed up.")
    attendance_key = models.CharField(
        max_length=64,
        blank=True,
        help_text="Signs what a provider's webhook tells; empty: none is listened to.",
    )
    state = models.CharField(max_length=20, default=S.DRAFT)
    reason = models.TextField(max_length=1000, blank=True)
    sequence = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    created_by_name = models.CharField(max_length=150)
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    held_at = models.DateTimeField(null=True)
    reminded_day_at = models.DateTimeField(null=True)
    reminded_hour_at = models.DateTimeField(null=True)
    thanked_at = models.DateTimeField(null=True, help_text="Recording, certificate and survey were sent.")
    is_demonstration = models.BooleanField(default=False)

    objects = WebinarRows.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(S)), name="a_webinar_has_a_known_state"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="a_webinar_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[S.DRAFT, S.CANCELLED]) | Q(published_at__isnull=False),
                name="an_announced_webinar_has_its_moment",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("webinars:webinar", args=[self.slug])

    @property
    def shown_state(self) -> S:
        return S(self.state)


class Speaker(Table):
    """Who speaks, and whether their part may be recorded and their slides shown."""

    webinar = models.ForeignKey(Webinar, on_delete=models.CASCADE, related_name="speakers")
    name = models.CharField(max_length=NAME_LENGTH)
    email = models.EmailField(max_length=254, blank=True)
    job_title = models.CharField(max_length=120, blank=True)
    organisation_name = models.CharField(max_length=150, blank=True)
    about = models.TextField(max_length=1000, blank=True)
    consents_to_recording_at = models.DateTimeField(null=True)
    consents_to_slides_at = models.DateTimeField(null=True)
    number = models.PositiveSmallIntegerField(default=1)

    objects = Rows["Speaker"].as_manager()

    def __str__(self) -> str:
        return self.name


class SignUpRows(Rows["SignUp"]):
    def visible_to(self, actor: Actor) -> Self:
        """One's own; all of a webinar for its organisers; those of their region for brokers; all for the auditor."""
        if actor.role is Role.SYSTEM or actor.role is Role.AUDITOR:
            return self.all()
        own = Q(person_id=actor.person_id or 0)
        if actor.role in (Role.OFFICE, Role.ORGANISER):
            return self.filter(own | Q(webinar__in=Webinar.objects.kept_by(actor).values("pk")))
        if actor.role is Role.BROKER and actor.region_id:
            return self.filter(own | Q(region_id=actor.region_id))
        return self.filter(own)


class SignUp(Table):
    """One person who wants to listen, and what we know of their being there."""

    webinar = models.ForeignKey(Webinar, on_delete=models.PROTECT, related_name="sign_ups")
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="sign_ups"
    )
    email = Address(max_length=EMAIL_LENGTH)
    name = models.CharField(max_length=NAME_LENGTH)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="sign_ups"
    )
    organisation_name = models.CharField(max_length=150, blank=True)
    region = models.ForeignKey(
        Region, null=True, blank=True, on_delete=models.PROTECT, related_name="sign_ups"
    )
    language = models.CharField(max_length=10, default="en")
    calendar_key = models.CharField(max_length=43, unique=True, help_text="Of the private calendar address.")
    state = models.CharField(max_length=20, default=Signed.SIGNED_UP)
    signed_up_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True)
    minutes = models.PositiveIntegerField(null=True, help_text="There in all; null: nobody has told yet.")
    attendance_source = models.CharField(max_length=20, blank=True)
    certificate = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = SignUpRows.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(Signed)), name="a_sign_up_has_a_known_state"),
            models.CheckConstraint(
                condition=Q(attendance_source="") | Q(attendance_source__in=list(Source)),
                name="attendance_has_a_known_source",
            ),
            models.UniqueConstraint(
                fields=["webinar", "email"], name="an_address_signs_up_once_for_a_webinar"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def shown_state(self) -> Signed:
        return Signed(self.state)


class Attendance(Table):
    """One stretch of somebody's being there, as it was told."""

    sign_up = models.ForeignKey(SignUp, on_delete=models.CASCADE, related_name="stretches")
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField()
    source = models.CharField(max_length=20)
    told_at = models.DateTimeField()

    objects = Rows["Attendance"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sign_up", "joined_at"], name="a_stretch_is_told_once"),
            models.CheckConstraint(
                condition=Q(left_at__gte=F("joined_at")), name="one_leaves_after_one_joined"
            ),
            models.CheckConstraint(condition=Q(source__in=list(Source)), name="a_stretch_has_a_known_source"),
        ]

    def __str__(self) -> str:
        return f"{self.sign_up_id} from {self.joined_at:%H:%M}"


class Question(Table):
    """What somebody asked before or after, and the answer."""

    webinar = models.ForeignKey(Webinar, on_delete=models.CASCADE, related_name="questions")
    sign_up = models.ForeignKey(SignUp, on_delete=models.CASCADE, related_name="questions")
    text = models.TextField(max_length=1000)
    asked_at = models.DateTimeField()
    answer = models.TextField(max_length=3000, blank=True)
    answered_by_name = models.CharField(max_length=150, blank=True)
    answered_at = models.DateTimeField(null=True)
    is_shared = models.BooleanField(
        default=False, help_text="With all who signed up, without the asker's name."
    )

    objects = Rows["Question"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | ~Q(answer=""),
                name="an_answered_question_has_its_answer",
            ),
        ]

    def __str__(self) -> str:
        return f"Question {self.pk}"


class Opinion(Table):
    """What one who was there thought of it: the short survey."""

    sign_up = models.OneToOneField(SignUp, on_delete=models.CASCADE, related_name="opinion")
    useful = models.PositiveSmallIntegerField(help_text="1 to 5.")
    clear = models.PositiveSmallIntegerField(help_text="1 to 5.")
    next_topic = models.CharField(max_length=300, blank=True)
    text = models.TextField(max_length=2000, blank=True)
    given_at = models.DateTimeField()

    objects = Rows["Opinion"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(useful__gte=1, useful__lte=5, clear__gte=1, clear__lte=5),
                name="an_opinion_is_one_to_five",
            ),
        ]

    def __str__(self) -> str:
        return f"Opinion {self.pk}"
