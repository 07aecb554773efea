"""Django application of the outbox."""

from __future__ import annotations

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    """Brings the letters and the programmes' own texts."""

    name = "landbridge.foundation.outbox"
    label = "outbox"
