"""Letters, and the texts that a programme wrote in place of ours."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Self

from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _l

from landbridge.foundation.models import Rows, Table
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P

NAME_LENGTH, SUBJECT_LENGTH, BODY_LENGTH, PROGRAMME_LENGTH = 100, 200, 20_000, 60


class State(models.TextChoices):
    """Where a letter stands. One that was being sent when its worker died is failed: nobody knows if it left."""

    QUEUED = "queued", _l("Queued")
    SENDING = "sending", _l("Being sent")
    SENT = "sent", _l("Sent")
    FAILED = "failed", _l("Failed")


def _no_keys(programme_id: int) -> QuerySet[Any, Any] | list[str]:
    """No programme is known; `programmes` registers a better answer."""
    del programme_id
    return []


class ProgrammeKeys:
    """How a programme's id leads to its key: the outbox lies below that word, which registers it here."""

    of: Callable[[int], QuerySet[Any, Any] | list[str]] = staticmethod(_no_keys)


def keys_of_programmes(lookup: Callable[[int], QuerySet[Any, Any] | list[str]]) -> None:
    """Register how to find a programme's key: `lambda pk: Programme.objects.filter(pk=pk).values("key")`."""
    ProgrammeKeys.of = staticmethod(lookup)


class LetterRows(Rows["Letter"]):
    """Letters by who may read them."""

    def visible_to(self, actor: Actor) -> Self:
        """All for office and auditor, within their programme; for everyone else those written to themselves."""
        if actor.sees_everything:
            return self
        if actor.person_id is None:
            return self.none()
        own = get_user_model()._default_manager.filter(pk=actor.person_id).values(address=Lower("email"))
        allowed = Q(recipient_email__in=own)
        if actor.may(P.LETTER_SEE) and actor.programme_id is not None:
            allowed |= Q(programme__in=ProgrammeKeys.of(actor.programme_id))
        return self.filter(allowed)


class Letter(Table):
    """One letter to one person about one event. Text and ids only: it outlives what it tells about."""

    template = models.CharField(max_length=NAME_LENGTH)
    programme = models.CharField(max_length=PROGRAMME_LENGTH, default="", blank=True)
    language = models.CharField(max_length=10)
    subject = models.CharField(max_length=SUBJECT_LENGTH)
    body = models.TextField(max_length=BODY_LENGTH)
    recipient_email = models.EmailField(max_length=254)
    recipient_name = models.CharField(max_length=150, default="", blank=True)
    reply_to = models.CharField(
        max_length=254, default="", blank=True, help_text="Where an answer by e-mail goes."
    )
    unsubscribe_link = models.CharField(
        max_length=500,
        default="",
        blank=True,
        help_text="Where one post ends letters of this kind (RFC 8058).",
    )
    about_table = models.CharField(max_length=80)
    about_id = models.BigIntegerField(null=True)
    about_name = models.CharField(max_length=200)
    event_key = models.CharField(max_length=250)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=500, default="", blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    objects = LetterRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["event_key", "recipient_email"], name="a_person_is_told_once_of_an_event"
            ),
            models.CheckConstraint(
                condition=Q(state=State.SENT, sent_at__isnull=False)
                | (~Q(state=State.SENT) & Q(sent_at__isnull=True)),
                name="a_letter_has_its_date_once_it_is_sent",
            ),
        ]
        indexes = [
            models.Index(fields=["recipient_email", "-id"], name="outbox_by_recipient"),
            models.Index(fields=["about_table", "about_id"], name="outbox_by_subject"),
            models.Index(fields=["programme", "-id"], name="outbox_by_programme"),
        ]

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        return reverse("outbox:page", args=[self.pk])


class LetterText(Table):
    """A programme's own words for one letter, in one language."""

    programme = models.CharField(max_length=PROGRAMME_LENGTH)
    name = models.CharField(max_length=NAME_LENGTH)
    language = models.CharField(max_length=10)
    subject = models.CharField(max_length=SUBJECT_LENGTH)
    body = models.TextField(max_length=BODY_LENGTH)

    objects = Rows["LetterText"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "name", "language"], name="a_programme_words_a_letter_once_in_a_language"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.language})"
