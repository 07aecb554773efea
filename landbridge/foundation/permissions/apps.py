"""Registers the check that every view carries a guard."""

from __future__ import annotations

from django.apps import AppConfig
from django.core import checks


class PermissionsConfig(AppConfig):
    name = "landbridge.foundation.permissions"

    def ready(self) -> None:
        from landbridge.foundation.permissions.checks import every_view_is_guarded

        checks.register(every_view_is_guarded)
