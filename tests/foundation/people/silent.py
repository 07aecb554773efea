"""A mail server that does not answer."""

from __future__ import annotations

from django.core.mail.backends.base import BaseEmailBackend


class SilentServer(BaseEmailBackend):
    def send_messages(self, email_messages):
        raise ConnectionRefusedError("nobody there")
