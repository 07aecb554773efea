"""E-mails that came in: what each was, and what became of it. The raw e-mail lies on the disk beside the files."""

from __future__ import annotations

from pathlib import Path
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from landbridge.foundation.inbox.kinds import Kinds
from landbridge.foundation.inbox.reading import LONGEST_ID
from landbridge.foundation.inbox.verdicts import Verdict
from landbridge.foundation.models import Rows, Table
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.permissions.roles import Role


class IncomingRows(Rows["Incoming"]):
    def in_quarantine(self) -> Self:
        """Those that wait for a person."""
        return self.filter(verdict=Verdict.QUARANTINE, sorted_at__isnull=True)

    def visible_to(self, actor: Actor) -> Self:
        """All for the office; for a desk those about an object that it sees. Nobody else reads incoming mail."""
        if not actor.may(P.MAIL_SORT):
            return self.none()
        if actor.role in (Role.OFFICE, Role.SYSTEM):
            return self.all()
        seen = Q(pk__in=[])
        for kind in Kinds.known.values():
            seen |= Q(about_kind=kind.key, about_id__in=kind.seen_by(actor))
        return self.filter(seen)


class Incoming(Table):
    """One e-mail that came in, known by its Message-ID: the same one twice is one row."""

    message_id = models.CharField(max_length=LONGEST_ID, unique=True)
    sender = models.CharField(max_length=254, blank=True)
    sender_name = models.CharField(max_length=150, blank=True)
    addressed_to = models.CharField(max_length=500, blank=True)
    subject = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    verdict = models.CharField(max_length=20)
    why = models.CharField(max_length=100, blank=True, help_text="By what the verdict was reached.")
    about_kind = models.CharField(max_length=12, blank=True)
    about_id = models.BigIntegerField(null=True)
    topic_id = models.BigIntegerField(null=True)
    result_table = models.CharField(max_length=80, blank=True)
    result_id = models.BigIntegerField(null=True)
    received_at = models.DateTimeField()
    sorted_at = models.DateTimeField(null=True)
    sorted_by_name = models.CharField(max_length=150, blank=True)
    sorted_reason = models.CharField(max_length=500, blank=True)

    objects = IncomingRows.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(verdict__in=list(Verdict)), name="mail_has_a_known_verdict"),
            models.CheckConstraint(
                condition=~Q(verdict=Verdict.ACCEPTED) | Q(result_id__isnull=False),
                name="accepted_mail_was_delivered",
            ),
        ]
        indexes = [
            models.Index(fields=["verdict", "-id"], name="inbox_by_verdict"),
            models.Index(fields=["sender", "received_at"], name="inbox_by_sender"),
        ]

    def __str__(self) -> str:
        return self.subject or self.message_id

    def get_absolute_url(self) -> str:
        return reverse("inbox:page", args=[self.pk])

    @property
    def shown_verdict(self) -> Verdict:
        return Verdict(self.verdict)

    @property
    def path(self) -> Path:
        """Where the raw e-mail lies, while it is kept."""
        return path_of(self.sha256)


def path_of(sha256: str) -> Path:
    """The place of a raw e-mail on the disk, named by its hash as every file is, so that a backup takes it along."""
    return Path(settings.LANDBRIDGE_FILES) / "mail" / sha256[:2] / sha256
