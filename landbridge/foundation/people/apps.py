"""People as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Sign-in, profile, consent and sessions."""

    name = "landbridge.foundation.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"
