"""Django application of the documents."""

from __future__ import annotations

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Has no tables; brings the letterhead."""

    name = "landbridge.foundation.documents"
    label = "documents"
