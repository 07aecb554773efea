"""Django application of the inbox."""

from __future__ import annotations

from django.apps import AppConfig


class InboxConfig(AppConfig):
    """Brings the e-mails that came in."""

    name = "landbridge.foundation.inbox"
    label = "inbox"
