"""Django application of the look of the product."""

from __future__ import annotations

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Brings templates, static files and template tags; has no tables."""

    name = "landbridge.foundation.ui"
    label = "ui"
