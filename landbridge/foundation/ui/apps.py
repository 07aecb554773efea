"""Django application of the look of the product."""

from __future__ import annotations

from pathlib import Path

from django.apps import AppConfig
from django.conf import settings

from landbridge.foundation.messages.compiled import bring_up_to_date


class UiConfig(AppConfig):
    """Brings templates, static files and template tags, and the compiled messages; has no tables."""

    name = "landbridge.foundation.ui"
    label = "ui"

    def ready(self) -> None:
        """Nobody has asked for a sentence yet: from here on all are those of the catalogues."""
        bring_up_to_date(Path(settings.LOCALE_PATHS[0]))
