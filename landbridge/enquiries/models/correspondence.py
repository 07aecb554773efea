"""What is written about an enquiry: private notes of the desks, and messages. Two tables, two doors."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from landbridge.enquiries.models.enquiry import Enquiry
from landbridge.foundation.files.models import StoredFile
from landbridge.foundation.models import Rows, Table
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.permissions.roles import Role


class NoteRows(Rows["Note"]):
    def visible_to(self, actor: Actor) -> Self:
        """The desks that see the enquiry, and those who supervise them; never a company, never a provider."""
        if actor.role is Role.BROKER or actor.may(P.ENQUIRY_SUPERVISE):
            return self.filter(enquiry__in=Enquiry.objects.visible_to(actor).values("pk"))
        return self.none()


class Note(Table):
    """A private note of a desk. No page, letter, export or answer that a client can see reads this table."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="notes")
    text = models.TextField(max_length=5000)
    person_id = models.BigIntegerField(null=True)
    person_name = models.CharField(max_length=150)
    region_id = models.BigIntegerField(null=True)
    written_at = models.DateTimeField()

    objects = NoteRows.as_manager()

    def __str__(self) -> str:
        return f"Note {self.pk}"


class MessageRows(Rows["Message"]):
    def visible_to(self, actor: Actor) -> Self:
        """Everyone who sees the enquiry."""
        return self.filter(enquiry__in=Enquiry.objects.visible_to(actor).values("pk"))


class Message(Table):
    """A message between the company and its desk: written on the page, or come by e-mail."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="messages")
    from_desk = models.BooleanField(default=False)
    text = models.TextField(max_length=20_000)
    person_id = models.BigIntegerField(null=True)
    person_name = models.CharField(max_length=150)
    answers = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="answered"
    )
    mail_id = models.CharField(max_length=250, blank=True, help_text="Message-ID of the e-mail it came by.")
    files = models.ManyToManyField(StoredFile, blank=True, related_name="+")
    written_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, help_text="When somebody of the other side saw it first.")

    objects = MessageRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mail_id"], condition=~Q(mail_id=""), name="an_e_mail_becomes_one_message"
            ),
        ]

    def __str__(self) -> str:
        return f"Message {self.pk}"
