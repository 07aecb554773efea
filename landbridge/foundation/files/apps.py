"""Django application of the stored files."""

from __future__ import annotations

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Brings one table; the contents lie under `LANDBRIDGE_FILES`."""

    name = "landbridge.foundation.files"
    label = "files"
