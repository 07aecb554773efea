"""Django application of enquiries."""

from __future__ import annotations

from django.apps import AppConfig


class EnquiriesConfig(AppConfig):
    """Tells the inbox below what answers about an enquiry become."""

    name = "landbridge.enquiries"

    def ready(self) -> None:
        from landbridge.enquiries.mail import KIND_OF_MAIL
        from landbridge.foundation.inbox.kinds import register

        register(KIND_OF_MAIL)
