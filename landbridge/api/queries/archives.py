"""Archives that were ordered: the list, where their files lie, which are over."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet

from landbridge.api.models import Archive
from landbridge.api.states import Ordered
from landbridge.foundation.permissions.actor import Actor

MOST_HOURS_OF_WRITING = 6


def place_of(archive: Archive) -> Path:
    """Where its file lies: beside the stored files, but none of them, so that no archive holds another."""
    return Path(settings.LANDBRIDGE_FILES) / "archives" / f"{archive.pk}.zip"


def listed(actor: Actor) -> QuerySet[Archive]:
    """All of them, the newest first."""
    return Archive.objects.visible_to(actor).order_by("-ordered_at", "-pk")


def over(*, at: datetime) -> QuerySet[Archive]:
    """Those whose day is over."""
    return Archive.objects.filter(state=Ordered.READY, ends_at__lte=at).order_by("pk")


def stuck(*, at: datetime) -> QuerySet[Archive]:
    """Those that nobody writes any more."""
    since = at - timedelta(hours=MOST_HOURS_OF_WRITING)
    return Archive.objects.filter(state=Ordered.ORDERED, ordered_at__lte=since).order_by("pk")
