"""Who comes: the registration with its profile, places in sessions, answers to challenges, tables and stands, and the check-in."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from landbridge.catalogue.models import Competence
from landbridge.events.models.event import Challenge, Event
from landbridge.events.models.grid import Room, Session
from landbridge.events.states import TAKING_PART, WITH_A_PLACE, Attendee, Registered
from landbridge.foundation.models import Rows, Table
from landbridge.foundation.people.models import EMAIL_LENGTH, NAME_LENGTH, Address, Person
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.roles import Role
from landbridge.organisations.models import Organisation
from landbridge.programmes.models import Region


class RegistrationRows(Rows["Registration"]):
    def of_person(self, actor: Actor) -> Self:
        """One's own: made by oneself, or by the organiser for one's address."""
        if actor.person_id is None:
            return self.none()
        address = Person.objects.filter(pk=actor.person_id).values("email")
        return self.filter(Q(person_id=actor.person_id) | Q(person__isnull=True, email__in=address))

    def visible_to(self, actor: Actor) -> Self:
        """One's own; all of an event for its organisers; those of their region for brokers; all for the auditor."""
        if actor.role is Role.SYSTEM or actor.role is Role.AUDITOR:
            return self.all()
        own = Q(pk__in=Registration.objects.of_person(actor).values("pk"))
        if actor.role in (Role.OFFICE, Role.ORGANISER):
            return self.filter(own | Q(event__in=Event.objects.kept_by(actor).values("pk")))
        if actor.role is Role.BROKER and actor.region_id:
            return self.filter(own | Q(region_id=actor.region_id))
        return self.filter(own)

    def decided_by(self, actor: Actor) -> Self:
        """Those of the events whose organiser somebody is."""
        return self.filter(event__in=Event.objects.kept_by(actor).values("pk"))

    def changed_by(self, actor: Actor) -> Self:
        """One's own, and those of the events that one keeps; a broker or an auditor only reads the others."""
        if actor.role is Role.SYSTEM:
            return self.all()
        own = Q(pk__in=Registration.objects.of_person(actor).values("pk"))
        return self.filter(own | Q(event__in=Event.objects.kept_by(actor).values("pk")))

    def with_a_place(self) -> Self:
        """Those who take one of the places."""
        return self.filter(state__in=WITH_A_PLACE)

    def taking_part(self) -> Self:
        """Those whom others see, ask and meet."""
        return self.filter(state__in=TAKING_PART)


