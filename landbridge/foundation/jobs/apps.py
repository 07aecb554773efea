"""Django application of the background jobs."""

from __future__ import annotations

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Brings one table; threads are started by the server, never here."""

    name = "landbridge.foundation.jobs"
    label = "jobs"
