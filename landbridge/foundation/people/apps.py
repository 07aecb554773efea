"""People as a Django application."""

from __future__ import annotations

from django.apps import AppConfig
from django.core import checks


class PeopleConfig(AppConfig):
    """Sign-in, profile, consent and sessions."""

    name = "landbridge.foundation.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from landbridge.foundation.people.checks import second_factor_is_asked_for

        checks.register(second_factor_is_asked_for, checks.Tags.security)