class Registration(Table):
    """One person who wants to come to one event, with what others need to know to want to meet them."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="registrations")
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="registrations"
    )
    email = Address(max_length=EMAIL_LENGTH)
    name = models.CharField(max_length=NAME_LENGTH)
    job_title = models.CharField(max_length=120, blank=True)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="registrations"
    )
    organisation_name = models.CharField(max_length=150)
    region = models.ForeignKey(
        Region, null=True, blank=True, on_delete=models.PROTECT, related_name="registrations"
    )
    country = models.CharField(max_length=2, blank=True)
    attendee = models.CharField(max_length=20, default=Attendee.GUEST)
    telephone = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=10, default="en-gb", help_text="Of letters.")
    languages = models.JSONField(default=list, help_text="In which one can talk with them.")
    # What others read
    seeks = models.TextField(max_length=1500, blank=True)
    offers = models.TextField(max_length=1500, blank=True)
    wants_to_meet = models.TextField(max_length=800, blank=True, help_text="With whom.")
    website = models.URLField(max_length=200, blank=True)
    competences = models.ManyToManyField(Competence, blank=True, related_name="registrations")
    is_listed = models.BooleanField(default=True, help_text="Others who come may find them.")
    shows_contact = models.BooleanField(
        default=False, help_text="E-mail and telephone are shown to those they have met."
    )
    # What the organiser and the timetable need
    answers = models.JSONField(default=dict, help_text="To the organiser's own questions, by key.")
    wants_meetings = models.BooleanField(default=True)
    slots = models.JSONField(
        null=True, help_text="Ids of the slots in which they are there; null: they have not said yet."
    )
    most_meetings = models.PositiveSmallIntegerField(null=True, blank=True)
    is_online = models.BooleanField(default=False)
    time_zone = models.CharField(max_length=40, blank=True, help_text="Where they are when they come online.")
    needs_step_free = models.BooleanField(default=False)
    needs = models.CharField(
        max_length=500, blank=True, help_text="Accessibility, food: for the organiser alone."
    )
    agreed_to_conditions_at = models.DateTimeField(null=True)
    may_be_photographed = models.BooleanField(default=False)
    # Its life
    state = models.CharField(max_length=20, default=Registered.DRAFT)
    reason = models.TextField(max_length=1000, blank=True)
    code = models.CharField(max_length=12, unique=True, help_text="On the badge, as a QR code.")
    calendar_key = models.CharField(max_length=43, unique=True, help_text="Of the private calendar address.")
    version = models.PositiveIntegerField(default=1)
    begun_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, help_text="Orders the waiting list.")
    decided_by_name = models.CharField(max_length=150, blank=True)
    approved_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    attended_at = models.DateTimeField(null=True, help_text="First checked in.")
    reminded_at = models.DateTimeField(null=True, help_text="That slots or profile are missing.")

    objects = RegistrationRows.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=list(Registered)), name="a_registration_has_a_known_state"
            ),
            models.CheckConstraint(
                condition=Q(attendee__in=list(Attendee)), name="a_registration_has_a_known_kind_of_attendee"
            ),
            models.UniqueConstraint(
                fields=["event", "email"], name="an_address_is_registered_once_for_an_event"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[Registered.SUBMITTED, Registered.WAITING])
                | Q(submitted_at__isnull=False),
                name="a_waiting_registration_has_its_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state=Registered.ATTENDED) | Q(attended_at__isnull=False),
                name="who_came_has_the_moment",
            ),
        ]
        indexes = [models.Index(fields=["event", "state"], name="registration_by_event_state")]

    def __str__(self) -> str:
        return f"{self.name}, {self.organisation_name}"

    def get_absolute_url(self) -> str:
        return reverse("events:registration", args=[self.pk])

    @property
    def shown_state(self) -> Registered:
        return Registered(self.state)

    @property
    def shown_attendee(self) -> Attendee:
        return Attendee(self.attendee)


class SessionPlace(Table):
    """Somebody's place in a session for which one signs up."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="places_taken")
    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="session_places")
    taken_at = models.DateTimeField()

    objects = Rows["SessionPlace"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "registration"], name="a_place_in_a_session_is_taken_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id}: {self.registration_id}"


class CheckIn(Table):
    """Somebody came through the door on one day; scanned twice, it is one."""

    registration = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="check_ins")
    day = models.DateField(help_text="In the event's time zone.")
    scanned_at = models.DateTimeField(help_text="By the clock of the telephone, which may have been offline.")
    received_at = models.DateTimeField()
    device = models.CharField(max_length=60, blank=True)
    by_name = models.CharField(max_length=150)

    objects = Rows["CheckIn"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["registration", "day"], name="one_checks_in_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.registration_id} on {self.day}"


class ChallengeAnswer(Table):
    """What somebody who comes proposes to a challenge; its company and the organiser read it."""

    challenge = models.ForeignKey(Challenge, on_delete=models.CASCADE, related_name="answers")
    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="challenge_answers")
    text = models.TextField(max_length=3000)
    answered_at = models.DateTimeField()

    objects = Rows["ChallengeAnswer"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["challenge", "registration"], name="a_challenge_is_answered_once_by_each"
            ),
        ]

    def __str__(self) -> str:
        return f"Answer {self.pk}"


class MeetingTable(Table):
    """A table at which two people meet; a stand is the table of one who stays at it."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="tables")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=30, blank=True, help_text="Empty: its number is its name.")
    room = models.ForeignKey(Room, null=True, blank=True, on_delete=models.SET_NULL, related_name="tables")
    is_step_free = models.BooleanField(default=True)
    holder = models.ForeignKey(
        Registration, null=True, blank=True, on_delete=models.SET_NULL, related_name="stands"
    )
    out_since = models.DateTimeField(null=True, help_text="Lost on the day.")

    objects = Rows["MeetingTable"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "number"], name="a_table_has_a_number_of_its_own"),
        ]

    def __str__(self) -> str:
        return self.name or f"{self.number}"
