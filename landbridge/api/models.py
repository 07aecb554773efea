"""Keys of the API, what was asked under them, webhooks and their deliveries, calendar addresses, ordered archives."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from landbridge.api.states import Delivered, Ordered
from landbridge.foundation.models import Rows, Table
from landbridge.foundation.people.models import Person
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.memberships.models import Membership


class KeyRows(Rows["Key"]):
    def visible_to(self, actor: Actor) -> Self:
        """One's own."""
        return self.filter(person_id=actor.person_id or 0)


class Key(Table):
    """Lets a program act as one person under one of their hats, within scopes, until a day; only its hash is kept."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="keys")
    membership = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.CASCADE, related_name="keys",
        help_text="The hat; none: what whoever has signed in may do.",
    )  # fmt: skip
    name = models.CharField(max_length=80)
    prefix = models.CharField(max_length=12, unique=True, help_text="By which its owner knows it again.")
    sha256 = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list, help_text="Permissions; it can never do more than its holder.")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = KeyRows.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("created_at")), name="a_key_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"

    def get_absolute_url(self) -> str:
        return reverse("api:key", args=[self.pk])


class Window(Table):
    """How often a key, or an address without one, has asked in the minute that begins then."""

    subject = models.CharField(
        max_length=64, unique=True, help_text="key: and its number, or a hash of the address."
    )
    begins_at = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    objects = Rows["Window"].as_manager()

    def __str__(self) -> str:
        return f"{self.subject} {self.count}"


class WebhookRows(Rows["Webhook"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those of one's own hat."""
        return self.filter(membership_id=actor.membership_id or 0)


class Webhook(Table):
    """An address that is told what happened to what its owner may see."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="webhooks")
    name = models.CharField(max_length=80)
    url = models.URLField(max_length=400)
    secret = models.CharField(max_length=64, help_text="Both sides know it; it signs every delivery.")
    events = models.JSONField(
        default=list, help_text="Names of events, such as voucher.awarded, or voucher.*"
    )
    is_active = models.BooleanField(default=True)
    watermark = models.BigIntegerField(help_text="The last entry of the record that was looked at.")
    failures = models.PositiveIntegerField(default=0, help_text="Without one success between.")
    created_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True, help_text="Paused by its owner, or after too many failures.")

    objects = WebhookRows.as_manager()

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("api:webhook", args=[self.pk])


class DeliveryRows(Rows["Delivery"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those to one's own webhooks."""
        return self.filter(webhook__in=Webhook.objects.visible_to(actor).values("pk"))


class Delivery(Table):
    """One event for one webhook: what is sent, how often it was tried, and what the other side answered."""

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    event = models.CharField(max_length=80)
    entry_id = models.BigIntegerField(null=True, help_text="The entry of the record; none: a test.")
    body = models.JSONField(default=dict)
    state = models.CharField(max_length=20, default=Delivered.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    status = models.PositiveSmallIntegerField(null=True)
    answer = models.CharField(max_length=500, blank=True)
    log = models.JSONField(default=list, help_text="Each try: when, what came back, how long it took.")
    created_at = models.DateTimeField()
    tried_at = models.DateTimeField(null=True)
    next_at = models.DateTimeField(null=True)

    objects = DeliveryRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["webhook", "entry_id"], name="an_event_is_told_once_to_a_webhook"
            ),
            models.CheckConstraint(
                condition=Q(state__in=list(Delivered)), name="a_delivery_has_a_known_state"
            ),
        ]
        indexes = [models.Index(fields=["state", "next_at"], name="delivery_by_next_try")]

    def __str__(self) -> str:
        return f"{self.event} {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("api:delivery", args=[self.pk])

    @property
    def shown_state(self) -> Delivered:
        return Delivered(self.state)


class CalendarAddress(Table):
    """A private address under which a person's own calendar programme reads their duties and appointments."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="calendar_address")
    membership = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    key = models.CharField(max_length=43, unique=True)
    created_at = models.DateTimeField()

    objects = Rows["CalendarAddress"].as_manager()

    def __str__(self) -> str:
        return f"Calendar of {self.person_id}"

    def get_absolute_url(self) -> str:
        return reverse("api:calendar")


class ArchiveRows(Rows["Archive"]):
    def visible_to(self, actor: Actor) -> Self:
        """All of them, to the office of the whole network: an archive holds everything."""
        if actor.may(P.NETWORK_EXPORT) and actor.sees_everything:
            return self.all()
        return self.none()


class Archive(Table):
    """Everything that the network owns in one file, ordered by its office; the file lies on the disk for a day."""

    state = models.CharField(max_length=20, default=Ordered.ORDERED)
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    ordered_by_name = models.CharField(max_length=150)
    ordered_at = models.DateTimeField()
    written_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True, help_text="When the file is deleted.")
    size = models.PositiveBigIntegerField(null=True, help_text="Octets.")
    sha256 = models.CharField(max_length=64, blank=True)
    rows = models.PositiveBigIntegerField(null=True)
    files = models.PositiveIntegerField(null=True)
    problem = models.CharField(max_length=300, blank=True)

    objects = ArchiveRows.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=list(Ordered)), name="an_ordered_archive_has_a_known_state"
            ),
            models.CheckConstraint(
                condition=~Q(state=Ordered.READY)
                | Q(written_at__isnull=False, ends_at__isnull=False, size__isnull=False),
                name="an_archive_that_is_ready_has_its_moment_and_size",
            ),
            models.UniqueConstraint(
                fields=["state"], condition=Q(state=Ordered.ORDERED), name="one_archive_is_written_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"Archive {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("api:archives")

    @property
    def shown_state(self) -> Ordered:
        return Ordered(self.state)
